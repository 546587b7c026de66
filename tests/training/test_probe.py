"""The linear probe: scikit-learn's own answer, the strength that validation prefers, embeddings that rank by class."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from course_utils.metrics import evaluate_retrieval
from course_utils.training import linear_probe


def blobs(n, classes=3, seed=0, noise=1.0):
    rng, labels = np.random.default_rng(seed), np.arange(n) % classes
    vectors = rng.normal(size=(n, 12), scale=noise)
    vectors[np.arange(n), labels] += 3
    return (vectors * np.linspace(0.1, 30, 12) + 5).astype(np.float32), labels  # every dimension in another unit


TRAIN, VALIDATION, TEST = blobs(90), blobs(60, seed=1), blobs(60, seed=2)


def test_it_is_logistic_regression_on_standardised_vectors():
    probe, scaler = linear_probe(TRAIN, VALIDATION, strengths=(0.01,)), StandardScaler().fit(TRAIN[0])
    model = LogisticRegression(C=0.01, max_iter=500).fit(scaler.transform(TRAIN[0]), TRAIN[1])
    assert np.allclose(probe.scores(TEST[0]), model.decision_function(scaler.transform(TEST[0])), atol=1e-4)
    assert probe.accuracy == {0.01: model.score(scaler.transform(VALIDATION[0]), VALIDATION[1])}


def test_validation_chooses_and_of_equals_the_smallest_weights_win():
    loud = blobs(90, noise=6.0), blobs(60, seed=1, noise=6.0)
    probe = linear_probe(*loud, strengths=(1.0, 1e-4, 1e-2))
    assert probe.accuracy[probe.model[-1].C] == max(probe.accuracy.values())
    easy = linear_probe(blobs(90, noise=0.01), blobs(60, seed=1, noise=0.01), strengths=(1.0, 0.1))
    assert set(easy.accuracy.values()) == {1.0} and easy.model[-1].C == 0.1


def test_probabilities_are_the_softmax_of_the_scores_and_rank_far_better_than_the_vectors():
    probe = linear_probe(TRAIN, VALIDATION)
    scores, said = probe.scores(TEST[0]).astype(np.float64), probe.probabilities(TEST[0])
    softmax = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert said.dtype == np.float32 and np.allclose(said, softmax, atol=1e-5)
    searches = (TEST[0], TRAIN[0]), (said, probe.probabilities(TRAIN[0]))
    ranked = [evaluate_retrieval(q, g, TEST[1], TRAIN[1], ks=(1,)).mean_ap for q, g in searches]
    assert ranked[1] > ranked[0] + 0.2


def test_two_classes_have_two_columns():
    probe = linear_probe(blobs(40, classes=2), blobs(20, classes=2, seed=1))
    scores = probe.scores(blobs(10, classes=2, seed=2)[0])
    assert scores.shape == (10, 2) and np.allclose(scores[:, 0], -scores[:, 1])
    said = probe.probabilities(blobs(10, classes=2, seed=2)[0])
    assert said.shape == (10, 2) and np.allclose(said.sum(axis=1), 1, atol=1e-6)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="validation"):
        linear_probe(TRAIN, (np.full((3, 12), np.nan), [0, 1, 2]))
    with pytest.raises(ValueError, match="train labels"):
        linear_probe((TRAIN[0], TRAIN[1][:-1]), VALIDATION)
    with pytest.raises(ValueError, match="class"):
        linear_probe((TRAIN[0], np.zeros(90, dtype=int)), VALIDATION)
