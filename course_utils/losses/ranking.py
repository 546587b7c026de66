"""Hinge losses between two kinds of things: a sentence should be nearer to its own picture than to the other pictures.

Row i of `targets` is the right answer to row i of `queries`, every other row is wrong. What differs is which of the
wrong ones a query is compared with; nearness is the cosine s, and each comparison costs

    max(0, margin - s(query i, target i) + s(query i, target j))
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from course_utils.checks import check_choice
from course_utils.losses.distance import check_rows

NEGATIVES = ("next", "all", "semi-hard", "hardest")


def ranking_loss(
    queries: Tensor, targets: Tensor, margin: float = 0.2, negatives: str = "hardest", both_directions: bool = True
) -> Tensor:
    """Return the mean cost of a query, (N, D) and (N, D) -> scalar; lengths do not matter.

    negatives  "next": the row below, which is one at random where the batch was shuffled;
               "all": the sum over all wrong ones (Kiros, Salakhutdinov, Zemel, Unifying visual-semantic embeddings,
               2014);
               "semi-hard": the nearest wrong one that is still farther than the right one, or the farthest of all where
               there is none (Schroff, Kalenichenko, Philbin, FaceNet, CVPR 2015);
               "hardest": the nearest wrong one (Faghri, Fleet, Kiros, Fidler, VSE++, BMVC 2018)
    both_directions  average with the same loss for finding each query from its target
    Raises ValueError for an unknown choice, a batch of one, or rows that do not pair up.

    >>> z = torch.eye(2)
    >>> ranking_loss(z, z, margin=0.2).item(), round(ranking_loss(z, z.flip(0), margin=0.2).item(), 4)
    (0.0, 1.2)
    """
    check_choice("negatives", negatives, NEGATIVES)
    check_rows(queries, targets)
    if len(queries) < 2:
        raise ValueError("a batch of one query has no wrong answer: ranking_loss needs at least two rows")
    scores = F.normalize(queries) @ F.normalize(targets).T
    loss = _one_direction(scores, margin, negatives)
    return (loss + _one_direction(scores.T, margin, negatives)) / 2 if both_directions else loss


def _one_direction(scores: Tensor, margin: float, negatives: str) -> Tensor:
    """Rows of `scores` (N, N) look for their diagonal."""
    right = scores.diagonal()[:, None]
    wrong = ~torch.eye(len(scores), dtype=torch.bool, device=scores.device)
    if negatives == "next":
        chosen = scores.roll(-1, 1).diagonal()[:, None]
    elif negatives == "all":
        return ((margin - right + scores).clamp(min=0) * wrong).sum(dim=1).mean()
    elif negatives == "hardest":
        chosen = scores.masked_fill(~wrong, -torch.inf).amax(dim=1, keepdim=True)
    else:
        allowed = wrong & (scores < right)
        nearest = scores.masked_fill(~allowed, -torch.inf).amax(dim=1, keepdim=True)
        farthest = scores.masked_fill(~wrong, torch.inf).amin(dim=1, keepdim=True)
        chosen = torch.where(allowed.any(dim=1, keepdim=True), nearest, farthest)
    return (margin - right + chosen).clamp(min=0).mean()
