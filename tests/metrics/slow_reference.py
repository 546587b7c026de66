"""The measures once more, as slow and explicit as possible: loops over queries and items, no vectorised step."""

import math


def score(query, item, metric):
    if metric == "euclidean":
        return -math.sqrt(math.fsum((float(a) - float(b)) ** 2 for a, b in zip(query, item, strict=True)))
    product = math.fsum(float(a) * float(b) for a, b in zip(query, item, strict=True))
    lengths = math.hypot(*map(float, query)) * math.hypot(*map(float, item))
    return product / lengths if lengths else 0.0


def ranked_relevance(query, gallery, query_labels, gallery_labels, metric, exclude=None):
    """Return, for each query, the list of True and False of its ranking; ties by gallery index."""
    rankings = []
    for q in range(len(query)):
        candidates = [g for g in range(len(gallery)) if exclude is None or g != exclude[q]]
        candidates.sort(key=lambda g: (-score(query[q], gallery[g], metric), g))
        rankings.append([bool(query_labels[q] == gallery_labels[g]) for g in candidates])
    return rankings


def slow_average_precision(ranking, k=None):
    n_relevant = sum(ranking)
    if n_relevant == 0:
        return math.nan
    k = len(ranking) if k is None else k
    total, found = 0.0, 0
    for rank, relevant in enumerate(ranking[:k], start=1):
        if relevant:
            found += 1
            total += found / rank
    return total / min(n_relevant, k)


def slow_means(rankings, ks):
    """Return mAP and the dicts R@k, P@k, mAP@k over the queries that have a relevant item."""
    counted = [ranking for ranking in rankings if any(ranking)]
    n = len(counted)
    return (
        sum(slow_average_precision(r) for r in counted) / n,
        {k: sum(any(r[:k]) for r in counted) / n for k in ks},
        {k: sum(sum(r[:k]) / k for r in counted) / n for k in ks},
        {k: sum(slow_average_precision(r, k) for r in counted) / n for k in ks},
    )
