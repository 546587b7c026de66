"""The real profile without a GPU: each tiny real layout loads, is embedded, and a network trains a step on it."""

import numpy as np
import pytest
import torch
from fetch_sets import SETS, write
from test_loaders import LOADERS

from course_utils import config, losses
from course_utils.boosting import BoostingHead
from course_utils.composition import LSTMText, MapNetwork, Vocabulary, build_composer
from course_utils.encoders import load_classifier, load_encoder, load_text_encoder
from course_utils.projection import Pairs, TwoBranch, projection
from course_utils.training import CompositionRecipe, train_boosting, train_classifier, train_composer, train_two_branch

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def without_a_gpu(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    monkeypatch.setattr(config, "pick_device", lambda: CPU)


@pytest.fixture
def load():
    def make(name):
        write(SETS[name]()[0], config.data_root() / "real" / name)
        return LOADERS[name]()

    return make


def embedded(part) -> np.ndarray:
    vectors = load_encoder("resnet18-mini", "random").embed(part.load(64))
    assert vectors.shape == (len(part), 192) and np.isfinite(vectors).all()
    return vectors


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["flickr30k", "flickr8k"])
def test_captions(name, load):
    captions, reader = load(name), load_text_encoder("fasttext-mini")
    assert len(embedded(captions.test))
    train = Pairs(embedded(captions.train), reader.embed(captions.train.captions), captions.train.caption_image)
    model = TwoBranch(projection(192, 8), projection(reader.dim, 8), normalise=True)
    history = train_two_branch(model, train, train, loss=losses.info_nce_loss, epochs=1)
    assert history.epochs == 1 and np.isfinite(history.train_loss).all()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["birds", "flowers"])
def test_species(name, load):
    species = load(name)
    images, labels = species.load(64), species.labels
    assert len(embedded(species)) == len(labels) == 6
    network, size = load_classifier("resnet18-mini", len(species.classes), "random")
    history = train_classifier(network, (images, labels), (images, labels), image_size=size, epochs=1)
    assert np.isfinite(history.train_loss).all()
    sentences, _ = species.caption_pairs()
    assert load_text_encoder("distilbert-mini").embed(sentences).shape == (len(sentences), 128)


@pytest.mark.filterwarnings("ignore")
def test_products(load):
    products = load("fashion_products")
    labels = products.codes("gender")[:, None]
    head = BoostingHead(192, [int(labels.max()) + 1])
    history = train_boosting(head, (embedded(products), labels), (embedded(products), labels), epochs=1)
    assert np.isfinite(history.train_loss).all()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["css", "fashion200k", "mit_states"])
def test_composed_queries(name, load):
    parts = load(name)
    assert len(embedded(parts.train)) and len(embedded(parts.test))
    if name != "css":
        return  # with one picture a caption, these tiny sets have no pair to learn from
    queries = parts.train.queries()
    network, size = load_classifier("resnet18-mini", 2, "random")
    model = build_composer("tirg", MapNetwork(network, 8, size), LSTMText(Vocabulary(queries.text), 8))
    train = parts.train.load(size), queries
    history = train_composer(model, train, train, CompositionRecipe(epochs=1, batch_size=2), device=CPU)
    assert np.isfinite(history.train_loss).all()
