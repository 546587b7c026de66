"""The losses against pytorch-metric-learning and torch. Where a definition departs, a comment says how."""

import pytest
import torch
from pytorch_metric_learning import losses as theirs
from pytorch_metric_learning.distances import DotProductSimilarity, LpDistance
from pytorch_metric_learning.miners import BatchEasyHardMiner, BatchHardMiner, TripletMarginMiner
from pytorch_metric_learning.reducers import AvgNonZeroReducer, DoNothingReducer, MeanReducer
from torch.nn import functional as F
from toy_batches import LABELS, random_rows

from course_utils.losses import (
    batch_all_loss,
    batch_classification_loss,
    batch_hard_loss,
    contrastive_loss,
    info_nce_loss,
    semi_hard_loss,
    soft_triplet_loss,
    supervised_contrastive_loss,
    triplet_loss,
)

EUCLIDEAN = LpDistance(normalize_embeddings=False)  # the library normalises by default; we take embeddings as they are
SEEDS = range(3)


def batch(pattern, seed, spread=1.0):
    """Random rows (float64) around one centre a class; the larger `spread`, the farther apart the centres."""
    labels = torch.tensor(LABELS[pattern])
    return random_rows(len(labels), 4, seed) + spread * random_rows(10, 4, seed + 100)[labels], labels


def library_triplets(margin, **options):
    return theirs.TripletMarginLoss(margin=margin, distance=EUCLIDEAN, reducer=MeanReducer(), **options)


