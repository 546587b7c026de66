"""The two losses of composed queries: values by hand and by loops, gradients by formula and by differences."""

import math
from functools import partial

import pytest
import torch
from slow_losses import mean, slow_info_nce
from torch.nn import functional as F
from toy_batches import random_rows

from course_utils.losses import batch_classification_loss, info_nce_loss, soft_triplet_batch_loss

ALL_TRIPLETS = partial(soft_triplet_batch_loss, negatives=None)
BOTH = {"classification": batch_classification_loss, "triplets": ALL_TRIPLETS}
TWINS = torch.tensor([0, 1, 0, 2, 1, 3])  # rows 0 and 2, and 1 and 4, ask for the same caption


def rows(n=6, dim=4, seed=0, dtype=torch.float64):
    both = random_rows(2 * n, dim, seed, dtype)
    return both[:n].clone(), both[n:].clone()


def squared(a, b):
    return math.fsum((float(x) - float(y)) ** 2 for x, y in zip(a, b, strict=True))


def slow_classification(queries, targets, captions):
    costs = []
    for i, query in enumerate(queries):
        scores = [math.fsum(float(a) * float(b) for a, b in zip(query, t, strict=True)) for t in targets]
        against = [j for j in range(len(targets)) if j == i or captions[j] != captions[i]]
        costs.append(-math.log(math.exp(scores[i]) / math.fsum(math.exp(scores[j]) for j in against)))
    return mean(costs)


def slow_triplets(queries, targets, captions):
    z, labels, n = [*queries, *targets], [*captions, *captions], len(queries)
    costs = []
    for a in range(2 * n):
        p = (a + n) % (2 * n)
        for k in range(2 * n):
            if labels[k] != labels[a]:
                costs.append(math.log(1 + math.exp(squared(z[a], z[p]) - squared(z[a], z[k]))))
    return mean(costs)


SLOW = {"classification": slow_classification, "triplets": slow_triplets}


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("captions", [None, TWINS], ids=["all are wrong answers", "twins left out"])
@pytest.mark.parametrize("seed", range(3))
def test_equals_the_loops(name, captions, seed):
    queries, targets = rows(seed=seed)
    labels = list(range(6)) if captions is None else captions.tolist()
    assert BOTH[name](queries, targets, captions).item() == pytest.approx(SLOW[name](queries, targets, labels))


@pytest.mark.parametrize("scale", [1.0, 4.0])
def test_classification_is_info_nce_whose_temperature_is_one_over_the_squared_scale(scale):
    queries, targets = (F.normalize(part) for part in rows())
    ours = batch_classification_loss(scale * queries, scale * targets)
    torch.testing.assert_close(ours, info_nce_loss(queries, targets, temperature=1 / scale**2))
    assert ours.item() == pytest.approx(slow_info_nce(queries, targets, 1 / scale**2))


def test_by_hand():
    queries, targets = torch.tensor([[1.0], [3.0]]), torch.tensor([[1.0], [2.0]])
    # scores 1, 2 and 3, 6; the right ones are 1 and 6
    expected = (math.log(1 + math.e) + math.log(1 + math.exp(-3))) / 2
    assert batch_classification_loss(queries, targets).item() == pytest.approx(expected)
    # anchors q0, q1, t0, t1 with the squared distance to their positive, and to each row of the other query
    gaps = [0 - 4, 0 - 1, 1 - 4, 1 - 4, 0 - 4, 0 - 1, 1 - 1, 1 - 1]
    expected = mean([math.log(1 + math.exp(gap)) for gap in gaps])
    assert ALL_TRIPLETS(queries, targets).item() == pytest.approx(expected)


@pytest.mark.parametrize("name", BOTH)
def test_a_collapsed_space_stands_at_chance_and_does_not_move(name):
    z = torch.ones(6, 3, dtype=torch.float64)
    queries, targets = z.clone().requires_grad_(), z.clone().requires_grad_()
    value = BOTH[name](queries, targets)
    value.backward()
    assert value.item() == pytest.approx(math.log(6) if name == "classification" else math.log(2))
    assert (queries.grad.sum(dim=0) + targets.grad.sum(dim=0)).abs().max() < 1e-12


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("captions", [None, TWINS])
def test_gradients_equal_finite_differences(name, captions):
    queries, targets = (part.requires_grad_() for part in rows(dim=3))
    assert torch.autograd.gradcheck(lambda q, t: BOTH[name](q, t, captions), (queries, targets))


