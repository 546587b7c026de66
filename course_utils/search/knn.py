"""Exact nearest-neighbour search in NumPy: the index that all others are compared with."""

from pathlib import Path

import numpy as np

from course_utils.metrics.similarity import grid_scores, on_grid, query_blocks, rank_gallery
from course_utils.search.index import Index
from course_utils.search.index_file import read_index, write_index


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


class KNNIndex(Index):
    """Exact search with NumPy: a matrix product, then a partial sort. Blocks of queries bound the memory.

    What another backend that keeps its rows in memory does differently, it says in `_added` and `_search`.
    """

    kind = "knn"

    def __init__(self, metric: str = "cosine"):
        super().__init__(metric)
        self._ids = np.empty(0, dtype=np.int64)
        self._blocks: list[np.ndarray] = []  # rows on the grid, merged when they are needed

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def dimension(self) -> int | None:
        return self._blocks[0].shape[1] if self._blocks else None

    def save(self, path: str | Path) -> None:
        """Write ids and rows (on the grid, float64) to one file, whole or not at all."""
        rows = {"rows": self._vectors} if self._blocks else {}
        write_index(path, self.kind, {"metric": self.metric}, {"ids": self._ids, **rows})

    @classmethod
    def load(cls, path: str | Path):
        settings, arrays = read_index(path, cls.kind)
        index = cls(settings["metric"])
        if "rows" in arrays:
            index._keep(arrays["rows"], arrays["ids"])
        return index

    @property
    def _vectors(self) -> np.ndarray:
        """All stored rows (N, D), on the grid, in the order of adding."""
        if len(self._blocks) > 1:
            self._blocks = [np.concatenate(self._blocks)]
        return self._blocks[0]

    def _taken(self, ids: np.ndarray) -> np.ndarray:
        return np.intersect1d(ids, self._ids)

    def _store(self, embeddings: np.ndarray, ids: np.ndarray) -> None:
        self._keep(on_grid(embeddings, self.metric), ids)

    def _keep(self, rows: np.ndarray, ids: np.ndarray) -> None:
        self._added(rows)  # first: if it fails, nothing was added
        self._blocks.append(rows)
        self._ids = np.concatenate([self._ids, ids])

    def _added(self, rows: np.ndarray) -> None:
        """Called with newly stored rows."""

    def _neighbours(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        scores, positions = self._search(on_grid(query, self.metric), k)
        return scores, self._ids[positions]

    def _search(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return exact scores and positions (Q, k): all scores of a block of queries, then the best k of each."""
        scores, positions = np.empty((len(query), k)), np.empty((len(query), k), dtype=np.int64)
        for rows in query_blocks(len(query), len(self)):
            scores[rows], positions[rows] = top_k(grid_scores(query[rows], self._vectors, self.metric), k)
        return scores, positions
