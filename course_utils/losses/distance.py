"""Distances that can be differentiated everywhere, and which pairs of a batch belong together."""

import torch
from torch import Tensor

TINY = 1e-12  # of a squared distance; below it the square root's gradient is cut off


def root(squared: Tensor) -> Tensor:
    """Square root whose gradient at 0 is 0 instead of infinite.

    The distance |a - b| has no gradient where a = b (it points in every direction). One pair of equal embeddings would
    turn all weights into NaN; here such a pair simply pulls nowhere. NaN stays NaN: it must not pass for a distance 0.
    """
    tiny = max(TINY, torch.finfo(squared.dtype).tiny)  # half precision has no 1e-12: it would be 0 again
    safe = squared.clamp(min=tiny)
    return torch.where(squared <= tiny, torch.zeros_like(squared), safe.sqrt())


def paired_distances(a: Tensor, b: Tensor) -> Tensor:
    """Euclidean distances between the rows of a and b, (N, D) and (N, D) -> (N,)."""
    check_rows(a, b)
    return root((a - b).square().sum(dim=1))


def distance_matrix(embeddings: Tensor) -> Tensor:
    """Euclidean distances between all rows, (N, D) -> (N, N), with exact zeros on the diagonal.

    From differences and not from |a|^2 + |b|^2 - 2ab, which loses all digits where rows are close to each other: there,
    at the point of collapse, is where this course looks. torch.cdist in its exact mode is faster and gives the same up
    to the last digits (2e-6), which would change every stored training a little; it takes no half precision on a CPU.
    """
    check_batch(embeddings)
    return root((embeddings[:, None] - embeddings[None]).square().sum(dim=2))


def positives_and_negatives(labels: Tensor) -> tuple[Tensor, Tensor]:
    """Labels (N,) -> two masks, bool (N, N): same label but another row, and another label.

    Raises ValueError if the batch holds no positive pair or no negative pair: there would be nothing to learn from.
    """
    same = labels[:, None] == labels[None]
    positive = same & ~torch.eye(len(labels), dtype=torch.bool, device=labels.device)
    if not positive.any():
        raise ValueError(
            f"no two of the {len(labels)} labels are equal: the batch holds no positive pair. "
            "Draw at least two pictures a class (balanced_batches does)"
        )
    if same.all():
        raise ValueError(
            f"all {len(labels)} labels are {labels[0].item()}: the batch holds no negative pair. "
            "Draw from at least two classes (balanced_batches does)"
        )
    return positive, ~same


def check_batch(embeddings: Tensor, labels: Tensor | None = None) -> None:
    """Raise unless both are tensors, embeddings floats (N, D) with N > 0, and labels whole numbers (N,)."""
    for name, given in (("embeddings", embeddings), ("labels", labels)):
        if given is not None and not isinstance(given, Tensor):
            raise TypeError(f"{name} are a {type(given).__name__}; a loss needs a tensor: torch.as_tensor({name})")
    if embeddings.ndim != 2 or not len(embeddings) or not embeddings.is_floating_point():
        raise ValueError(
            f"embeddings have shape {tuple(embeddings.shape)} and type {embeddings.dtype}; "
            "a loss needs floating-point numbers (N, D)"
        )
    if labels is not None and (labels.shape != embeddings.shape[:1] or labels.is_floating_point()):
        raise ValueError(
            f"labels have shape {tuple(labels.shape)} and type {labels.dtype}; "
            f"the {len(embeddings)} embeddings need one whole number each"
        )


def check_rows(*parts: Tensor) -> None:
    """Raise ValueError unless all parts are embeddings of one shape: row i of one belongs to row i of the others."""
    for part in parts:
        check_batch(part)
        if part.shape != parts[0].shape:
            raise ValueError(f"embeddings of shape {tuple(parts[0].shape)} and {tuple(part.shape)}: rows must pair up")
