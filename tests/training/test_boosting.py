"""Training the head: the loss against loops, a problem that it can solve, checkpoints, unknown labels, errors."""

import math

import numpy as np
import pytest
import torch

from course_utils import config
from course_utils.boosting import BoostingHead
from course_utils.training import boosting_loss, evaluate_boosting, train_boosting


def problem(n=240, seed=0, noise=0.4):
    """Two attributes of 3 and 2 classes, each along its own directions of an 8-d embedding."""
    rng = np.random.default_rng(seed)
    labels = np.stack([rng.integers(0, 3, n), rng.integers(0, 2, n)], axis=1)
    x = rng.normal(0, noise, (n, 8))
    x[np.arange(n), labels[:, 0]] += 2.0
    x[np.arange(n), 3 + labels[:, 1]] += 2.0
    return x.astype(np.float32), labels


def fresh(**options):
    return config.seeded(lambda: BoostingHead(8, [3, 2], **options), 1)


def slow_loss(scores, labels):
    means = []
    for a, table in enumerate(scores):
        losses = []
        for row, label in zip(table.tolist(), labels[:, a].tolist(), strict=True):
            if label >= 0:
                losses.append(math.log(sum(math.exp(v) for v in row)) - row[label])
        if losses:
            means.append(sum(losses) / len(losses))
    return sum(means) / len(means)


def test_the_loss_against_explicit_loops():
    generator = torch.Generator().manual_seed(0)
    scores = [torch.randn(7, c, generator=generator) for c in (3, 2, 4)]
    labels = torch.tensor([[0, 1, 3], [2, 0, -1], [1, -1, 0], [-1, 1, 2], [0, 0, 1], [2, 1, -1], [1, 1, 3]])
    assert float(boosting_loss(scores, labels)) == pytest.approx(slow_loss(scores, labels), rel=1e-6)
    labels[:, 1] = -1  # nothing known: the mean is over the other two
    assert float(boosting_loss(scores, labels)) == pytest.approx(slow_loss(scores, labels), rel=1e-6)
    with pytest.raises(ValueError, match="every label of this batch is unknown"):
        boosting_loss(scores, torch.full_like(labels, -1))


def test_unknown_labels_have_no_gradient():
    scores = [torch.zeros(2, 3, requires_grad=True)]
    boosting_loss(scores, torch.tensor([[1], [-1]])).backward()
    assert scores[0].grad[0].abs().sum() > 0 and scores[0].grad[1].abs().sum() == 0


@pytest.mark.parametrize("options", [{}, {"layers": 2, "hidden": 16}, {"dropout": 0.3}])
def test_it_learns_a_separable_problem(options):
    train, validation, test = problem(seed=0), problem(seed=1), problem(seed=2)
    head = fresh(**options)
    before = evaluate_boosting(head, test)[1]
    history = train_boosting(head, train, validation, epochs=15, lr=1e-2, batch_size=32)
    loss, accuracy = evaluate_boosting(head, test)
    assert (accuracy > 0.95).all() and before.mean() < 0.8
    assert history.train_loss[-1] < 0.5 * history.train_loss[0] and loss < 0.3
    assert history.epochs == 15 == len(history.attribute_accuracy) and len(history.attribute_accuracy[0]) == 2
    assert not head.training


def test_the_best_epoch_on_validation_is_kept_or_the_last():
    train = problem(60, seed=0)
    wrong = (train[0], np.stack([(train[1][:, 0] + 1) % 3, 1 - train[1][:, 1]], axis=1))  # gets worse with training
    best, last = fresh(), fresh()
    history = train_boosting(best, train, wrong, epochs=8, lr=1e-2)
    assert history.best_epoch < 8
    assert evaluate_boosting(best, wrong)[1].mean() == pytest.approx(max(history.validation_accuracy))
    history = train_boosting(last, train, wrong, epochs=8, lr=1e-2, keep="last")
    assert evaluate_boosting(last, wrong)[1].mean() == pytest.approx(history.validation_accuracy[-1])
    assert history.validation_accuracy[-1] < max(history.validation_accuracy)


