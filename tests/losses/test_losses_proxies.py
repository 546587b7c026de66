"""Losses with one learned vector per class: by loops, by hand, and against pytorch-metric-learning."""

import math
from functools import partial

import pytest
import slow_losses as slow
import torch
from pytorch_metric_learning import losses as theirs
from torch.nn import functional as F
from toy_batches import LABELS, random_rows

from course_utils.losses import ArcFace, CrossEntropy, NormalisedSoftmax, ProxyAnchor, ProxyNCA

CLASSES, DIM = 10, 4
FORMS = {
    "cross-entropy": (CrossEntropy, slow.slow_cross_entropy),
    "normalised softmax": (partial(NormalisedSoftmax, scale=5.0), partial(slow.slow_arcface, scale=5.0, margin=0.0)),
    "ArcFace": (partial(ArcFace, scale=5.0, margin=0.4), partial(slow.slow_arcface, scale=5.0, margin=0.4)),
    "ArcFace, often beyond pi": (partial(ArcFace, margin=1.5), partial(slow.slow_arcface, scale=16.0, margin=1.5)),
    "Proxy-NCA": (partial(ProxyNCA, scale=3.0), partial(slow.slow_proxy_nca, scale=3.0)),
    "Proxy-Anchor": (ProxyAnchor, partial(slow.slow_proxy_anchor, alpha=32.0, margin=0.1)),
}
NORMALISING = [name for name in FORMS if name != "cross-entropy"]
SQUARE = torch.tensor([[1.0, 0.0], [0.0, 1.0]])  # two proxies at a right angle


def made(name, n_classes=CLASSES, dim=DIM, seed=7):
    loss = FORMS[name][0](n_classes, dim).double()
    loss.weight.data = random_rows(n_classes, dim, seed)
    return loss


def with_proxies(loss, proxies):
    loss.weight.data = proxies.clone()
    return loss


