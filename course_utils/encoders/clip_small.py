"""The course's own small CLIP: pictures and sentences in one space, on frozen networks that come with the installation.

    pictures, sentences = load_encoder("clip-small"), load_text_encoder("clip-small")
    pictures.embed(images) @ sentences.embed(captions).T                             # cosine: all have length 1

Two branches of two layers over the vectors of an EfficientNet-Lite and of MiniLM, trained on Flickr8k with the in-batch
softmax by `python -m data_scripts pretrain clip-small`; the card beside the weights says how, and on whose data.
Source of the idea: Radford et al., Learning transferable visual models from natural language supervision, ICML 2021.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import nn

from course_utils.encoders.branch import Branch
from course_utils.encoders.image import ImageEncoder
from course_utils.encoders.lite import LiteEncoder, load_lite
from course_utils.encoders.minilm import load_minilm
from course_utils.encoders.text import TextEncoder
from course_utils.encoders.weights import WeightsMissing, put_weights, read_card, read_state

NAME = "clip-small"


def see(encoder: LiteEncoder, images: np.ndarray, batch_size: int = 8, device=None, cache: bool = True) -> np.ndarray:
    """Return what the branch of pictures reads: the mean of the vectors of each picture and of its mirror image."""
    mirrored = np.ascontiguousarray(images[:, :, ::-1])
    return (encoder.embed(images, batch_size, device, cache) + encoder.embed(mirrored, batch_size, device, cache)) / 2


@cache
def branches(folder: Path | None = None) -> tuple[Branch, Branch, str, int]:
    """Return (branch of pictures, of sentences, name of the image network, its picture size), as stored.

    Raises WeightsMissing for a file that is missing, damaged or of another network.
    """
    state, again = read_state(NAME, folder)
    parts = []
    for side in ("image", "text"):
        own = {k.removeprefix(f"{side}."): v for k, v in state.items() if k.startswith(f"{side}.")}
        if not {"layers.1.weight", "layers.4.weight"} <= set(own):
            raise WeightsMissing(f"{NAME}.safetensors: these are no weights of {NAME}; {again}")
        (hidden, d_in), size = own["layers.1.weight"].shape, len(own["layers.4.weight"])
        branch = Branch(d_in, hidden, size)
        put_weights(branch, own, NAME, again)
        parts.append(branch.eval())
    return *parts, read_card(NAME, "image network", folder), int(read_card(NAME, "picture size", folder))


class ClipSmallPictures(ImageEncoder):
    """The picture side; float32 (N, size) of length 1."""

    def __init__(self):
        self.branch, _, network, size = branches()
        self.frozen = load_lite(network, image_size=size)
        super().__init__(
            NAME, nn.Sequential(self.frozen.network, self.branch), size, self.branch.layers[-1].out_features
        )

    @torch.no_grad()
    def _compute(self, images: np.ndarray, batch_size: int, device) -> np.ndarray:
        features = see(self.frozen, np.asarray(images), batch_size, device, cache=False)
        return self.branch.cpu().eval()(torch.from_numpy(features)).numpy()


class ClipSmallSentences(TextEncoder):
    """The sentence side; float32 (N, size) of length 1."""

    def __init__(self):
        _, self.branch, *_ = branches()
        self.frozen = load_minilm()
        self.name, self.dim = NAME, self.branch.layers[-1].out_features

    def _state(self) -> Iterable:
        yield from self.frozen._state()
        yield self.branch.state_dict()

    @torch.no_grad()
    def _compute(self, texts: list[str], batch_size: int, device) -> np.ndarray:
        features = self.frozen.embed(texts, batch_size, device, cache=False)
        return self.branch.cpu().eval()(torch.from_numpy(features)).numpy()
