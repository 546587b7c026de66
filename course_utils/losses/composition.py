"""Losses of composed queries: row i of `queries` asks for row i of `targets`.

Nothing is normalised here: the network brings both sides to one length, its learned scale s, and that scale is part of
the loss (the product of two rows is s^2 cos, their squared distance 2 s^2 (1 - cos)).

captions  whole numbers (B,), equal where two rows ask for the same caption. None: every other row's target is a wrong
          answer, as published. But an answer counts as right if its *caption* is; so with captions given, rows that ask
          for the same caption are not held against each other, neither as wrong answers nor as right ones.
Source: Vo et al., Composing text and image for image retrieval, CVPR 2019, section 3.2.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from course_utils.losses.distance import check_batch, check_rows


def batch_classification_loss(
    queries: Tensor, targets: Tensor, captions: Tensor | None = None, generator: torch.Generator | None = None
) -> Tensor:
    """Softmax over the targets of the batch, (B, D), (B, D) -> scalar; chance is ln B.

        mean over i of  -log( exp(q_i . t_i) / sum over j of exp(q_i . t_j) )

    `info_nce_loss` with temperature 1 / s^2, the scale being learned inside the embeddings instead of outside.
    `generator` is not used, nothing is drawn: it is there so that both losses are called alike.

    >>> import torch
    >>> z = torch.eye(2)
    >>> round(batch_classification_loss(z, z).item(), 4)  # -log(e / (e + 1))
    0.3133
    """
    wrong = _wrong_answers(queries, targets, captions)
    right = torch.eye(len(queries), dtype=torch.bool, device=queries.device)
    scores = (queries @ targets.T).masked_fill(~(wrong | right), -torch.inf)
    return F.cross_entropy(scores, torch.arange(len(queries), device=queries.device))


def soft_triplet_batch_loss(
    queries: Tensor,
    targets: Tensor,
    captions: Tensor | None = None,
    generator: torch.Generator | None = None,
    negatives: int | None = 3,
) -> Tensor:
    """Soft triplets of a batch, (B, D), (B, D) -> scalar; ln 2 for a collapsed space.

        mean over triplets (a, p, n) of  log(1 + exp( |a - p|^2 - |a - n|^2 ))

    As in the published code all 2B rows are anchors in turn, a query with its target as positive and a target with its
    query; negatives are rows, of either side, that belong to other queries. Of each anchor's triplets `negatives` are
    drawn at random, from `generator` (None: all of them are used, and nothing is drawn).

    The gradient for a triplet, with g = sigmoid(|a - p|^2 - |a - n|^2), is 2 g (n - p) for a, 2 g (p - a) for p and
    2 g (a - n) for n. The published code writes it by hand without the factor 2, so it trains with half the learning
    rate that it reports. Here autograd computes it, and a test compares it with this formula.
    """
    wrong = _wrong_answers(queries, targets, captions).repeat(2, 2)
    z, n = torch.cat([queries, targets]), len(queries)
    positive = torch.arange(2 * n, device=z.device).roll(n)
    # a random order of the wrong answers of each anchor: the first few are a sample without repetition
    order = torch.rand(wrong.shape, generator=generator).to(z.device) if negatives else torch.zeros_like(wrong).float()
    chosen = order.masked_fill(~wrong, -1).topk(min(negatives or 2 * n, 2 * n), dim=1).indices
    to_positive = (z - z[positive]).square().sum(dim=1, keepdim=True)
    to_negative = (z[:, None] - z[chosen]).square().sum(dim=2)  # (2B, negatives)
    costs = F.softplus(to_positive - to_negative)
    return costs[wrong.gather(1, chosen)].mean()


def _wrong_answers(queries: Tensor, targets: Tensor, captions: Tensor | None) -> Tensor:
    """Return which targets are wrong answers to which queries, bool (B, B)."""
    check_rows(queries, targets)
    if captions is None:
        captions = torch.arange(len(queries), device=queries.device)
    check_batch(queries, captions)
    wrong = captions[:, None] != captions[None]
    if not wrong.any():
        raise ValueError(
            f"all {len(queries)} queries of the batch ask for the same caption: there is no wrong answer. "
            "Use larger batches, or captions=None"
        )
    return wrong
