"""Near-duplicates: groups of pictures whose vectors hardly differ, such as copies in another size or a burst."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

BLOCK = 1024  # rows that are compared with all others at a time


def near_duplicates(vectors: np.ndarray, threshold: float = 0.95) -> list[np.ndarray]:
    """Return groups of positions, each of two or more, the largest first; every cosine in a chain is >= threshold.

    Two pictures that are not so near themselves are in one group where a chain of others leads from one to the other.

    >>> [group.tolist() for group in near_duplicates(np.array([[1, 0], [0, 1], [2, 0.1]]), threshold=0.99)]
    [[0, 2]]
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold is {threshold}; it is a cosine, more than 0 and at most 1, such as 0.95")
    vectors = np.asarray(vectors, np.float32)
    rows = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    pairs = [np.empty((2, 0), np.int64)]
    for start in range(0, len(rows), BLOCK):
        near = rows[start : start + BLOCK] @ rows[start:].T >= threshold - 1e-6  # rounding of float32
        pairs.append(np.array(np.nonzero(np.triu(near, 1))) + start)
    i, j = np.concatenate(pairs, axis=1)
    graph = coo_array((np.ones(len(i), bool), (i, j)), shape=(len(rows), len(rows)))
    _, label = connected_components(graph, directed=False)
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    return sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), group[0]))
