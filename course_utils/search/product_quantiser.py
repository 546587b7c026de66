"""Product quantisation: a vector of D floats kept in M bytes, and still compared.

Jegou, Douze, Schmid, Product quantization for nearest neighbor search, PAMI 2011. A vector is cut into M parts; each
part is replaced by the number of the nearest of 256 centroids, learned by k-means for that part. So M bytes tell
256^M vectors apart. Distances are *asymmetric*: the query stays as it is, only the gallery is rounded.
"""

import numpy as np

from course_utils.search.kmeans import kmeans, squared_distances


class ProductQuantiser:
    """Codes of one byte for each of M parts of a vector.

        quantiser = ProductQuantiser(parts=16).fit(rows)     rows float (N, D), D a multiple of `parts`
        codes = quantiser.encode(rows)                       uint8 (N, M)
        quantiser.distances(query, codes)                    (Q, N), squared Euclidean, estimated

    centroids  float32 (M, K, D / M), after fit; K = 2^bits
    """

    def __init__(self, parts: int, bits: int = 8):
        if parts < 1 or not 1 <= bits <= 8:
            raise ValueError(f"parts is {parts}, bits is {bits}; a code has one part or more, of 1 to 8 bits each")
        self.parts, self.size = parts, 2**bits
        self.centroids: np.ndarray | None = None

    def fit(self, rows: np.ndarray, seed: int = 0):
        """Learn the centroids of every part by k-means; returns itself. ValueError for fewer than K rows."""
        pieces = self._cut(rows)
        self.centroids = np.stack([kmeans(pieces[:, m], self.size, seed=seed + m) for m in range(self.parts)])
        return self

    def encode(self, rows: np.ndarray) -> np.ndarray:
        """Return the codes of rows (N, D): uint8 (N, M), the number of the nearest centroid of each part."""
        pieces, centroids = self._cut(rows), self._fitted()
        nearest = [squared_distances(pieces[:, m], centroids[m]).argmin(axis=1) for m in range(self.parts)]
        return np.stack(nearest, axis=1).astype(np.uint8)

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Return the vectors that codes (N, M) stand for: float32 (N, D), the centroids put side by side."""
        return self._fitted()[np.arange(self.parts), codes].reshape(len(codes), -1)

    def tables(self, query: np.ndarray) -> np.ndarray:
        """Return the squared distance of each part of each query (Q, D) to each centroid: float64 (Q, M, K)."""
        pieces, centroids = self._cut(query), self._fitted()
        return np.stack([squared_distances(pieces[:, m], centroids[m]) for m in range(self.parts)], axis=1)

    def distances(self, query: np.ndarray, codes: np.ndarray) -> np.ndarray:
        """Return estimated squared distances of queries (Q, D) to codes (N, M): float64 (Q, N).

        M look-ups and additions for each code, where the exact distance takes D multiplications.
        """
        tables = self.tables(query)
        total = np.zeros((len(tables), len(codes)))
        for m in range(self.parts):
            total += tables[:, m, codes[:, m]]
        return total

    def search(self, query: np.ndarray, codes: np.ndarray, k: int, rows: np.ndarray | None = None, refine: int = 10):
        """Return (scores, positions) (Q, k) of the nearest codes, best first; scores are minus Euclidean distances.

        rows    the vectors themselves (N, D), on disk for instance: the refine * k nearest codes are then ranked again
                by their exact distances, and scores are exact
        """
        query, distances = np.asarray(query), self.distances(query, codes)
        if rows is None:
            return first_k(distances, k)
        candidates = np.sort(np.argsort(distances, axis=1, kind="stable")[:, : refine * k], axis=1)
        exact = np.concatenate([squared_distances(q[None], rows[c]) for q, c in zip(query, candidates, strict=True)])
        scores, best = first_k(exact, k)
        return scores, np.take_along_axis(candidates, best, axis=1)

    def _cut(self, rows: np.ndarray) -> np.ndarray:
        """(N, D) -> (N, M, D / M)"""
        rows = np.asarray(rows, np.float32)
        if rows.ndim != 2 or rows.shape[1] == 0 or rows.shape[1] % self.parts:
            raise ValueError(f"rows of shape {rows.shape} cannot be cut into {self.parts} equal parts")
        return rows.reshape(len(rows), self.parts, -1)

    def _fitted(self) -> np.ndarray:
        if self.centroids is None:
            raise ValueError("this quantiser has no centroids yet: call fit(rows) first")
        return self.centroids


def first_k(squared: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (scores, positions) (Q, k) of the smallest of squared distances (Q, N), ties by position.

    >>> first_k(np.array([[4.0, 1.0, 4.0]]), k=2)
    (array([[-1., -2.]]), array([[1, 0]]))
    """
    order = np.argsort(squared, axis=1, kind="stable")[:, :k]
    return -np.sqrt(np.take_along_axis(squared, order, axis=1)), order
