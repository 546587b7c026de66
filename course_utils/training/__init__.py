"""Training loops that the lessons share."""

from course_utils.training.checkpoint import CheckpointError
from course_utils.training.classifier import evaluate_classifier, train_classifier
from course_utils.training.history import History

__all__ = ["CheckpointError", "History", "evaluate_classifier", "train_classifier"]
