"""Vectors by the ten thousand for the last task of exercise 08, and what judges inverted lists on them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from course_utils.search.kmeans import squared_distances
from course_utils.search.knn import top_k

AXES, BANDWIDTH = 32, 0.75  # on more axes, or closer around the pictures, one list would hold nearly all neighbours


@dataclass(frozen=True, eq=False)
class Sampled:
    """gallery float32 (N, 32), validation and test queries float32 (Q, 32); none of them is in another."""

    gallery: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def sampled_scenes(n: int = 20_000, queries: int = 200) -> Sampled:
    """Return vectors sampled around the 480 scenes of exercise 02, on their first 32 principal axes.

    EfficientNet-Lite0 saw the pictures; noise of three quarters of their spread in each direction is added. So no
    picture stands behind one of these vectors.
    """
    from sklearn.decomposition import PCA

    from course_utils.experiments.scale.vectors import drawn_around
    from course_utils.teaching.exercises.course_data import scenes

    vectors = np.concatenate([part.vectors for part in scenes()])
    real = PCA(AXES, svd_solver="full").fit_transform(vectors).astype(np.float32)
    return Sampled(*(drawn_around(real, size, seed, BANDWIDTH) for seed, size in enumerate((n, queries, queries))))


def exact_neighbours(queries: np.ndarray, rows: np.ndarray, k: int = 10) -> np.ndarray:
    """Return the positions of the k nearest rows (N, D) of each query (Q, D), nearest first: int (Q, k)."""
    return top_k(-squared_distances(queries, rows), k)[1]


def places_of_lists(centroids: np.ndarray, queries: np.ndarray) -> np.ndarray:
    """Return when each query comes to each list: 0 for the nearest centroid, int (Q, L)."""
    order = np.argsort(squared_distances(queries, centroids), axis=1, kind="stable")
    return np.argsort(order, axis=1)


def recall_and_share(
    rows: np.ndarray, centroids: np.ndarray, queries: np.ndarray, probes: Iterable[int], k: int = 10
) -> dict[int, tuple[float, float]]:
    """Return {number of lists visited: (recall@k, share of the gallery looked at)} of inverted lists.

    Looked at: the vectors of the visited lists, and all centroids, which have to be compared, too.

    >>> line = np.arange(8.0)[:, None]
    >>> recall_and_share(line, np.array([[1.5], [5.5]]), np.array([[3.1]]), (1, 2), k=2)
    {1: (0.5, 0.75), 2: (1.0, 1.25)}
    """
    own = squared_distances(rows, centroids).argmin(axis=1)
    places, sizes = places_of_lists(centroids, queries), np.bincount(own, minlength=len(centroids))
    # a neighbour in a visited list is found: nothing that is looked at can be nearer than the k nearest of all
    met = np.take_along_axis(places, own[exact_neighbours(queries, rows, k)], axis=1)
    looked = {p: np.where(places < p, sizes, 0).sum(axis=1).mean() + len(centroids) for p in probes}
    return {p: (float((met < p).mean()), float(n / len(rows))) for p, n in looked.items()}


def faiss_neighbours(
    rows: np.ndarray, centroids: np.ndarray, queries: np.ndarray, probes: int, k: int = 10
) -> np.ndarray:
    """Return what FAISS's IndexIVFFlat finds with these centroids (L, D): int (Q, k), -1 where it finds nothing."""
    import faiss

    rows, centroids, queries = (np.ascontiguousarray(a, np.float32) for a in (rows, centroids, queries))
    coarse = faiss.IndexFlatL2(rows.shape[1])
    coarse.add(centroids)
    index = faiss.IndexIVFFlat(coarse, rows.shape[1], len(centroids))
    index.train(rows)  # nothing to learn: the centroids are there
    index.add(rows)
    index.nprobe = probes
    return index.search(queries, k)[1]
