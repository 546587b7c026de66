"""The ladder of lesson 03: each step changes what it says and keeps the rest."""

from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest
import torch

from course_utils.experiments import small_network
from course_utils.experiments.small_network import CURED, DROPOUT, PUBLISHED, drawn_pairs, drawn_triplets, ladder, learn
from course_utils.losses import contrastive_loss, triplet_loss

STEPS = ["as-published", "whole-batch", "length-1", "no-last-relu", "longer", "dropout", "mirrors", "batch-norm"]


def changed(before, after):
    return {f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)}


@pytest.mark.parametrize("profile", ["drawn", "real"])
@pytest.mark.parametrize("name", PUBLISHED)
def test_each_step_changes_what_it_says(name, profile):
    steps = ladder(name, profile)
    assert list(steps) == STEPS and steps["as-published"] is PUBLISHED[name]
    recipes = list(steps.values())
    changes = ("batches loss", "loss margin network", "network", "epochs decay", "network", "mirrored", "network")
    assert [changed(a, b) for a, b in pairwise(recipes)] == [set(names.split()) for names in changes]
    network = {"normalise": True, "last_relu": False, "dropout": DROPOUT}
    assert dict(steps["mirrors"].network) == network and dict(recipes[-1].network) == network | {"batch_norm": True}
    assert CURED[profile][name] in steps


@pytest.mark.parametrize("step", STEPS)
def test_a_recipe_trains_the_network_that_it_describes(step):
    rng = np.random.default_rng(0)
    pictures, labels = rng.integers(0, 255, (48, 16, 16, 3), dtype=np.uint8), np.arange(48) % 3
    pictures[labels == 1, ..., 0] //= 8
    pictures[labels == 2, ..., 2] //= 8
    recipe = ladder("triplet", "drawn")[step]
    run = learn(recipe, (pictures, labels), (pictures[:12], labels[:12]), seed=1, epochs=2)
    z = run.embed(pictures)
    assert z.shape == (48, 10) and run.history.epochs == 2
    assert np.allclose(np.linalg.norm(z, axis=1), 1, atol=1e-5) == (step not in ("as-published", "whole-batch"))
    assert (z >= 0).all() == (step in ("as-published", "whole-batch", "length-1"))
    everything = learn(recipe, (pictures, labels), None, seed=1, epochs=1)
    assert np.isnan(everything.history.validation_map).all()


def test_drawn_batches_are_read_in_the_order_they_were_drawn():
    z, labels = torch.randn(12, 3, generator=torch.Generator().manual_seed(0)), torch.arange(12) % 2
    expected = contrastive_loss(z[:6], z[6:], labels[:6] == labels[6:], margin=0.7)
    assert drawn_pairs(z, labels, margin=0.7) == expected
    assert drawn_triplets(z, labels, margin=0.7) == triplet_loss(z[:4], z[4:8], z[8:], margin=0.7)


def test_mirrored_pictures_are_learned_from_beside_the_others(monkeypatch):
    seen = []
    monkeypatch.setattr(small_network, "train_embedding", lambda encoder, train, *_, **__: seen.append(train))
    pictures, labels = np.arange(2 * 16 * 16 * 3, dtype=np.uint8).reshape(2, 16, 16, 3), np.array([0, 1])
    learn(ladder("siamese", "real")["mirrors"], (pictures, labels), None)
    (given, known) = seen[0]
    assert np.array_equal(given[:2], pictures) and np.array_equal(given[2:], pictures[:, :, ::-1])
    assert known.tolist() == [0, 1, 0, 1]
