"""Hubs: gallery items that are the answer to everything. They appear by themselves in spaces of many dimensions.

Source: Radovanovic, Nanopoulos, Ivanovic, Hubs in space, JMLR 2010; for predicted vectors Lazaridou, Dinu, Baroni,
Hubness and pollution, ACL 2015.
"""

import numpy as np
from scipy import stats

from course_utils.checks import check_k, to_numpy
from course_utils.metrics.similarity import rank_gallery


def k_occurrence(scores, k: int, right=None) -> np.ndarray:
    """Return how often each gallery item is among the first k answers: int64 (G,), in total Q * k.

    scores  (Q, G), larger is better; ties are broken by gallery index
    right   mask (Q, G) of the relevant items: then only wrong answers are counted, which makes a *bad* hub. An item
            that is found often and rightly is no fault of the search.
    """
    scores = _table(scores)
    first = rank_gallery(scores)[:, : check_k(k, scores.shape[1])]
    counted = np.full(first.shape, True)
    if right is not None:
        right = np.asarray(right, dtype=bool)
        if right.shape != scores.shape:
            raise ValueError(f"right has shape {right.shape}, scores {scores.shape}: one mark for each score")
        counted = ~np.take_along_axis(right, first, axis=1)
    return np.bincount(first[counted], minlength=scores.shape[1])


def skewness(counts) -> float:
    """Return the third standardised moment of the counts: 0 when symmetric, large when a few items get everything.

    >>> round(skewness([0, 0, 0, 4]), 4)
    1.1547
    """
    counts = np.asarray(counts, dtype=np.float64)
    return float(stats.skew(counts)) if np.ptp(counts) else 0.0  # SciPy calls that of equal counts undefined


def hub_report(scores, right) -> dict[str, float]:
    """Return what the first answers of a search say about its hubs.

    top_1         share of queries whose first answer is right
    distinct      different items among the first answers, as a share of the gallery
    wrong_by_ten  share of all wrong first answers that the ten worst items give
    scores, right (Q, G) as in `k_occurrence`
    """
    all_found, wrong = k_occurrence(scores, 1), k_occurrence(scores, 1, right)
    worst = np.sort(wrong)[::-1][:10].sum()
    return {
        "top_1": 1 - wrong.sum() / all_found.sum(),
        "distinct": float((all_found > 0).mean()),
        "wrong_by_ten": float(worst / wrong.sum()) if wrong.any() else 0.0,
    }


def less_hubby(scores, k: int = 10) -> np.ndarray:
    """Return scores (Q, G) in which popular items pay for their popularity (CSLS):

        2 s(q, g) - mean of the k best scores of q over the gallery - mean of the k best scores of g over the queries

    The second term changes no order; the third one is what a hub loses. It needs many queries at once.
    Source: Conneau, Lample, Ranzato, Denoyer, Jegou, Word translation without parallel data, ICLR 2018.
    """
    scores = _table(scores)
    if isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 1:
        raise ValueError(f"k is {k!r}; it must be a whole number from 1")
    k_query, k_gallery = min(k, scores.shape[1]), min(k, scores.shape[0])
    of_query = -np.sort(-scores, axis=1)[:, :k_query].mean(axis=1)
    of_item = -np.sort(-scores, axis=0)[:k_gallery].mean(axis=0)
    return 2 * scores - of_query[:, None] - of_item[None]


def _table(scores) -> np.ndarray:
    scores = to_numpy(scores).astype(np.float64)
    if scores.ndim != 2 or 0 in scores.shape:
        raise ValueError(f"scores has shape {scores.shape}; it is a table (queries, gallery)")
    if not np.isfinite(scores).all():
        raise ValueError("scores holds NaN or infinity")
    return scores
