"""The course as block diagrams, one function each: the five published systems, and where an embedding comes from."""

from diagrams.embeddings import handcrafted, metric, pretrained
from diagrams.own_pictures import own_pictures
from diagrams.scale import scale
from diagrams.systems import boosting, composition, cross_modal, image_retrieval, zero_shot

__all__ = [
    "boosting",
    "composition",
    "cross_modal",
    "handcrafted",
    "image_retrieval",
    "metric",
    "own_pictures",
    "pretrained",
    "scale",
    "zero_shot",
]
