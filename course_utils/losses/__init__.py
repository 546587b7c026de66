"""Losses of metric learning: what a batch of embeddings is pulled and pushed towards.

One family a file. All take embeddings as the network returns them and normalise nothing unless they say so:

    pairs             contrastive                                 two pictures: the same or not
    triplets          triplet, soft triplet; batch-hard,          an anchor is to be nearer to its positive than to
                      semi-hard, batch-all                        its negative
    ranking           VSE++ and its kin                           two kinds of things: a sentence and its picture
    softmax           InfoNCE, supervised contrastive             find the positive among all others of the batch
    multi_similarity  Multi-Similarity, with its mining           all pairs, the hardest with the largest weights
    proxies           cross-entropy, normalised softmax,          one learned vector per class, which the batch is
                      ArcFace, Proxy-NCA, Proxy-Anchor            compared with
    memory            cross-batch memory                          pairs with the batches before, too
    composition       batch classification, soft triplets         both for composed queries, whose scale is learned

N-pairs (Sohn, Improved deep metric learning with multi-class N-pair loss objective, NeurIPS 2016) is
`batch_classification_loss(anchors, positives)`: InfoNCE of products instead of cosines, of one pair from each class.
To keep the products small, Sohn adds a penalty on the squared lengths of the embeddings.
"""

from course_utils.losses.composition import batch_classification_loss, soft_triplet_batch_loss
from course_utils.losses.memory import CrossBatchMemory, contrastive_pairs
from course_utils.losses.multi_similarity import multi_similarity_loss, multi_similarity_pairs
from course_utils.losses.pairs import all_pairs_loss, contrastive_loss
from course_utils.losses.proxies import ArcFace, CrossEntropy, NormalisedSoftmax, ProxyAnchor, ProxyNCA
from course_utils.losses.ranking import ranking_loss
from course_utils.losses.softmax import info_nce_loss, supervised_contrastive_loss, supervised_contrastive_pairs
from course_utils.losses.triplets import (
    batch_all_loss,
    batch_hard_loss,
    semi_hard_loss,
    soft_triplet_loss,
    triplet_loss,
)
