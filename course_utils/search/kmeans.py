"""k-means, as it was written down first (Lloyd, Least squares quantization in PCM, 1982): assign, average, repeat."""

import numpy as np


def squared_distances(rows: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """Return the squared Euclidean distance of every row (N, D) to every centroid (K, D): float64 (N, K).

    >>> squared_distances(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [3.0, 0.0]])).tolist()
    [[0.0, 9.0], [25.0, 16.0]]
    """
    rows, centroids = np.asarray(rows, np.float64), np.asarray(centroids, np.float64)
    squares = np.square(rows).sum(axis=1)[:, None] + np.square(centroids).sum(axis=1)
    return np.maximum(squares - 2 * rows @ centroids.T, 0)  # rounding may leave a tiny negative number


def kmeans(rows: np.ndarray, k: int, rounds: int = 25, seed: int = 0) -> np.ndarray:
    """Return k centroids, float32 (k, D), of rows (N, D); the same for the same seed.

    It starts at k different rows and stops early when no row changes its centroid. A centroid that lost all its rows
    moves to the row that is farthest from its own. Raises ValueError for k < 1 and for fewer rows than k.
    """
    rows = np.asarray(rows, np.float32)
    if not 1 <= k <= len(rows):
        raise ValueError(f"k-means cannot find {k} centroids in {len(rows)} rows; it needs at least one row for each")
    centroids = rows[np.random.default_rng(seed).choice(len(rows), k, replace=False)]
    before = None
    for _ in range(rounds):
        distances = squared_distances(rows, centroids)
        nearest = distances.argmin(axis=1)
        if before is not None and (nearest == before).all():
            break
        before = nearest
        sums, counts = np.zeros(centroids.shape), np.bincount(nearest, minlength=k)
        np.add.at(sums, nearest, rows)
        centroids = (sums / np.maximum(counts, 1)[:, None]).astype(np.float32)
        lost = np.flatnonzero(counts == 0)
        if len(lost):
            centroids[lost] = rows[np.argsort(-distances.min(axis=1), kind="stable")[: len(lost)]]
    return centroids
