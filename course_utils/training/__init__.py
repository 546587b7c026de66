"""Training loops that the lessons share."""

from course_utils.training.attribute_tuning import fine_tune_attributes
from course_utils.training.attributes import boosting_loss
from course_utils.training.batches import balanced_batches, pair_batches, shuffled_batches, triplet_batches
from course_utils.training.boosting import evaluate_boosting, train_boosting
from course_utils.training.checkpoint import CheckpointError, checkpoint_of
from course_utils.training.classifier import evaluate_classifier, train_classifier
from course_utils.training.composition import CompositionRecipe, train_composer
from course_utils.training.detector import DetectorHistory, box_recall, train_detector
from course_utils.training.diagnostics import EmbeddingHistory, diagnose, effective_rank
from course_utils.training.embedding import train_embedding
from course_utils.training.fine_tune import FineTuned, fine_tune
from course_utils.training.history import CompositionHistory, History
from course_utils.training.probe import Probe, linear_probe
from course_utils.training.text_classifier import evaluate_text_classifier, train_text_classifier
from course_utils.training.two_branch import TwoBranchHistory, train_two_branch
