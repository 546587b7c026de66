"""What every index does in the same way, whatever searches behind it."""

from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from course_utils.checks import METRICS, check_choice, check_embeddings, check_k, to_numpy
from course_utils.metrics.similarity import bounded

NOTHING = -1  # the id where fewer than k items were found; its score is minus infinity


def shown(scores: np.ndarray, metric: str) -> np.ndarray:
    """Return scores as a search gives them, float32, cosines within [-1, 1]; -inf, where nothing was found, stays."""
    found = np.isfinite(scores)
    return np.where(found, bounded(scores, metric), -np.inf).astype(np.float32)


class Index(AbstractContextManager):
    """Vectors under integer ids, searched by similarity.

        with SomeIndex(metric="cosine") as index:
            index.add(gallery_embeddings, ids)
            scores, ids = index.search(query_embeddings, k=10)
            index.save(path)
        index = SomeIndex.load(path)

    What a backend does differently, it says in `_store`, `_neighbours`, `_taken`, `save`, `load` and `close`; one that
    takes more arguments says so in `add` and `search`.
    """

    kind = ""  # how a saved file calls it

    def __init__(self, metric: str = "cosine"):
        check_choice("metric", metric, METRICS)
        self.metric = metric

    def __len__(self) -> int:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}(metric={self.metric!r}), {len(self)} items"

    def __exit__(self, *error) -> None:
        self.close()

    @property
    def dimension(self) -> int | None:
        """Length D of the stored vectors; None before the first add."""
        raise NotImplementedError

    def add(self, embeddings, ids=None) -> None:
        """Store embeddings (N, D), arrays or tensors, under integer ids (N,); may be called again.

        Without ids, items are numbered in the order of adding: len(index), len(index) + 1, ...
        Raises ValueError, and adds nothing, for non-finite rows, another dimension or an id that is already taken.
        """
        embeddings = check_embeddings("embeddings", embeddings, self.dimension, other="the index")
        self._store(embeddings, self._check_ids(ids, len(embeddings)))

    def search(self, query, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the k best items of each query (Q, D): scores float32 (Q, k), best first, and ids int64 (Q, k).

        Scores are cosine similarities, or minus Euclidean distances: larger is better.
        An approximate index may find fewer than k: the last places then hold the id -1 and the score -inf.
        Raises ValueError for an empty index, another dimension, non-finite queries or k > len(index).
        """
        query, k = self._check_search(query, k)
        scores, ids = self._neighbours(query, k)
        return shown(scores, self.metric), ids

    def save(self, path: str | Path) -> None:
        """Write the index to one file, whole or not at all. OSError names the file where the disk is full."""
        raise NotImplementedError

    @classmethod
    def load(cls, path: str | Path):
        """Return the index that `save` wrote. Raises FileNotFoundError, or IndexFileError for another kind of file."""
        raise NotImplementedError

    def close(self) -> None:
        """Give back what is held (a server, a folder); an index that lives in memory holds nothing."""

    def _check_search(self, query, k: int) -> tuple[np.ndarray, int]:
        empty = ValueError("the index is empty: add gallery embeddings with index.add(...) before searching")
        if self.dimension is None:
            raise empty
        query = check_embeddings("query", query, self.dimension, other="the index")
        k = check_k(k, np.iinfo(np.int64).max)
        available = self._available(k)
        if not available:  # what there was has been removed
            raise empty
        return query, check_k(k, available)

    def _check_ids(self, ids, n: int) -> np.ndarray:
        ids = np.arange(len(self), len(self) + n) if ids is None else to_numpy(ids)
        if ids.shape != (n,) or ids.dtype.kind not in "ui":
            raise ValueError(
                f"ids has shape {ids.shape} and type {ids.dtype}; it needs an integer for each of {n} rows"
            )
        if len(ids) and int(ids.max()) > np.iinfo(np.int64).max:
            raise ValueError(f"the id {ids.max()} is larger than {np.iinfo(np.int64).max}, the largest that fits")
        ids = ids.astype(np.int64)
        values, counts = np.unique(ids, return_counts=True)
        twice = np.union1d(values[counts > 1], self._taken(values))
        if len(twice):
            raise ValueError(f"{len(twice)} ids are used twice, the first is {twice[0]}")
        return ids

    def _available(self, k: int) -> int:
        """Return how many items there are; where counting is slow, a backend may stop at k."""
        return len(self)

    def _taken(self, ids: np.ndarray) -> np.ndarray:
        """Return which of these ids, unique and ascending, are stored already."""
        raise NotImplementedError

    def _store(self, embeddings: np.ndarray, ids: np.ndarray) -> None:
        """Store checked rows, float32 (N, D), and ids int64 (N,): all of them or none."""
        raise NotImplementedError

    def _neighbours(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return scores (Q, k) and ids (Q, k) of checked queries, float32 (Q, D)."""
        raise NotImplementedError
