"""Any model of two hubs as an encoder, timm's for pictures, sentence-transformers' for texts: one download each."""

from collections.abc import Iterable

import numpy as np
import torch

from course_utils import config
from course_utils.checks import check_choice
from course_utils.encoders.image import ImageEncoder, to_batch
from course_utils.encoders.text import TextEncoder
from course_utils.encoders.weights import not_from_hub

TIMM, SENTENCES = "timm/", "sentence-transformers/"


class TimmEncoder(ImageEncoder):
    """A model of timm without its classifier, with the picture size and scaling that its weights were made for."""

    def __init__(self, name: str, network):
        from timm.data import resolve_data_config

        data = resolve_data_config({}, model=network)
        super().__init__(name.replace("/", "-"), network, data["input_size"][1], network.num_features)
        self.mean, self.std = data["mean"], data["std"]

    def batch(self, images, device=None) -> torch.Tensor:
        return to_batch(images, self.image_size, device, self.mean, self.std)


def load_timm(name: str, weights: str = "pretrained", seed: int = 0) -> TimmEncoder:
    """Return the encoder of "timm/<model>". ValueError for a model that timm does not know, WeightsMissing offline."""
    import timm

    check_choice("weights", weights, ("pretrained", "random"))
    model = name.removeprefix(TIMM)
    if model.partition(".")[0] not in timm.list_models():
        near = timm.list_models(f"*{model.partition('.')[0][:8]}*")[:5]
        hint = f"; there are, for instance: {', '.join(near)}" if near else ""
        raise ValueError(f"timm has no model {model!r}{hint}")
    try:
        network = config.seeded(
            lambda: timm.create_model(model, pretrained=weights == "pretrained", num_classes=0), seed
        )
    except Exception as error:  # the hub raises what its layers raise
        raise not_from_hub(name, error) from None
    return TimmEncoder(name, network)


class SentenceEncoder(TextEncoder):
    """What `encode` of a SentenceTransformer returns, with the checks and the cache of all text encoders."""

    def __init__(self, name: str, model):
        self.name, self.model, self.dim = name.replace("/", "-"), model, model.get_sentence_embedding_dimension()

    def _state(self) -> Iterable:
        yield self.model.state_dict()

    def _compute(self, texts: list[str], batch_size: int, device) -> np.ndarray:
        return self.model.encode(texts, batch_size=batch_size, device=device, convert_to_numpy=True).astype(np.float32)


def load_sentences(name: str) -> SentenceEncoder:
    """Return the encoder of "sentence-transformers/<model>". WeightsMissing where it is not here and cannot be had."""
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceEncoder(name, SentenceTransformer(name))
    except Exception as error:  # the hub raises what its layers raise
        raise not_from_hub(name, error) from None
