"""Losses with one learned vector per class: gradients where directions coincide, and what is refused."""

import math

import pytest
import torch
from test_losses_proxies import CLASSES, DIM, FORMS, made
from toy_batches import random_rows

from course_utils.losses import ArcFace, CrossEntropy, NormalisedSoftmax, ProxyAnchor, ProxyNCA

EVERY = (CrossEntropy, NormalisedSoftmax, ArcFace, ProxyNCA, ProxyAnchor)
Z, LABELS = random_rows(12), torch.arange(12) % 5


def gradients(loss, z, labels):
    z = z.clone().requires_grad_()
    value = loss(z, labels)
    value.backward()
    return value.detach(), z.grad, loss.weight.grad


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("seed", range(2))
def test_gradients_equal_finite_differences_for_embeddings_and_proxies(name, seed):
    loss, z = made(name), random_rows(12, DIM, seed).requires_grad_()
    weight = loss.weight.detach().clone().requires_grad_()

    def value(z, weight):
        return torch.func.functional_call(loss, {"weight": weight}, (z, LABELS))

    assert torch.autograd.gradcheck(value, (z, weight))


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("factor", [1.0, -1.0, 0.0], ids=["on its proxy", "opposite to it", "at the origin"])
def test_gradients_are_finite_where_there_is_no_angle_to_turn(name, dtype, factor):
    loss = made(name).to(dtype)
    z = Z.to(dtype)
    z[:6] = factor * loss.weight.data[LABELS[:6]]
    for given in (z, z[:1], z[:6]):
        for part in gradients(loss, given, LABELS[: len(given)]):
            assert torch.isfinite(part).all()
    z = torch.zeros(5, DIM, dtype=dtype)  # on the axes, cosines are exactly 1 and -1 or 0
    z[:, 0] = factor
    loss.weight.data[:5] = torch.eye(DIM, dtype=dtype)[[0, 0, 1, 1, 2]]
    for part in gradients(loss, z, LABELS[:5]):
        assert torch.isfinite(part).all()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_gradients_are_finite_in_a_collapsed_space(name, dtype):
    loss = made(name).to(dtype)
    point = torch.tensor([[0.1, -0.7, 3.3, 1.0]], dtype=dtype).repeat(12, 1)
    assert all(torch.isfinite(part).all() for part in gradients(loss, point, LABELS))
    loss.weight.data[:] = point[:1]  # and the proxies in the same point
    assert all(torch.isfinite(part).all() for part in gradients(loss, point, LABELS))


@pytest.mark.parametrize("name", ["cross-entropy", "normalised softmax"])
def test_equal_proxies_stand_at_chance(name):
    loss = made(name)
    loss.weight.data[:] = 1.0
    assert loss(Z, LABELS).item() == pytest.approx(math.log(CLASSES))


@pytest.mark.parametrize("name", ["normalised softmax", "ArcFace", "Proxy-NCA", "Proxy-Anchor"])
def test_training_finds_what_is_to_be_found(name):
    """Free embeddings move to the proxy of their class, and away from one that has no picture."""
    loss, z = made(name, n_classes=6, dim=12), random_rows(12, 12).requires_grad_()
    optimiser = torch.optim.Adam([z, *loss.parameters()], lr=0.05)
    before = loss(z, LABELS).item()
    for _ in range(100):
        optimiser.zero_grad()
        loss(z, LABELS).backward()
        optimiser.step()
    assert loss(z, LABELS).item() < before
    cosines = loss.cosines(z.detach())
    assert torch.equal(cosines.argmax(dim=1), LABELS)
    assert (cosines[:, 5] < 0.1).all()


@pytest.mark.parametrize("name", FORMS)
def test_nan_stays_nan(name):
    z = Z.clone()
    z[0, 0] = torch.nan
    assert torch.isnan(made(name)(z, LABELS))


@pytest.mark.parametrize("build", EVERY)
def test_labels_need_a_proxy(build):
    loss = build(3, DIM).double()
    with pytest.raises(ValueError, match=r"labels go from 0 to 3; there are proxies for 0 to 2"):
        loss(Z[:4], torch.tensor([0, 1, 2, 3]))
    with pytest.raises(ValueError, match=r"labels go from -1 to 1;"):
        loss(Z[:2], torch.tensor([-1, 1]))
    assert loss(Z[:2], torch.tensor([0, 2], dtype=torch.int32)) == loss(Z[:2], torch.tensor([0, 2]))


@pytest.mark.parametrize("build", EVERY)
def test_shapes_must_fit(build):
    loss = build(5, DIM).double()
    with pytest.raises(ValueError, match=r"embeddings have 3 numbers each; the proxies have 4"):
        loss(Z[:, :3], LABELS)
    for labels in (LABELS[:5], LABELS[:, None], LABELS.double()):
        with pytest.raises(ValueError, match=r"the 12 embeddings need one whole number each"):
            loss(Z, labels)
    for z in (Z[0], Z[:0], Z.long()):
        with pytest.raises(ValueError, match=r"floating-point numbers \(N, D\)"):
            loss(z, LABELS[: len(z)])
    with pytest.raises(TypeError, match=r"labels are a list"):
        loss(Z, [0] * 12)


@pytest.mark.parametrize("build", EVERY)
def test_impossible_sizes_are_refused(build):
    for sizes in ((1, 4), (0, 4), (3, 0)):
        with pytest.raises(ValueError, match=rf"n_classes is {sizes[0]}, dim is {sizes[1]}"):
            build(*sizes)


def test_impossible_settings_are_refused():
    for build, name in ((NormalisedSoftmax, "scale"), (ArcFace, "scale"), (ProxyNCA, "scale"), (ProxyAnchor, "alpha")):
        for value in (0.0, -1.0, math.nan):
            with pytest.raises(ValueError, match="above 0 are needed"):
                build(3, 4, **{name: value})
    for margin in (-0.1, 28.6, math.nan):  # 28.6 degrees, as in pytorch-metric-learning
        with pytest.raises(ValueError, match="an angle in radians"):
            ArcFace(3, 4, margin=margin)
