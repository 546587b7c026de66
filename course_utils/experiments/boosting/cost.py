"""What an answer costs, beside what it is worth: milliseconds to embed a picture, bytes to keep it, weights."""

from collections.abc import Callable

import numpy as np

from course_utils import config
from course_utils.experiments.boosting.searched import KINDS, vectors_of
from course_utils.experiments.boosting.shop import DATASET, LESSON, Shop
from course_utils.experiments.boosting.trainings import stored_recipe
from course_utils.experiments.rows import rows_of
from course_utils.experiments.scale.timing import best_seconds
from course_utils.results import read_table

PICTURES = 64


def milliseconds(run: Callable) -> float:
    """Return the best processor time of three rounds, for each of PICTURES."""
    return best_seconds(run, rounds=3) / PICTURES * 1000


def make_cost(shop: Shop, name: str) -> list[dict]:
    """Quality is read from the table `searched`; the head is untrained here, which costs the same."""
    stored = read_table(LESSON, "searched", config.profile()).set_index(["method", "metric"])
    some, encoder = shop.parts["test"].subset(np.arange(PICTURES)), shop.encoder(name)
    options = {} if name == "pca" else {"cache": False}
    embed_ms = milliseconds(lambda: shop.embed(encoder, some, **options))
    vectors = shop.embed(encoder, some)
    head = stored_recipe(name).head(vectors.shape[1], shop.coder.sizes, seed=0)
    rows = []
    for kind in ("raw", *KINDS):
        found = vectors if kind == "raw" else vectors_of(head, vectors, kind)
        extra = 0.0 if kind == "raw" else milliseconds(lambda kind=kind: vectors_of(head, vectors, kind))
        one = stored.loc[(f"{name}-{kind}", "map_at_10")]
        costs = {"query_ms": embed_ms + extra, "train_seconds": None if kind == "raw" else one["train_seconds"]}
        rows += rows_of(DATASET, f"{name}-{kind}", {"map_at_10": one["mean"], "bytes": 4 * found.shape[1]}, **costs)
    return rows
