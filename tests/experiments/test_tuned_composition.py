"""A published network in front of what was trained on its frozen vectors: at the start it computes the same."""

import numpy as np
import pytest
import torch
from torch import nn

from course_utils import config
from course_utils.composition import FrozenMapNetwork, SentenceText, build_composer
from course_utils.encoders import load_encoder
from course_utils.encoders.image import ImageEncoder
from course_utils.experiments.composition import __main__ as command
from course_utils.experiments.composition import tuned
from course_utils.results import read_table, row

PICTURES = np.random.default_rng(0).integers(0, 256, (6, 16, 16, 3), dtype=np.uint8)
SENTENCES = {"red": np.array([1.0, 0.0]), "blue": np.array([0.0, 1.0])}


def encoder():
    def network():
        return nn.Sequential(nn.Conv2d(3, 5, 3), nn.BatchNorm2d(5), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())

    return ImageEncoder("toy", config.seeded(network, 3), 16, dim=5)


@pytest.fixture
def head(monkeypatch):
    monkeypatch.setattr(tuned, "DIM", 4)
    monkeypatch.setattr(tuned, "load_encoder", lambda name, image_size: encoder())
    return build_composer("tirg", FrozenMapNetwork(5, 4), SentenceText(SENTENCES, 4), seed=1)


def test_at_the_start_it_is_the_frozen_system(head):
    model = tuned.thawed(head, "tirg").eval()
    vectors = encoder().embed(PICTURES, cache=False)[:, :, None, None]
    with torch.no_grad():
        frozen = head.eval().image(head.image.batch(vectors))[1]
        torch.testing.assert_close(model.image(model.image.batch(PICTURES))[1], frozen)
        tokens = model.text.prepare(["red", "blue"])
        torch.testing.assert_close(model.text(tokens), head.text(tokens))
    assert len(model.pretrained_parameters()) == len(list(encoder().network.parameters()))


def test_the_published_encoder_gives_its_embedding_and_not_its_thousand_classes():
    published = load_encoder("efficientnet_lite0", weights="random", image_size=32)
    network = tuned.TunedNetwork(published, 4)
    seen = network.eval()(network.batch(PICTURES))[1]
    expected = network.project(torch.from_numpy(published.embed(PICTURES, cache=False))[:, :, None, None]).flatten(1)
    torch.testing.assert_close(seen, expected)


def test_training_leaves_the_head_and_the_batch_statistics_as_they_were(head):
    before = {name: value.clone() for name, value in head.state_dict().items()}
    model = tuned.thawed(head, "tirg")
    statistics = model.image.network[1].running_mean.clone()
    model.train()
    loss = model(model.image.batch(PICTURES[:3]), model.text.prepare(["red"] * 3), model.image.batch(PICTURES[3:]))[0]
    loss.square().sum().backward()
    torch.optim.SGD(model.parameters(), lr=0.1).step()
    assert torch.equal(model.image.network[1].running_mean, statistics)
    assert all(torch.equal(value, before[name]) for name, value in head.state_dict().items())


def test_a_head_of_another_method_does_not_fit(head):
    with pytest.raises(RuntimeError):
        tuned.thawed(head, "concatenation")


def test_the_head_learns_at_the_rate_that_was_stored_for_frozen_vectors(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    table = read_table("07_composition", "frozen_fashion_products", "real")
    asked = (table.method == "lite0+minilm+image-only") & (table.metric == "learning_rate")
    assert tuned.chosen_rate("fashion_products", "image-only") == table.loc[asked, "mean"].item()


@pytest.mark.parametrize("alone", ["tirg", "concatenation"])
def test_of_two_that_are_compared_none_is_measured_alone(monkeypatch, alone):
    monkeypatch.setattr(tuned, "open_task", lambda *_: pytest.fail("nothing is read before"))
    with pytest.raises(ValueError, match="name both, or neither"):
        next(tuned.make_tuned("fashion_products", ("sum", alone)))


def test_named_methods_are_measured_anew_and_the_other_rows_stay(monkeypatch):
    def make(name, methods=("sum", "tirg")):
        yield [row(name, f"{method}-tuned", "recall_at_1", 0.1 * len(methods)) for method in methods]

    monkeypatch.setitem(command.TOPICS, "tuned", (make, "note"))
    assert command.main(["tuned", "fashion_products"]) == 0
    assert command.main(["tuned", "fashion_products", "--methods", "tirg"]) == 0
    stored = read_table("07_composition", "tuned_fashion_products")
    assert stored[["method", "mean"]].to_numpy().tolist() == [["sum-tuned", 0.2], ["tirg-tuned", 0.1]]
