"""Rows of a table that carry the interval over their queries."""

from course_utils.metrics import bootstrap_interval
from course_utils.results import row


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
