"""Attribute boosting: a small multi-task head on frozen embeddings, and the similarity that it is measured by.

The loop that trains the head is `course_utils.training.train_boosting`.
"""

from course_utils.boosting.ground_truth import product_similarity, published_lists, repaired_lists, words
from course_utils.boosting.head import BoostingHead
from course_utils.boosting.labels import AttributeCoder
from course_utils.boosting.tags import Tagger, TagVocabulary, initialise_as_published, tag_loss
