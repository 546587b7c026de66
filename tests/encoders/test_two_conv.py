"""The small network of lesson 03: the layers its docstring names, and what each option does to the embedding."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.config import seeded
from course_utils.encoders import ImageEncoder
from course_utils.encoders.two_conv import TwoConvNet

X = torch.randn(6, 3, 32, 32, generator=torch.Generator().manual_seed(0))


def layers(network, kind):
    return [layer for layer in network.modules() if isinstance(layer, kind)]


@pytest.mark.parametrize("pixels,side", [(16, 1), (17, 1), (32, 5), (64, 13)])
def test_the_layers_are_those_of_the_source(pixels, side):
    network = TwoConvNet(pixels)
    convolutions, linear = layers(network, nn.Conv2d), layers(network, nn.Linear)
    assert [tuple(layer.weight.shape) for layer in convolutions] == [(32, 3, 5, 5), (64, 32, 5, 5)]
    assert [(layer.stride, layer.padding) for layer in convolutions] == [((1, 1), (0, 0))] * 2
    assert [tuple(layer.weight.shape) for layer in linear] == [(256, 64 * side * side), (256, 256), (10, 256)]
    kinds = [type(layer) for layer in network.modules() if not list(layer.children())]
    kinds = [kind for kind in kinds if kind is not nn.Dropout]
    assert kinds == [nn.Conv2d, nn.ReLU, nn.MaxPool2d] * 2 + [nn.Flatten] + [nn.Linear, nn.ReLU] * 3
    assert [layer.kernel_size for layer in layers(network, nn.MaxPool2d)] == [2, 2]
    assert network(torch.zeros(2, 3, pixels, pixels)).shape == (2, 10)
    assert (network.pixels, network.dim) == (pixels, 10)


def test_each_picture_is_embedded_on_its_own():
    network = seeded(lambda: TwoConvNet(32), seed=0)
    whole = network(X)
    torch.testing.assert_close(network(X[2:3]), whole[2:3])
    assert not torch.isclose(whole[0], whole[1]).all()


def test_the_last_relu_leaves_no_negative_numbers():
    with_relu, without = (seeded(lambda r=r: TwoConvNet(32, last_relu=r), seed=0) for r in (True, False))
    assert (without(X) < 0).any()
    torch.testing.assert_close(with_relu(X), without(X).clamp(min=0), rtol=0, atol=0)
    assert (TwoConvNet(32)(X) >= 0).all()  # the default is that of the source


def test_normalised_embeddings_have_length_one():
    plain, unit = (seeded(lambda n=n: TwoConvNet(32, last_relu=False, normalise=n), seed=0) for n in (False, True))
    torch.testing.assert_close(unit(X).norm(dim=1), torch.ones(6))
    assert (plain(X).norm(dim=1) - 1).abs().min() > 0.01
    torch.testing.assert_close(unit(X), plain(X) / plain(X).norm(dim=1, keepdim=True))


def test_dropout_acts_before_each_linear_layer_and_in_training_only():
    network = seeded(lambda: TwoConvNet(32, dropout=0.5, last_relu=False), seed=0)
    order = [type(layer) for layer in network.vector]
    assert [order[i - 1] for i, kind in enumerate(order) if kind is nn.Linear] == [nn.Dropout] * 3
    assert [layer.p for layer in layers(network, nn.Dropout)] == [0.5] * 3
    assert not torch.equal(network(X), network(X))
    plain = seeded(lambda: TwoConvNet(32, last_relu=False), seed=0)
    assert torch.equal(network.eval()(X), plain(X))


def test_batch_norm_brings_every_map_to_mean_0_and_variance_1_before_its_relu():
    network = seeded(lambda: TwoConvNet(32, batch_norm=True), seed=0)
    kinds = [type(layer) for layer in network.maps]
    assert kinds == [nn.Conv2d, nn.BatchNorm2d, nn.ReLU, nn.MaxPool2d] * 2 + [nn.Flatten]
    maps = network.maps[:2](X)
    torch.testing.assert_close(maps.mean(dim=(0, 2, 3)), torch.zeros(32), rtol=0, atol=1e-5)
    torch.testing.assert_close(maps.var(dim=(0, 2, 3), unbiased=False), torch.ones(32), rtol=1e-2, atol=0)
    alone = network.eval()(X[2:3])  # searching, it keeps what it saw in training: each picture on its own again
    torch.testing.assert_close(alone, network(X)[2:3])
    assert not layers(TwoConvNet(32), nn.BatchNorm2d)  # the source has none


@pytest.mark.parametrize("dim", [1, 2, 128])
def test_the_embedding_can_have_any_length(dim):
    assert TwoConvNet(32, dim)(X).shape == (6, dim)


def test_too_small_pictures_are_refused():
    for pixels in (0, 8, 15):
        with pytest.raises(ValueError, match=f"pictures of {pixels} pixels vanish.*at least 16"):
            TwoConvNet(pixels)


def test_a_seed_draws_the_weights_and_leaves_the_generator_alone():
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    a, b, c = (seeded(lambda: TwoConvNet(16), seed).state_dict() for seed in (1, 1, 2))
    assert torch.equal(torch.rand(3), expected)
    assert all(torch.equal(a[key], b[key]) for key in a)
    assert not any(torch.equal(a[key], c[key]) for key in a)


def test_an_encoder_with_a_given_dimension_leaves_the_network_alone():
    network = seeded(lambda: TwoConvNet(32, 12), seed=0)
    before = [str(layer) for layer in network.modules()]
    encoder = ImageEncoder("two_conv", network, 32, dim=12)
    assert [str(layer) for layer in network.modules()] == before
    assert (encoder.dim, encoder.image_size, encoder.network) == (12, 32, network)
    n_convolutions = 32 * (3 * 25 + 1) + 64 * (32 * 25 + 1)
    assert encoder.n_parameters == n_convolutions + 256 * 1601 + 256 * 257 + 12 * 257
    pictures = np.random.default_rng(0).integers(0, 256, (3, 40, 50, 3), dtype=np.uint8)
    z = encoder.embed(pictures, cache=False)
    assert z.shape == (3, 12) and z.dtype == np.float32
