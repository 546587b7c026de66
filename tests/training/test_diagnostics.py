"""The diagnostics against a slow loop, against values worked out by hand, and in the spaces that they are there for."""

import itertools
import math

import numpy as np
import pytest

from course_utils.metrics import average_precision
from course_utils.training import EmbeddingHistory, diagnose, effective_rank
from course_utils.training.diagnostics import search_map

RNG = np.random.default_rng(0)


def slow_diagnose(z, labels, margin):
    pairs = list(itertools.permutations(range(len(z)), 2))
    same = [math.dist(z[i], z[j]) for i, j in pairs if labels[i] == labels[j]]
    different = [math.dist(z[i], z[j]) for i, j in pairs if labels[i] != labels[j]]
    active = [
        math.dist(z[a], z[p]) - math.dist(z[a], z[n]) + margin > 0
        for a, p in pairs
        for n in range(len(z))
        if labels[a] == labels[p] != labels[n]
    ]
    deviations = []
    for column in z.T:
        mean = math.fsum(column) / len(z)
        deviations.append(math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(z)))
    return {
        "active": sum(active) / len(active),
        "positive_distance": math.fsum(same) / len(same),
        "negative_distance": math.fsum(different) / len(different),
        "spread": math.fsum(deviations) / len(deviations),
    }


@pytest.mark.parametrize("labels", [[0, 0, 1], [0, 1, 0, 1, 2, 2, 2, 3], [5] * 9 + [1]])
@pytest.mark.parametrize("dim", [1, 3, 12])
@pytest.mark.parametrize("margin", [0.0, 0.2, 3.0])
def test_equals_the_slow_loop(labels, dim, margin):
    z = RNG.standard_normal((len(labels), dim)).astype(np.float32)
    values = diagnose(z, np.array(labels), margin)
    effective = values.pop("effective_rank")
    assert values == pytest.approx(slow_diagnose(z.astype(float), labels, margin), rel=1e-9)
    assert 1 <= effective <= min(dim, len(labels) - 1) + 1e-9


def test_by_hand():
    z = np.array([[0.0, 0.0], [3.0, 4.0], [0.0, 12.0], [3.0, 4.0]])  # distances 5 12 5, sqrt(73) 0, sqrt(73)
    values = diagnose(z, np.array([0, 0, 1, 1]), margin=1.0)
    far = math.sqrt(73)
    assert values["positive_distance"] == pytest.approx((5 + far) / 2)
    assert values["negative_distance"] == pytest.approx((12 + 5 + far + 0) / 4)
    # positive - negative: 5-12 5-5 | 5-far 5-0 | far-12 far-far | far-5 far-0
    assert values["active"] == 5 / 8
    assert diagnose(z, np.array([0, 0, 1, 1]), margin=4.0)["active"] == 7 / 8
    assert values["spread"] == pytest.approx((1.5 + math.sqrt(19)) / 2)  # of 0 3 0 3 and of 0 4 12 4
    assert type(values["active"]) is type(values["effective_rank"]) is float  # a checkpoint stores plain numbers only


@pytest.mark.parametrize("point", [0.0, 0.1, 1e4])
def test_collapse_is_seen(point):
    labels = np.arange(60) % 3
    z = np.full((60, 10), point, np.float32)
    values = diagnose(z, labels, margin=0.2)
    assert values["active"] == 1 and values["effective_rank"] == 1
    assert values["positive_distance"] == values["negative_distance"] == 0
    assert values["spread"] == pytest.approx(0, abs=1e-9)
    assert diagnose(z, labels, margin=0.0)["active"] == 0
    noise = np.nextafter(z, RNG.choice([-1e9, 1e9], z.shape).astype(np.float32))  # equal up to the last digit
    assert diagnose(noise, labels, margin=0.2)["effective_rank"] == 1


def test_separated_classes_are_seen():
    labels = np.arange(60) % 3
    z = np.eye(3)[labels] + RNG.normal(0, 1e-3, (60, 3))
    values = diagnose(z, labels, margin=0.2)
    assert values["active"] == 0
    assert values["positive_distance"] < 0.01 < 1.4 < values["negative_distance"] < 1.43
    assert values["effective_rank"] == pytest.approx(2, abs=0.02)  # three points span a plane


