"""One call for every image encoder that has weights."""

from course_utils.checks import unknown
from course_utils.encoders import clip_small, image, lite, timm_hub
from course_utils.encoders.image import ImageEncoder


def load_encoder(name: str, weights: str = "pretrained", seed: int = 0, **options) -> ImageEncoder:
    """Return an encoder with pretrained weights or, for comparison, freshly drawn ones.

    name     efficientnet_lite0, 1 or 2: published weights that come with the installation, there offline;
             vgg11, resnet18, resnet34, resnet50, inception_v3, vit_b_16: torchvision's first published weights,
             downloaded once; vgg11-mini, resnet18-mini, inception_v3-mini: cut small, with the course's own weights;
             clip-small: the picture side of the course's small CLIP;
             timm/<model>: any model of timm's hub, downloaded once, such as timm/resnet50.a1_in1k
    weights  "pretrained", or "random": an untrained network, drawn from `seed`
    options  image_size and pooling of an efficientnet_lite, see `load_lite`
    Raises ValueError for an unknown name, WeightsMissing where weights cannot be had.
    """
    if name in lite.SHA256:
        return lite.load_lite(name, weights, seed, **options)
    if name == clip_small.NAME and weights == "pretrained" and not options:
        return clip_small.ClipSmallPictures()
    if options:
        raise TypeError(f"{name} takes no {', '.join(options)}: it has one picture size and its own pooling")
    if name.startswith(timm_hub.PREFIX):
        return timm_hub.load_timm(name, weights, seed)
    if name not in image.NAMES:
        raise ValueError(unknown("image network", name, (*lite.SHA256, clip_small.NAME, *image.NAMES)))
    return image.load_torchvision(name, weights, seed)
