"""Rows of a table that carry the interval over their queries, and the seeds of all that is stored."""

import numpy as np

from course_utils.metrics import RetrievalReport, bootstrap_interval
from course_utils.results import row

SEEDS = (0, 1, 2)  # of whatever is trained for a table
# what the tables' notes say of both
SEEDS_NOTE, INTERVALS_NOTE = f"seeds {', '.join(map(str, SEEDS))}", "intervals: 95 %, bootstrap over queries"


def first_is_right(report: RetrievalReport) -> np.ndarray:
    """Return 1 for each query whose first answer is right and 0 for others, (Q,); NaN where none could be."""
    return np.where(report.n_relevant > 0, report.first_hit_rank == 1, np.nan)


# metric of the tables -> what each query contributes to it, (Q,); a report has no such shares of R-precision
PER_QUERY = {
    "mean_ap": lambda report: report.average_precision,
    "precision_at_1": first_is_right,
    "recall_at_1": first_is_right,
    "map_at_r": lambda report: report.average_precision_at_r,
}


def mean_per_query(reports: list[RetrievalReport], metric: str) -> np.ndarray:
    """Return what each query contributes to a metric of PER_QUERY, (Q,), the mean over reports, one a seed."""
    return np.mean([PER_QUERY[metric](report) for report in reports], axis=0)


def rows_of_seeds(dataset: str, method: str, metric: str, reports: list, name: str = "", **costs) -> list[dict]:
    """Return `with_interval` of a metric of PER_QUERY over reports of the same queries, one a seed.

    name  of the row's metric, if it is another one
    """
    means = [report.values()[metric] for report in reports]
    return with_interval(dataset, method, name or metric, means, mean_per_query(reports, metric), **costs)


def rows_of(dataset: str, method: str, values: dict, **costs) -> list[dict]:
    """Return a row for each metric of {metric: number, or one a seed}; the costs, as in `row`, stand in the first."""
    metrics = list(values)
    return [row(dataset, method, one, values[one], **(costs if one == metrics[0] else {})) for one in metrics]


def with_interval(dataset: str, method: str, metric: str, means, per_query, **costs) -> list[dict]:
    """Return the row of a measure and the two of the 95 % interval over its queries, (Q,); costs as in `row`."""
    low, high = bootstrap_interval(per_query)
    ends = [row(dataset, method, f"{metric}_{end}", value) for end, value in (("low", low), ("high", high))]
    return [row(dataset, method, metric, means, **costs), *ends]
