"""Scores between embeddings, larger is better, and the order that they put the gallery in.

Why the scores are exact. A float32 matrix product adds its terms in an order that depends on the shape of the block
and on the processor, so that two equal gallery items may get scores that differ in the last bit, and a ranking may
change with the block size. Here every embedding is first rounded to a grid: each row to multiples of 2^-26 of (the
power of two above) its own length. A product of two such rows is a sum of multiples of 2^-52 that, by Cauchy-Schwarz,
never grows beyond 1 (in units of both lengths): every partial sum fits into the 53 bits of a float64, nothing is ever
rounded, and the order of the additions does not matter. So

- equal items tie exactly, and score(a, b) = score(b, a);
- results are the same for every block size and number of threads (and processor, unless it adds up a row's length so
  differently that a coordinate falls on the next grid point);
- the rounding to the grid, 7e-9 of the row's length per coordinate, is smaller than float32's own near 1.
"""

import numpy as np

from course_utils.checks import METRICS, check_choice, check_embeddings

GRID_BITS = 26
BLOCK_BYTES = 128 * 2**20  # memory that one block of queries may take; few large matrix products waste little time
BYTES_PER_SCORE = 24  # a float64 score, and two more while distances or the best k are found


def on_grid(embeddings: np.ndarray, metric: str) -> np.ndarray:
    """Return float32 rows (N, D) as float64 rows on the grid described above; of unit length for "cosine".

    A zero row has no direction: under "cosine" it stays zero, hence its similarity to everything is 0.
    """
    rows = embeddings.astype(np.float64)
    length = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    if metric == "cosine":
        np.divide(rows, length, out=rows, where=length > 0)
        length = np.ones_like(length)
    _, exponent = np.frexp(length)  # length <= 2 ** exponent
    step = np.ldexp(1.0, exponent - GRID_BITS)
    rows /= step
    np.rint(rows, out=rows)
    rows *= step
    return rows


def grid_scores(query: np.ndarray, gallery: np.ndarray, metric: str) -> np.ndarray:
    """Return the scores (..., Q, G) of rows that `on_grid` has prepared, (..., Q, D) and (..., G, D)."""
    products = query @ np.swapaxes(gallery, -1, -2)
    if metric == "cosine":
        return products
    squares = np.square(query).sum(axis=-1)[..., :, None] + np.square(gallery).sum(axis=-1)[..., None, :]
    products *= -2
    products += squares
    np.maximum(products, 0, out=products)  # the last bit of a tiny distance may come out negative
    np.sqrt(products, out=products)
    return np.subtract(0, products, out=products)  # not -products: 0 shall not become -0


def bounded(scores: np.ndarray, metric: str) -> np.ndarray:
    """Cut what the grid's rounding leaves outside [-1, 1] off cosines, in place; rankings are made before that."""
    return np.clip(scores, -1, 1, out=scores) if metric == "cosine" else scores


def pairwise_scores(query, gallery, metric: str = "cosine") -> np.ndarray:
    """Return the score of every query with every gallery item, float64 (Q, G); larger is better.

    query (Q, D), gallery (G, D): arrays or tensors, used as float32, not necessarily normalised.
    metric: "cosine", the cosine similarity in [-1, 1] (0 for a zero vector); "euclidean", minus the distance.
    Raises ValueError for embeddings that are empty, not finite or of different dimension.

    >>> pairwise_scores([[1, 0], [3, 4]], [[2, 0], [0, 5]], metric="cosine").round(2).tolist()
    [[1.0, 0.0], [0.6, 0.8]]
    >>> pairwise_scores([[3, 4]], [[3, 4], [0, 0]], metric="euclidean").tolist()
    [[0.0, -5.0]]
    """
    check_choice("metric", metric, METRICS)
    gallery = check_embeddings("gallery", gallery)
    query = check_embeddings("query", query, gallery.shape[1])
    return bounded(grid_scores(on_grid(query, metric), on_grid(gallery, metric), metric), metric)


def rank_gallery(scores: np.ndarray) -> np.ndarray:
    """Return the gallery indices (Q, G) of each row of scores (Q, G), best first, equal scores by gallery index.

    >>> rank_gallery(np.array([[0.1, 0.7, 0.1, 0.9]])).tolist()
    [[3, 1, 0, 2]]
    """
    return np.argsort(-scores, axis=-1, kind="stable")


def ranks_of(items: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return the ranks, from 1 and ascending, of some gallery items (R,) in the ranking by one row of scores (G,).

    What `rank_gallery` would give for these items, but found several times faster: scores alone are quick to sort,
    and the place of an item is the place of its score. Only where scores tie do the indices have to be sorted, too.

    >>> ranks_of(np.array([0, 2, 3]), np.array([0.1, 0.7, 0.1, 0.9])).tolist()
    [1, 3, 4]
    """
    cost = -scores
    ranked, own = np.sort(cost), np.sort(cost[items])
    first, last = np.searchsorted(ranked, own, side="left"), np.searchsorted(ranked, own, side="right")
    if (last - first > 1).any():
        place = np.empty(len(cost), dtype=np.int64)
        place[np.argsort(cost, kind="stable")] = np.arange(len(cost))
        first = np.sort(place[items])
    return first + 1


def query_blocks(n_queries: int, n_gallery: int, block_size: int | None = None):
    """Yield slices of queries whose scores with the whole gallery fit into BLOCK_BYTES (or of `block_size` queries)."""
    rows = block_size or max(1, BLOCK_BYTES // (BYTES_PER_SCORE * n_gallery))
    for start in range(0, n_queries, rows):
        yield slice(start, min(start + rows, n_queries))
