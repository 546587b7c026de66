"""In-batch softmax losses: a classifier whose classes are the other items of the batch.

Similarities are cosines (embeddings are L2-normalised here) divided by a temperature: the smaller it is, the more the
loss looks at the nearest wrong items only. Every other item serves as a negative at once, so a batch of N gives each
item N - 1 comparisons where a triplet gives one.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from course_utils.losses.distance import check_batch, check_rows, positives_and_negatives


def info_nce_loss(
    queries: Tensor, targets: Tensor, temperature: float | Tensor = 0.1, both_directions: bool = False
) -> Tensor:
    """Row i of `targets` is the right answer to row i of `queries`, all other rows are wrong: (N, D), (N, D) -> scalar.

        mean over i of  -log( exp(s_ii / t) / sum over j of exp(s_ij / t) ),   s_ij = cos(query i, target j)

    both_directions  average with the same loss for finding each query from its target
    temperature      above 0: a number, or a learned tensor
    Chance is ln N. Source: van den Oord, Li, Vinyals, Representation learning with contrastive predictive coding,
    arXiv 1807.03748, 2018; with both directions Radford et al., CLIP, ICML 2021; also known as batch classification.

    >>> import torch
    >>> z = torch.eye(2)
    >>> round(info_nce_loss(z, z, temperature=1.0).item(), 4)  # -log(e / (e + 1))
    0.3133
    """
    check_rows(queries, targets)
    if len(queries) < 2:
        raise ValueError("a batch of one query has no wrong answer: info_nce_loss needs at least two rows")
    _check_temperature(temperature)
    scores = F.normalize(queries) @ F.normalize(targets).T / temperature
    right = torch.arange(len(scores), device=scores.device)
    loss = F.cross_entropy(scores, right)
    return (loss + F.cross_entropy(scores.T, right)) / 2 if both_directions else loss


def supervised_contrastive_loss(embeddings: Tensor, labels: Tensor, temperature: float = 0.1) -> Tensor:
    """InfoNCE where all items of the anchor's class are right answers: embeddings (N, D), labels (N,) -> scalar.

        mean over anchors i of  mean over positives p of  -log( exp(s_ip / t) / sum over a != i of exp(s_ia / t) )

    over the anchors that have a positive. Source: Khosla et al., Supervised contrastive learning, NeurIPS 2020 (L_out).
    """
    check_batch(embeddings, labels)
    z = F.normalize(embeddings)
    return supervised_contrastive_pairs(z @ z.T, *positives_and_negatives(labels), temperature)


def supervised_contrastive_pairs(
    cosine: Tensor, positive: Tensor, negative: Tensor, temperature: float = 0.1
) -> Tensor:
    """The same for given cosines of N anchors with M others (N, M), and two masks, bool (N, M); see `memory`.

    0 if no anchor has a positive.
    """
    _check_temperature(temperature)
    scores = cosine / temperature
    log_share = scores - scores.masked_fill(~(positive | negative), -torch.inf).logsumexp(dim=1, keepdim=True)
    n_positive = positive.sum(dim=1)
    has_positive = n_positive > 0
    per_anchor = -(log_share * positive)[has_positive].sum(dim=1) / n_positive[has_positive]
    return per_anchor.sum() / max(len(per_anchor), 1)


def _check_temperature(temperature: float | Tensor) -> None:
    value = float(torch.as_tensor(temperature).detach())
    if not value > 0:
        raise ValueError(f"temperature is {value}; it has to be above 0: it divides all similarities")
