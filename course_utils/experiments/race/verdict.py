"""Who is better, and who cannot be told apart: rows of a method, and every loss against every other."""

from itertools import combinations

import numpy as np

from course_utils.experiments.race.tasks import Task
from course_utils.experiments.rows import PER_QUERY, mean_per_query, rows_of, rows_of_seeds, with_interval
from course_utils.metrics import RetrievalReport, bootstrap_interval
from course_utils.results import row


def per_query(task: Task, reports: list[RetrievalReport]) -> np.ndarray:
    """Return what each query contributes to the task's first measure, (Q,), the mean over the seeds."""
    return mean_per_query(reports, task.measures[0])


def method_rows(task: Task, method: str, found: dict[str, list[RetrievalReport]]) -> list[dict]:
    """Return the rows of a method: its measures, with intervals where the report knows each query's share."""
    rows = []
    for part, reports in found.items():
        for metric in task.measures:
            if metric in PER_QUERY:
                rows += rows_of_seeds(task.name, method, metric, reports, part + metric)
            else:
                rows.append(row(task.name, method, part + metric, [report.values()[metric] for report in reports]))
    return rows


def clearly(task: Task, a: list[RetrievalReport], b: list[RetrievalReport]) -> int:
    """Return 1 where a is better than b, -1 where it is worse, 0 where that is open.

    Better: the 95 % interval of the paired difference lies above zero, and the worst seed of a above the best of b.
    """
    low, high = bootstrap_interval(per_query(task, a) - per_query(task, b))
    of_a, of_b = ([report.values()[task.measures[0]] for report in reports] for reports in (a, b))
    return int(low > 0 and min(of_a) > max(of_b)) - int(high < 0 and max(of_a) < min(of_b))


def pair_rows(task: Task, found: dict[str, list[RetrievalReport]]) -> list[dict]:
    """Return for each loss how many others it beats, loses to and cannot be told from; and its gap to the best."""
    verdict = {(a, b): clearly(task, found[a], found[b]) for a, b in combinations(found, 2)}
    verdict |= {(b, a): -value for (a, b), value in verdict.items()}
    first, rows = max(found, key=lambda name: per_query(task, found[name]).mean()), []
    for name in found:
        against = [verdict[name, other] for other in found if other != name]
        counts = {"beats": against.count(1), "open": against.count(0), "loses_to": against.count(-1)}
        rows += rows_of(task.name, name, counts)
        gap = per_query(task, found[first]) - per_query(task, found[name])
        rows += with_interval(task.name, name, "behind_the_best", gap.mean(), gap)
    return rows
