"""What must not change a loss, and what each loss is there for."""

import math

import pytest
import torch
from toy_batches import DISTANCE, EVERY, SAME, SOFTMAX, TWELVE, random_rows

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

MINED = {loss.__name__: loss for loss in (batch_hard_loss, semi_hard_loss, batch_all_loss, supervised_contrastive_loss)}
ORDER = torch.randperm(12, generator=torch.Generator().manual_seed(3))


def rotation(dim, seed=0):
    return torch.linalg.qr(random_rows(dim, dim, seed))[0]


@pytest.mark.parametrize("name", MINED)
def test_the_order_of_a_batch_and_the_names_of_its_classes_do_not_matter(name):
    z, loss = random_rows(12), MINED[name]
    expected = loss(z, TWELVE)
    torch.testing.assert_close(loss(z[ORDER], TWELVE[ORDER]), expected)
    torch.testing.assert_close(loss(z, 40 - 7 * TWELVE), expected)
    torch.testing.assert_close(loss(z, TWELVE.to(torch.int32)), expected)
    assert not torch.isclose(loss(z, TWELVE[ORDER]), expected)  # but whose label it is does


def test_the_order_of_pairs_and_triplets_does_not_matter():
    z = random_rows(36)
    a, p, n, same = z[:12], z[12:24], z[24:], TWELVE > 0
    expected = contrastive_loss(a, p, same)
    torch.testing.assert_close(contrastive_loss(a[ORDER], p[ORDER], same[ORDER]), expected)
    torch.testing.assert_close(contrastive_loss(p, a, same), expected)
    for loss in (triplet_loss, soft_triplet_loss):
        torch.testing.assert_close(loss(a[ORDER], p[ORDER], n[ORDER]), loss(a, p, n))
        assert not torch.isclose(loss(a, n, p), loss(a, p, n))
    torch.testing.assert_close(info_nce_loss(a[ORDER], p[ORDER]), info_nce_loss(a, p))
    assert not torch.isclose(info_nce_loss(a[ORDER], p), info_nce_loss(a, p))
    there_and_back = info_nce_loss(a, p, both_directions=True)
    torch.testing.assert_close(info_nce_loss(p, a, both_directions=True), there_and_back)


@pytest.mark.parametrize("name", EVERY)
def test_a_turned_space_costs_the_same(name):
    z = random_rows(12)
    torch.testing.assert_close(EVERY[name](z @ rotation(4)), EVERY[name](z))


@pytest.mark.parametrize("name", DISTANCE)
def test_distance_losses_know_the_scale_but_not_the_place(name):
    z = random_rows(12)
    torch.testing.assert_close(DISTANCE[name](z + 5), DISTANCE[name](z))
    assert not torch.isclose(DISTANCE[name](3 * z), DISTANCE[name](z))


@pytest.mark.parametrize("name", SOFTMAX)
def test_softmax_losses_know_the_place_but_not_the_scale(name):
    z = random_rows(12)
    lengths = torch.linspace(0.01, 100, 12, dtype=z.dtype)[:, None]
    torch.testing.assert_close(SOFTMAX[name](lengths * z), SOFTMAX[name](z))
    assert not torch.isclose(SOFTMAX[name](z + 5), SOFTMAX[name](z))


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_loss_is_one_number_of_the_type_of_the_embeddings(name, dtype):
    value = EVERY[name](random_rows(12, dtype=dtype))
    assert value.shape == () and value.dtype == dtype and value > 0


@pytest.mark.parametrize("n", [2, 32, 128])
def test_info_nce_of_unrelated_vectors_is_chance(n):
    loss = info_nce_loss(random_rows(n, 4096, seed=1), random_rows(n, 4096, seed=2), temperature=1.0)
    assert loss.item() == pytest.approx(math.log(n), abs=0.03)


def test_info_nce_of_perfect_pairs_is_nothing_at_a_low_temperature():
    z = random_rows(16, 64)
    assert info_nce_loss(z, z, temperature=0.01).item() < 1e-6
    assert info_nce_loss(z, -z, temperature=0.01).item() > 50


def test_separated_classes_cost_nothing_and_swapped_labels_much():
    z = 10 * TWELVE.double()[:, None] + 0.1 * random_rows(12)
    for name in ("batch_hard_loss", "semi_hard_loss", "batch_all_loss"):
        assert MINED[name](z, TWELVE, 1.0) == 0, name
        assert MINED[name](z, TWELVE[ORDER], 1.0) > 1, name
    eyes = torch.eye(4, dtype=torch.float64)[TWELVE]
    perfect = supervised_contrastive_loss(eyes, TWELVE, 0.01)
    positives = (TWELVE[:, None] == TWELVE).sum(dim=1) - 1
    chance_among_positives = positives[positives > 0].double().log().mean()  # its least value: they share the anchor
    torch.testing.assert_close(perfect, chance_among_positives)


@pytest.mark.parametrize("seed", range(5))
def test_the_hardest_triplets_cost_most(seed):
    z, labels = random_rows(12, seed=seed), torch.arange(12) // 3
    hard, semi = batch_hard_loss(z, labels, 0.2), semi_hard_loss(z, labels, 0.2)
    a = torch.arange(12)
    any_triplet = triplet_loss(z, z[a // 3 * 3 + (a + 1) % 3], z[(a + 3) % 12], 0.2)
    assert hard > semi and hard > any_triplet


def test_different_pairs_are_pushed_up_to_the_margin_only():
    first, second = torch.zeros(6, 4), 2 * torch.nn.functional.normalize(random_rows(6, dtype=torch.float32))
    nothing_alike = torch.zeros_like(SAME)
    assert contrastive_loss(first, second, nothing_alike, margin=1.99) == 0
    assert contrastive_loss(first, second, nothing_alike, margin=2.1).item() == pytest.approx(0.01, rel=1e-4)
