"""Triplet losses: an anchor a should be nearer to its positive p than to its negative n.

d(a, p) and d(a, n) are Euclidean distances, and the gap d(a, p) - d(a, n) should be negative. Two ways to charge it:

    margin m   max(0, gap + m)       nothing more to win once the negative is m farther away
    soft       log(1 + exp(gap))     always something to win, less and less (margin=None below)

A constant embedding has gap 0 everywhere: the loss is m, or ln 2 = 0.693 when soft, and its gradient is exactly zero.
The batch losses take embeddings (N, D) and labels (N,) and choose the triplets themselves ("mining").
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from course_utils.losses.distance import check_batch, distance_matrix, paired_distances, positives_and_negatives


def charge(gap: Tensor, margin: float | None) -> Tensor:
    """What each gap d(a, p) - d(a, n) costs: a hinge at `margin`, or softplus where margin is None."""
    return F.softplus(gap) if margin is None else (gap + margin).clamp(min=0)


def triplet_loss(anchor: Tensor, positive: Tensor, negative: Tensor, margin: float = 1.0) -> Tensor:
    """Return the mean of max(0, d(a, p) - d(a, n) + margin) over N given triplets, three times (N, D) -> scalar.

    Source: Weinberger, Saul, Distance metric learning for large margin nearest neighbor classification, JMLR 2009;
    with networks Schroff, Kalenichenko, Philbin, FaceNet, CVPR 2015 (on squared distances).

    >>> import torch
    >>> a, p, n = torch.tensor([[0.0]]), torch.tensor([[1.0]]), torch.tensor([[1.5]])
    >>> triplet_loss(a, p, n, margin=1.0).item()
    0.5
    """
    return charge(paired_distances(anchor, positive) - paired_distances(anchor, negative), margin).mean()


def soft_triplet_loss(anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
    """Return the mean of log(1 + exp(d(a, p) - d(a, n))) over N given triplets, three times (N, D) -> scalar.

    Source: Hermans, Beyer, Leibe, In defense of the triplet loss for person re-identification, arXiv 1703.07737, 2017.
    """
    return charge(paired_distances(anchor, positive) - paired_distances(anchor, negative), None).mean()


def batch_hard_loss(embeddings: Tensor, labels: Tensor, margin: float | None = 0.2) -> Tensor:
    """Each item with its farthest positive and its nearest negative; mean over the items that have both.

    The hardest triplets of a batch are also its mislabelled and odd ones, and early in training pulling on all of them
    at once draws everything to one point. Source: Hermans, Beyer, Leibe 2017 (margin=None is their soft margin).
    """
    distance, positive, negative = _batch(embeddings, labels)
    farthest = distance.masked_fill(~positive, -torch.inf).amax(dim=1)
    nearest = distance.masked_fill(~negative, torch.inf).amin(dim=1)
    complete = positive.any(dim=1) & negative.any(dim=1)
    return charge(farthest[complete] - nearest[complete], margin).mean()


def semi_hard_loss(embeddings: Tensor, labels: Tensor, margin: float | None = 0.2) -> Tensor:
    """Each positive pair with its nearest negative that is farther than the positive; mean over the pairs.

    Where no negative is farther than the positive, the farthest negative stands in: the mildest there is.
    Source: Schroff, Kalenichenko, Philbin 2015; they ask in addition that the negative lies inside the margin, which
    changes only triplets that cost nothing.
    """
    distance, positive, negative = _batch(embeddings, labels)
    a, p = positive.nonzero(as_tuple=True)
    has_negative = negative[a].any(dim=1)
    a, p = a[has_negative], p[has_negative]
    to_positive, to_all, allowed = distance[a, p], distance[a], negative[a]
    farther = allowed & (to_all > to_positive[:, None])
    semi_hard = to_all.masked_fill(~farther, torch.inf).amin(dim=1)
    mildest = to_all.masked_fill(~allowed, -torch.inf).amax(dim=1)
    chosen = torch.where(farther.any(dim=1), semi_hard, mildest)
    return charge(to_positive - chosen, margin).mean()


def batch_all_loss(embeddings: Tensor, labels: Tensor, margin: float = 0.2) -> Tensor:
    """All triplets of the batch; mean over the active ones, those that cost something (0 if none does).

    The mean over *all* triplets fades as training succeeds, since ever more of them are zero: ten active ones among
    100,000 would hardly be heard. Source: Hermans, Beyer, Leibe 2017 (there batch all, non-zero mean).
    """
    distance, positive, negative = _batch(embeddings, labels)
    a, p = positive.nonzero(as_tuple=True)
    gap = distance[a, p][:, None] - distance[a]  # (positive pairs, N): each pair against every item of the batch
    costs = charge(gap, margin) * negative[a]
    return costs.sum() / (costs > 0).sum().clamp(min=1)


def _batch(embeddings: Tensor, labels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return (distances (N, N), positive mask, negative mask) of a batch."""
    check_batch(embeddings, labels)
    return distance_matrix(embeddings), *positives_and_negatives(labels)
