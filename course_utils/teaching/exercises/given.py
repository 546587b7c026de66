"""What several exercises need and none is about: a stable softmax, means of retrieval, pictures that went wrong."""

import numpy as np


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Return the logarithm of the softmax over the last axis, same shape; scores of any size do not overflow.

    >>> np.exp(log_softmax(np.array([[1000.0, 1000.0]]))).round(3)
    array([[0.5, 0.5]])
    """
    scores = np.asarray(scores, dtype=float)
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def mean_ap(vectors: np.ndarray, labels: np.ndarray) -> float:
    """Return the mAP of N pictures, vectors (N, D), that search one another by cosine; relevant: the same label (N,).

    Raises ValueError for vectors that are not finite, or not one a label.
    """
    from course_utils.metrics import evaluate_retrieval

    own = np.arange(len(labels))
    return evaluate_retrieval(vectors, vectors, labels, labels, exclude=own, ks=(1,)).mean_ap


def cosines(queries: np.ndarray, gallery: np.ndarray) -> np.ndarray:
    """Return the cosine of each query with each gallery vector, (Q, G); a vector of zeros has cosine 0 to all."""
    units = [v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-12) for v in (queries, gallery)]
    return units[0] @ units[1].T


def recall_at(scores: np.ndarray, relevant: np.ndarray, k: int) -> float:
    """Return the share of queries with a relevant item among their first k; scores and relevant (Q, G), bool."""
    first = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return float(np.take_along_axis(relevant, first, axis=1).any(axis=1).mean())


def failures(scores: np.ndarray, relevant: np.ndarray, count: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Return `count` queries whose first answer is wrong, spread evenly over all of those, and their first 5 answers.

    scores, relevant  (Q, G); what may not be an answer, such as the query itself, has score -inf
    returns           positions of queries (F,) and of their answers (F, 5); F is smaller where fewer failed
    """
    first = np.argsort(-scores, axis=1, kind="stable")[:, :5]
    wrong = np.flatnonzero(~relevant[np.arange(len(scores)), first[:, 0]])
    some = wrong[np.linspace(0, len(wrong) - 1, min(count, len(wrong))).round().astype(int)] if len(wrong) else wrong
    return some, first[some]


def ridge(x: np.ndarray, y: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (D, E) and bias (E,) of the ridge regression from x (N, D) to y (N, E); the bias is free."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    centred = x - x.mean(axis=0)
    weights = np.linalg.solve(centred.T @ centred + strength * np.eye(x.shape[1]), centred.T @ (y - y.mean(axis=0)))
    return weights, y.mean(axis=0) - x.mean(axis=0) @ weights


def first_right(expected: np.ndarray, pictures: np.ndarray, labels: np.ndarray) -> float:
    """Return top-1 by cosine of N expected pictures (N, D) among the N pictures (N, D) themselves, both less the mean.

    expected[i] was computed from a sentence of species labels[i]; pictures[i] shows it, too. Any picture of the
    species is right.
    """
    mean = pictures.mean(axis=0)
    first = cosines(expected - mean, pictures - mean).argmax(axis=1)
    return float(np.mean(labels[first] == labels))


def map_at_ten(vectors: np.ndarray, relevant: list[np.ndarray]) -> float:
    """Return mAP@10 of N items, vectors (N, D), that search one another by cosine; relevant: N lists of positions."""
    from course_utils.metrics import evaluate_lists

    return evaluate_lists(vectors, vectors, relevant, k=10, exclude=np.arange(len(vectors))).map_at_k


def target_ranks(scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return how many items stand above the best right one of each query: int (Q,); scores and right (Q, N).

    >>> target_ranks(np.array([[0.9, 0.5, 0.7]]), np.array([[False, True, False]]))
    array([2])
    """
    best = np.where(right, scores, -np.inf).max(axis=1)
    return (scores > best[:, None]).sum(axis=1)
