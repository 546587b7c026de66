"""One call for every encoder that has weights: of pictures, and of texts."""

from course_utils.encoders import bert, clip_small, hub, image, lite, minilm, words
from course_utils.encoders.image import ImageEncoder
from course_utils.encoders.names import check_name
from course_utils.encoders.text import BertEncoder, TextEncoder


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
    if name.startswith(hub.TIMM):
        return hub.load_timm(name, weights, seed)
    check_name("image network", name, (*lite.SHA256, clip_small.NAME, *image.NAMES))
    return image.load_torchvision(name, weights, seed)


def load_text_encoder(
    name: str, pooling: str | None = None, weights: str = "pretrained", seed: int = 0, normalise: bool = False
) -> TextEncoder:
    """Return an encoder with pretrained weights or, for comparison, random ones drawn from `seed`.

    name       "minilm": published weights that come with the installation, there offline;
               "distilbert" or "bert", pooling "first" (default) or "mean" of the token vectors;
               "fasttext", pooling "mean" (default) or "sum" of the word vectors; with -mini, small, of the course;
               "clip-small": the sentence side of the course's small CLIP;
               "sentence-transformers/<model>": any model of that hub, downloaded once
    normalise  of "minilm": embeddings of length 1
    weights    "pretrained": of a -mini the file that comes with the course, else the published one; or "random"
    Raises ValueError for an unknown name, WeightsMissing where weights cannot be had.
    """
    if name == minilm.NAME:
        return minilm.load_minilm(weights, seed, normalise)
    if normalise:
        raise TypeError(f"{name} takes no normalise: only minilm does; scale its embeddings yourself")
    if name == clip_small.NAME and weights == "pretrained":
        return clip_small.ClipSmallSentences()
    if name.startswith(hub.SENTENCES):
        return hub.load_sentences(name)
    check_name("text encoder", name, (minilm.NAME, clip_small.NAME, *bert.NAMES, *words.NAMES))
    if name in words.NAMES:
        return words.FastTextEncoder(words.load_word_vectors(name, weights, seed), pooling or "mean")
    return BertEncoder(name, *bert.load_text_network(name, weights, seed), pooling or "first")
