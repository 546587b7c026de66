"""Which keypoint of one picture is which of the other: nearest neighbours, and how to keep only those that are sure.

Lowe, "Distinctive image features from scale-invariant keypoints", IJCV 2004, section 7.1 (the ratio test).
"""

import numpy as np


def squared_distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Squared Euclidean distances of descriptors (n, d) and (m, d): float32 (n, m), by |a|^2 - 2ab + |b|^2."""
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1]:
        raise ValueError(f"descriptors of shape {a.shape} and {b.shape}; they must be (n, d) and (m, d)")
    a, b = a.astype(np.float32), b.astype(np.float32)
    return np.maximum((a**2).sum(axis=1)[:, None] - 2 * a @ b.T + (b**2).sum(axis=1), 0)


def match(a: np.ndarray, b: np.ndarray, ratio: float = 0.8, mutual: bool = False) -> np.ndarray:
    """Pair each descriptor of `a` with its nearest one of `b`, if that is much nearer than the second nearest.

    a, b    float (n, d), (m, d): descriptors of two pictures, as `detect` gives them
    ratio   keep a pair if distance(nearest) < ratio * distance(second); 0.8 in the paper, which found that this drops
            nine of ten wrong pairs and one of twenty right ones. 1 keeps all but exact ties, smaller keeps fewer
    mutual  keep a pair only if `a`'s one is also the nearest of `b`'s one
    returns int64 (k, 2): indices into a and b, in the order of a; one of b may occur more than once unless mutual.
            Without two descriptors in `b` there is no second nearest and nothing is kept.
    Raises ValueError for a ratio outside of 0..1 and descriptors of different lengths.

    >>> match(np.array([[0.0], [5.0]]), np.array([[1.0], [4.0], [6.0]]), ratio=0.8).tolist()
    [[0, 0]]
    """
    if not 0 < ratio <= 1:
        raise ValueError(f"ratio is {ratio}; it lies between 0 and 1")
    distances = squared_distances(a, b)
    if len(a) == 0 or len(b) < 2:
        return np.zeros((0, 2), np.int64)
    nearest = distances.argmin(axis=1)
    rows = np.arange(len(a))
    first = distances[rows, nearest].copy()
    back = distances.argmin(axis=0) if mutual else None
    distances[rows, nearest] = np.inf
    keep = first < ratio**2 * distances.min(axis=1)  # distances are squared, so the ratio is
    if mutual:
        keep &= back[nearest] == rows
    return np.column_stack([rows[keep], nearest[keep]])
