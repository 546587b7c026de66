"""Hubs are counted right, and the correction takes from hubs only."""

import numpy as np
import pytest
from scipy.stats import skew

from course_utils.metrics import k_occurrence, less_hubby, skewness
from course_utils.metrics.hubness import hub_report


def test_occurrences_by_hand():
    scores = [[3, 2, 1], [3, 1, 2], [3, 3, 0]]  # in the last row the tie goes to the earlier item
    assert k_occurrence(scores, 1).tolist() == [3, 0, 0]
    assert k_occurrence(scores, 2).tolist() == [3, 2, 1]


def test_skewness_agrees_with_scipy():
    counts = np.random.default_rng(0).poisson(2, 100)
    assert skewness(counts) == pytest.approx(skew(counts))
    assert skewness([4, 4, 4]) == 0


def test_correction_against_a_loop():
    scores = np.random.default_rng(0).normal(size=(7, 9))
    out = less_hubby(scores, k=3)
    for q in range(7):
        for g in range(9):
            of_query = np.mean(sorted(scores[q])[-3:])
            of_item = np.mean(sorted(scores[:, g])[-3:])
            assert out[q, g] == pytest.approx(2 * scores[q, g] - of_query - of_item)


def test_a_hub_loses_its_place():
    right = np.eye(6)  # query i belongs to item i ...
    right[:, 0] = 1.1  # ... but item 0 is a little nearer to everyone
    assert k_occurrence(right, 1).tolist() == [6, 0, 0, 0, 0, 0]
    assert k_occurrence(less_hubby(right, k=6), 1).max() == 1


@pytest.mark.parametrize("scores", [np.zeros((0, 3)), np.zeros(3), [[np.nan]]])
def test_what_is_no_table_of_scores(scores):
    with pytest.raises(ValueError, match="scores"):
        less_hubby(scores)


@pytest.mark.parametrize("k", [0, -1, 2.5])
def test_no_neighbours_is_an_error(k):
    with pytest.raises(ValueError, match=r"k is .*whole number from 1"):
        less_hubby(np.eye(3), k=k)


def test_a_bad_hub_is_counted_by_its_wrong_answers_only():
    """Item 0 is found three times, once rightly; item 1 is found once behind it, rightly."""
    scores = [[3, 2, 1], [3, 1, 2], [3, 3, 0]]
    right = [[True, False, False], [False, True, False], [False, True, True]]
    assert k_occurrence(scores, 1, right).tolist() == [2, 0, 0]
    assert k_occurrence(scores, 2, right).tolist() == [2, 1, 1]
    with pytest.raises(ValueError, match="one mark for each score"):
        k_occurrence(scores, 1, [[True]])


def test_a_perfect_searcher_looks_skewed_and_has_no_bad_hub():
    """Two species with 3 pictures each; every query of a species finds the same picture of it."""
    scores, right = np.zeros((20, 6)), np.repeat([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]], 10, axis=0).astype(bool)
    scores[:10, 0], scores[10:, 3] = 1, 1
    assert skewness(k_occurrence(scores, 1)) > 0.5
    assert k_occurrence(scores, 1, right).sum() == 0


def test_a_report_of_first_answers_by_hand():
    """Four queries: item 0 three times, twice wrongly; item 2 once, rightly."""
    scores = [[3, 2, 1], [3, 1, 2], [3, 2, 0], [0, 1, 2]]
    right = [[True, False, False], [False, True, False], [False, True, False], [False, False, True]]
    report = hub_report(scores, right)
    assert report == {"top_1": pytest.approx(0.5), "distinct": pytest.approx(2 / 3), "wrong_by_ten": 1.0}
    assert hub_report(scores, np.ones((4, 3), bool))["wrong_by_ten"] == 0.0
