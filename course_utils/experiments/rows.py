"""Rows of a table that carry the interval over their queries."""

import numpy as np

from course_utils.metrics import RetrievalReport, bootstrap_interval
from course_utils.results import row


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


def rows_of(dataset: str, method: str, reports: list, measures: dict[str, str]) -> list[dict]:
    """Return rows of means over the reports, one a seed, with the interval over the queries of the first.

    measures  {metric of the table: name of the report's values of each query}
    """
    rows = []
    for metric, per_query in measures.items():
        means = [report.values()[metric] for report in reports]
        rows += with_interval(dataset, method, metric, means, getattr(reports[0], per_query))
    return rows


def with_interval(dataset: str, method: str, metric: str, means, per_query, **costs) -> list[dict]:
    """Return the row of a measure and the two of the 95 % interval over its queries, (Q,); costs as in `row`."""
    low, high = bootstrap_interval(per_query)
    ends = [row(dataset, method, f"{metric}_{end}", value) for end, value in (("low", low), ("high", high))]
    return [row(dataset, method, metric, means, **costs), *ends]
