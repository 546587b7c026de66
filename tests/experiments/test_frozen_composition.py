"""Composition on frozen vectors: what is embedded, which texts are read, and a sum that nobody trained."""

from types import SimpleNamespace

import numpy as np
import pytest

from course_utils.datasets.composition_queries import CompositionQueries
from course_utils.experiments.composition import frozen
from course_utils.experiments.composition.tasks import Task

WORDS = ["red", "green", "blue", "white"]


def task():
    """Four colours of three shapes; a picture is its colour and shape, written into its pixels."""
    shapes, colours = np.repeat(np.arange(3), 4), np.tile(np.arange(4), 3)
    pictures = np.zeros((12, 4, 4, 3), dtype=np.uint8)
    pictures[:, 0, 0, 0], pictures[:, 0, 0, 1] = shapes, colours
    captions = [f"{WORDS[c]} {s}" for s, c in zip(shapes, colours, strict=True)]
    source = np.arange(12)
    target = shapes * 4 + (colours + 1) % 4
    queries = CompositionQueries(captions, source, [WORDS[colours[t]] for t in target], target)
    learned = pictures, lambda epoch, seed: queries.subset(np.roll(np.arange(12), epoch + seed)), WORDS
    validation = pictures, queries.subset(np.arange(6))
    return Task("toy", *learned, validation, pictures.copy(), pictures.copy(), queries)


class Encoder:
    """One number a shape and one a colour; counts what it is asked."""

    def __init__(self):
        self.calls = 0

    def embed(self, pictures):
        self.calls += 1
        return np.hstack([np.eye(3)[pictures[:, 0, 0, 0]], np.eye(4)[pictures[:, 0, 0, 1]]]).astype(np.float32)


def test_each_set_of_pictures_is_embedded_once_as_maps_of_one_place():
    encoder, toy = Encoder(), task()
    seen = frozen.see(toy, encoder)
    assert encoder.calls == 3, "train and validation are the same pictures here"
    assert seen.pictures.shape == (12, 7, 1, 1) and seen.validation[0] is seen.pictures
    assert seen.queries is toy.queries


def test_every_text_that_is_asked_is_read_once():
    reader = SimpleNamespace(embed=lambda texts: np.eye(len(texts)))
    assert sorted(task().read(reader, seeds=(0, 1), epochs=2)) == sorted(WORDS)


def test_an_untrained_sum_finds_what_the_space_knows(monkeypatch):
    """Where texts are colours of the pictures' own space, the sum needs no training; validation chooses its weight."""
    monkeypatch.setattr(frozen, "KS", (1, 10))
    seen = frozen.see(task(), Encoder())
    sentences = {word: np.r_[np.zeros(3), np.eye(4)[i]].astype(np.float32) for i, word in enumerate(WORDS)}
    weight, report = frozen.untrained_sum(seen, sentences)
    assert weight in frozen.WEIGHTS
    assert report.recall_at[1] > 0.9


@pytest.mark.parametrize("method", ["sum", "tirg", "combiner"])
def test_a_method_learns_on_frozen_vectors(monkeypatch, method):
    monkeypatch.setattr(frozen, "RECIPE", frozen.replace(frozen.RECIPE, batch_size=12, epochs=40))
    monkeypatch.setattr(frozen, "KS", (1, 5))
    monkeypatch.setattr(frozen, "DIM", 32)
    seen = frozen.see(task(), Encoder())
    sentences = {word: np.eye(4)[i].astype(np.float32) for i, word in enumerate(WORDS)}
    model, history = frozen.train(seen, sentences, method, seed=0, lr=3e-3)
    assert history.epochs == 40
    assert frozen.ask(seen, model).recall_at[1] > 0.5
