"""All pairs of a batch: against an explicit loop, by hand, and against pytorch-metric-learning."""

import pytest
import torch
from pytorch_metric_learning.losses import ContrastiveLoss
from toy_batches import random_rows

from course_utils.losses import all_pairs_loss

LINE, LABELS = torch.tensor([[0.0], [0.5], [0.7], [2.0]]), torch.tensor([0, 0, 1, 1])


def slow(z, labels, margin):
    pull, push = [], []
    for i in range(len(z)):
        for j in range(i + 1, len(z)):
            distance = float(((z[i] - z[j]) ** 2).sum()) ** 0.5
            (pull if labels[i] == labels[j] else push).append(
                distance**2 if labels[i] == labels[j] else max(0.0, margin - distance) ** 2
            )
    return (sum(pull) / len(pull) + sum(push) / len(push)) / 2


def test_by_hand():
    # pull .5^2 and 1.3^2, mean .97; push (1 - .7)^2, 0, (1 - .2)^2, 0, mean .1825
    assert all_pairs_loss(LINE, LABELS, margin=1.0).item() == pytest.approx((0.97 + 0.1825) / 2, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("margin", [0.5, 2.0])
def test_it_equals_the_loop(seed, margin):
    z, labels = random_rows(9, 4, seed=seed), torch.tensor([0, 0, 0, 1, 1, 2, 2, 2, 2])
    assert all_pairs_loss(z, labels, margin).item() == pytest.approx(slow(z, labels, margin), rel=1e-9)


def test_it_agrees_with_the_library_where_every_pair_costs():
    # theirs is linear in the distance and a mean over pairs that cost something, so compare one pair of each kind
    z, labels = torch.tensor([[1.0, 0], [0.6, 0.8], [0, 1.0]]), torch.tensor([0, 0, 1])
    theirs = ContrastiveLoss(pos_margin=0, neg_margin=2)
    distance = torch.cdist(z, z)
    assert theirs(z, labels).item() == pytest.approx(
        (distance[0, 1] + (4 - distance[0, 2] - distance[1, 2]) / 2).item(), abs=1e-5
    )
    ours = (distance[0, 1] ** 2 + ((2 - distance[0, 2]) ** 2 + (2 - distance[1, 2]) ** 2) / 2) / 2
    assert all_pairs_loss(z, labels, margin=2).item() == pytest.approx(ours.item(), abs=1e-6)


@pytest.mark.parametrize("labels", [[0, 0, 0, 0], [0, 1, 2, 3]])
def test_a_batch_without_one_kind_of_pair_is_refused(labels):
    with pytest.raises(ValueError, match="several classes"):
        all_pairs_loss(LINE, torch.tensor(labels))


def test_gradients_are_finite_where_all_points_are_equal():
    z = torch.ones(4, 3, requires_grad=True)
    all_pairs_loss(z, LABELS).backward()
    assert torch.isfinite(z.grad).all()
