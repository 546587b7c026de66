"""Any model of the sentence-transformers hub as a text encoder: one download, then from the hub's cache."""

from collections.abc import Iterable

import numpy as np

from course_utils.encoders.text import TextEncoder
from course_utils.encoders.weights import not_from_hub

PREFIX = "sentence-transformers/"


class SentenceEncoder(TextEncoder):
    """What `encode` of a SentenceTransformer returns, with the checks and the cache of all text encoders."""

    def __init__(self, name: str, model):
        self.name, self.model, self.dim = name.replace("/", "-"), model, model.get_sentence_embedding_dimension()

    def __repr__(self) -> str:
        return f"SentenceEncoder({self.name}: {self.dim})"

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
