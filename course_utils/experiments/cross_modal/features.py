"""Frozen features of the pictures and sentences of a caption set, each computed when it is first asked for.

features = Features(captions)
train, validation, test = features.pairs("efficientnet_lite0", "minilm")        # three `Pairs`
"""

from functools import cache, cached_property

import numpy as np

from course_utils import config
from course_utils.checks import check_choice
from course_utils.datasets import Captions, CaptionSet, load_captions
from course_utils.encoders import DetectorEncoder, TfidfEncoder, load_detector, load_encoder, load_text_encoder
from course_utils.projection import Pairs, WordSequences

DATA = {"drawn": "flickr30k", "real": "flickr8k"}
PIXELS = {"drawn": 160, "real": 224}  # that the EfficientNets see
DETECTOR, DETECTOR_PIXELS = "fasterrcnn-mini", 128
JOINED = {"both-mini": ("vgg11-mini", DETECTOR)}  # side by side
PICTURES = ("vgg11-mini", DETECTOR, *JOINED, "efficientnet_lite0")
FASTTEXT = tuple(f"fasttext-mini-{pooling}" for pooling in ("mean", "sum", "lstm"))
SENTENCES = ("tfidf", *FASTTEXT, "bert-mini", "bert-mini-mean", "minilm")


def load() -> Captions:
    """Return the captioned pictures of the present profile: Flickr30k's drawn stand-in, or Flickr8k."""
    return load_captions(DATA[config.profile()], on_problem="ignore")  # one entry of Flickr8k has no picture


class Features:
    """Frozen features by name, of the parts "train", "val" and "test"; the embeddings themselves lie in the cache."""

    def __init__(self, captions: Captions):
        self.parts = {name: getattr(captions, name) for name in ("train", "val", "test")}

    def pairs(self, picture: str, sentence: str) -> list[Pairs]:
        """Return train, validation and test with one of PICTURES and one of SENTENCES.

        Raises ValueError for another name.
        """
        check_choice("picture", picture, PICTURES)
        check_choice("sentence", sentence, SENTENCES)
        parts = self.parts.values()
        return [Pairs(self.pictures(picture, p), self.sentences(sentence, p), p.caption_image) for p in parts]

    def pictures(self, name: str, part: CaptionSet) -> np.ndarray:
        """Return (N, D)."""
        if name in JOINED:
            return np.hstack([self.pictures(one, part) for one in JOINED[name]])
        encoder, pixels = _picture_encoder(name)
        return encoder.embed(part.load(pixels))

    def sentences(self, name: str, part: CaptionSet) -> np.ndarray | WordSequences:
        """Return (M, D), or the word vectors in their order for an LSTM."""
        if name == "tfidf":
            return self._counted.embed(part.captions)
        if name == "fasttext-mini-lstm":
            return WordSequences(*_sentence_encoder("fasttext-mini-mean").words(part.captions))
        return _sentence_encoder(name).embed(part.captions)

    @cached_property
    def _counted(self) -> TfidfEncoder:
        return TfidfEncoder(self.parts["train"].captions)


@cache
def _picture_encoder(name: str):
    if name == DETECTOR:
        return DetectorEncoder(load_detector(DETECTOR)), DETECTOR_PIXELS
    if name.endswith("-mini"):
        encoder = load_encoder(name)
        return encoder, encoder.image_size
    return load_encoder(name, image_size=PIXELS[config.profile()]), PIXELS[config.profile()]


@cache
def _sentence_encoder(name: str):
    stem, _, pooling = name.partition("-mini-")
    return load_text_encoder(f"{stem}-mini", pooling) if pooling else load_text_encoder(name)
