"""Measures of one ranked list: what the position of the relevant items is worth.

`relevant` is the answer to one query, best first: 1 (True) where the item is relevant, 0 (False) where it is not,
an array, list or tensor (N,). It holds the whole ranking of the gallery, so that its ones are all R relevant items.
Ties have been broken before (by gallery index), and a query that is itself in the gallery has been taken out.
Source of the definitions: Manning, Raghavan, Schuetze, Introduction to Information Retrieval, 2008, section 8.4.
"""

import numpy as np

from course_utils.checks import check_k, to_numpy


def check_relevant(relevant) -> np.ndarray:
    """Return `relevant` as a bool array (N,); ValueError unless it is a non-empty list of 0 and 1."""
    array = to_numpy(relevant)
    if array.ndim != 1 or len(array) == 0:
        raise ValueError(f"relevant has shape {array.shape}; it is one ranked list (N,), best item first, N >= 1")
    if array.dtype.kind not in "buif" or not np.isin(array, (0, 1)).all():
        raise ValueError("relevant may hold only 0 and 1 (False and True); did labels or scores get in?")
    return array.astype(bool)


def average_precision(relevant) -> float:
    """Return AP, the mean over the relevant items of the precision at their rank:

        AP = 1/R * sum over the relevant items of (number of relevant items up to its rank) / (its rank)

    The denominator is R, the number of relevant items in the whole ranking. Larger is better, 1 when all relevant
    items come first. Without a relevant item AP is not defined: NaN, and the caller decides how such queries count.

    The second and third item of three are relevant, with precision 1/2 and 2/3 at their ranks; AP = (1/2 + 2/3) / 2:

    >>> round(average_precision([0, 1, 1]), 4)
    0.5833
    """
    relevant = check_relevant(relevant)
    return average_precision_at_k(relevant, len(relevant))


def average_precision_at_k(relevant, k: int) -> float:
    """Return AP@k: only the first k items are looked at, and the denominator is min(R, k).

    So 1 can be reached also when there are more than k relevant items. NaN without a relevant item.
    Others divide by R, or by the relevant items among the first k: compare such numbers with care.

    >>> average_precision_at_k([0, 1, 1], k=2)
    0.25
    """
    relevant = check_relevant(relevant)
    k = check_k(k, len(relevant))
    if not relevant.any():
        return float("nan")
    ranks = np.flatnonzero(relevant[:k]) + 1
    precisions = np.arange(1, len(ranks) + 1) / ranks
    return float(precisions.sum() / min(relevant.sum(), k))


def precision_at_k(relevant, k: int) -> float:
    """Return P@k, the share of relevant items among the first k; always divided by k, 0 without a relevant item.

    >>> precision_at_k([0, 1, 1], k=2)
    0.5
    """
    relevant = check_relevant(relevant)
    return float(relevant[: check_k(k, len(relevant))].mean())


def recall_at_k(relevant, k: int) -> float:
    """Return 1 if a relevant item is among the first k, else 0; NaN without a relevant item anywhere.

    Its mean over queries is R@k as image retrieval uses the name: the share of queries with a hit in the first k
    (elsewhere called hit rate), not the share of the relevant items that were found.

    >>> recall_at_k([0, 1, 1], k=1), recall_at_k([0, 1, 1], k=2)
    (0.0, 1.0)
    """
    relevant = check_relevant(relevant)
    k = check_k(k, len(relevant))
    return float(relevant[:k].any()) if relevant.any() else float("nan")


def r_precision(relevant) -> float:
    """Return the share of relevant items among the first R, R being their number; NaN without a relevant item.

    Precision and recall are equal there. Source: Manning et al., section 8.4.

    >>> r_precision([1, 0, 0, 1, 1])
    0.3333333333333333
    """
    relevant = check_relevant(relevant)
    return float(relevant[: relevant.sum()].mean()) if relevant.any() else float("nan")


def average_precision_at_r(relevant) -> float:
    """Return AP cut at rank R, R being the number of relevant items; its mean over queries is MAP@R. NaN without one.

        AP@R = 1/R * sum over the relevant items of rank i <= R of (number of relevant items up to i) / i

    Unlike R-precision it asks for the order within the first R, unlike AP it is not raised by a long tail, and unlike
    R@1 it does not call a space good in which one neighbour is right and the rest is not.
    Source: Musgrave, Belongie and Lim, A metric learning reality check, ECCV 2020.

    >>> average_precision_at_r([0, 1, 1, 0]), average_precision_at_r([1, 0, 0, 1, 1])
    (0.25, 0.3333333333333333)
    """
    relevant = check_relevant(relevant)
    return average_precision_at_k(relevant, int(relevant.sum())) if relevant.any() else float("nan")


def first_hit_rank(relevant) -> float:
    """Return the rank, counted from 1, of the first relevant item; NaN without one. Smaller is better.

    >>> first_hit_rank([0, 1, 1])
    2.0
    """
    relevant = check_relevant(relevant)
    return float(np.argmax(relevant) + 1) if relevant.any() else float("nan")
