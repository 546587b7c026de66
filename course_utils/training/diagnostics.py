"""Is the network learning a metric, or collapsing? Numbers that a loss value hides.

    loss stuck at the margin (or at ln 2), spread 0, rank 1    collapse: all pictures in one point
    loss 0, active share 0, mAP low                            nothing left to learn from the triplets that are drawn
    rank far below the dimension                               the rest of the dimensions is not used

`EmbeddingHistory` says what each number is.
"""

from dataclasses import dataclass, field

import numpy as np

from course_utils.checks import check_embeddings, check_labels
from course_utils.metrics import evaluate_retrieval
from course_utils.training.history import FromUntrained


@dataclass
class EmbeddingHistory(FromUntrained):
    """One value an epoch. Epoch 0 is the untrained network, so every measure but the loss has one value more.

    active             share of all triplets of the probe with d(a, p) - d(a, n) + margin > 0
    positive_distance  mean Euclidean distance of two probe pictures of one class
    negative_distance  the same for different classes
    spread             standard deviation of an embedding dimension over the probe, mean over the dimensions
    effective_rank     how many dimensions the probe's embeddings fill, 1 .. D
    validation_map     mAP of the validation pictures as queries, the probe as gallery
    """

    chosen_by = "validation_map"

    active: list[float] = field(default_factory=list)
    positive_distance: list[float] = field(default_factory=list)
    negative_distance: list[float] = field(default_factory=list)
    spread: list[float] = field(default_factory=list)
    effective_rank: list[float] = field(default_factory=list)
    validation_map: list[float] = field(default_factory=list)

    def record(self, probe: np.ndarray, probe_labels: np.ndarray, margin: float, validation_map: float) -> None:
        """Append what the embeddings of the probe show."""
        for name, value in diagnose(probe, probe_labels, margin).items():
            getattr(self, name).append(value)
        self.validation_map.append(validation_map)


def diagnose(embeddings: np.ndarray, labels: np.ndarray, margin: float) -> dict[str, float]:
    """Return active, positive_distance, negative_distance, spread and effective_rank, as in `EmbeddingHistory`.

    embeddings (N, D), as they are: nothing is normalised; labels (N,). Raises ValueError for NaN and for labels
    without a positive or a negative pair.
    """
    z = check_embeddings("embeddings", embeddings).astype(np.float64)
    labels = check_labels("labels", labels, len(z))
    distance = np.array([np.sqrt(((z - row) ** 2).sum(axis=1)) for row in z])  # row by row: (N, N, D) may not fit
    same = labels[:, None] == labels[None]
    if same.all() or same.sum() == len(z):
        raise ValueError("the labels hold no positive or no negative pair: there is nothing to diagnose")
    positive = same & ~np.eye(len(z), dtype=bool)
    violated = total = 0
    for row, own, others in zip(distance, positive, ~same, strict=True):  # nor (N, N, N)
        violated += (row[own][:, None] - row[others][None] + margin > 0).sum()
        total += own.sum() * others.sum()
    return {
        "active": float(violated / total),
        "positive_distance": float(distance[positive].mean()),
        "negative_distance": float(distance[~same].mean()),
        "spread": float(z.std(axis=0).mean()),
        "effective_rank": effective_rank(z),
    }


def effective_rank(embeddings: np.ndarray) -> float:
    """Return exp(entropy of the normalised singular values) of the centred embeddings (N, D): 1 .. D, 1 for a point.

    Source: Roy, Vetterli, The effective rank: a measure of effective dimensionality, EUSIPCO 2007.

    >>> effective_rank(np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]]))  # both directions alike
    2.0
    """
    z = np.asarray(embeddings, dtype=np.float64)
    values = np.linalg.svd(z - z.mean(axis=0), compute_uv=False)
    # a network computes in float32: equal embeddings may differ in the last digit, and that noise has full rank
    noise = np.finfo(np.float32).eps * np.abs(z).max() * np.sqrt(z.size)
    if values[0] <= max(noise, 1e-9):
        return 1.0
    shares = values[values > 0] / values.sum()
    return float(round(np.exp(-(shares * np.log(shares)).sum()), 9))


def search_map(query, query_labels, gallery, gallery_labels, metric: str = "euclidean") -> float:
    """Return the mAP of validation pictures that search the probe: the protocol of the test, in small.

    Where validation has classes that training lacks, its pictures search one another, each leaving itself out: the
    protocol for classes never seen.
    """
    if not np.isin(query_labels, gallery_labels).all():
        own = np.arange(len(query))
        options = {"ks": (1,), "metric": metric, "exclude": own, "empty": "skip"}
        return evaluate_retrieval(query, query, query_labels, query_labels, **options).mean_ap
    return evaluate_retrieval(query, gallery, query_labels, gallery_labels, ks=(1,), metric=metric).mean_ap
