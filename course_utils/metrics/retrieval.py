"""Evaluate a retrieval system: rank the gallery for each query and average over the queries."""

import numpy as np

from course_utils.checks import METRICS, check_choice, check_embeddings, check_exclude, check_k, check_labels
from course_utils.metrics.report import RetrievalReport
from course_utils.metrics.similarity import grid_scores, on_grid, query_blocks, ranks_of

EMPTY = ("skip", "zero", "error")


def evaluate_retrieval(
    query,
    gallery,
    query_labels,
    gallery_labels,
    *,
    ks=(1, 5, 10),
    metric: str = "cosine",
    exclude=None,
    empty: str = "skip",
    block_size: int | None = None,
) -> RetrievalReport:
    """Rank the whole gallery for each query; return mAP, R@k, P@k, mAP@k, R-precision, MAP@R (defined in `ranking`).

    query (Q, D), gallery (G, D): arrays or tensors, used as float32, need not be normalised. A gallery item is
    relevant to a query when their labels, (Q,) and (G,) of integers or strings, are equal.

    ks          ranks for R@k, P@k and mAP@k, each at most the number of items that a query ranks
    metric      "cosine" (a zero vector has similarity 0 to everything) or "euclidean"
    exclude     (Q,) gallery index of each query's own item, which is left out of its ranking and its R; -1: none
    empty       queries without a relevant item: "skip" leaves them out of all means, "zero" counts them with 0,
                "error" raises
    block_size  queries ranked at a time; by default as many as fit into a fixed memory. No influence on results.

    Ties are broken by gallery index. Scores are exact (see `similarity`), so equal items do tie, and results do not
    depend on the block size. Raises ValueError for empty, non-finite or mismatched arrays and for a k that
    is too large; and when "skip" would leave no query to average over.

    >>> report = evaluate_retrieval([[1, 0]], [[5, 1], [1, 1], [0, 1]], [7], [3, 7, 7], ks=(1, 2))
    >>> round(report.mean_ap, 4), report.recall_at, report.precision_at
    (0.5833, {1: 0.0, 2: 1.0}, {1: 0.0, 2: 0.5})
    """
    check_choice("metric", metric, METRICS)
    check_choice("empty", empty, EMPTY)
    gallery = check_embeddings("gallery", gallery)
    query = check_embeddings("query", query, gallery.shape[1])
    n_queries, n_gallery = len(query), len(gallery)
    relevant = _relevant_items(
        check_labels("query_labels", query_labels, n_queries), check_labels("gallery_labels", gallery_labels, n_gallery)
    )
    exclude = check_exclude(exclude, n_queries, n_gallery)
    ks = tuple(check_k(k, n_gallery - int((exclude >= 0).any())) for k in ks)
    if block_size is not None and block_size < 1:
        raise ValueError(f"block_size is {block_size}; it must be at least 1")

    gallery = on_grid(gallery, metric)
    blocks = []
    for rows in query_blocks(n_queries, n_gallery, block_size):
        scores = grid_scores(on_grid(query[rows], metric), gallery, metric)
        ranks = []
        for row, own, items in zip(scores, exclude[rows], relevant[rows], strict=True):
            if own >= 0:
                row[own] = -np.inf  # to the very end of the ranking, behind everything that counts
                items = items[items != own]
            ranks.append(ranks_of(items, row))
        blocks.append(_measure(ranks, ks))
    per_query = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    return _average(per_query, ks, empty, n_gallery=n_gallery, metric=metric)


def _relevant_items(query_labels: np.ndarray, gallery_labels: np.ndarray) -> list[np.ndarray]:
    """Return, for each query, the gallery indices of its label, ascending; queries of one label share one array."""
    if (query_labels.dtype.kind == "U") != (gallery_labels.dtype.kind == "U"):
        raise ValueError("query_labels and gallery_labels mix numbers and strings: nothing would ever be relevant")
    order = np.argsort(gallery_labels, kind="stable")
    classes, start = np.unique(gallery_labels[order], return_index=True)
    items_of = dict(zip(classes.tolist(), np.split(order, start[1:]), strict=True))
    return [items_of.get(label, order[:0]) for label in query_labels.tolist()]


def _measure(ranks: list[np.ndarray], ks: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Return the measures of each query; ranks: for each query the ascending ranks (R,) of its relevant items.

    The same formulas as in `ranking`, for many queries at once. All ranks stand in one array, query after query;
    `rows` says which query each belongs to.
    """
    n_queries = len(ranks)
    n_relevant = np.array([len(r) for r in ranks])
    first = np.cumsum(n_relevant) - n_relevant  # where the ranks of each query begin
    rows, ranks = np.repeat(np.arange(n_queries), n_relevant), np.concatenate(ranks)
    precisions = (np.arange(len(ranks)) - first[rows] + 1) / ranks  # the n-th relevant item at rank r: n / r
    found = n_relevant > 0

    def total_until(rank, weights=None):
        chosen = ranks <= rank
        return np.bincount(rows[chosen], None if weights is None else weights[chosen], minlength=n_queries)

    def where_found(values, denominator):
        return np.divide(values, denominator, out=np.full(n_queries, np.nan), where=found)

    first_rank = np.full(n_queries, np.nan)
    first_rank[found] = ranks[first[found]]
    ap = where_found(total_until(np.inf, precisions), n_relevant)
    measures = {"n_relevant": n_relevant, "ap": ap, "first_rank": first_rank}
    until_r = n_relevant[rows]  # the rank R of each query
    measures["r_precision"] = where_found(total_until(until_r), n_relevant)
    measures["ap@r"] = where_found(total_until(until_r, precisions), n_relevant)
    for k in ks:
        measures[f"ap@{k}"] = where_found(total_until(k, precisions), np.minimum(n_relevant, k))
        measures[f"precision@{k}"] = total_until(k) / k
        measures[f"recall@{k}"] = (first_rank <= k).astype(float)
    return measures


def _average(per_query: dict[str, np.ndarray], ks, empty: str, *, n_gallery: int, metric: str) -> RetrievalReport:
    """Average over the queries that count, by the policy for queries without a relevant item."""
    without = per_query["n_relevant"] == 0
    if without.any() and empty == "error":
        raise ValueError(
            f"{without.sum()} of {len(without)} queries have no relevant item in the gallery, the first is query "
            f'{np.argmax(without)}; choose empty="skip" or empty="zero" if that is meant'
        )
    if without.all() and empty == "skip":
        raise ValueError("no query has a relevant item in the gallery: do both sides use the same labels?")
    counted = np.full(len(without), True) if empty == "zero" else ~without

    def mean(name):
        return float(np.where(without, 0.0, per_query[name])[counted].mean())

    return RetrievalReport(
        mean_ap=mean("ap"),
        recall_at={k: mean(f"recall@{k}") for k in ks},
        precision_at={k: mean(f"precision@{k}") for k in ks},
        map_at={k: mean(f"ap@{k}") for k in ks},
        r_precision=mean("r_precision"),
        map_at_r=mean("ap@r"),
        average_precision=per_query["ap"],
        average_precision_at_r=per_query["ap@r"],
        first_hit_rank=per_query["first_rank"],
        n_relevant=per_query["n_relevant"],
        n_queries=len(without),
        n_gallery=n_gallery,
        n_skipped=int((~counted).sum()),
        metric=metric,
    )
