"""Does a ranking put the more similar item first? Asked of pairs, where similarity has degrees and no class."""

import numpy as np


def concordance(truth, scores) -> float:
    """Return the share of pairs of items that scores order as truth does: (N,), (N,) -> number in 0..1.

    Pairs of equal truth ask nothing; a pair of equal scores counts one half, so guessing gives 0.5. NaN without a pair.
    It is (1 + D) / 2 with Somers' D of the scores given the truth. ValueError for arrays that do not fit.

    >>> concordance([0.1, 0.5, 0.9], [2.0, 1.0, 3.0])  # the first two are in the wrong order
    0.6666666666666666
    """
    truth, scores = np.asarray(truth, dtype=np.float64), np.asarray(scores, dtype=np.float64)
    if truth.ndim != 1 or truth.shape != scores.shape or not (np.isfinite(truth).all() and np.isfinite(scores).all()):
        raise ValueError(f"truth has shape {truth.shape} and scores {scores.shape}; both are (N,), of finite numbers")
    more = truth[:, None] > truth[None]
    if not more.any():
        return float("nan")
    order = np.sign(scores[:, None] - scores[None])[more]
    return float((order.mean() + 1) / 2)
