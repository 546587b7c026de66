"""Exact answers from an engine that computes in float32: it proposes more than k candidates, they are ranked here.

A database and a file of vectors add up in their own order and promise none among ties. So a few candidates more than k
are asked for, ranked by the exact scores of `metrics.similarity`, ties by the order of adding; and where rounding could
have kept a better item away (many near-equal items around rank k), all rows are read and scored instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from course_utils.metrics.similarity import grid_scores, on_grid
from course_utils.search.index import NOTHING, shown
from course_utils.search.knn import top_k

SPARE = 32  # neighbours that an engine is asked for beyond k


@dataclass
class Candidates:
    """What an engine proposes for one query, in any order.

    ids, places  int64 (C,); places grow with the order of adding
    rows         float32 (C, D), as stored        distances  float64 (C,), the engine's own; smaller is nearer
    """

    ids: np.ndarray
    places: np.ndarray
    rows: np.ndarray
    distances: np.ndarray


def storable(rows: np.ndarray, metric: str) -> np.ndarray:
    """Return rows (N, D) as an engine keeps them, float32: for "cosine" shortened to a length between 1/2 and 1.

    The factor is a power of two, which changes no digit of a direction; without it, squares of large numbers overflow.
    """
    if metric != "cosine":
        return rows
    _, exponent = np.frexp(np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True))
    return np.ldexp(rows.astype(np.float64), -exponent).astype(np.float32)


def best_of(query: np.ndarray, found: Candidates, k: int, metric: str) -> tuple[np.ndarray, np.ndarray]:
    """Return exact scores (k,) and ids (k,) of the best candidates for one query (D,); -inf and -1 fill up."""
    order = np.argsort(found.places)
    scores, columns = _columns(query, found.rows[order], k, metric)
    missing = (0, k - len(columns))
    ids = np.pad(found.ids[order][columns], missing, constant_values=NOTHING)
    return np.pad(scores, missing, constant_values=-np.inf), ids


def answers(found: Iterable[tuple[np.ndarray, np.ndarray]], metric: str) -> tuple[np.ndarray, np.ndarray]:
    """Return scores float32 (Q, k) and ids (Q, k) of what was found for each query, as `Index.search` does."""
    scores, ids = (np.stack(part) for part in zip(*found, strict=True))
    return shown(scores, metric), ids


def rounding(dimension: int) -> tuple[float, float]:
    """Return what an engine's float32 sum of D products may be off by: a share of the lengths involved, and a floor.

    The share is about D * 2^-24 (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1), and 16 more for
    the rounding of rows and final sums; the floor is what underflow can take away.
    """
    return (dimension + 16) * 2.0**-24, dimension * np.finfo(np.float32).tiny


def settled(kth_score: float, found: Candidates, metric: str) -> bool:
    """Can no item outside the candidates reach the k-th exact score? The engine's sums are in float32.

    A cosine divides such a sum by the root of two others, hence twice the rounding error; a zero vector has no cosine
    for the engine, but the score 0 here.
    """
    worst, (unit, tiny) = found.distances.max(initial=-np.inf), rounding(found.rows.shape[1])
    if not np.isfinite(worst):  # nothing came, float32 overflowed, or a vector has no direction
        return False
    if metric == "cosine":
        return kth_score > max(1 - worst + 2 * unit, 0)
    return kth_score**2 < worst**2 * (1 - 4 * unit) - tiny


def scan(
    query: np.ndarray, blocks: Iterable[tuple[np.ndarray, np.ndarray, np.ndarray]], k: int, metric: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return exact scores (k,) and ids (k,) of one query (D,) among all rows; -inf and -1 fill up.

    blocks  (ids (B,), places (B,), rows float32 (B, D)), of any order: no more than one and k rows are held at a time
    """
    best = np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, len(query)), np.float32)
    for block in blocks:
        both = [np.concatenate(pair) for pair in zip(best, block, strict=True)]
        order = np.argsort(both[1])
        keep = order[_columns(query, both[2][order], k, metric)[1]]
        best = tuple(part[keep] for part in both)
    return best_of(query, Candidates(*best, distances=np.empty(0)), k, metric)


def _columns(query: np.ndarray, rows: np.ndarray, k: int, metric: str) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and rows of the best, up to k, ties in the order of the rows."""
    if not len(rows):
        return np.empty(0), np.empty(0, np.int64)
    scores, columns = top_k(grid_scores(on_grid(query[None], metric), on_grid(rows, metric), metric), min(k, len(rows)))
    return scores[0], columns[0]
