"""Gradients: right, finite where embeddings coincide, and exactly zero in a collapsed space."""

import math

import pytest
import torch
from toy_batches import (
    DISTANCE,
    EVERY,
    MARGIN,
    SAME,
    SOFT,
    SOFTMAX,
    TWELVE,
    WITH_MARGIN,
    random_rows,
    value_and_gradient,
)

from course_utils.losses import batch_all_loss, contrastive_loss, info_nce_loss, triplet_loss
from course_utils.losses.distance import distance_matrix, paired_distances


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("seed", range(2))
def test_gradients_equal_finite_differences(name, seed):
    z = random_rows(12, 3, seed).requires_grad_()
    assert EVERY[name](z).item() > 0.01  # or there would be nothing to compare
    assert torch.autograd.gradcheck(EVERY[name], (z,))


def test_a_learned_temperature_gets_its_gradient():
    z, temperature = random_rows(12), torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda t: info_nce_loss(z[:6], z[6:], t), (temperature,))


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_gradients_are_finite_where_embeddings_coincide(name, dtype):
    z = random_rows(12, dtype=dtype)
    for i, j in ((0, 3), (1, 4), (2, 10), (5, 11), (6, 8)):  # equal rows of one class and of two
        twins = z.clone()
        twins[j] = twins[i]
        value, gradient = value_and_gradient(EVERY[name], twins)
        assert torch.isfinite(value) and torch.isfinite(gradient).all(), (i, j)
        assert gradient.any()  # the other rows go on learning


@pytest.mark.parametrize("name", EVERY)
def test_gradients_are_finite_at_the_origin(name):
    z = random_rows(12, dtype=torch.float32)
    z[3] = 0  # what a last ReLU makes of a picture that it finds nothing in; it has no direction
    value, gradient = value_and_gradient(EVERY[name], z)
    assert torch.isfinite(value) and torch.isfinite(gradient).all()


@pytest.mark.parametrize("point", [[0.0, 0.0, 0.0], [0.1, -0.7, 3.3]])
@pytest.mark.parametrize("name", DISTANCE)
def test_a_collapsed_space_has_no_gradient_at_all(name, point):
    value, gradient = value_and_gradient(DISTANCE[name], torch.tensor([point]).repeat(12, 1))
    different_pairs = (~SAME).double().mean().item()
    expected = dict.fromkeys(WITH_MARGIN, MARGIN) | dict.fromkeys(SOFT, math.log(2))
    assert value.item() == pytest.approx(expected.get(name, 1.5**2 * different_pairs), rel=1e-6)
    assert torch.equal(gradient, torch.zeros(12, 3))


@pytest.mark.parametrize("name", SOFTMAX)
def test_softmax_losses_of_a_collapsed_space_stand_at_chance(name):
    value, gradient = value_and_gradient(SOFTMAX[name], torch.tensor([[0.1, -0.7, 3.3]]).repeat(12, 1))
    candidates = 11 if name == "supervised contrastive" else 6
    assert value.item() == pytest.approx(math.log(candidates), rel=1e-6)
    assert gradient.abs().max() < 1e-6


def test_nothing_is_learnt_from_triplets_that_are_not_active():
    z = TWELVE.double()[:, None] * 10 + 0.1 * random_rows(12)
    value, gradient = value_and_gradient(lambda z: batch_all_loss(z, TWELVE, 0.5), z)
    assert value == 0 and not gradient.any()
    value, gradient = value_and_gradient(lambda z: triplet_loss(z[:1], z[3:4], z[1:2], 0.5), z)
    assert value == 0 and not gradient.any()


def test_pulls_and_pushes_have_the_right_sign():
    first, second = torch.zeros(2, 1), torch.tensor([[0.5], [0.5]], requires_grad=True)
    contrastive_loss(first, second, torch.tensor([True, False])).backward()
    assert second.grad.tolist() == [
        [0.5],
        [-0.5],
    ]  # 2 d / 2 and -2 (1 - d) / 2: against the gradient is nearer, farther


def test_distances_keep_their_digits_next_to_each_other():
    z = torch.tensor([[1000.0, 0.0], [1000.0, 1e-3], [1000.0, 0.0]])
    expected = torch.tensor([[0.0, 1e-3, 0.0], [1e-3, 0.0, 1e-3], [0.0, 1e-3, 0.0]])
    torch.testing.assert_close(distance_matrix(z), expected, rtol=1e-6, atol=0)
    many = distance_matrix(z.repeat(20, 1))  # the libraries' short cut, |a|^2 + |b|^2 - 2ab, sets in with many rows
    torch.testing.assert_close(many, expected.repeat(20, 20), rtol=1e-6, atol=0)
    torch.testing.assert_close(paired_distances(z, z[[1, 2, 0]]), torch.tensor([1e-3, 1e-3, 0.0]), rtol=1e-6, atol=0)


@pytest.mark.parametrize("name", EVERY)
def test_nan_is_not_taken_for_a_distance_of_zero(name):
    assert torch.isnan(EVERY[name](torch.full((12, 3), torch.nan)))
    z = random_rows(12)
    z[0, 0] = torch.nan
    assert torch.isnan(EVERY[name](z))  # one bad row is enough


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_equal_rows_have_a_gradient_of_zero_in_every_precision(dtype):
    z = torch.zeros(3, 4, dtype=dtype, requires_grad=True)
    (distance_matrix(z).sum() + paired_distances(z, z.detach()).sum()).backward()
    assert torch.equal(z.grad, torch.zeros_like(z))
