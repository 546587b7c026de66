"""Evaluate a ranking against given lists of relevant items, where no label says what is relevant."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from course_utils.checks import METRICS, check_choice, check_embeddings, check_exclude, check_k
from course_utils.metrics.ranking import average_precision_at_k, precision_at_k
from course_utils.metrics.retrieval import EMPTY
from course_utils.metrics.similarity import grid_scores, on_grid, query_blocks, rank_gallery


@dataclass(frozen=True, eq=False)
class ListReport:
    """Means over the queries that count, and the values of each query (NaN for AP@k where its list is empty).

    map_at_k uses AP@k with the denominator min(R, k), R being the length of the query's list.
    """

    k: int
    map_at_k: float
    precision_at_k: float
    average_precision: np.ndarray = field(repr=False)
    precision: np.ndarray = field(repr=False)
    n_relevant: np.ndarray = field(repr=False)
    n_queries: int
    n_skipped: int

    def values(self) -> dict[str, float]:
        """Return the means under the names of the result tables, e.g. map_at_10 and precision_at_10."""
        return {f"map_at_{self.k}": self.map_at_k, f"precision_at_{self.k}": self.precision_at_k}


def evaluate_lists(
    query,
    gallery,
    relevant: Sequence[np.ndarray],
    *,
    k: int = 10,
    metric: str = "cosine",
    exclude=None,
    drop_first: bool = False,
    empty: str = "skip",
) -> ListReport:
    """Rank the gallery for each query and measure AP@k and P@k against the query's own list of relevant items.

    query (Q, D), gallery (G, D)   embeddings
    relevant    Q arrays of gallery indices, in any order, each index once
    exclude     (Q,) gallery index of each query's own item, left out of its ranking; -1: none. It must not be on the
                query's list, which could then never be found completely
    drop_first  leave out whatever comes first instead: the habit of some published code, which is right only as long
                as every query finds itself; here to measure what it does
    empty       queries with an empty list: "skip" leaves them out of the means, "zero" counts them with 0, "error"

    Ties are broken by gallery index. Raises ValueError for arrays that do not fit, lists with foreign or repeated
    indices, and when "skip" would leave no query to average over.

    >>> report = evaluate_lists([[1, 0]], [[5, 1], [1, 1], [0, 1]], [np.array([1])], k=2)
    >>> report.map_at_k, report.precision_at_k
    (0.5, 0.5)
    """
    check_choice("metric", metric, METRICS)
    check_choice("empty", empty, EMPTY)
    gallery = check_embeddings("gallery", gallery)
    query = check_embeddings("query", query, gallery.shape[1])
    exclude = check_exclude(exclude, len(query), len(gallery))
    if drop_first and (exclude >= 0).any():
        raise ValueError("drop_first and exclude both take one item out of each ranking; choose one")
    check_k(k, len(gallery) - int(drop_first or (exclude >= 0).any()))
    lists = _check_lists(relevant, exclude, len(query), len(gallery))

    gallery = on_grid(gallery, metric)
    precision, ap = np.zeros(len(query)), np.full(len(query), np.nan)
    for rows in query_blocks(len(query), len(gallery)):
        ranking = rank_gallery(grid_scores(on_grid(query[rows], metric), gallery, metric))
        for i, row in zip(range(rows.start, rows.stop), ranking, strict=True):
            out = row == exclude[i] if not drop_first else np.arange(len(row)) == 0
            row = np.concatenate([row[~out], row[out]])  # behind the first k; if it is relevant, R still counts it
            is_relevant = np.zeros(len(gallery), dtype=bool)
            is_relevant[lists[i]] = True
            precision[i] = precision_at_k(is_relevant[row], k)
            ap[i] = average_precision_at_k(is_relevant[row], k)
    return _average(lists, ap, precision, k, empty)


def _check_lists(relevant, exclude: np.ndarray, n_queries: int, n_gallery: int) -> list[np.ndarray]:
    if len(relevant) != n_queries:
        raise ValueError(f"relevant holds {len(relevant)} lists for {n_queries} queries; each query needs its own")
    lists = []
    for i, items in enumerate(relevant):
        items = np.asarray(items)
        items = items.astype(np.int64) if items.size == 0 else items  # an empty list arrives as float
        if items.ndim != 1 or items.dtype.kind not in "ui":
            raise ValueError(f"relevant[{i}] has shape {items.shape} and type {items.dtype}; it lists gallery indices")
        if items.size and (items.min() < 0 or items.max() >= n_gallery):
            raise ValueError(f"relevant[{i}] holds indices outside 0..{n_gallery - 1}")
        if len(np.unique(items)) != len(items):
            raise ValueError(f"relevant[{i}] holds an index twice; each relevant item counts once")
        if exclude[i] >= 0 and (items == exclude[i]).any():
            raise ValueError(
                f"relevant[{i}] holds {exclude[i]}, the query itself, which exclude takes out of the ranking; "
                "take it off the list, too"
            )
        lists.append(items)
    return lists


def _average(lists, ap: np.ndarray, precision: np.ndarray, k: int, empty: str) -> ListReport:
    without = np.array([len(items) == 0 for items in lists])
    if without.any() and empty == "error":
        raise ValueError(f"{without.sum()} queries have an empty list, the first is query {np.argmax(without)}")
    if without.all() and empty == "skip":
        raise ValueError("no query has a relevant item: how were the lists made?")
    counted = np.full(len(lists), True) if empty == "zero" else ~without
    return ListReport(
        k=k,
        map_at_k=float(np.where(without, 0.0, ap)[counted].mean()),
        precision_at_k=float(precision[counted].mean()),
        average_precision=ap,
        precision=precision,
        n_relevant=np.array([len(items) for items in lists]),
        n_queries=len(lists),
        n_skipped=int((~counted).sum()),
    )
