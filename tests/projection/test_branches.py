"""Branches have the layers of the sources, and embedding is free of what happened before."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils.projection import Pairs, Standardise, TwoBranch, WordSequences, projection


def names(network):
    return [type(part).__name__ for part in network]


def test_layers_in_the_order_of_the_sources():
    assert names(projection(8, 4, layers=2, last_activation=True)) == ["Linear", "ReLU", "Linear", "ReLU"]
    assert names(projection(8, 4, layers=2, activation="prelu", dropout=0.1)) == [
        "Linear",
        "PReLU",
        "Dropout",
        "Linear",
    ]
    assert names(projection(8, 4, dropout=0.1, last_dropout=True)) == ["Linear", "Dropout"]


def test_shapes():
    assert projection(8, 4, layers=3)(torch.zeros(5, 8)).shape == (5, 4)


@pytest.mark.parametrize(("options", "message"), [({"activation": "tanh"}, "tanh"), ({"layers": 0}, "at least one")])
def test_wrong_options(options, message):
    with pytest.raises(ValueError, match=message):
        projection(8, 4, **options)


def test_standardise_by_hand():
    scale = Standardise(np.array([[0.0, 5.0], [2.0, 5.0]]))
    out = scale(torch.tensor([[3.0, 5.0]]))
    np.testing.assert_allclose(out.numpy(), [[2.0, 0.0]])  # mean 1, deviation 1; the constant stays 0


def test_normalised_outputs_have_length_one():
    model = TwoBranch(projection(3, 4), projection(2, 4), normalise=True)
    images, texts = model.embed(Pairs(np.random.default_rng(0).normal(size=(5, 3)), np.ones((5, 2)), np.arange(5)))
    np.testing.assert_allclose(np.linalg.norm(np.concatenate([images, texts]), axis=1), 1, atol=1e-6)


def test_embedding_ignores_training_mode_and_batch_size():
    torch.manual_seed(0)
    model = TwoBranch(projection(3, 4, layers=2, dropout=0.5), projection(2, 4))
    pairs = Pairs(np.random.default_rng(0).normal(size=(7, 3)), np.ones((7, 2)), np.arange(7))
    model.train()
    first = model.embed(pairs, batch_size=2)[0]
    model.train()
    np.testing.assert_allclose(first, model.embed(pairs)[0], atol=1e-6)


def test_a_text_branch_that_reads_words():
    class LastWord(nn.Module):
        def forward(self, vectors, lengths):
            return vectors[torch.arange(len(lengths)), lengths - 1]

    words = WordSequences(np.arange(12, dtype=np.float32).reshape(2, 3, 2), [1, 3])
    _, texts = TwoBranch(projection(3, 2), LastWord()).embed(Pairs(np.eye(2, 3), words, [0, 1]))
    assert texts.tolist() == [[0, 1], [10, 11]]


def test_temperature_starts_where_it_was_asked_to_and_has_a_floor():
    model = TwoBranch(nn.Identity(), nn.Identity(), temperature=0.07)
    assert model.temperature.item() == pytest.approx(0.07)
    with torch.no_grad():
        model.log_temperature.fill_(-100)
    assert model.temperature.item() == pytest.approx(0.01)


def test_a_temperature_below_the_coldest_is_refused_and_one_that_fell_there_can_rise_again():
    with pytest.raises(ValueError, match=r"temperature is 0.005; use at least 0.01"):
        TwoBranch(nn.Identity(), nn.Identity(), temperature=0.005)
    model = TwoBranch(nn.Identity(), nn.Identity(), temperature=0.02)
    torch.testing.assert_close(model.temperature.item(), 0.02)
    with torch.no_grad():
        model.log_temperature.fill_(float(np.log(0.005)))
    model.temperature.backward()
    assert model.temperature.item() == pytest.approx(0.01) and model.log_temperature.grad.item() > 0
