"""Galleries that are hard to search exactly, and the answer that takes no short cut."""

import numpy as np

from course_utils.metrics.similarity import grid_scores, on_grid

METRICS = ("cosine", "euclidean")


def exact_scores(query, gallery, metric):
    """What rankings are made of; `pairwise_scores` cuts off what lies outside [-1, 1]."""
    return grid_scores(on_grid(np.float32(query), metric), on_grid(np.float32(gallery), metric), metric)


def normal(n, dimension, seed, offset=0.0, scale=1.0):
    return ((np.random.default_rng(seed).standard_normal((n, dimension)) + offset) * scale).astype(np.float32)


def slow_search(query, gallery, k, metric):
    scores = exact_scores(query, gallery, metric)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(scores, order, axis=1).astype(np.float32), order


GALLERIES = {
    "random": lambda: normal(3000, 24, 0),
    "positive, as after a ReLU": lambda: np.abs(normal(2000, 256, 1)),
    "every item forty times": lambda: np.tile(normal(50, 16, 2), (40, 1)),
    "few grid points": lambda: np.random.default_rng(3).integers(-1, 2, (2000, 3)).astype(np.float32),
    "all the same": lambda: np.full((500, 8), 0.3, np.float32),
    "collapsed": lambda: normal(1500, 32, 4, offset=100.0, scale=1e-2),
    "far from the origin": lambda: normal(1500, 8, 5, offset=3000.0),
    "one dimension": lambda: normal(400, 1, 6),
    "squares beyond float32": lambda: normal(600, 8, 7, scale=1e25),
    "mostly squares beyond float32": lambda: np.concatenate([normal(80, 8, 16, scale=1e20), normal(40, 8, 17)]),
    "squares below float32": lambda: normal(600, 8, 8, scale=1e-25),
    "lengths over many magnitudes": lambda: normal(800, 6, 9) * np.logspace(-6, 6, 800, dtype=np.float32)[:, None],
    "with zero vectors": lambda: normal(900, 5, 10) * (np.arange(900) % 3 > 0)[:, None].astype(np.float32),
}


def queries_for(gallery, n):
    """Return n queries near items of a gallery, then some of its items."""
    rng = np.random.default_rng(11)
    near = gallery[rng.integers(0, len(gallery), n)] * (1 + 1e-3 * rng.standard_normal((n, gallery.shape[1])))
    return np.concatenate([near.astype(np.float32), gallery[:: max(1, len(gallery) // 5)]])
