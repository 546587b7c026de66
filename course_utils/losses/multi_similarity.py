"""Multi-Similarity: all pairs of a batch, each weighted by how it compares with the other pairs of its anchor.

Similarities are cosines (embeddings are L2-normalised here). Mining throws away the pairs that are easy already; of
those left, the exponentials give the hardest the largest share of the gradient: batch-hard, but softly.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from course_utils.losses.distance import check_batch, positives_and_negatives


def multi_similarity_loss(
    embeddings: Tensor,
    labels: Tensor,
    alpha: float = 2.0,
    beta: float = 50.0,
    base: float = 0.5,
    epsilon: float | None = 0.1,
) -> Tensor:
    """Embeddings (N, D), labels (N,) -> scalar, the mean over all N anchors i of

        1/alpha log( 1 + sum over positives p of exp( -alpha (s_ip - base) ) )     pull
      + 1/beta  log( 1 + sum over negatives n of exp(   beta (s_in - base) ) )     push,       s_ij = cos(i, j)

    base     similarity that positives are to lie above and negatives below
    epsilon  mining: a positive counts only if s_ip < epsilon + the anchor's largest s_in, a negative only if
             s_in > the anchor's smallest s_ip - epsilon. An anchor without such a pair costs 0. None: all pairs count
    beta is that large because negatives are many: among them only the nearest few are to matter.
    Source: Wang, Han, Huang, Dong, Scott, Multi-similarity loss with general pair weighting for deep metric learning,
    CVPR 2019. ValueError for alpha or beta not above 0, or a batch without a positive or a negative pair.

    >>> import torch
    >>> z = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]])  # cosines 0 within the class, 0 and -1 to the third
    >>> value = multi_similarity_loss(z, torch.tensor([0, 0, 1]), alpha=1, beta=1, base=0, epsilon=None)
    >>> round(value.item(), 4)  # 2 pulls ln 2; pushes ln(1 + 1/e), ln 2, ln(2 + 1/e): a third of the sum
    1.0849
    """
    check_batch(embeddings, labels)
    z = F.normalize(embeddings)
    return multi_similarity_pairs(z @ z.T, *positives_and_negatives(labels), alpha, beta, base, epsilon)


def multi_similarity_pairs(
    cosine: Tensor,
    positive: Tensor,
    negative: Tensor,
    alpha: float = 2.0,
    beta: float = 50.0,
    base: float = 0.5,
    epsilon: float | None = 0.1,
) -> Tensor:
    """The same for given cosines of N anchors with M others (N, M), and two masks, bool (N, M); see `memory`."""
    if not (alpha > 0 and beta > 0):
        raise ValueError(f"alpha is {alpha} and beta is {beta}; both have to be above 0: the loss divides by them")
    if epsilon is not None:
        positive, negative = _mined(cosine.detach(), positive, negative, epsilon)
    pull = log_one_plus_sum(-alpha * (cosine - base), positive) / alpha
    push = log_one_plus_sum(beta * (cosine - base), negative) / beta
    return (pull + push).mean()


def _mined(cosine: Tensor, positive: Tensor, negative: Tensor, epsilon: float) -> tuple[Tensor, Tensor]:
    """Return the masks without the pairs that are easy by more than epsilon."""
    worst_positive = cosine.masked_fill(~positive, torch.inf).amin(dim=1, keepdim=True)
    worst_negative = cosine.masked_fill(~negative, -torch.inf).amax(dim=1, keepdim=True)
    # asked this way round, a NaN is not easy: the loss is NaN instead of looking as if there was nothing to learn
    return positive & ~(cosine - epsilon >= worst_negative), negative & ~(cosine + epsilon <= worst_positive)


def log_one_plus_sum(exponents: Tensor, counts: Tensor, dim: int = 1) -> Tensor:
    """log(1 + sum of exp(exponents) where `counts`), without overflow; 0 where nothing counts.

    The 1 is one more exponent, 0: so the sum is never empty, whose logarithm would be -inf.
    """
    one = torch.zeros_like(exponents.narrow(dim, 0, 1))
    return torch.cat([exponents.masked_fill(~counts, -torch.inf), one], dim=dim).logsumexp(dim=dim)
