"""Exact nearest-neighbour search with FAISS, and the same results as NumPy's."""

import numpy as np

from course_utils.metrics.similarity import grid_scores, query_blocks
from course_utils.search.candidates import SPARE, rounding
from course_utils.search.errors import package
from course_utils.search.knn import KNNIndex, top_k


class FaissIndex(KNNIndex):
    """Exact search with FAISS (Johnson, Douze, Jegou, Billion-scale similarity search with GPUs, 2019), flat index.

    FAISS computes in float32 and promises no order among ties. So it proposes k + 32 candidates, which are ranked by
    their exact scores. No other item can belong to the best k when the k-th exact score is above the worst FAISS
    score of a candidate by more than FAISS's rounding error; the few queries where it is not (many near-equal
    items around rank k) are searched exactly.
    """

    kind = "faiss"

    def __init__(self, metric: str = "cosine"):
        super().__init__(metric)
        self._faiss, self._longest = None, 0.0

    def _added(self, rows: np.ndarray) -> None:
        faiss = package("faiss", "faiss-cpu")  # here, so that KNNIndex works without it
        if self._faiss is None:
            self._faiss = (faiss.IndexFlatIP if self.metric == "cosine" else faiss.IndexFlatL2)(rows.shape[1])
        self._faiss.add(rows.astype(np.float32))
        self._longest = max(self._longest, np.linalg.norm(rows, axis=1).max())

    def _search(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        n_candidates = k + SPARE
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

        Where float32 overflows, FAISS returns infinity or no item (-1): such queries are searched exactly, too.
        """
        lengths = np.linalg.norm(query, axis=1)
        unit, tiny = rounding(self.dimension)
        worst = worst.astype(np.float64)
        if self.metric == "cosine":
            return kth_score > worst + unit * lengths * self._longest
        return np.isfinite(worst) & (kth_score**2 < worst - unit * (lengths + self._longest) ** 2 - tiny)
