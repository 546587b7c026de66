"""Batches: who meets whom, how often, and which labels none can be drawn from."""

import numpy as np
import pytest

from course_utils.training import balanced_batches, batches, pair_batches, triplet_batches

UNEQUAL = np.random.default_rng(0).permutation([3] * 2 + [0] * 17 + [1] * 9 + [8] * 5)  # 33 pictures
EQUAL = np.random.default_rng(1).permutation(np.repeat(np.arange(10), 12))  # 120 pictures
EVERY = (pair_batches, triplet_batches, balanced_batches)
SMALL = {
    pair_batches: {"pairs": 8},
    triplet_batches: {"triplets": 8},
    balanced_batches: {"classes": 3, "per_class": 4},
}


def epoch(draw, labels, seed=0, **options):
    return list(draw(labels, np.random.default_rng(seed), **(options or SMALL[draw])))


def parts(batches, n):
    """Each batch holds n columns one after the other; return them over all batches."""
    return np.concatenate([batch.reshape(n, -1) for batch in batches], axis=1)


@pytest.mark.parametrize("labels", [UNEQUAL, EQUAL])
@pytest.mark.parametrize("seed", range(5))
def test_pairs_share_a_label_in_one_half_and_differ_in_the_other(labels, seed):
    for batch in epoch(pair_batches, labels, seed, pairs=8):
        first, second = np.split(batch, 2)
        same = labels[first] == labels[second]
        assert same.sum() == (len(first) + 1) // 2  # one more in a last batch of an odd number of pairs
        assert (first != second).all()


@pytest.mark.parametrize("labels", [UNEQUAL, EQUAL])
@pytest.mark.parametrize("seed", range(5))
def test_positives_share_the_anchors_label_and_negatives_do_not(labels, seed):
    anchor, positive, negative = parts(epoch(triplet_batches, labels, seed, triplets=8), 3)
    assert (labels[anchor] == labels[positive]).all() and (anchor != positive).all()
    assert (labels[anchor] != labels[negative]).all()


