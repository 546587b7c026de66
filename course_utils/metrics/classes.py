"""Measures of a predicted class: what zero-shot retrieval is scored by, the class of the picture that was found."""

from sklearn.metrics import precision_recall_fscore_support

from course_utils.checks import check_k, check_labels, to_numpy


def top_k_accuracy(ranked_labels, labels, k: int) -> float:
    """Return the share of queries whose label is among those of the first k answers.

    ranked_labels (Q, at least k): the labels of what was retrieved, best first; labels (Q,).

    >>> top_k_accuracy([[3, 7], [7, 3]], [7, 7], k=1)
    0.5
    """
    ranked = to_numpy(ranked_labels)
    if ranked.ndim != 2 or not len(ranked):
        raise ValueError(f"ranked_labels has shape {ranked.shape}; it is a table (Q, k), one query a row")
    labels = check_labels("labels", labels, len(ranked))
    return float((ranked[:, : check_k(k, ranked.shape[1])] == labels[:, None]).any(axis=1).mean())


def macro_scores(predicted, labels) -> dict[str, float]:
    """Return macro_precision, macro_recall and macro_f1: measured a class, then averaged, so rare classes count alike.

    predicted, labels (Q,). The classes are those of both lists. A class that is never predicted has precision 0, one
    that never occurs recall 0; its F1 is 0. Computed by scikit-learn, with zero_division=0.
    """
    labels = check_labels("labels", labels, len(to_numpy(labels)))
    predicted = check_labels("predicted", predicted, len(labels))
    if not len(labels):
        raise ValueError("there are no predictions to score")
    scores = precision_recall_fscore_support(labels, predicted, average="macro", zero_division=0)
    return dict(zip(("macro_precision", "macro_recall", "macro_f1"), map(float, scores), strict=False))


def harmonic_mean(first: float, second: float) -> float:
    """Return 2 a b / (a + b) of two shares: high only if both are; 0 if both are 0.

    Of top-1 on seen and unseen classes it is the measure of generalised zero-shot learning (Xian, Lampert, Schiele and
    Akata, 2019). Raises ValueError for a number outside of 0 to 1.

    >>> harmonic_mean(0.75, 0.25)
    0.375
    """
    if not (0 <= first <= 1 and 0 <= second <= 1):
        raise ValueError(f"{first} and {second}: the harmonic mean is taken of two shares, from 0 to 1")
    return 2 * first * second / (first + second) if first + second else 0.0
