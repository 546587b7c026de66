"""All methods of the paper on four drawn tasks: the rate of each on validation, three seeds, intervals over queries.

The rate is chosen on css_3d and serves all tasks (attribute-as-operator: on mit_states, the only one it is for). A
query counts as its mean over the seeds; differences are paired.
"""

from collections.abc import Iterator

import numpy as np

from course_utils.composition import METHODS
from course_utils.experiments.composition.recipes import Recipe, recipe_for
from course_utils.experiments.composition.rows import measure
from course_utils.experiments.composition.tasks import Task
from course_utils.experiments.rows import INTERVALS_NOTE, SEEDS, SEEDS_NOTE, rows_of, with_interval
from course_utils.results import row
from course_utils.results.schema import COSTS

OVER_SEEDS = f"{SEEDS_NOTE}; {INTERVALS_NOTE}, each its mean over the seeds"  # in the notes
RATES = (3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2)  # from 3e-4 to 3e-3, and on where an end is best
NOT_FOR = {"attribute-as-operator": ("css_3d", "css_2d", "fashion200k")}  # its texts are single attributes
PAIRED = (("tirg", "concatenation"), ("tirg-last-conv", "concatenation"), ("tirg-last-conv", "tirg"))


def make_rates(task: Task) -> Iterator[list[dict]]:
    """Yield, method by method, what validation says of each rate, seed 0: on css_3d, and of the one it has not.

    R@1 on the test stands beside it, to see what the choice is worth; it chooses nothing.
    """
    for method in (name for name in methods_of(task.name) if task.name == "css_3d" or name in NOT_FOR):

        def judged(lr, method=method):
            return measure(task, method, 0, recipe_for(task.name, method, lr=lr)).values

        tried = {lr: judged(lr) for lr in RATES[2:5]}
        while (end := _beyond({lr: values["validation"] for lr, values in tried.items()})) is not None:
            tried[end] = judged(end)
        yield [
            row(task.name, f"{method}-lr-{lr:g}", metric, tried[lr][name])
            for lr in sorted(tried)
            for metric, name in (("validation_recall", "validation"), ("recall_at_1", "recall_at_1"))
        ]


def _beyond(tried: dict[float, float]) -> float | None:
    """Return the next rate to try, if the best one is the smallest or the largest of those tried."""
    best, places = max(tried, key=tried.get), sorted(RATES.index(lr) for lr in tried)
    if best == RATES[places[0]] and places[0] > 0:
        return RATES[places[0] - 1]
    if best == RATES[places[-1]] and places[-1] < len(RATES) - 1:
        return RATES[places[-1] + 1]
    return None


def make_methods(task: Task) -> Iterator[list[dict]]:
    """Yield the rows of each method, and at the end the differences between some."""
    yield [row(task.name, "chance", "recall_at_1", task.chance)]
    hits = {}
    for method in methods_of(task.name):
        rows, hits[method] = of_seeds(task, method, method, recipe_for(task.name, method))
        yield rows
    yield [r for pair in PAIRED for r in difference(task.name, hits, *pair)]


def methods_of(task: str) -> list[str]:
    return [name for name in METHODS if task not in NOT_FOR.get(name, ())]


def of_seeds(task: Task, name: str, method: str, recipe: Recipe) -> tuple[list[dict], np.ndarray]:
    """Return (the rows of a method, called `name`, over SEEDS; the share of seeds that find each query first, (Q,))."""
    runs = [measure(task, method, seed, recipe) for seed in SEEDS]
    values = {metric: [run.values[metric] for run in runs] for metric in runs[0].values}
    hits = np.mean([run.ranks == 1 for run in runs], axis=0)
    costs = {cost: float(np.mean(values.pop(cost))) for cost in COSTS}
    recalls = {metric: seeds for metric, seeds in values.items() if "recall" in metric}
    print(f"{task.name} {name}: R@1 {np.mean(recalls['recall_at_1']):.3f}", flush=True)
    return first_rows(task.name, name, recalls, hits, **costs), hits


def first_rows(dataset: str, name: str, recalls: dict[str, list[float]], hits: np.ndarray, **costs) -> list[dict]:
    """Return the rows of {metric: recall of each seed}; R@1 comes first, with the interval of hits (Q,)."""
    others = {metric: seeds for metric, seeds in recalls.items() if metric != "recall_at_1"}
    first = with_interval(dataset, name, "recall_at_1", recalls["recall_at_1"], hits, **costs)
    return first + rows_of(dataset, name, others)


def difference(dataset: str, hits: dict[str, np.ndarray], first: str, second: str) -> list[dict]:
    """Return the rows of R@1 of one method minus that of another on the same queries, with its interval."""
    d = hits[first] - hits[second]
    return with_interval(dataset, f"{first}-minus-{second}", "recall_at_1", d.mean(), d)