def close(ours, expected):
    torch.testing.assert_close(ours, expected, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("margin", [1.0, 3.0])
def test_contrastive_pair_by_pair(seed, margin):
    first, second = random_rows(12, seed=seed), random_rows(12, seed=seed + 50)
    same = torch.arange(12) % 3 == 0
    equal, different = same.nonzero()[:, 0], (~same).nonzero()[:, 0]
    library = theirs.ContrastiveLoss(neg_margin=margin, distance=EUCLIDEAN, reducer=DoNothingReducer())
    labels = torch.arange(12)  # not used: the pairs are given
    parts = library(first, labels, (equal, equal, different, different), second, labels)
    for pairs, name in ((equal, "pos_loss"), (different, "neg_loss")):
        ours = torch.stack([contrastive_loss(first[[i]], second[[i]], same[[i]], margin) for i in pairs.tolist()])
        close(ours, parts[name]["losses"] ** 2)  # theirs is d and max(0, margin - d), without the squares of the paper
    # theirs averages equal and different pairs apart and leaves out zeros; ours is the plain mean over all pairs
    everything = torch.cat([parts[name]["losses"] ** 2 for name in ("pos_loss", "neg_loss")])
    close(contrastive_loss(first, second, same, margin), everything.mean())


@pytest.mark.parametrize("seed", SEEDS)
def test_given_triplets(seed):
    a, p, n = (random_rows(9, seed=seed + part) for part in (0, 50, 100))
    ours = triplet_loss(a, p, n, margin=0.6)
    close(ours, torch.nn.TripletMarginLoss(margin=0.6, eps=0)(a, p, n))  # torch adds eps to all differences, not we
    soft = soft_triplet_loss(a, p, n)
    close(soft, F.softplus(F.pairwise_distance(a, p, eps=0) - F.pairwise_distance(a, n, eps=0)).mean())
    rows = torch.arange(9)
    given = (torch.cat([a, p, n]), None, (rows, rows + 9, rows + 18))
    close(ours, library_triplets(0.6)(*given))
    close(soft, library_triplets(0, smooth_loss=True)(*given))  # theirs is softplus(gap + margin)


@pytest.mark.parametrize("pattern", LABELS)
@pytest.mark.parametrize("seed", SEEDS)
def test_batch_hard(pattern, seed):
    z, labels = batch(pattern, seed)
    hardest = BatchHardMiner(distance=EUCLIDEAN)(z, labels)
    close(batch_hard_loss(z, labels, 0.8), library_triplets(0.8)(z, labels, hardest))
    close(batch_hard_loss(z, labels, None), library_triplets(0, smooth_loss=True)(z, labels, hardest))


@pytest.mark.parametrize("seed", SEEDS)
def test_semi_hard_where_each_picture_has_one_positive(seed):
    z, labels = batch("pairs", seed, spread=3)
    miner = BatchEasyHardMiner(BatchEasyHardMiner.HARD, BatchEasyHardMiner.SEMIHARD, distance=EUCLIDEAN)
    a, p, _, n = miner(z, labels)
    assert len(a) == len(labels)  # the library drops pairs without a farther negative, where we take the farthest
    close(semi_hard_loss(z, labels, 2.0), library_triplets(2.0)(z, labels, (a, p, n)))


@pytest.mark.parametrize("pattern", ["unequal classes", "one class of one picture", "twelve mixed"])
@pytest.mark.parametrize("seed", SEEDS)
def test_semi_hard_with_many_positives(pattern, seed):
    z, labels = batch(pattern, seed, spread=6)
    # the library's miner returns all semi-hard triplets, ours is the nearest of each positive pair
    triplets = torch.stack(TripletMarginMiner(margin=1e9, type_of_triplets="semihard", distance=EUCLIDEAN)(z, labels))
    nearest = {}
    for a, p, n in triplets.T.tolist():
        if (a, p) not in nearest or torch.dist(z[a], z[n]) < torch.dist(z[a], z[nearest[a, p]]):
            nearest[a, p] = n
    n_pairs = int((labels[:, None] == labels).sum()) - len(labels)
    assert len(nearest) == n_pairs  # each pair has a semi-hard negative, so that our fallback plays no part
    chosen = tuple(torch.tensor([(a, p, n) for (a, p), n in nearest.items()]).T)
    close(semi_hard_loss(z, labels, 5.0), library_triplets(5.0)(z, labels, chosen))


@pytest.mark.parametrize("pattern", LABELS)
@pytest.mark.parametrize("margin", [0.2, 2.0])
def test_batch_all(pattern, margin):
    z, labels = batch(pattern, seed=3)
    library = theirs.TripletMarginLoss(margin=margin, distance=EUCLIDEAN, reducer=AvgNonZeroReducer())
    close(batch_all_loss(z, labels, margin), library(z, labels))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("temperature", [0.1, 1.0])
def test_info_nce(seed, temperature):
    queries, targets = random_rows(10, seed=seed), random_rows(10, seed=seed + 50)
    ours = info_nce_loss(queries, targets, temperature)
    own = torch.arange(10)
    # each query a class of its own; with several positives NTXent would leave the other ones out of the denominator.
    # own + 0 is a copy: of one and the same tensor the library concludes that queries are compared with themselves
    close(ours, theirs.NTXentLoss(temperature=temperature)(queries, own, ref_emb=targets, ref_labels=own + 0))
    scores = F.cosine_similarity(queries[:, None], targets[None], dim=2) / temperature
    close(ours, F.cross_entropy(scores, own))
    both = info_nce_loss(queries, targets, temperature, both_directions=True)
    close(both, (F.cross_entropy(scores, own) + F.cross_entropy(scores.T, own)) / 2)


@pytest.mark.parametrize("pattern", LABELS)
@pytest.mark.parametrize("temperature", [0.1, 1.0])
def test_supervised_contrastive(pattern, temperature):
    z, labels = batch(pattern, seed=4)
    # theirs averages over the anchors whose loss is not 0, and so leaves out those without a positive as we do
    close(supervised_contrastive_loss(z, labels, temperature), theirs.SupConLoss(temperature=temperature)(z, labels))


@pytest.mark.parametrize("seed", SEEDS)
def test_n_pairs_is_batch_classification_of_one_pair_from_each_class(seed):
    anchors, positives = random_rows(10, seed=seed), random_rows(10, seed=seed + 50)
    library = theirs.NPairsLoss(distance=DotProductSimilarity(normalize_embeddings=False))
    rows = torch.arange(10)
    given = (rows, rows + 10, rows[:0], rows[:0])  # the pairs; without them the library takes any two of a class
    expected = library(torch.cat([anchors, positives]), rows.repeat(2), given)
    close(batch_classification_loss(anchors, positives), expected)
