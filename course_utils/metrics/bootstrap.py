"""How far a mean over queries would move if other queries of the same kind had been asked."""

import numpy as np

from course_utils.checks import to_numpy


def bootstrap_interval(per_query, level: float = 0.95, draws: int = 2000, seed: int = 0) -> tuple[float, float]:
    """Return the interval (low, high) in which `level` of the means of resampled queries lie.

    per_query  (Q,) values of one measure, such as `report.average_precision`; NaN (a query that does not count) is left
               out before queries are drawn, with replacement, as many as there are
    Raises ValueError if no value is left, or for a level outside of 0..1.
    Source: Efron and Tibshirani, An introduction to the bootstrap, 1993, the percentile interval.

    >>> bootstrap_interval([0.5, 0.5, 0.5])
    (0.5, 0.5)
    """
    values = to_numpy(per_query).astype(np.float64)
    values = values[~np.isnan(values)] if values.ndim == 1 else values[:0]
    if not len(values):
        raise ValueError("per_query holds no value that counts; it is one number a query, (Q,)")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; it lies between 0 and 1, 0.95 is usual")
    rng = np.random.default_rng(seed)
    means = [values[rng.integers(0, len(values), len(values))].mean() for _ in range(draws)]
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
