"""The paper's three tasks on a toy shop: who learns what, and which recipe validation takes."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from course_utils.boosting import TagVocabulary
from course_utils.experiments.boosting import trainings
from course_utils.experiments.boosting.trainings import RECIPES, as_published, best_recipe, try_recipes


def shop(n=60):
    rng = np.random.default_rng(0)
    labels = np.stack([rng.integers(0, 3, n), rng.integers(0, 2, n)], axis=1)
    names = [f"{('red', 'blue', 'green')[a]} {('shirt', 'shoe')[b]}" for a, b in labels]
    tags = TagVocabulary(names)
    vectors = np.hstack([np.eye(3)[labels[:, 0]], np.eye(2)[labels[:, 1]]]).astype(np.float32)
    coder, parts = SimpleNamespace(sizes=[3, 2]), {"train": labels, "validation": labels}
    toy = SimpleNamespace(coder=coder, tags=tags, tokens={"train": tags.encode(names)}, labels=parts)
    return toy, {"train": vectors, "validation": vectors}


@pytest.mark.parametrize(("task", "writes"), [("attributes", False), ("tags", True), ("both", True)])
def test_every_task_moves_the_hidden_layer_and_the_same_seed_gives_the_same(task, writes):
    toy, vectors = shop()
    first, second = (as_published(toy, vectors, task, seed=2, epochs=3) for _ in range(2))
    head, tagger, history = first
    assert (tagger is not None) == writes and history.epochs == 3
    assert torch.equal(head.layers[0].weight, second[0].layers[0].weight)
    start = as_published(toy, vectors, task, seed=2, epochs=1, lr=0.0)[0]
    assert not torch.equal(head.layers[0].weight, start.layers[0].weight)


def test_words_alone_teach_the_hidden_layer_nothing_about_attributes_but_the_heads_follow():
    """With task 2 the hidden layer is that of the words: attribute labels at random leave it as it is."""
    toy, vectors = shop()
    other = SimpleNamespace(**vars(toy))
    shuffled = np.random.default_rng(1).permutation(toy.labels["train"])
    other.labels = {"train": shuffled, "validation": shuffled}
    hidden = [
        as_published(one, vectors, "tags", epochs=2, weight_decay=0.0)[0].layers[0].weight for one in (toy, other)
    ]
    assert torch.allclose(*hidden, atol=1e-6)


def test_it_stops_by_the_papers_rule():
    toy, vectors = shop()
    history = as_published(toy, vectors, "attributes", until=0.5, epochs=200)[2]
    assert history.epochs < 200 and history.train_loss[-1] < 0.5 <= min(history.train_loss[:-1])


def test_the_recipe_with_the_best_validation_is_taken(monkeypatch):
    toy, vectors = shop()
    wanted, values = RECIPES[3], iter(range(len(RECIPES)))
    toy.validate = lambda found: 1.0 if next(values) == 3 else 0.5
    short = [replace(recipe, epochs=1) for recipe in RECIPES]
    monkeypatch.setattr(trainings, "RECIPES", short)
    tried = try_recipes(toy, vectors)
    assert len(tried) == len(RECIPES) and best_recipe(tried).name == wanted.name
    assert best_recipe(dict.fromkeys(tried, 0.5)) == short[0], "the first of equal ones"


def test_an_encoder_without_a_stored_run_is_refused():
    with pytest.raises(ValueError, match="recipes --encoders vit_b_16"):
        trainings.stored_recipe("vit_b_16")
