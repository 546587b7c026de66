"""Every loss against a slow loop over its definition, and against values worked out by hand."""

import math

import pytest
import slow_losses as slow
import torch
from toy_batches import LABELS, random_rows

from course_utils.losses import (
    batch_all_loss,
    batch_hard_loss,
    contrastive_loss,
    info_nce_loss,
    semi_hard_loss,
    soft_triplet_loss,
    supervised_contrastive_loss,
    triplet_loss,
)

SHAPES = [(2, 1), (5, 3), (16, 10)]
LINE = torch.tensor([[0.0], [1.0], [3.0], [7.0]])  # distances 1 3 7, 2 6, 4
LINE_LABELS = torch.tensor([0, 0, 1, 1])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("margin", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("same", [[True], [False], [True, False], [False, False, True]])
def test_contrastive_equals_the_slow_loop(shape, margin, same):
    first, second = random_rows(*shape, seed=1), random_rows(*shape, seed=2)
    same = torch.tensor(same * shape[0])[: shape[0]]
    expected = slow.slow_contrastive(first, second, same, margin)
    assert contrastive_loss(first, second, same, margin).item() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("margin", [0.0, 0.5, 3.0])
def test_given_triplets_equal_the_slow_loop(shape, margin):
    parts = [random_rows(*shape, seed=seed) for seed in (1, 2, 3)]
    assert triplet_loss(*parts, margin).item() == pytest.approx(slow.slow_triplet(*parts, margin), rel=1e-12)
    assert soft_triplet_loss(*parts).item() == pytest.approx(slow.slow_triplet(*parts, None), rel=1e-12)


@pytest.mark.parametrize("pattern", LABELS)
@pytest.mark.parametrize("dim", [1, 2, 10])
@pytest.mark.parametrize("seed", range(3))
def test_mined_triplets_equal_the_slow_loop(pattern, dim, seed):
    labels = LABELS[pattern]
    z = random_rows(len(labels), dim, seed)
    for margin in (0.2, 1.5, None):
        for fast, expected in ((batch_hard_loss, slow.slow_batch_hard), (semi_hard_loss, slow.slow_semi_hard)):
            value = fast(z, torch.tensor(labels), margin).item()
            assert value == pytest.approx(expected(z, labels, margin), rel=1e-12, abs=1e-12), (fast.__name__, margin)
    for margin in (0.2, 1.5):
        value = batch_all_loss(z, torch.tensor(labels), margin).item()
        assert value == pytest.approx(slow.slow_batch_all(z, labels, margin), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("shape", [(2, 2), (5, 3), (16, 10)])
@pytest.mark.parametrize("temperature", [0.07, 0.5, 2.0])
@pytest.mark.parametrize("both", [False, True])
def test_info_nce_equals_the_slow_loop(shape, temperature, both):
    queries, targets = random_rows(*shape, seed=1), random_rows(*shape, seed=2)
    expected = slow.slow_info_nce(queries, targets, temperature, both)
    assert info_nce_loss(queries, targets, temperature, both).item() == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("pattern", LABELS)
@pytest.mark.parametrize("temperature", [0.07, 0.5, 2.0])
def test_supervised_contrastive_equals_the_slow_loop(pattern, temperature):
    labels = LABELS[pattern]
    z = random_rows(len(labels), 3, seed=5)
    expected = slow.slow_supervised_contrastive(z, labels, temperature)
    value = supervised_contrastive_loss(z, torch.tensor(labels), temperature).item()
    assert value == pytest.approx(expected, rel=1e-10)


def test_contrastive_by_hand():
    first = torch.zeros(3, 2)
    second = torch.tensor([[3.0, 4.0], [0.6, 0.0], [3.0, 4.0]])  # distances 5, 0.6, 5
    same = torch.tensor([True, False, False])
    assert contrastive_loss(first, second, same).item() == pytest.approx((25 + 0.4**2 + 0) / 3)
    assert contrastive_loss(first, second, same, margin=6).item() == pytest.approx((25 + 5.4**2 + 1) / 3)


def test_given_triplets_by_hand():
    zero = torch.zeros(2, 1)
    p, n = torch.tensor([[math.log(3)], [1.0]]), torch.tensor([[0.0], [1.0]])  # gaps ln 3 and 0
    assert soft_triplet_loss(zero, p, n).item() == pytest.approx((math.log(4) + math.log(2)) / 2)
    assert triplet_loss(zero, p, n, margin=0.5).item() == pytest.approx((math.log(3) + 0.5 + 0.5) / 2)
    assert triplet_loss(zero, n, p, margin=0.5).item() == pytest.approx((0 + 0.5) / 2)  # gaps -ln 3 and 0


def test_batch_hard_by_hand():
    # farthest positive minus nearest negative: 1-3, 1-2, 4-2, 4-6
    assert batch_hard_loss(LINE, LINE_LABELS, 2.0).item() == pytest.approx((0 + 1 + 4 + 0) / 4)
    gaps = (-2, -1, 2, -2)
    expected = sum(math.log(1 + math.exp(gap)) for gap in gaps) / 4
    assert batch_hard_loss(LINE, LINE_LABELS, None).item() == pytest.approx(expected)


def test_semi_hard_by_hand():
    # the anchor at 3 has its positive at 4 and no farther negative: of those at 3 and 2 it takes the one at 3
    assert semi_hard_loss(LINE, LINE_LABELS, 2.0).item() == pytest.approx((0 + 1 + 3 + 0) / 4)
    equally_far = torch.tensor([[0.0], [1.0], [-1.0], [-5.0]])  # anchor 0: 1 is not farther than 1, so it takes 5
    labels = torch.tensor([0, 0, 1, 2])
    assert semi_hard_loss(equally_far, labels, 4.5).item() == pytest.approx((1 - 5 + 4.5 + 1 - 2 + 4.5) / 2)


def test_batch_all_by_hand():
    # 4 anchors x 1 positive x 2 negatives; active are 1-2+2, 4-3+2 and 4-2+2; those of exactly 0 do not count
    assert batch_all_loss(LINE, LINE_LABELS, 2.0).item() == pytest.approx((1 + 3 + 4) / 3)


def test_info_nce_by_hand():
    eye = torch.eye(2)
    assert info_nce_loss(eye, eye, 0.5).item() == pytest.approx(math.log(1 + math.exp(-2)))
    same_query = torch.tensor([[1.0, 0.0], [1.0, 0.0]])  # scores 1 0 / 1 0: rows are told apart, columns are not
    rows, columns = math.log(1 + math.e) - 0.5, math.log(2)
    assert info_nce_loss(same_query, eye, 1.0).item() == pytest.approx(rows)
    assert info_nce_loss(eye, same_query, 1.0).item() == pytest.approx(columns)
    assert info_nce_loss(same_query, eye, 1.0, both_directions=True).item() == pytest.approx((rows + columns) / 2)


def test_supervised_contrastive_by_hand():
    z = torch.tensor([[2.0, 0.0], [5.0, 0.0], [0.0, 0.1]])  # the third has no positive and is no anchor
    value = supervised_contrastive_loss(z, torch.tensor([0, 0, 1]), 0.5).item()
    assert value == pytest.approx(math.log(1 + math.exp(-2)))
    z = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    value = supervised_contrastive_loss(z, torch.tensor([0, 0, 0, 1]), 1.0).item()
    first = math.log(2 + math.e) - 0.5  # anchors 0 and 1: positives of share e / (e + 2) and 1 / (e + 2)
    third = math.log(2 + math.e)  # anchor 2: two positives of share 1 / (e + 2)
    assert value == pytest.approx((2 * first + third) / 3)
