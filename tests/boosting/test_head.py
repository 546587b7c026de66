"""The boosting head and the coder of its labels: shapes, layers, scaling, errors."""

import numpy as np
import pytest
import torch

from course_utils import config
from course_utils.boosting import AttributeCoder, BoostingHead

X = np.random.default_rng(0).normal(3.0, 2.0, (20, 6)).astype(np.float32)


def head(**options):
    return config.seeded(lambda: BoostingHead(6, [3, 2], **options), 0)


def test_the_hidden_layer_is_what_it_says():
    network = head(hidden=4)
    linear = network.layers[0]
    expected = X @ linear.weight.detach().numpy().T + linear.bias.detach().numpy()
    np.testing.assert_allclose(network.embed(X), np.maximum(expected, 0), rtol=1e-5, atol=1e-6)
    assert network.embed(X).dtype == np.float32 and network.embed(X).shape == (20, 4)


def test_two_layers():
    network = head(layers=2)
    first, second = network.layers
    hidden = torch.relu(first(torch.from_numpy(X)))
    np.testing.assert_allclose(network.embed(X), torch.relu(second(hidden)).detach().numpy(), rtol=1e-5, atol=1e-6)
    assert network.embed(X).shape == (20, 6)


def test_one_score_for_every_class_of_every_attribute():
    assert [tuple(s.shape) for s in head()(torch.from_numpy(X))] == [(20, 3), (20, 2)]


def test_embedding_ignores_dropout_and_batches_and_leaves_the_mode():
    network = head(dropout=0.5, layers=2).train()
    np.testing.assert_array_equal(network.embed(X), network.embed(X))
    np.testing.assert_allclose(network.embed(X, batch_size=3), network.embed(X), rtol=1e-5, atol=1e-6)
    assert network.training


def test_scaling_is_part_of_the_weights():
    network, plain = head(), head()
    x = np.concatenate([X, X])
    x[:, 2] = 5.0  # never varies
    network.fit_scaling(x, "standardise")
    scaled = x - x.mean(axis=0)
    scaled /= np.where(x.std(axis=0) > 1e-6, x.std(axis=0), 1)
    np.testing.assert_allclose(network.embed(x), plain.embed(scaled), rtol=1e-4, atol=1e-5)
    other = head()
    other.load_state_dict(network.state_dict())
    np.testing.assert_array_equal(other.embed(x), network.embed(x))
    network.fit_scaling(x, "none")
    np.testing.assert_array_equal(network.embed(x), plain.embed(x))
    with pytest.raises(ValueError, match="scaling is 'whiten'"):
        network.fit_scaling(x, "whiten")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"layers": 3}, "layers is 3"),
        ({"dropout": 1.0}, "dropout is 1.0"),
        ({"hidden": 0}, "hidden is 0"),
        ({"classes": [3, 1]}, "two classes or more"),
        ({"classes": []}, "two classes or more"),
    ],
)
def test_impossible_heads(options, words):
    with pytest.raises(ValueError, match=words):
        BoostingHead(**{"dim": 6, "classes": [3, 2], **options})


def test_embeddings_that_do_not_fit():
    bad = X.copy()
    bad[4, 1] = np.nan
    with pytest.raises(ValueError, match="the first is row 4"):
        head().embed(bad)
    with pytest.raises(ValueError, match="5 dimensions, the head has 6"):
        head().embed(X[:, :5])


def test_the_coder_knows_what_training_showed():
    columns = {"colour": ["Red", "Blue", "", "Red"], "usage": ["NA", "Casual", "NA", "NA"]}
    coder = AttributeCoder({**columns, "season": [""] * 4, "gender": ["Men"] * 4})
    assert coder.classes == {"colour": ["Blue", "Red"], "usage": ["Casual", "NA"]} and coder.sizes == [2, 2]
    assert coder.dropped == {"season": "has no value at all", "gender": "has the single value 'Men'"}
    codes = coder.encode({"usage": ["NA", "Party", "Party"], "colour": ["Red", "", "Teal"], "extra": [1, 2, 3]})
    assert codes.dtype == np.int64 and codes.tolist() == [[1, 1], [-1, -1], [-1, -1]]
    assert coder.unseen == {"usage": {"Party": 2}, "colour": {"Teal": 1}}
    assert coder.encode({"usage": ["NA"], "colour": ["Red"]}).tolist() == [[1, 1]] and coder.unseen == {}


def test_the_coder_refuses_what_cannot_be_coded():
    coder = AttributeCoder({"colour": ["Red", "Blue"], "usage": ["NA", "Casual"]})
    with pytest.raises(ValueError, match="usage are missing"):
        coder.encode({"colour": ["Red"]})
    with pytest.raises(ValueError, match="different length"):
        coder.encode({"colour": ["Red"], "usage": ["NA", "NA"]})
    with pytest.raises(ValueError, match="no attribute has two values"):
        AttributeCoder({"colour": ["Red", "Red", ""]})
