"""Exact nearest-neighbour search in NumPy: the index that all others are compared with."""

import numpy as np

from course_utils.checks import METRICS, check_choice, check_embeddings, check_k, to_numpy
from course_utils.metrics.similarity import bounded, grid_scores, on_grid, query_blocks, rank_gallery


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


class KNNIndex:
    """Exact search with NumPy: a matrix product, then a partial sort. Blocks of queries bound the memory.

    What another backend does differently, it says in `_added` and `_search`.
    """

    def __init__(self, metric: str = "cosine"):
        check_choice("metric", metric, METRICS)
        self.metric = metric
        self._ids = np.empty(0, dtype=np.int64)
        self._blocks: list[np.ndarray] = []  # rows on the grid, merged when they are needed

    def __len__(self) -> int:
        return len(self._ids)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(metric={self.metric!r}), {len(self)} items"

    def add(self, embeddings, ids=None) -> None:
        """Store embeddings (N, D), arrays or tensors, under integer ids (N,); may be called again.

        Without ids, items are numbered in the order of adding: len(index), len(index) + 1, ...
        Raises ValueError, and adds nothing, for non-finite rows, another dimension or an id that is already taken.
        """
        embeddings = check_embeddings("embeddings", embeddings, self.dimension, other="the index")
        ids = self._check_ids(ids, len(embeddings))
        rows = on_grid(embeddings, self.metric)
        self._added(rows)  # first: if it fails, nothing was added
        self._blocks.append(rows)
        self._ids = np.concatenate([self._ids, ids])

    def search(self, query, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the k best items of each query (Q, D): scores float32 (Q, k), best first, and ids int64 (Q, k).

        Raises ValueError for an empty index, another dimension, non-finite queries or k > len(index).
        """
        if not len(self):
            raise ValueError("the index is empty: add gallery embeddings with index.add(...) before searching")
        query = on_grid(check_embeddings("query", query, self.dimension, other="the index"), self.metric)
        k = check_k(k, len(self))
        scores, positions = self._search(query, k)
        return bounded(scores, self.metric).astype(np.float32), self._ids[positions]

    @property
    def dimension(self) -> int | None:
        """Length D of the stored vectors; None before the first add."""
        return self._blocks[0].shape[1] if self._blocks else None

    @property
    def _vectors(self) -> np.ndarray:
        """All stored rows (N, D), on the grid, in the order of adding."""
        if len(self._blocks) > 1:
            self._blocks = [np.concatenate(self._blocks)]
        return self._blocks[0]

    def _check_ids(self, ids, n: int) -> np.ndarray:
        ids = np.arange(len(self), len(self) + n) if ids is None else to_numpy(ids)
        if ids.shape != (n,) or ids.dtype.kind not in "ui":
            raise ValueError(
                f"ids has shape {ids.shape} and type {ids.dtype}; it needs an integer for each of {n} rows"
            )
        if len(ids) and int(ids.max()) > np.iinfo(np.int64).max:
            raise ValueError(f"the id {ids.max()} is larger than {np.iinfo(np.int64).max}, the largest that fits")
        ids = ids.astype(np.int64)
        values, counts = np.unique(np.concatenate([self._ids, ids]), return_counts=True)
        if (counts > 1).any():
            raise ValueError(f"{(counts > 1).sum()} ids are used twice, the first is {values[counts > 1][0]}")
        return ids

    def _added(self, rows: np.ndarray) -> None:
        """Called with newly stored rows."""

    def _search(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return exact scores and positions (Q, k): all scores of a block of queries, then the best k of each."""
        scores, positions = np.empty((len(query), k)), np.empty((len(query), k), dtype=np.int64)
        for rows in query_blocks(len(query), len(self)):
            scores[rows], positions[rows] = top_k(grid_scores(query[rows], self._vectors, self.metric), k)
        return scores, positions
