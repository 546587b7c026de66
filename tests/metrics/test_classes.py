"""Class measures against scikit-learn and by hand."""

import numpy as np
import pytest
from sklearn.metrics import precision_recall_fscore_support, top_k_accuracy_score

from course_utils.metrics import macro_scores, top_k_accuracy
from course_utils.metrics.classes import harmonic_mean


def test_macro_scores_by_hand():
    # class 0: predicted twice, once right, occurs once; class 1: predicted once, right, occurs twice
    scores = macro_scores([0, 0, 1], [0, 1, 1])
    assert scores["macro_precision"] == pytest.approx((1 / 2 + 1) / 2)
    assert scores["macro_recall"] == pytest.approx((1 + 1 / 2) / 2)
    assert scores["macro_f1"] == pytest.approx(2 / 3)


@pytest.mark.parametrize("seed", range(5))
def test_macro_scores_agree_with_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    labels, predicted = rng.integers(0, 9, 60), rng.integers(2, 12, 60)  # some classes only on one side
    expected = precision_recall_fscore_support(labels, predicted, average="macro", zero_division=0)[:3]
    np.testing.assert_allclose(list(macro_scores(predicted, labels).values()), expected)


def test_macro_scores_of_names():
    assert macro_scores(["a", "b"], ["a", "b"])["macro_f1"] == 1


@pytest.mark.parametrize("k", [1, 3, 5])
def test_top_k_agrees_with_scikit_learn(k):
    rng = np.random.default_rng(0)
    scores, labels = rng.normal(size=(40, 8)), rng.integers(0, 8, 40)
    expected = top_k_accuracy_score(labels, scores, k=k, labels=np.arange(8))
    assert top_k_accuracy(np.argsort(-scores, axis=1), labels, k) == pytest.approx(expected)


def test_wrong_input():
    with pytest.raises(ValueError, match=r"k is 3, but there are only 2"):
        top_k_accuracy([[1, 2]], [1], 3)
    with pytest.raises(ValueError, match="one query a row"):
        top_k_accuracy([1, 2], [1, 2], 1)
    with pytest.raises(ValueError, match="labels has shape"):
        top_k_accuracy([[1, 2]], [1, 2], 1)
    with pytest.raises(ValueError, match="no predictions"):
        macro_scores(np.zeros(0, int), np.zeros(0, int))
    with pytest.raises(ValueError, match="predicted has shape"):
        macro_scores([1, 2], [1])


def test_harmonic_mean_agrees_with_the_library_and_punishes_the_weaker_side():
    from statistics import harmonic_mean as library

    for first, second in ((0.5, 0.5), (0.9, 0.1), (1.0, 0.25)):
        assert harmonic_mean(first, second) == pytest.approx(library([first, second]))
    assert harmonic_mean(0.0, 0.0) == harmonic_mean(1.0, 0.0) == 0
    with pytest.raises(ValueError, match="two shares"):
        harmonic_mean(60, 0.5)
