"""Lesson 04's recipes: one change a step, honest measures, and names of classes as classifiers."""

from dataclasses import fields, replace

import numpy as np
import pytest
import torch

from course_utils.experiments.cross_modal import __main__ as program
from course_utils.experiments.cross_modal.features import Features
from course_utils.experiments.cross_modal.ladder import final, ladder
from course_utils.experiments.cross_modal.recipes import Recipe, learn
from course_utils.experiments.cross_modal.zero_shot import PROMPTS, class_vectors, readable
from course_utils.projection import Pairs, WordSequences


def toy(n, seed):
    """Pictures and captions are two linear views of one hidden thing; each picture has three captions."""
    views, rng = np.random.default_rng(99), np.random.default_rng(seed)
    hidden = rng.normal(size=(n, 4))
    images, index = hidden @ views.normal(size=(4, 10)), np.repeat(np.arange(n), 3)
    return Pairs(images, (hidden[index] + 0.1 * rng.normal(size=(3 * n, 4))) @ views.normal(size=(4, 8)), index)


@pytest.fixture(scope="module")
def parts():
    return [toy(n, seed) for seed, n in enumerate((200, 50, 60))]


def loss_of(recipe):
    return getattr(recipe.loss, "func", recipe.loss), tuple(getattr(recipe.loss, "keywords", {}).items())


@pytest.mark.parametrize("profile", ["drawn", "real"])
def test_each_step_changes_one_thing(profile):
    steps = ladder(profile)
    names = list(steps)
    changed = {}
    for name, before in zip(names[2:5], names[1:4], strict=True):
        changed[name] = {
            f.name for f in fields(Recipe) if getattr(steps[name], f.name) != getattr(steps[before], f.name)
        }
    assert changed == {"published-features": {"features"}, "smaller-rate": {"lr"}, "one-scale": {"standardised"}}
    for name in names[6:12]:  # the ways to choose negatives differ in nothing else
        assert replace(steps[name], loss=steps["length-1"].loss) == steps["length-1"]
        assert loss_of(steps[name]) != loss_of(steps["length-1"])
    assert {recipe.metric for recipe in list(steps.values())[5:]} == {"cosine"}
    assert steps["final"] == final(profile)


@pytest.mark.parametrize("step", list(ladder("drawn")))
def test_every_step_learns_and_searches(parts, step):
    learned = learn(ladder("drawn")[step], parts, seed=0, epochs=2)
    reports = learned.search(parts[2])
    assert reports["text-to-image"].n_queries == 180
    assert learned.model.embed(parts[2])[0].shape == (60, 256)
    assert learned.history.epochs == 2


def test_the_final_recipe_learns_and_the_same_seed_gives_the_same(parts):
    recipe = replace(final("drawn"), batch=50)
    runs = [learn(recipe, parts, seed=0, epochs=15) for _ in range(2)]
    assert runs[0].history.recall == runs[1].history.recall
    assert max(runs[0].history.recall) > 0.6 > runs[0].history.recall[0]
    assert runs[0].history.temperature[0] == pytest.approx(0.1)
    assert runs[0].history.temperature[-1] != runs[0].history.temperature[0]


def test_a_published_recipe_makes_as_many_steps_as_the_source(parts, monkeypatch):
    monkeypatch.setattr("course_utils.experiments.cross_modal.recipes.STEPS", 6)
    assert learn(replace(Recipe(), batch=100), parts).history.epochs == 3


def test_an_lstm_reads_sequences(parts):
    read = [WordSequences(np.repeat(part.texts[:, None], 2, axis=1), np.full(len(part.texts), 2)) for part in parts]
    sequences = [replace(part, texts=texts) for part, texts in zip(parts, read, strict=True)]
    assert learn(final("drawn"), sequences, epochs=1).model.embed(sequences[2])[1].shape == (180, 256)


def test_rows_of_a_method(parts, capsys):
    runs = [learn(final("drawn"), parts, seed=seed, epochs=1) for seed in (0, 1)]
    rows = {row["metric"]: row for row in program.measured("flickr30k", "final", runs, parts[2])}
    reports = [run.search(parts[2])["text-to-image"] for run in runs]
    assert rows["t2i_recall_at_1"]["mean"] == pytest.approx(np.mean([report.recall_at[1] for report in reports]))
    assert (
        rows["t2i_recall_at_1_low"]["mean"] <= rows["t2i_recall_at_1"]["mean"] <= rows["t2i_recall_at_1_high"]["mean"]
    )
    both = [sum(v for report in run.search(parts[2]).values() for v in report.recall_at.values()) for run in runs]
    assert rows["mean_recall"]["mean"] == pytest.approx(np.mean(both) / 6)
    assert rows["t2i_recall_at_1"]["parameters"] == sum(p.numel() for p in runs[0].model.parameters())


def test_features_refuse_other_names():
    features = Features.__new__(Features)
    with pytest.raises(ValueError, match="picture"):
        features.pairs("resnet", "minilm")
    with pytest.raises(ValueError, match="sentence"):
        features.pairs("efficientnet_lite0", "word2vec")


class Reader:
    """Embeds a text as (its number of letters, 1)."""

    def embed(self, texts):
        return np.array([[len(text), 1.0] for text in texts])


def test_the_vectors_of_classes_are_the_mean_over_prompts():
    vectors = class_vectors(Reader(), ["ab", "abcd"], ("{}", "a {}"))
    expected = torch.nn.functional.normalize(torch.tensor([[3.0, 1.0], [5.0, 1.0]])).numpy()
    np.testing.assert_allclose(vectors, expected)
    with pytest.raises(ValueError, match="at least one"):
        class_vectors(Reader(), [], ("{}",))
    with pytest.raises(ValueError, match=r"no \{\}"):
        class_vectors(Reader(), ["ab"], ("a photo",))
    assert all("{}" in prompt for prompts in PROMPTS.values() for prompt in prompts)
    assert readable("Tall_building") == "tall building"
