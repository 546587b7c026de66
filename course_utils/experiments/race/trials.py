"""Equal care: nine trials of each loss, chosen on validation, and three seeds of what was chosen."""

from functools import partial
from itertools import product

import numpy as np

from course_utils import config
from course_utils.checks import METRICS
from course_utils.encoders import Head, new_head
from course_utils.experiments.race.contestants import CLASSES, DIM, FASTER, PER_CLASS, RACE
from course_utils.experiments.race.tasks import Task
from course_utils.experiments.race.verdict import per_query
from course_utils.experiments.rows import SEEDS, rows_of, with_interval
from course_utils.metrics import RetrievalReport
from course_utils.training import EmbeddingHistory, balanced_batches, linear_probe, shuffled_batches, train_embedding
from course_utils.training.probe import STRENGTHS

HIDDEN, EPOCHS = 256, 8
RATES, USUAL_RATE = (1e-3, 3e-3, 1e-2), 1e-3  # validation on drawn pictures never chose 3e-4
Setting = tuple[float, float]  # (learning rate, value of the loss's parameter)


def train(task: Task, loss: str, rate: float, value: float, seed: int = 0) -> tuple[Head, EmbeddingHistory]:
    """Train a head with a loss of RACE at a learning rate and a value of the loss's parameter."""
    one, n_classes = RACE[loss], int(task.train[1].max()) + 1
    head = new_head(task.train[0], DIM, HIDDEN, normalise=False, seed=seed)
    faster = value if one.parameter == "faster" else FASTER
    if one.proxies:
        batches = partial(shuffled_batches, size=CLASSES * PER_CLASS)
    else:
        batches = partial(balanced_batches, classes=min(CLASSES, n_classes), per_class=PER_CLASS)
    made = config.seeded(lambda: one.make(value, n_classes), seed)
    recipe = {"batches": batches, "loss": made, "epochs": EPOCHS, "lr": rate, "loss_lr": faster * rate, "seed": seed}
    return head, train_embedding(head, task.train, task.validation, decay="cosine", metric="cosine", **recipe)


def nine_trials(task: Task, loss: str) -> dict[Setting, tuple[Head, EmbeddingHistory]]:
    """Return {(rate, value): (head, history)} of the nine trials of a loss, seed 0."""
    return {setting: train(task, loss, *setting) for setting in product(RATES, RACE[loss].values)}


def on_validation(history: EmbeddingHistory) -> float:
    return max(history.validation_map)


def choose(tried: dict) -> Setting:
    """Return the (rate, value) that is best on validation."""
    return max(tried, key=lambda setting: on_validation(tried[setting][1]))


def distance_of(task: Task, loss: str, head: Head) -> str:
    """Return what a loss is ranked by: cosine, or, where lengths count, what is better on validation."""
    if not RACE[loss].free_length:
        return "cosine"
    return max(METRICS, key=lambda metric: task.validated(head.embed, metric))


def measure(task: Task, loss: str) -> tuple[dict[str, list[RetrievalReport]], list[dict], list[dict]]:
    """Return (reports of the three seeds by part, rows of what was chosen, rows of the nine trials) of a loss.

    Rows of what was chosen hold the task's first measure on the searched part, of the setting that the course gives by
    default ("usual") and of the chosen one ("tuned"), and what they have on validation. "by_euclidean" ranks the
    chosen ones by Euclidean distance without bringing them to length 1 first, against the protocol.
    """
    one, tried = RACE[loss], nine_trials(task, loss)
    usual, chosen = (USUAL_RATE, one.usual), choose(tried)
    heads = {
        setting: [tried[setting][0], *(train(task, loss, *setting, seed)[0] for seed in SEEDS[1:])]
        for setting in {usual, chosen}
    }
    distance = {setting: distance_of(task, loss, of[0]) for setting, of in heads.items()}
    found = {setting: task.search_all([head.embed for head in of], distance[setting]) for setting, of in heads.items()}
    mismatched = [task.search("", head.embed, "euclidean") for head in heads[chosen]]
    first = task.measures[0]
    before, after = ([r.values()[first] for r in found[setting][""]] for setting in (usual, chosen))
    gained = per_query(task, found[chosen][""]) - per_query(task, found[usual][""])
    measured = {
        "rate": chosen[0],
        "value": chosen[1],
        "ranked_by_euclidean": float(distance[chosen] == "euclidean"),
        "validation_usual": on_validation(tried[usual][1]),
        "validation": on_validation(tried[chosen][1]),
        "usual": before,
        "tuned": after,
        "by_euclidean": [report.values()[first] for report in mismatched],
        "epoch": tried[chosen][1].best_epoch,
    }
    gain = with_interval(task.name, loss, "gain", np.subtract(after, before), gained)
    seeds = {f"seed_{seed}": value for seed, value in zip(SEEDS, after, strict=True)}
    rows = rows_of(task.name, loss, measured) + gain + rows_of(task.name, loss, seeds)
    cells = [f"rate_{i}_value_{j}" for i, j in product(range(len(RATES)), range(len(one.values)))]
    scores = [on_validation(history) for _, history in tried.values()]
    return found[chosen], rows, rows_of(task.name, loss, dict(zip(cells, scores, strict=True)))


def baselines(task: Task) -> dict[str, dict[str, list[RetrievalReport]]]:
    """Raw vectors, the head before training, and a linear probe that ten trials choose on validation."""
    probed = {}
    for strength in STRENGTHS:
        probe = linear_probe(task.train, task.train, (strength,))
        probed |= {(strength, kind): getattr(probe, kind) for kind in ("scores", "probabilities")}
    heads = [new_head(task.train[0], DIM, HIDDEN, normalise=False, seed=seed).embed for seed in SEEDS]
    probe = max(probed.values(), key=task.validated)
    ways = {"raw": [lambda vectors: vectors], "head-untrained": heads, "linear-probe": [probe]}
    return {name: task.search_all(embeds) for name, embeds in ways.items()}
