"""Losses of metric learning: what a batch of embeddings is pulled and pushed towards.

Four families, one file each. All take embeddings as the network returns them and normalise nothing unless they say so:

    pairs        contrastive                                     two pictures: the same or not
    triplets     triplet, soft triplet; batch-hard, semi-hard,   an anchor is to be nearer to its positive than to
                 batch-all                                       its negative
    softmax      InfoNCE, supervised contrastive                 find the positive among all others of the batch
    composition  batch classification, soft triplets             both for composed queries, whose scale is learned
"""

from course_utils.losses.composition import batch_classification_loss, soft_triplet_batch_loss
from course_utils.losses.pairs import contrastive_loss
from course_utils.losses.softmax import info_nce_loss, supervised_contrastive_loss
from course_utils.losses.triplets import (
    batch_all_loss,
    batch_hard_loss,
    semi_hard_loss,
    soft_triplet_loss,
    triplet_loss,
)