def test_the_gradient_of_a_triplet_is_twice_that_of_the_public_code():
    """Two queries make eight triplets; all pulls and pushes are summed up by the formula of the docstring."""
    queries, targets = (part.requires_grad_() for part in rows(2, 3))
    ALL_TRIPLETS(queries, targets).backward()
    z = torch.cat([queries, targets]).detach()
    by_hand = torch.zeros_like(z)
    triplets = [(a, (a + 2) % 4, n) for a in range(4) for n in range(4) if n % 2 != a % 2]
    for a, p, n in triplets:
        g = torch.sigmoid((z[a] - z[p]).square().sum() - (z[a] - z[n]).square().sum()) / len(triplets)
        by_hand[a] += 2 * g * (z[n] - z[p])
        by_hand[p] += 2 * g * (z[p] - z[a])
        by_hand[n] += 2 * g * (z[a] - z[n])
    ours = torch.cat([queries.grad, targets.grad])
    assert len(triplets) == 8
    torch.testing.assert_close(ours, by_hand)
    public = by_hand / 2  # without the factor 2 of the derivative of a square
    assert ours.norm() / public.norm() == pytest.approx(2.0)


def test_a_learned_scale_gets_its_gradient_from_both_losses():
    queries, targets = (F.normalize(part) for part in rows())
    for name, loss in BOTH.items():
        scale = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
        assert torch.autograd.gradcheck(lambda s, f=loss: f(s * queries, s * targets), (scale,)), name


def test_triplets_are_drawn_from_the_generator_alone():
    queries, targets = rows(8)

    def value(seed, negatives=3):
        return soft_triplet_batch_loss(queries, targets, None, torch.Generator().manual_seed(seed), negatives).item()

    first = value(0)
    torch.manual_seed(99)
    assert value(0) == first != value(1)
    draws = [value(seed) for seed in range(300)]
    assert sum(draws) / 300 == pytest.approx(ALL_TRIPLETS(queries, targets).item(), rel=0.05)
    assert value(0, 14) == pytest.approx(value(1, 14)) == pytest.approx(ALL_TRIPLETS(queries, targets).item())
    assert value(0, 500) == pytest.approx(value(0, 14))  # no more than there are


def test_drawn_triplets_hold_no_row_of_the_same_caption():
    queries, targets = rows(6)
    far = torch.full_like(queries[2], 1e3)
    queries[2], targets[2] = far, far + 1  # twin of row 0: as a negative it would cost nothing, as a positive very much
    alone = soft_triplet_batch_loss(queries, targets, torch.tensor([0, 1, 0, 1, 1, 1]), None, None)
    assert torch.isfinite(alone)
    only = torch.tensor([0, 1, 1, 1, 1, 1])  # row 0 against all others, which are twins of each other
    expected = slow_triplets(queries, targets, only.tolist())
    for seed in range(5):
        drawn = soft_triplet_batch_loss(queries, targets, only, torch.Generator().manual_seed(seed), 12)
        assert drawn.item() == pytest.approx(expected)


@pytest.mark.parametrize("name", BOTH)
def test_what_cannot_be_compared_is_refused(name):
    queries, targets = rows()
    loss = BOTH[name]
    with pytest.raises(ValueError, match="rows must pair up"):
        loss(queries, targets[:5])
    with pytest.raises(ValueError, match="all 6 queries of the batch ask for the same caption"):
        loss(queries, targets, torch.zeros(6, dtype=torch.long))
    with pytest.raises(ValueError, match="all 1 queries"):
        loss(queries[:1], targets[:1])
    with pytest.raises(ValueError, match="need one whole number each"):
        loss(queries, targets, TWINS[:5])
    queries[0, 0] = torch.nan
    assert torch.isnan(loss(queries, targets))