@pytest.mark.parametrize("draw,n", [(pair_batches, 2), (triplet_batches, 3)])
@pytest.mark.parametrize("size", [2, 7, 8, 40])
def test_every_picture_is_an_anchor_once_an_epoch(draw, n, size):
    name = next(iter(SMALL[draw]))
    batches = epoch(draw, UNEQUAL, **{name: size})
    assert [len(batch) // n for batch in batches[:-1]] == [size] * (len(batches) - 1)
    anchors = np.sort(parts(batches, n)[0])
    left_out = 33 % size == 1  # a last batch of one
    assert len(np.unique(anchors)) == len(anchors) == 33 - left_out


def test_partners_are_drawn_evenly():
    labels = np.array([0] * 4 + [1] * 2 + [2] * 6)
    rng = np.random.default_rng(0)
    counts = np.zeros((2, 12, 12))
    for _ in range(600):
        for a, p, n in parts(triplet_batches(labels, rng), 3).T:
            counts[0, a, p] += 1
            counts[1, a, n] += 1
    same = labels[:, None] == labels
    expected = [same & ~np.eye(12, dtype=bool), ~same]
    for seen, allowed in zip(counts, expected, strict=True):
        even = 600 * allowed / allowed.sum(axis=1, keepdims=True)
        assert (np.abs(seen - even) <= 5 * np.sqrt(even)).all()  # and none where none is allowed


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("classes,per_class", [(2, 2), (3, 8), (8, 7), (10, 12)])
def test_balanced_batches_hold_p_classes_with_k_different_pictures_each(seed, classes, per_class):
    batches = epoch(balanced_batches, EQUAL, seed, classes=classes, per_class=per_class)
    assert len(batches) == 120 // (classes * per_class)
    for batch in batches:
        groups = EQUAL[batch].reshape(classes, per_class)
        assert (groups == groups[:, :1]).all() and len(np.unique(groups[:, 0])) == classes
        assert len(np.unique(batch)) == classes * per_class


@pytest.mark.parametrize("seed", range(5))
def test_only_a_class_of_fewer_than_k_pictures_repeats_them(seed):
    for batch in epoch(balanced_batches, UNEQUAL, seed, classes=4, per_class=8):
        for group in batch.reshape(4, 8):
            assert len(np.unique(group)) == min(8, (UNEQUAL[group[0]] == UNEQUAL).sum())


@pytest.mark.parametrize("seed", range(5))
def test_classes_and_their_pictures_come_in_turn(seed):
    batches = epoch(balanced_batches, EQUAL, seed, classes=4, per_class=3)
    drawn = np.bincount(EQUAL[np.concatenate(batches)])  # 10 batches x 4 classes: each class 4 times, 3 pictures each
    assert drawn.tolist() == [12] * 10
    assert np.bincount(np.concatenate(batches)).tolist() == [1] * 120
    often = np.bincount(np.concatenate(epoch(balanced_batches, UNEQUAL, seed, classes=2, per_class=2)), minlength=33)
    for label in np.unique(UNEQUAL):
        assert np.ptp(often[label == UNEQUAL]) <= 1
        assert often[label == UNEQUAL].any()


def test_few_pictures_still_make_one_batch():
    (batch,) = epoch(balanced_batches, np.array([0, 0, 1, 1]), classes=2, per_class=8)
    assert np.bincount(batch).tolist() == [4] * 4


@pytest.mark.parametrize("draw", EVERY)
def test_the_same_seed_gives_the_same_batches_and_another_seed_others(draw):
    first, again, other = (epoch(draw, UNEQUAL, seed) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(first, other, strict=True))
    rng = np.random.default_rng(1)
    epochs = [np.concatenate(list(draw(UNEQUAL, rng, **SMALL[draw]))) for _ in range(2)]
    assert not np.array_equal(*epochs)
    assert {batch.dtype for batch in first} == {np.dtype(np.int64)}


@pytest.mark.parametrize("draw", EVERY)
@pytest.mark.parametrize(
    "labels,message",
    [
        ([0, 0, 1, 1, 7], "class 7 has only one picture"),
        ([4, 4, 4], r"only the class \[4\]: without a second one"),
        ([-1, -1, 0, 0], "label -1 is out of range"),
        ([0.0, 0.0, 1.0, 1.0], "type float64; they are whole numbers"),
        ([[0, 0], [1, 1]], r"shape \(2, 2\)"),
        ([], "whole numbers"),
    ],
)
def test_labels_that_nothing_can_be_drawn_from(draw, labels, message):
    with pytest.raises(ValueError, match=message):
        epoch(draw, np.array(labels), **{} if draw is not balanced_batches else {"classes": 2, "per_class": 2})


def test_sizes_that_make_no_batch():
    for options, message in (
        ({"classes": 2, "per_class": 1}, "per_class is 1; .*no positive pair"),
        ({"classes": 1, "per_class": 4}, "classes is 1; it must lie between 2 and the 10 classes"),
        ({"classes": 11, "per_class": 4}, "classes is 11; it must lie between 2 and the 10 classes"),
    ):
        with pytest.raises(ValueError, match=message):
            epoch(balanced_batches, EQUAL, **options)
    for draw, name in ((pair_batches, "pairs"), (triplet_batches, "triplets")):
        with pytest.raises(ValueError, match="a batch of 1 is too small"):
            epoch(draw, EQUAL, **{name: 1})


def test_a_rare_class_costs_few_draws():
    class Counted(np.random.Generator):
        draws = 0

        def integers(self, *arguments, **options):
            Counted.draws += 1
            return super().integers(*arguments, **options)

    labels = np.r_[np.zeros(100_000, int), np.ones(2, int)]
    foreign = batches._foreign(labels, 0, Counted(np.random.PCG64(0)))
    assert labels[foreign] == 1 and Counted.draws <= 101
