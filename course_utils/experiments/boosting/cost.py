"""What an answer costs, beside what it is worth: milliseconds to embed a picture, bytes to keep it, weights."""

import time
from collections.abc import Callable

import numpy as np

from course_utils import config
from course_utils.experiments.boosting.searched import KINDS, vectors_of
from course_utils.experiments.boosting.shop import DATASET, LESSON, Shop
from course_utils.experiments.boosting.trainings import stored_recipe
from course_utils.results import read_table, row

PICTURES = 64


def milliseconds(run: Callable, items: int, rounds: int = 3) -> float:
    """Return the best processor time of some rounds, for each item."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times) / items * 1000


def make_cost(shop: Shop, name: str) -> list[dict]:
    """Quality is read from the table `searched`; the head is untrained here, which costs the same."""
    stored = read_table(LESSON, "searched", config.profile()).set_index(["method", "metric"])
    some, encoder = shop.parts["test"].subset(np.arange(PICTURES)), shop.encoder(name)
    options = {} if name == "pca" else {"cache": False}
    embed_ms = milliseconds(lambda: shop.embed(encoder, some, **options), PICTURES)
    vectors = shop.embed(encoder, some)
    head = stored_recipe(name).head(vectors.shape[1], shop.coder.sizes, seed=0)
    rows = []
    for kind in ("raw", *KINDS):
        found = vectors if kind == "raw" else vectors_of(head, vectors, kind)
        extra = 0.0 if kind == "raw" else milliseconds(lambda kind=kind: vectors_of(head, vectors, kind), PICTURES)
        one = stored.loc[(f"{name}-{kind}", "map_at_10")]
        costs = {"query_ms": embed_ms + extra, "train_seconds": None if kind == "raw" else one["train_seconds"]}
        rows.append(row(DATASET, f"{name}-{kind}", "map_at_10", one["mean"], **costs))
        rows.append(row(DATASET, f"{name}-{kind}", "bytes", 4 * found.shape[1]))
    return rows
