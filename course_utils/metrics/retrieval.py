"""Evaluate a retrieval system: rank the gallery for each query and average over the queries."""

import numpy as np

from course_utils.checks import METRICS, check_choice, check_embeddings, check_exclude, check_k, check_labels
from course_utils.metrics.report import RetrievalReport
from course_utils.metrics.similarity import grid_scores, on_grid, query_blocks, rank_gallery

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
    """Rank the whole gallery for each query and return mAP, R@k, P@k, mAP@k (defined in `ranking`) and more.

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
    query_labels, gallery_labels = _common_codes(
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
        own = np.flatnonzero(exclude[rows] >= 0)
        scores[own, exclude[rows][own]] = -np.inf  # to the very end of the ranking, where it is no hit
        hits = gallery_labels[rank_gallery(scores)] == query_labels[rows, None]
        hits[own, -1] = False
        blocks.append(_measure(hits, ks))
    per_query = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    return _average(per_query, ks, empty, n_gallery=n_gallery, metric=metric)


def _common_codes(query_labels: np.ndarray, gallery_labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Replace labels by small integers, which compare faster than strings."""
    if (query_labels.dtype.kind == "U") != (gallery_labels.dtype.kind == "U"):
        raise ValueError("query_labels and gallery_labels mix numbers and strings: nothing would ever be relevant")
    _, codes = np.unique(np.concatenate([query_labels, gallery_labels]), return_inverse=True)
    return codes[: len(query_labels)].astype(np.int32), codes[len(query_labels) :].astype(np.int32)


def _measure(hits: np.ndarray, ks: tuple[int, ...]) -> dict[str, np.ndarray]:
    """Return the measures of each ranking; hits: bool (Q, G), best item first.

    The same formulas as in `ranking`, for many queries at once: only the positions of the hits enter, and these are
    few. `rows` repeats the query of each hit; within a query, hits stand in the order of their ranks.
    """
    n_queries = len(hits)
    rows, columns = np.nonzero(hits)
    ranks = columns + 1
    n_relevant = np.bincount(rows, minlength=n_queries)
    first = np.cumsum(n_relevant) - n_relevant  # where the hits of each query begin
    precisions = (np.arange(len(rows)) - first[rows] + 1) / ranks  # the n-th hit at rank r: n / r
    has_hit = n_relevant > 0

    def over_hits(chosen, denominator):
        total = np.bincount(rows[chosen], weights=precisions[chosen], minlength=n_queries)
        return np.divide(total, denominator, out=np.full(n_queries, np.nan), where=has_hit)

    first_rank = np.full(n_queries, np.nan)
    first_rank[has_hit] = ranks[first[has_hit]]
    measures = {"n_relevant": n_relevant, "ap": over_hits(slice(None), n_relevant), "first_rank": first_rank}
    for k in ks:
        measures[f"ap@{k}"] = over_hits(ranks <= k, np.minimum(n_relevant, k))
        measures[f"precision@{k}"] = hits[:, :k].mean(axis=1)
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
        average_precision=per_query["ap"],
        first_hit_rank=per_query["first_rank"],
        n_relevant=per_query["n_relevant"],
        n_queries=len(without),
        n_gallery=n_gallery,
        n_skipped=int((~counted).sum()),
        metric=metric,
    )
