"""A billion on paper: a query goes to every shard and waits for the slowest. From measured times of one shard.

Dean, Barroso, The tail at scale, Communications of the ACM 56(2), 2013: with a hundred shards, what happens to one
request in a hundred happens to two queries in three. A *hedged* request goes to a second replica when the first has
not answered by the time that 95 of 100 have; the first answer counts.
"""

import numpy as np

from course_utils.experiments.rows import rows_of
from course_utils.experiments.scale.timing import query_seconds
from course_utils.experiments.scale.vectors import DATASET, draw
from course_utils.search import FaissApproximate

SHARDS = (1, 10, 100, 1000)
TRIALS = 10_000
STRAGGLERS, SLOWNESS = 0.01, 10.0  # supposed, not measured: one answer in a hundred takes ten times as long
PATIENCE = 95  # percentile of one shard's times after which a second replica is asked


def shard_times(times: np.ndarray, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Return times of single answers, drawn from measured ones (T,); some of them straggle."""
    drawn = rng.choice(times, shape)
    return np.where(rng.random(shape) < STRAGGLERS, SLOWNESS, 1.0) * drawn


def fan_out(times: np.ndarray, shards: int, replicas: int, trials: int = TRIALS, seed: int = 0) -> np.ndarray:
    """Return the time of queries that wait for all shards: (trials,), in the unit of `times`.

    replicas  1, or 2: hedged requests. Shards are independent and nobody queues
    """
    rng = np.random.default_rng(seed)
    patience = np.percentile(shard_times(times, (100_000,), rng), PATIENCE)
    slowest = np.zeros(trials)
    for start in range(0, trials, 1000):
        part = slice(start, min(start + 1000, trials))
        first = shard_times(times, (len(slowest[part]), shards), rng)
        if replicas == 2:
            first = np.minimum(first, patience + shard_times(times, first.shape, rng))
        slowest[part] = first.max(axis=1)
    return slowest


def make_tail(n: int) -> list[dict]:
    """Return rows of the median and the 99th percentile, as multiples of one shard's median time without stragglers."""
    drawn = draw(n, queries=1000)
    index = FaissApproximate("hnsw", "euclidean", M=32, efSearch=80)
    index.add(drawn.gallery)
    times = query_seconds(index.search, drawn.test, 10)
    unit, rows = float(np.median(times)), []
    for shards in SHARDS:
        for replicas in (1, 2):
            found = fan_out(times / unit, shards, replicas)
            measured = {"median": np.percentile(found, 50), "percentile_99": np.percentile(found, 99)}
            costs = {"query_ms": unit * 1000} if not rows else {}
            rows += rows_of(DATASET, f"shards{shards}-replicas{replicas}", measured, **costs)
    return rows
