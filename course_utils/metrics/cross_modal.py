"""Evaluate pictures and captions in one space, in both directions.

A caption has one right picture; a picture has all of its captions right. So one caption of five is enough for R@1 from
a picture, which makes that direction look easier by its definition alone.
"""

import numpy as np

from course_utils.metrics.report import RetrievalReport
from course_utils.metrics.retrieval import evaluate_retrieval


def evaluate_cross_modal(
    images, texts, caption_image, *, ks=(1, 5, 10), metric: str = "cosine"
) -> dict[str, RetrievalReport]:
    """Return a report for each direction: {"text-to-image": ..., "image-to-text": ...}.

    images (N, D), texts (M, D), caption_image (M,): the picture that each caption belongs to. Every picture and every
    caption stands in its gallery once. Raises ValueError as `evaluate_retrieval` does, and for an index that is no
    picture.
    """
    index = np.asarray(caption_image)
    if index.dtype.kind not in "iu" or (index.size and (index.min() < 0 or index.max() >= len(images))):
        raise ValueError(f"caption_image has to hold indices of the {len(images)} pictures")
    pictures = np.arange(len(images))
    return {
        "text-to-image": evaluate_retrieval(texts, images, index, pictures, ks=ks, metric=metric),
        "image-to-text": evaluate_retrieval(images, texts, pictures, index, ks=ks, metric=metric),
    }


def mean_recall(reports: dict[str, RetrievalReport]) -> float:
    """Return the mean of all R@k of all directions: one number to choose by (the "rsum" of the field, divided)."""
    return float(np.mean([value for report in reports.values() for value in report.recall_at.values()]))
