"""What can be done with a first ranking: verify its best answers, and ask again with those that passed.

Philbin et al., CVPR 2007 (re-ranking); Chum et al., "Total recall", ICCV 2007 (average query expansion);
Radenovic, Tolias, Chum, "Fine-tuning CNN image retrieval with no human annotation", PAMI 2018 (alpha-QE).
"""

import numpy as np

from course_utils.features.geometry import verify
from course_utils.features.keypoints import LocalFeatures
from course_utils.features.matching import match


def count_inliers(a: LocalFeatures, b: LocalFeatures, ratio: float = 0.8, threshold: float = 4.0) -> int:
    """How many keypoints of `a` have a partner in `b` that agrees with one homography; 0 if no camera explains them."""
    pairs = match(a.descriptors, b.descriptors, ratio)
    return verify(a.points[pairs[:, 0], :2], b.points[pairs[:, 1], :2], threshold).count


def rerank(ranking: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Sort the first len(counts) items of a ranking by their inliers, most first; ties and the rest keep their order.

    ranking  int (N,), gallery indices, best first       counts  (k,) of its first k

    >>> rerank(np.array([7, 2, 5, 1]), np.array([0, 9, 4])).tolist()
    [2, 5, 7, 1]
    """
    ranking, counts = np.asarray(ranking), np.asarray(counts)
    if counts.ndim != 1 or len(counts) > len(ranking):
        raise ValueError(f"{counts.shape} counts for a ranking of {len(ranking)} items")
    first = ranking[: len(counts)][np.argsort(-counts, kind="stable")]
    return np.concatenate([first, ranking[len(counts) :]])


def expand_query(query: np.ndarray, answers: np.ndarray, alpha: float = 0.0) -> np.ndarray:
    """Return the mean of a query (D,) and of answers (n, D) that are trusted, scaled to length 1.

    alpha  0: each answer counts as much as the query (average query expansion); above: an answer counts its cosine
           with the query ** alpha, a negative one 0, so that doubtful ones count less (alpha-QE; 3 in the paper)

    >>> expand_query(np.array([1.0, 0.0]), np.array([[0.0, 1.0]])).round(3).tolist()
    [0.707, 0.707]
    """
    query, answers = np.asarray(query), np.asarray(answers)
    if answers.ndim != 2 or answers.shape[1:] != query.shape:
        raise ValueError(f"answers of shape {answers.shape} for a query of shape {query.shape}")
    if alpha < 0:
        raise ValueError(f"alpha is {alpha}; it must not be negative")
    lengths = np.linalg.norm(answers, axis=1) * np.linalg.norm(query)
    similarity = (answers @ query / np.where(lengths > 0, lengths, 1)).astype(np.float64)
    weights = np.maximum(similarity, 0) ** alpha
    total = query + weights.astype(query.dtype) @ answers
    length = np.linalg.norm(total)
    return total / length if length > 0 else total