def close(ours, expected):
    torch.testing.assert_close(ours, expected, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("pattern", LABELS)
@pytest.mark.parametrize("seed", range(2))
def test_equals_the_loops(name, pattern, seed):
    labels, loss = LABELS[pattern], made(name)
    z = random_rows(len(labels), DIM, seed)
    expected = FORMS[name][1](z, labels, loss.weight.detach())
    assert loss(z, torch.tensor(labels)).item() == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("pattern", LABELS)
def test_equals_the_library_with_the_same_proxies(pattern, seed):
    labels = torch.tensor(LABELS[pattern])
    z, proxies = random_rows(len(labels), DIM, seed), random_rows(CLASSES, DIM, seed + 50)
    library = theirs.NormalizedSoftmaxLoss(CLASSES, DIM, temperature=0.05)
    library.W.data = proxies.T.clone()
    # its embeddings are normalised by default, as ours are always
    close(with_proxies(NormalisedSoftmax(CLASSES, DIM, scale=20.0), proxies)(z, labels), library(z, labels))
    for margin in (0.1, 0.5, 1.5):
        library = theirs.ArcFaceLoss(CLASSES, DIM, margin=math.degrees(margin), scale=16)
        library.W.data = proxies.T.clone()
        close(with_proxies(ArcFace(CLASSES, DIM, margin=margin), proxies)(z, labels), library(z, labels))
    library = theirs.ProxyAnchorLoss(CLASSES, DIM)
    library.proxies.data = proxies.clone()
    close(with_proxies(ProxyAnchor(CLASSES, DIM), proxies)(z, labels), library(z, labels))
    library = theirs.ProxyNCALoss(CLASSES, DIM, softmax_scale=3)
    library.proxies.data = proxies.clone()
    # theirs has the right class in the denominator, too: -log(a / (a + b)) = log(1 + exp(-log(a / b)))
    ours = with_proxies(ProxyNCA(CLASSES, DIM, scale=3.0), proxies)
    one_by_one = torch.stack([ours(z[[i]], labels[[i]]) for i in range(len(z))])
    close(F.softplus(one_by_one).mean(), library(z, labels))
    # and is then the normalised softmax of twice the scale
    close(with_proxies(NormalisedSoftmax(CLASSES, DIM, scale=6.0), proxies)(z, labels), library(z, labels))


def test_by_hand():
    z, labels = torch.tensor([[3.0, 0.0], [0.0, 0.5]]), torch.tensor([0, 0])  # cosines 1 and 0 with their proxy
    plain = with_proxies(CrossEntropy(2, 2), SQUARE)(z, labels).item()
    assert plain == pytest.approx((math.log(1 + math.exp(-3)) + math.log(1 + math.exp(0.5))) / 2)
    right, wrong = math.log(1 + math.exp(-2)), math.log(1 + math.exp(2))
    softmax = with_proxies(NormalisedSoftmax(2, 2, scale=2.0), SQUARE)(z, labels).item()
    assert softmax == pytest.approx((right + wrong) / 2)
    margin = math.pi / 3  # angles 0 and pi / 2 become pi / 3 and 5 pi / 6
    right, wrong = math.log(1 + math.exp(-2 * 0.5)), math.log(1 + math.exp(2 + 2 * math.sqrt(3) / 2))
    arc = with_proxies(ArcFace(2, 2, scale=2.0, margin=margin), SQUARE)(z, labels).item()
    assert arc == pytest.approx((right + wrong) / 2)
    # squared distances 0 and 2, 2 and 0: the logarithms of the ratios are 2 and -2, so one costs less than nothing
    nca = with_proxies(ProxyNCA(2, 2), SQUARE)
    assert nca(z[:1], labels[:1]).item() == pytest.approx(-2)
    assert nca(z, labels).item() == pytest.approx(0, abs=1e-6)
    pull = math.log(1 + math.exp(-2 * 0.9) + math.exp(2 * 0.1))  # of the first proxy; the second has no picture
    push = math.log(1 + math.exp(2 * 0.1) + math.exp(2 * 1.1)) / 2  # of the second one; the first has no other picture
    anchor = with_proxies(ProxyAnchor(2, 2, alpha=2.0), SQUARE)(z, labels).item()
    assert anchor == pytest.approx(pull + push)


def test_an_angle_costs_the_more_the_wider_it_is_up_to_a_half_turn():
    """Where angle + margin passes pi, cos(angle + margin) would rise again; the last angles are beyond."""
    angles = torch.linspace(0, math.pi, 400, dtype=torch.float64)
    arc = with_proxies(ArcFace(2, 3, scale=1.0, margin=0.5), torch.eye(3, dtype=torch.float64)[[0, 2]])
    z = torch.stack([angles.cos(), angles.sin(), torch.zeros_like(angles)], dim=1)  # all at a right angle to the other
    costs = torch.stack([arc(row[None], torch.tensor([0])) for row in z])
    assert (costs.diff() > 0).all()
    expected = math.log(1 + math.exp(1 + 0.5 * math.sin(0.5)))  # at a half turn: the right class has -1 - 0.5 sin(0.5)
    assert costs[-1].item() == pytest.approx(expected)
    inside = angles + 0.5 < math.pi
    assert torch.allclose(costs[inside], F.softplus(-torch.cos(angles[inside] + 0.5)))


@pytest.mark.parametrize("seed", range(3))
def test_arcface_is_the_normalised_softmax_plus_a_margin(seed):
    z, labels, proxies = random_rows(12, DIM, seed), torch.arange(12) % 5, random_rows(5, DIM, seed + 9)
    values = [with_proxies(ArcFace(5, DIM, margin=margin), proxies)(z, labels) for margin in (0.0, 0.2, 0.5)]
    torch.testing.assert_close(values[0], with_proxies(NormalisedSoftmax(5, DIM), proxies)(z, labels))
    assert values[0] < values[1] < values[2]


@pytest.mark.parametrize("name", NORMALISING)
def test_lengths_do_not_matter_and_turning_both_sides_neither(name):
    z, labels, loss = random_rows(12), torch.arange(12) % CLASSES, made(name)
    expected, proxies = loss(z, labels), loss.weight.data
    lengths = torch.rand(12, 1, generator=torch.Generator().manual_seed(1)) + 0.1
    torch.testing.assert_close(with_proxies(loss, 3 * proxies)(lengths * z, labels), expected)
    turn = torch.linalg.qr(random_rows(DIM, DIM, 5))[0]
    torch.testing.assert_close(with_proxies(loss, proxies @ turn)(z @ turn, labels), expected)
    assert not torch.isclose(with_proxies(loss, proxies)(z, labels.flip(0)), expected)


def test_the_seed_decides_where_proxies_start():
    for name, (build, _) in FORMS.items():
        torch.manual_seed(3)
        first = build(50, 40).weight
        torch.manual_seed(3)
        assert torch.equal(build(50, 40).weight, first), name
        assert not torch.equal(build(50, 40).weight, first), name
        assert first.norm(dim=1).mean().item() == pytest.approx(1 if name == "cross-entropy" else 40**0.5, rel=0.05)
        assert list(build(50, 40).state_dict()) == ["weight"]
