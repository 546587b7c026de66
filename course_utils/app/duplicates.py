"""Near-duplicates: groups of pictures whose vectors hardly differ, such as a burst, and copies in another size.

An encoder sees a blurred picture in a copy of 80 pixels, and calls it another one. So small copies of both are compared
as well: of 1,500 photographs of Flickr8k no two differ by less than 15 levels, and copies of 80 pixels by at most 1.5.
"""

import io

import numpy as np
from PIL import Image
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from course_utils.app.why import unit

BLOCK = 1024  # rows that are compared with all others at a time
SIDE = 16  # pixels of a small copy
LEVELS = 5  # of 255: small copies that differ by no more are of one picture


def small_copy(content: bytes) -> np.ndarray:
    """Return a picture's SIDE x SIDE colours, uint8 (SIDE * SIDE * 3,), from the bytes of its JPEG."""
    with Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (4 * SIDE, 4 * SIDE))
        return np.asarray(image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)).ravel()


def near_duplicates(vectors: np.ndarray, threshold: float = 0.95, small: np.ndarray | None = None) -> list[np.ndarray]:
    """Return groups of positions, each of two or more, the largest first; every cosine in a chain is >= threshold.

    small  (N, D) from `small_copy`: two that differ by LEVELS or less (root of the mean square) are near as well
    Two pictures that are not so near themselves are in one group where a chain of others leads from one to the other.

    >>> [group.tolist() for group in near_duplicates(np.array([[1, 0], [0, 1], [2, 0.1]]), threshold=0.99)]
    [[0, 2]]
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold is {threshold}; it is a cosine, more than 0 and at most 1, such as 0.95")
    rows = unit(np.asarray(vectors, np.float32))
    colours = None if small is None else np.asarray(small, np.float32) - 128
    pairs = [np.empty((2, 0), np.int64)]
    for start in range(0, len(rows), BLOCK):
        near = rows[start : start + BLOCK] @ rows[start:].T >= threshold - 1e-6  # rounding of float32
        if colours is not None:
            near |= _differences(colours[start : start + BLOCK], colours[start:]) <= LEVELS
        pairs.append(np.array(np.nonzero(np.triu(near, 1))) + start)
    i, j = np.concatenate(pairs, axis=1)
    graph = coo_array((np.ones(len(i), bool), (i, j)), shape=(len(rows), len(rows)))
    _, label = connected_components(graph, directed=False)
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    return sorted((group for group in groups if len(group) > 1), key=lambda group: (-len(group), group[0]))


def _differences(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    squares = (some**2).mean(axis=1)[:, None] + (others**2).mean(axis=1) - 2 / some.shape[1] * (some @ others.T)
    return np.sqrt(np.maximum(squares, 0))
