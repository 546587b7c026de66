"""What an evaluation returns: the means, the values of each query to look into them, and how far a mean would move."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_utils.checks import to_numpy


@dataclass(frozen=True, eq=False)
class RetrievalReport:
    """Result of `evaluate_retrieval`; larger is better but for ranks.

    mean_ap             mean of AP over the queries that count
    recall_at[k]        share of queries with a relevant item among the first k
    precision_at[k]     mean share of relevant items among the first k
    map_at[k]           mean of AP@k (denominator min(R, k))
    r_precision         mean share of relevant items among the first R, the number of a query's relevant items
    map_at_r            mean of AP@R
    average_precision   float64 (Q,), AP of each query, NaN where it has no relevant item; average_precision_at_r alike
    first_hit_rank      float64 (Q,), rank from 1 of the first relevant item, NaN where there is none
    n_relevant          int64 (Q,), relevant gallery items of each query
    n_queries           all queries; n_skipped of them had no relevant item and were left out of the means
    """

    mean_ap: float
    recall_at: dict[int, float]
    precision_at: dict[int, float]
    map_at: dict[int, float]
    r_precision: float
    map_at_r: float
    average_precision: np.ndarray = field(repr=False)
    average_precision_at_r: np.ndarray = field(repr=False)
    first_hit_rank: np.ndarray = field(repr=False)
    n_relevant: np.ndarray = field(repr=False)
    n_queries: int
    n_gallery: int
    n_skipped: int
    metric: str

    @property
    def median_rank(self) -> float:
        """Median of the rank of the first relevant item, over the queries that have one (NaN if none has)."""
        ranks = self.first_hit_rank[self.n_relevant > 0]
        return float(np.median(ranks)) if len(ranks) else float("nan")

    def values(self) -> dict[str, float]:
        """Return the means under the names of the result tables: mean_ap, recall_at_1, ..., median_rank."""
        named = {"mean_ap": self.mean_ap}
        for name in ("recall_at", "precision_at", "map_at"):
            named |= {f"{name}_{k}": value for k, value in getattr(self, name).items()}
        return named | {"r_precision": self.r_precision, "map_at_r": self.map_at_r, "median_rank": self.median_rank}

    def summary(self, name: str = "") -> pd.DataFrame:
        """Return a table of one row, indexed by `name`; stack several with pandas.concat."""
        return pd.DataFrame([self.values()], index=[name])

    def __str__(self) -> str:
        skipped = f", {self.n_skipped} without a relevant item left out" if self.n_skipped else ""
        lines = [f"{self.n_queries} queries, {self.n_gallery} gallery items, {self.metric}{skipped}"]
        lines.append(f"  mAP  {self.mean_ap:.4f}    median rank of the first hit {self.median_rank:g}")
        lines.append(f"  R-precision {self.r_precision:.4f}    MAP@R {self.map_at_r:.4f}")
        for k in self.recall_at:
            lines.append(
                f"  R@{k:<4d} {self.recall_at[k]:.4f}    P@{k:<4d} {self.precision_at[k]:.4f}"
                f"    mAP@{k:<4d} {self.map_at[k]:.4f}"
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """How a notebook shows the report: one row, four decimals."""
        return self.summary(self.metric).to_html(float_format="{:.4f}".format)


def bootstrap_interval(per_query, level: float = 0.95, draws: int = 2000, seed: int = 0) -> tuple[float, float]:
    """Return the interval (low, high) in which `level` of the means lie if other queries of the same kind were asked.

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
