"""Inverted lists: the gallery cut into cells, of which a search visits a few.

Sivic and Zisserman, Video Google, ICCV 2003, for words; Jegou, Douze, Schmid, Product quantization for nearest neighbor
search, PAMI 2011, section IV, for vectors. Every vector is filed under its nearest centroid; a query looks into the
lists of its `probes` nearest centroids alone. What lies across a border is missed.
"""

import numpy as np

from course_utils.search.index import NOTHING
from course_utils.search.kmeans import kmeans, squared_distances


class InvertedLists:
    """Lists of vectors under k-means centroids; Euclidean.

        index = InvertedLists(n_lists=64).fit(rows)
        index.add(rows)
        scores, positions = index.search(query, k=10, probes=4)

    centroids  float32 (n_lists, D), after fit
    """

    def __init__(self, n_lists: int):
        self.n_lists = n_lists
        self.centroids: np.ndarray | None = None
        self.positions = [np.empty(0, np.int64) for _ in range(n_lists)]
        self.contents: list[np.ndarray | None] = [None] * n_lists  # rows (n, D) of each list

    def __len__(self) -> int:
        return sum(map(len, self.positions))

    def fit(self, rows: np.ndarray, seed: int = 0):
        """Learn centroids of rows (N, D); returns itself."""
        self.centroids = kmeans(rows, self.n_lists, seed=seed)
        return self

    def nearest(self, rows: np.ndarray, n: int = 1) -> np.ndarray:
        """Return the lists of the n nearest centroids of each row (N, D): int (N, n), nearest first."""
        if self.centroids is None:
            raise ValueError("these lists have no centroids yet: call fit(rows) first")
        return np.argsort(squared_distances(rows, self.centroids), axis=1, kind="stable")[:, :n]

    def add(self, rows: np.ndarray) -> None:
        """File rows (N, D) under positions len(self), len(self) + 1, ..."""
        rows = np.asarray(rows, np.float32)
        cells, start = self.nearest(rows)[:, 0], len(self)
        for cell in np.unique(cells):
            mine = np.flatnonzero(cells == cell)
            old = self.contents[cell]
            self.contents[cell] = rows[mine] if old is None else np.concatenate([old, rows[mine]])
            self.positions[cell] = np.concatenate([self.positions[cell], start + mine])

    def search(self, query: np.ndarray, k: int, probes: int = 1) -> tuple[np.ndarray, np.ndarray]:
        """Return (scores, positions) (Q, k), best first, ties by position; scores are minus Euclidean distances.

        Where the visited lists hold fewer than k vectors, the last places hold the position -1 and the score -inf.
        """
        query = np.asarray(query, np.float32)
        scores = np.full((len(query), k), -np.inf)
        positions = np.full((len(query), k), NOTHING)
        for i, cells in enumerate(self.nearest(query, probes)):
            cells = [cell for cell in cells if len(self.positions[cell])]
            if not cells:
                continue
            found = np.concatenate([self.positions[cell] for cell in cells])
            squared = np.concatenate([squared_distances(query[[i]], self.contents[cell])[0] for cell in cells])
            order = np.lexsort((found, squared))[:k]
            scores[i, : len(order)], positions[i, : len(order)] = -np.sqrt(squared[order]), found[order]
        return scores, positions

    def visited(self, query: np.ndarray, probes: int = 1) -> np.ndarray:
        """Return how many vectors a search looks at for each query: int (Q,). The rest is what it saves."""
        lengths = np.array([len(list_) for list_ in self.positions])
        return lengths[self.nearest(query, probes)].sum(axis=1)
