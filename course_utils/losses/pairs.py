"""Contrastive loss: pull equal pairs together, push unequal ones apart, but only up to a margin."""

import torch
from torch import Tensor

from course_utils.losses.distance import check_batch, paired_distances


def contrastive_loss(first: Tensor, second: Tensor, same: Tensor, margin: float = 1.0) -> Tensor:
    """Return the mean over N pairs of

        d^2                   where same      (pull, the harder the farther apart)
        max(0, margin - d)^2  where not same  (push, until the pair is `margin` apart)

    with the Euclidean distance d. Embeddings (N, D) and (N, D), same bool (N,); a scalar comes back.
    Source: Hadsell, Chopra, LeCun, Dimensionality reduction by learning an invariant mapping, CVPR 2006 (there times
    one half, which only halves the learning rate).

    >>> import torch
    >>> a, b = torch.tensor([[0.0], [0.0]]), torch.tensor([[0.5], [0.6]])
    >>> round(contrastive_loss(a, b, torch.tensor([True, False])).item(), 4)  # (0.5^2 + 0.4^2) / 2
    0.205
    """
    distance = paired_distances(first, second)
    if same.shape != distance.shape or same.dtype != torch.bool:  # labels would be taken for weights
        raise ValueError(
            f"same has shape {tuple(same.shape)} and type {same.dtype}; "
            f"it needs one True or False for each of {len(first)} pairs"
        )
    same = same.to(distance.dtype)
    push = (margin - distance).clamp(min=0)
    return (same * distance.square() + (1 - same) * push.square()).mean()


def all_pairs_loss(embeddings: Tensor, labels: Tensor, margin: float = 1.0) -> Tensor:
    """Contrastive loss of all pairs of a batch: embeddings (N, D), labels (N,) -> scalar.

    The means over the equal and over the unequal pairs count the same, however many there are of each: with 8 classes
    of 8 there are eight times more unequal ones.
    """
    check_batch(embeddings, labels)
    i, j = torch.triu_indices(len(labels), len(labels), offset=1)
    same = labels[i] == labels[j]
    if same.all() or not same.any():
        raise ValueError("the batch holds no equal or no unequal pair; draw several classes, several pictures of each")
    pull, push = (contrastive_loss(embeddings[i[m]], embeddings[j[m]], same[m], margin) for m in (same, ~same))
    return (pull + push) / 2
