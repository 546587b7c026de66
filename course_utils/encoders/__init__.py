"""Networks that turn pictures into embeddings, with their weights in two sizes."""

from course_utils.encoders.architectures import replace_head
from course_utils.encoders.image import NAMES, ImageEncoder, build_network, load_encoder, to_batch
from course_utils.encoders.two_conv import TwoConvNet
from course_utils.encoders.weights import WeightsMissing

__all__ = [
    "NAMES",
    "ImageEncoder",
    "TwoConvNet",
    "WeightsMissing",
    "build_network",
    "load_encoder",
    "replace_head",
    "to_batch",
]