def test_same_seed_same_weights_and_torch_is_left_alone():
    train, validation = problem(60), problem(30, seed=1)
    weights = []
    for seed in (0, 0, 1):
        torch.manual_seed(len(weights))  # whatever was drawn before
        head = fresh(dropout=0.5)
        state = torch.get_rng_state()
        train_boosting(head, train, validation, epochs=2, seed=seed)
        assert torch.equal(torch.get_rng_state(), state)
        weights.append(head.embed(train[0]))
    assert (weights[0] == weights[1]).all() and (weights[0] != weights[2]).any()


def test_each_epoch_can_be_looked_at():
    train, validation, seen = problem(60), problem(30, seed=1), []
    head, undisturbed = fresh(), fresh()

    def look(epoch, head):
        assert not head.training
        seen.append((epoch, evaluate_boosting(head, validation)[1].tolist()))

    history = train_boosting(head, train, validation, epochs=3, on_epoch=look)
    assert seen == list(enumerate(history.attribute_accuracy, start=1))
    train_boosting(undisturbed, train, validation, epochs=3)
    assert (head.embed(train[0]) == undisturbed.embed(train[0])).all()


def test_scaling_helps_where_one_dimension_is_huge():
    def stretched(seed):
        x, y = problem(seed=seed)
        return np.concatenate([x[:, :7], 1e4 * np.random.default_rng(seed).normal(size=(len(x), 1))], 1), y

    accuracy = {}
    for scaling in ("none", "standardise"):
        head = fresh()
        train_boosting(head, stretched(0), stretched(1), epochs=10, lr=1e-2, scaling=scaling)
        accuracy[scaling] = evaluate_boosting(head, stretched(2))[1].mean()
    assert accuracy["standardise"] > 0.9 > accuracy["none"] + 0.1


def test_unknown_labels_and_unknown_attributes():
    x, y = problem()
    y[::3, 0] = -1
    hidden = y.copy()
    hidden[:, 1] = -1
    head = fresh()
    train_boosting(head, (x, y), (x, hidden), epochs=10, lr=1e-2)
    accuracy = evaluate_boosting(head, (x, hidden))[1]
    assert accuracy[0] > 0.9 and np.isnan(accuracy[1])
    with pytest.raises(ValueError, match="no label at all of the attribute in column 1"):
        train_boosting(head, (x, hidden), (x, y), epochs=1)


def test_bad_input():
    x, y = problem(30)
    head = fresh()
    broken = x.copy()
    broken[3, 0] = np.nan
    for train, words in (
        ((broken, y), "the embeddings of train: 1 of 30 rows hold NaN"),
        ((x[:, :5], y), "5 dimensions, the head has 8"),
        ((x, y[:, 0]), "the labels of train have shape"),
        ((x, y[:20]), "the labels of train have shape"),
        ((x, y.astype(float)), "they are whole numbers"),
        ((x, y + 1), "outside -1..2 in column 0"),
        ((x, np.full_like(y, -1)), "every label of train is unknown"),
    ):
        with pytest.raises(ValueError, match=words):
            train_boosting(head, train, (x, y), epochs=1)
    with pytest.raises(ValueError, match="keep is 'first'"):
        train_boosting(head, (x, y), (x, y), keep="first")
    with pytest.raises(ValueError, match="epochs is 0"):
        train_boosting(head, (x, y), (x, y), epochs=0)
    with pytest.raises(FloatingPointError, match="smaller learning rate"):
        train_boosting(head, (x, y), (x, y), epochs=5, lr=1e30)


def test_batches_without_a_label_do_not_count_in_the_mean_loss():
    x = np.zeros((8, 4), np.float32)
    y = np.full((8, 1), -1)
    y[0] = 1
    head = BoostingHead(4, [2])
    with torch.no_grad():
        expected = float(boosting_loss(head.eval()(torch.zeros(1, 4)), torch.tensor([[1]])))
    history = train_boosting(head, (x, y), (x, y), epochs=1, lr=0.0, batch_size=1)
    np.testing.assert_allclose(history.train_loss[0], expected, rtol=1e-5)
