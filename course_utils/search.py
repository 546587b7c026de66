"""Exact nearest-neighbour search: an index of our own and FAISS, one interface, the same results.

    index = KNNIndex(metric="cosine")          or FaissIndex(metric="cosine")
    index.add(gallery_embeddings, ids)
    scores, ids = index.search(query_embeddings, k=10)

Scores: cosine similarity, or minus the Euclidean distance, so that larger is better in both. Equal scores come in the
order in which the items were added. Neighbours are ranked by the exact scores of `metrics.similarity`, so this is the
ranking that `evaluate_retrieval` judges.
"""

import numpy as np

from course_utils.checks import METRICS, check_choice, check_embeddings, check_k, to_numpy
from course_utils.metrics.similarity import grid_scores, on_grid, query_blocks

FAISS_SPARE = 32  # neighbours that FAISS is asked for beyond k
FLOAT32_HALF_ULP = 2.0**-24


class _Index:
    """What both indexes share: the stored items, their ids and the checks."""

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
        self._blocks.append(rows)
        self._ids = np.concatenate([self._ids, ids])
        self._added(rows)

    def search(self, query, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the k best items of each query (Q, D): scores float32 (Q, k), best first, and ids int64 (Q, k).

        Raises ValueError for an empty index, another dimension, non-finite queries or k > len(index).
        """
        if not len(self):
            raise ValueError("the index is empty: add gallery embeddings with index.add(...) before searching")
        query = on_grid(check_embeddings("query", query, self.dimension, other="the index"), self.metric)
        k = check_k(k, len(self))
        scores, positions = self._search(query, k)
        return scores.astype(np.float32), self._ids[positions]

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


class KNNIndex(_Index):
    """Exact search with NumPy: a matrix product, then a partial sort. Blocks of queries bound the memory."""


class FaissIndex(_Index):
    """Exact search with FAISS (Johnson, Douze, Jegou, Billion-scale similarity search with GPUs, 2019), flat index.

    FAISS computes in float32 and promises no order among ties. So it proposes k + 32 candidates, which are ranked by
    their exact scores. No other item can belong to the best k when the k-th exact score is above the worst FAISS
    score of a candidate by more than FAISS's rounding error; the few queries where it is not (many near-equal
    items around rank k) are searched exactly.
    """

    def __init__(self, metric: str = "cosine"):
        super().__init__(metric)
        self._faiss, self._longest = None, 0.0

    def _added(self, rows: np.ndarray) -> None:
        import faiss  # here, so that KNNIndex works without it

        if self._faiss is None:
            self._faiss = (faiss.IndexFlatIP if self.metric == "cosine" else faiss.IndexFlatL2)(rows.shape[1])
        self._faiss.add(rows.astype(np.float32))
        self._longest = max(self._longest, np.linalg.norm(rows, axis=1).max())

    def _search(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        n_candidates = k + FAISS_SPARE
        if n_candidates >= len(self):  # nothing would be left out
            return super()._search(query, k)
        proposed, candidates = self._faiss.search(query.astype(np.float32), n_candidates)
        candidates.sort(axis=1)  # by position, so that top_k breaks ties by it
        scores, positions = np.empty((len(query), k)), np.empty((len(query), k), dtype=np.int64)
        for rows in query_blocks(len(query), n_candidates * self.dimension):
            exact = grid_scores(query[rows, None], self._vectors[candidates[rows]], self.metric)[:, 0]
            scores[rows], best = top_k(exact, k)
            positions[rows] = np.take_along_axis(candidates[rows], best, axis=1)
        settled = self._settled(query, scores[:, -1], proposed[:, -1]) & (candidates[:, 0] >= 0)
        if not settled.all():
            scores[~settled], positions[~settled] = super()._search(query[~settled], k)
        return scores, positions

    def _settled(self, query: np.ndarray, kth_score: np.ndarray, worst: np.ndarray) -> np.ndarray:
        """Return (Q,) bool: can no item outside the candidates reach the k-th score?

        A float32 product of D terms is off by at most about D * 2^-24 of the lengths involved (Higham, Accuracy and
        Stability of Numerical Algorithms, section 3.1); 16 more cover the rounding of the rows and the final sums.
        Where float32 overflows, FAISS returns infinity or no item (-1): such queries are searched exactly, too.
        """
        lengths = np.linalg.norm(query, axis=1)
        unit = (self.dimension + 16) * FLOAT32_HALF_ULP
        worst = worst.astype(np.float64)
        if self.metric == "cosine":
            return kth_score > worst + unit * lengths * self._longest
        tiny = self.dimension * np.finfo(np.float32).tiny  # what underflow can take away
        return np.isfinite(worst) & (kth_score**2 < worst - unit * (lengths + self._longest) ** 2 - tiny)


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
    order = np.argsort(-chosen, axis=1, kind="stable")
    return np.take_along_axis(chosen, order, axis=1), np.take_along_axis(columns, order, axis=1)