def test_effective_rank_counts_the_dimensions_that_are_used():
    assert effective_rank(np.zeros((5, 4))) == effective_rank(np.full((5, 4), 0.1)) == 1
    assert effective_rank(np.ones((1, 4))) == 1
    line = np.outer(RNG.standard_normal(50), [1.0, -2.0, 0.5])
    assert effective_rank(line + 7) == pytest.approx(1, abs=1e-6)
    for dim in (2, 5):
        isotropic = np.concatenate([np.eye(dim), -np.eye(dim)])
        assert effective_rank(isotropic) == pytest.approx(dim)
        assert effective_rank(3e-5 * isotropic) == effective_rank(isotropic)
        padded = np.pad(isotropic, ((0, 0), (0, 4))) + 0.3
        assert effective_rank(padded) == pytest.approx(dim)
    assert 9.5 < effective_rank(RNG.standard_normal((2000, 10))) < 10
    two_to_one = np.array([[2.0, 0], [-2, 0], [0, 1], [0, -1]])  # shares 2/3 and 1/3
    assert effective_rank(two_to_one) == pytest.approx(math.exp(2 / 3 * math.log(3 / 2) + 1 / 3 * math.log(3)))


def test_effective_rank_does_not_depend_on_the_axes():
    z = RNG.standard_normal((40, 6)) * [5, 3, 1, 1, 0.1, 0]
    turned = z @ np.linalg.qr(RNG.standard_normal((6, 6)))[0]
    assert effective_rank(turned) == pytest.approx(effective_rank(z), abs=1e-6)
    assert 2 < effective_rank(z) < 4


@pytest.mark.parametrize(
    "z,labels,message",
    [
        (np.array([[0.0], [np.nan], [1.0]]), [0, 0, 1], "1 of 3 rows hold NaN or infinity, the first is row 1"),
        (np.array([[0.0], [np.inf], [1.0]]), [0, 0, 1], "NaN or infinity"),
        (np.ones((3, 2)), [0, 1, 2], "no positive or no negative pair"),
        (np.ones((3, 2)), [1, 1, 1], "no positive or no negative pair"),
        (np.ones((3, 2)), [1, 1], "one label for each of the 3"),
        (np.ones(3), [1, 1, 0], "a table"),
    ],
)
def test_what_cannot_be_diagnosed(z, labels, message):
    with pytest.raises(ValueError, match=message):
        diagnose(z, np.array(labels), margin=0.2)


def test_map_of_queries_in_a_gallery():
    query, gallery = np.array([[0.0], [7.0]]), np.array([[1.0], [3.0], [6.0]])
    # by distance: 0 -> 0 1 2, 7 -> 2 1 0; their classes' pictures come at ranks 1 and 3, and at rank 2
    found = search_map(query, np.array([0, 1]), gallery, np.array([0, 1, 0]))
    assert found == pytest.approx(((1 + 2 / 3) / 2 + 1 / 2) / 2)
    z, labels = RNG.standard_normal((20, 3)), np.arange(20) % 4
    expected = []
    for i in range(5):
        ranked = sorted(range(5, 20), key=lambda j: math.dist(z[i], z[j]))
        expected.append(average_precision([labels[j] == labels[i] for j in ranked]))
    assert search_map(z[:5], labels[:5], z[5:], labels[5:]) == pytest.approx(np.mean(expected))


def test_the_history_counts_from_the_untrained_network():
    history = EmbeddingHistory()
    assert (history.epochs, history.best_epoch) == (0, 0)
    z, labels = RNG.standard_normal((6, 3)), np.array([0, 0, 0, 1, 1, 1])
    for epoch, value in enumerate([0.3, 0.2, 0.9, 0.9]):
        history.train_loss += [1.0] * (epoch > 0)
        history.record((epoch + 1) * z, labels, 0.2, value)
    assert (history.epochs, history.best_epoch) == (3, 2)  # the first of equals
    assert len(history.active) == len(history.spread) == len(history.validation_map) == 4
    expected = {name: [diagnose(k * z, labels, 0.2)[name] for k in (1, 2, 3, 4)] for name in diagnose(z, labels, 0.2)}
    assert {name: getattr(history, name) for name in expected} == expected
    history.validation_map[0] = 1.0
    assert history.best_epoch == 0
