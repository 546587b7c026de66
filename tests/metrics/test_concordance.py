"""Concordance counts pairs: by hand, against a loop and against scipy's Somers' D."""

import numpy as np
import pytest
from scipy.stats import somersd

from course_utils.metrics.concordance import concordance


def test_by_hand():
    assert concordance([1, 2, 3], [10, 20, 30]) == 1
    assert concordance([1, 2, 3], [3, 2, 1]) == 0
    assert concordance([1, 2, 2], [5, 5, 6]) == 0.75  # one pair is a tie of the scores, one is right, one asks nothing


def test_against_a_loop_and_a_library():
    rng = np.random.default_rng(0)
    for _ in range(20):
        truth, scores = rng.integers(0, 4, 12) / 4, rng.integers(0, 6, 12) / 6
        counted, pairs = 0.0, 0
        for i in range(12):
            for j in range(12):
                if truth[i] > truth[j]:
                    pairs += 1
                    counted += 1.0 if scores[i] > scores[j] else 0.5 if scores[i] == scores[j] else 0.0
        assert concordance(truth, scores) == pytest.approx(counted / pairs)
        assert concordance(truth, scores) == pytest.approx((1 + somersd(truth, scores).statistic) / 2)


def test_nothing_to_ask_is_nan():
    assert np.isnan(concordance([1, 1], [2, 3]))


@pytest.mark.parametrize(("truth", "scores"), [([1, 2], [1, 2, 3]), ([[1, 2]], [[1, 2]]), ([1, np.nan], [1, 2])])
def test_arrays_that_do_not_fit_are_refused(truth, scores):
    with pytest.raises(ValueError, match="truth has shape"):
        concordance(truth, scores)
