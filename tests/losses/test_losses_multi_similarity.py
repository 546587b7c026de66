"""Multi-Similarity and its mining: by loops, by hand, against pytorch-metric-learning, and where nothing is left."""

import math
from functools import partial

import pytest
import slow_losses as slow
import torch
from pytorch_metric_learning.losses import MultiSimilarityLoss
from pytorch_metric_learning.miners import MultiSimilarityMiner
from toy_batches import LABELS, TWELVE, random_rows, value_and_gradient

from course_utils.losses import multi_similarity_loss
from course_utils.losses.multi_similarity import log_one_plus_sum

MINING = [None, 0.0, 0.1, 0.5]
CLASSES = torch.eye(4, dtype=torch.float64)[TWELVE]  # every picture exactly at its class: cosines 1 and 0


@pytest.mark.parametrize("pattern", LABELS)
@pytest.mark.parametrize("epsilon", MINING)
@pytest.mark.parametrize("settings", [(2.0, 50.0, 0.5), (1.0, 3.0, -0.2)])
def test_equals_the_loops(pattern, epsilon, settings):
    labels = LABELS[pattern]
    for seed in range(3):
        z = random_rows(len(labels), 3, seed)
        expected = slow.slow_multi_similarity(slow.similarities(z, labels), *settings, epsilon)
        value = multi_similarity_loss(z, torch.tensor(labels), *settings, epsilon).item()
        assert value == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("pattern", LABELS)
@pytest.mark.parametrize("epsilon", MINING)
def test_equals_the_library(pattern, epsilon):
    labels = torch.tensor(LABELS[pattern])
    for seed in range(3):
        z = random_rows(len(labels), 4, seed)
        pairs = None if epsilon is None else MultiSimilarityMiner(epsilon)(z, labels)
        if pairs and max(map(len, pairs)) == 1:
            continue  # one pair of each kind is too few for the library: it returns 0
        expected = MultiSimilarityLoss(alpha=2, beta=50, base=0.5)(z, labels, pairs)
        torch.testing.assert_close(multi_similarity_loss(z, labels, epsilon=epsilon), expected, rtol=1e-6, atol=1e-9)


def test_by_hand():
    angles = torch.tensor([0.0, math.pi / 3, math.pi / 2, math.pi])
    z = 2 * torch.stack([angles.cos(), angles.sin()], dim=1)
    labels = torch.tensor([0, 0, 1, 1])
    # cosines: 0-1 0.5, 0-2 0, 0-3 -1, 1-2 sqrt(3) / 2, 1-3 -0.5, 2-3 0
    loss = partial(multi_similarity_loss, z, labels, alpha=1.0, beta=1.0, base=0.0)

    def cost(positive, *negatives):
        return math.log(1 + math.exp(-positive)) + math.log(1 + sum(math.exp(s) for s in negatives))

    r = math.sqrt(3) / 2
    every = [cost(0.5, 0, -1), cost(0.5, r, -0.5), cost(0, 0, r), cost(0, -1, -0.5)]
    assert loss(epsilon=None).item() == pytest.approx(sum(every) / 4)
    # mined at 0.1: 0 has no negative above 0.4 and costs nothing; 1 keeps r, 2 keeps both, 3 has none above -0.1
    assert loss(epsilon=0.1).item() == pytest.approx((cost(0.5, r) + cost(0, 0, r)) / 4)
    # at 0.7 0 keeps the negative at 0 only, and 3 the one at -0.5
    kept = [cost(0.5, 0), cost(0.5, r), cost(0, 0, r), cost(0, -0.5)]
    assert loss(epsilon=0.7).item() == pytest.approx(sum(kept) / 4)


def test_what_is_solved_costs_nothing_after_mining():
    assert multi_similarity_loss(CLASSES, TWELVE) == 0
    value, slope = value_and_gradient(lambda z: multi_similarity_loss(z, TWELVE), CLASSES + 0.01 * random_rows(12))
    assert value == 0 and not slope.any()
    assert multi_similarity_loss(CLASSES, TWELVE, epsilon=None) > 0.1  # without mining, pulls never end
    assert multi_similarity_loss(CLASSES, TWELVE.roll(1)) > 0.5


@pytest.mark.parametrize("epsilon", MINING)
def test_gradients_equal_finite_differences(epsilon):
    for seed in range(2):
        z = random_rows(12, 3, seed).requires_grad_()
        assert torch.autograd.gradcheck(lambda z: multi_similarity_loss(z, TWELVE, epsilon=epsilon), (z,))


def test_the_nearest_wrong_item_is_pushed_hardest():
    z = torch.tensor([[1.0, 0.0], [0.9, 0.1], [0.8, 0.6], [0.6, 0.8]], requires_grad=True)
    cosine = z @ z.T
    push = log_one_plus_sum(50 * (cosine - 0.5), torch.tensor([[False, False, True, True]] + [[False] * 4] * 3))
    slope = torch.autograd.grad(push.sum(), cosine)[0][0]
    assert slope[2] > 50 * 0.99 and 0 < slope[3] < 50 * 0.01  # cosines 0.8 and 0.6
    assert not slope[:2].any()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("epsilon", MINING)
def test_gradients_are_finite_where_embeddings_coincide(dtype, epsilon):
    def loss(z):
        return multi_similarity_loss(z, TWELVE, epsilon=epsilon)

    collapsed = torch.tensor([[0.1, -0.7, 3.3]], dtype=dtype).repeat(12, 1)
    twins, origin = random_rows(12, dtype=dtype), random_rows(12, dtype=dtype)
    twins[3], twins[4], origin[3] = twins[0], -twins[1], 0
    for z in (collapsed, twins, origin, CLASSES.to(dtype), torch.zeros_like(collapsed)):
        value, slope = value_and_gradient(loss, z)
        assert torch.isfinite(value) and torch.isfinite(slope).all()


@pytest.mark.parametrize("epsilon", MINING)
def test_one_bad_row_is_enough_for_nan(epsilon):
    z = random_rows(12)
    z[0, 0] = torch.nan
    assert torch.isnan(multi_similarity_loss(z, TWELVE, epsilon=epsilon))


def test_order_names_length_and_direction_do_not_matter():
    z, order = random_rows(12), torch.randperm(12, generator=torch.Generator().manual_seed(3))
    expected = multi_similarity_loss(z, TWELVE)
    turn = torch.linalg.qr(random_rows(4, 4, 5))[0]
    for other, labels in ((z[order], TWELVE[order]), (z, 40 - 7 * TWELVE), (5 * z @ turn, TWELVE)):
        torch.testing.assert_close(multi_similarity_loss(other, labels), expected)
    assert not torch.isclose(multi_similarity_loss(z, TWELVE[order]), expected)


def test_what_cannot_be_learnt_from_is_refused():
    z = random_rows(4)
    with pytest.raises(ValueError, match="no positive pair"):
        multi_similarity_loss(z, torch.arange(4))
    with pytest.raises(ValueError, match="no negative pair"):
        multi_similarity_loss(z, torch.zeros(4, dtype=torch.long))
    with pytest.raises(ValueError, match="need one whole number each"):
        multi_similarity_loss(z, TWELVE)
    with pytest.raises(ValueError, match=r"floating-point numbers \(N, D\)"):
        multi_similarity_loss(z[0], TWELVE[:4])
    for settings in ({"alpha": 0.0}, {"beta": -1.0}, {"beta": math.nan}):
        with pytest.raises(ValueError, match="both have to be above 0"):
            multi_similarity_loss(z, TWELVE[:4] % 2, **settings)
