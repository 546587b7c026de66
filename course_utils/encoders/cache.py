"""Keys of stored embeddings: one for each pair of weights and pictures or texts (see course_utils/stored.py)."""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from torch import nn


def fingerprint(network: nn.Module, images: np.ndarray, *settings) -> str:
    """Return a key of 24 hex digits that changes with any weight, any pixel or any setting."""
    digest = hashlib.sha256(repr((settings, images.shape, type(network).__name__)).encode())
    for name, tensor in network.state_dict().items():
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy())
    digest.update(np.ascontiguousarray(images))
    return digest.hexdigest()[:24]


def text_fingerprint(state: Iterable, texts: Sequence[str], *settings) -> str:
    """Return a key of 24 hex digits that changes with any weight (`state`: bytes or arrays), text or setting."""
    digest = hashlib.sha256(repr((settings, len(texts))).encode())
    for part in state:
        digest.update(part)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little"))  # where one text ends and the next begins
        digest.update(data)
    return digest.hexdigest()[:24]
