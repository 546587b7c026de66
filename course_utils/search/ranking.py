"""The best k of a ranking: larger scores first, equal ones in the order of the gallery, as `rank_gallery` has them."""

import numpy as np

from course_utils.metrics.similarity import rank_gallery


def top_k(scores: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the k largest scores (Q, k) of each row of (Q, G), best first, and their columns; ties by column.

    >>> top_k(np.array([[0.1, 0.7, 0.1, 0.9]]), k=3)[1].tolist()
    [[3, 1, 0]]
    """
    kth = np.partition(scores, scores.shape[1] - k, axis=1)[:, -k, None]
    keep = scores >= kth
    surplus = np.flatnonzero(keep.sum(axis=1) > k)  # rows where several items tie for the last places: the first win
    tied, better = scores[surplus] == kth[surplus], scores[surplus] > kth[surplus]
    keep[surplus] = better | (tied & (np.cumsum(tied, axis=1) <= k - better.sum(axis=1, keepdims=True)))
    columns = np.nonzero(keep)[1].reshape(len(scores), k)
    chosen = np.take_along_axis(scores, columns, axis=1)
    order = rank_gallery(chosen)
    return np.take_along_axis(chosen, order, axis=1), np.take_along_axis(columns, order, axis=1)
