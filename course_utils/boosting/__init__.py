"""Attribute boosting: a small multi-task head on frozen embeddings, and the similarity that it is measured by."""

from course_utils.training.attribute_tuning import fine_tune_attributes
from course_utils.boosting.ground_truth import product_similarity, published_lists, repaired_lists, words
from course_utils.boosting.head import BoostingHead
from course_utils.boosting.labels import AttributeCoder
from course_utils.training.boosting import boosting_loss, evaluate_boosting, train_boosting

__all__ = [
    "AttributeCoder",
    "BoostingHead",
    "boosting_loss",
    "evaluate_boosting",
    "fine_tune_attributes",
    "product_similarity",
    "published_lists",
    "repaired_lists",
    "train_boosting",
    "words",
]
