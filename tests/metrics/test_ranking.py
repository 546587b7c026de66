"""The definitions, on lists short enough to work out by hand."""

from fractions import Fraction as F

import numpy as np
import pytest
import torch

from course_utils.metrics import average_precision, average_precision_at_k, first_hit_rank, precision_at_k, recall_at_k

HAND_WORKED = [
    ([1], F(1)),
    ([1, 0, 0], F(1)),
    ([0, 0, 1], F(1, 3)),
    ([1, 1, 0, 0], F(1)),
    ([0, 0, 1, 1], (F(1, 3) + F(2, 4)) / 2),
    ([1, 0, 1, 0, 1], (F(1) + F(2, 3) + F(3, 5)) / 3),
    ([0, 1, 1, 0, 0, 1], (F(1, 2) + F(2, 3) + F(3, 6)) / 3),
]


@pytest.mark.parametrize("relevant, expected", HAND_WORKED)
@pytest.mark.parametrize("form", [list, np.array, lambda r: np.array(r, dtype=bool), torch.tensor])
def test_average_precision_by_hand(relevant, expected, form):
    assert average_precision(form(relevant)) == pytest.approx(float(expected), abs=1e-15)


@pytest.mark.parametrize(
    "relevant, k, expected",
    [
        ([1, 1, 1], 1, F(1)),  # R = 3 > k = 1: the denominator is k, so the best list reaches 1
        ([0, 1, 1, 1], 2, F(1, 2) / 2),
        ([0, 1, 0, 0], 3, F(1, 2)),  # R = 1 < k = 3: the denominator is R
        ([0, 0, 0, 1], 3, F(0)),  # the only relevant item comes too late
        ([1, 0, 1, 1], 3, (F(1) + F(2, 3)) / 3),
    ],
)
def test_average_precision_at_k_by_hand(relevant, k, expected):
    assert average_precision_at_k(relevant, k) == pytest.approx(float(expected), abs=1e-15)


def test_precision_recall_and_rank_by_hand():
    relevant = [0, 1, 0, 1]
    assert [precision_at_k(relevant, k) for k in (1, 2, 3, 4)] == [0, F(1, 2), pytest.approx(1 / 3), F(1, 2)]
    assert [recall_at_k(relevant, k) for k in (1, 2, 3, 4)] == [0, 1, 1, 1]  # a hit or none: never 1/2
    assert first_hit_rank(relevant) == 2


def test_without_relevant_item():
    for value in (
        average_precision([0, 0]),
        average_precision_at_k([0, 0], 1),
        recall_at_k([0, 0], 1),
        first_hit_rank([0, 0]),
    ):
        assert np.isnan(value)
    assert precision_at_k([0, 0], 2) == 0


@pytest.mark.parametrize("measure", [average_precision_at_k, precision_at_k, recall_at_k])
def test_k_outside_the_list(measure):
    with pytest.raises(ValueError, match="k is 4, but there are only 3 gallery items"):
        measure([0, 1, 1], 4)
    with pytest.raises(ValueError, match="k is 0; it must be at least 1"):
        measure([0, 1, 1], 0)
    with pytest.raises(ValueError, match=r"k is 1\.5; it must be a whole number"):
        measure([0, 1, 1], 1.5)


@pytest.mark.parametrize("relevant", [[], [[0, 1]], [0, 2, 1], [0.3, 1.0], ["yes", "no"]])
def test_not_a_ranked_list(relevant):
    with pytest.raises(ValueError, match="relevant"):
        average_precision(relevant)
