"""A sentence finds species that nobody has shown: what is asked, what was left out, and how answers are measured."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from course_utils.datasets import SpeciesImages
from course_utils.experiments.zero_shot import answers, leakage, mixed, tuning, wordings
from course_utils.experiments.zero_shot.answers import choose_ridge, equal_galleries, fit, held_out, measures
from course_utils.experiments.zero_shot.tasks import Task
from course_utils.projection import LinearMap, Pairs

SPECIES, PICTURES = 12, 16


def world(noise=0.05, seed=0):
    """Each species has five numbers, which its sentences name and its pictures show through a random matrix."""
    rng = np.random.default_rng(seed)
    traits, matrix = rng.normal(size=(SPECIES, 5)), rng.normal(size=(5, 8))
    labels = np.repeat(np.arange(SPECIES), PICTURES)
    texts = np.repeat(traits[labels], 2, axis=0) + noise * rng.normal(size=(2 * len(labels), 5))
    images = traits[labels] @ matrix + noise * rng.normal(size=(len(labels), 8))
    return Pairs(images, texts, np.repeat(np.arange(len(labels)), 2)), labels


def test_held_out_species_are_out_with_all_their_pictures():
    _, labels = world()
    mask = held_out(labels, draw=1)
    assert set(labels[mask]).isdisjoint(labels[~mask]) and len(set(labels[mask])) == round(0.3 * SPECIES)
    assert not np.array_equal(mask, held_out(labels, draw=2))
    few = labels[: 3 * PICTURES]
    assert len(set(few[held_out(few, 0)])) == 2, "of three species two: one alone would be found by any map"


def test_the_ridge_that_is_best_for_species_out_of_training_is_chosen(monkeypatch):
    asked = []

    def top_1(linear, pairs, labels, metric):
        asked.append(set(labels))
        return {0.1: 0.2, 3.0: 0.9}.get(linear, 0.5)

    monkeypatch.setattr(answers, "fit", lambda pairs, ridge: ridge)
    monkeypatch.setattr(answers, "top_1", top_1)
    pairs, labels = world()
    assert choose_ridge(pairs, labels) == 3.0
    assert all(len(species) == round(0.3 * SPECIES) for species in asked)


def test_measures_of_a_map_that_knows_all_and_of_one_that_knows_nothing():
    pairs, labels = world()
    known = measures(fit(pairs), pairs, labels)
    assert known["top_1"] > 0.97 and known["macro_f1"] > 0.97 and known["top_1_equal"] > 0.97
    assert known["ap_50_class"] == pytest.approx(PICTURES / 50), "all of a species stand among the first 50"
    constant = LinearMap(np.zeros((5, 8), np.float32), np.ones(8, np.float32))
    nothing = measures(constant, pairs, labels)
    assert nothing["top_1"] == pytest.approx(1 / SPECIES) and nothing["macro_recall"] == pytest.approx(1 / SPECIES)


def test_ap_50_against_a_loop():
    pairs, labels = world(noise=1.5)
    linear = fit(pairs, 1.0)
    predicted, by_species = linear.predict(pairs.texts), {c: [] for c in range(SPECIES)}
    unit = pairs.images / np.linalg.norm(pairs.images, axis=1, keepdims=True)
    for vector, picture in zip(predicted, pairs.caption_image, strict=True):
        best = np.argsort(-(unit @ vector), kind="stable")[:50]
        by_species[labels[picture]].append(np.mean([labels[i] == labels[picture] for i in best]))
    expected = np.mean([np.mean(values) for values in by_species.values()])
    assert measures(linear, pairs, labels)["ap_50"] == pytest.approx(expected, abs=1e-3)


def test_equal_galleries_have_ten_species_and_fifteen_pictures_or_are_refused():
    labels = np.repeat(np.arange(11), 20)
    perfect = (labels[:, None] == labels).astype(float)
    assert equal_galleries(perfect, labels, labels) == 1.0
    assert equal_galleries(np.zeros_like(perfect), labels, labels) == pytest.approx(0.1)
    assert equal_galleries(perfect, labels, np.repeat(np.arange(20), 11)) is None  # eleven pictures are too few


def test_a_gallery_of_both_kinds_by_hand():
    """Two seen pictures (species 0, 1), two unseen (2, 3); the sentence about 2 takes the seen picture of 0."""
    scores = np.array([[0.9, 0.1, 0.2, 0.0], [0.1, 0.9, 0.0, 0.2], [0.8, 0.0, 0.7, 0.1], [0.0, 0.1, 0.2, 0.9]])
    kinds = np.array([True, True, False, False])
    both = mixed.Mixed(scores, np.arange(4), np.arange(4), kinds, kinds)
    found = both.measures()
    assert (found["unseen_alone"], found["unseen"], found["seen"]) == (1.0, 0.5, 1.0)
    assert found["harmonic_mean"] == pytest.approx(2 / 3)
    assert both.measures(handicap=0.2)["harmonic_mean"] == 1.0
    assert both.measures(handicap=0.95)["seen"] == 0.0


def test_the_handicap_is_chosen_among_seen_species():
    pairs, labels = world(noise=0.6)
    train, validation = (np.flatnonzero(np.arange(len(labels)) % 4 != k) for k in (0, 1))
    vectors = {"train": pairs.subset(train), "validation": pairs.subset(validation)}
    chosen = mixed.choose_handicap(vectors, {"train": labels[train], "validation": labels[validation]}, ridge=1.0)
    assert chosen in mixed.HANDICAPS


def test_other_words_are_words_that_the_sentences_do_not_have():
    assert wordings.reword("white wings, a yellow belly and a red-tipped tail.") == (
        "snowy wings, a lemon belly and a red-tipped tail."
    )
    assert (
        wordings.reword("an olive green back, a pure white cap, a black eye")
        == "a khaki back, a snowy cap, an ebony eye"
    )
    assert not set(wordings.OTHER_WORDS.values()) & set(wordings.OTHER_WORDS)
    assert not set(wordings.OTHER_WORDS.values()) & {word for words in wordings.KINDS.values() for word in words}


def test_sentences_with_a_word_are_found_by_words_not_by_letters():
    found = wordings.with_words(["a tan bird", "a titan arum", "Tan, mostly"], ["tan"])
    assert found.tolist() == [True, False, True]


def test_some_sentences_take_the_pictures_that_they_need():
    pairs, _ = world()
    some = wordings.some_sentences(pairs, np.array([0, 5, 4]))
    assert len(some) == 2 and some.caption_image.tolist() == [0, 1, 1]
    assert np.array_equal(some.texts, pairs.texts[[0, 5, 4]]) and np.array_equal(some.images, pairs.images[[0, 2]])


def test_names_that_imagenet_has():
    classes = ["Indigo Bunting", "Backpacks", "Least Auklet", "bow ties"]
    assert leakage.met(classes) == ["Indigo Bunting", "Backpacks", "bow ties"]


def test_leaving_out_what_was_met_changes_questions_and_gallery():
    pairs, labels = world()
    vectors = {"train": pairs, "test": pairs}
    found = leakage.by_acquaintance(vectors, labels, labels < 4, ridge=0.1)
    assert (found["species"], found["species_met"]) == (SPECIES, 4)
    assert found["top_1"] == pytest.approx((4 * found["top_1_met"] + 8 * found["top_1_not_met"]) / SPECIES)
    rest = pairs.subset(np.flatnonzero(labels >= 4))
    expected = answers.top_1(fit(pairs, 0.1), rest, labels[labels >= 4])
    assert found["top_1_left_out"] == pytest.approx(expected)
    everybody = leakage.by_acquaintance(vectors, labels, labels >= 0, ridge=0.1)
    assert "top_1_left_out" not in everybody and "top_1_not_met" not in everybody


def test_a_task_keeps_sentences_with_their_pictures_and_counts_words_of_train_alone(tmp_path):
    n = 60
    labels = np.arange(n) % 10
    keys = [f"{label}/{i}.png" for i, label in enumerate(labels)]
    captions = [[f"picture {i} of kind{label}", "one more"] for i, label in enumerate(labels)]
    images = SpeciesImages(
        [tmp_path / key for key in keys], labels, [f"kind{c}" for c in range(10)], "toys", captions, keys
    )
    task = Task(images, seed=3)
    for part in task.parts:
        said = task.sentences(part)
        owners = np.repeat(np.arange(len(task.parts[part])), 2)
        for sentence, label, picture in zip(said[::2], task.asked[part][::2], owners[::2], strict=True):
            assert f"of kind{label}" in sentence and task.parts[part].keys[picture].startswith(f"{label}/")
    unseen = {f"kind{label}" for label in task.labels["test"]}
    assert unseen.isdisjoint(task.counted.words)
    assert task.texts("tfidf", "test").shape == (2 * len(task.parts["test"]), len(task.counted.words))
    with pytest.raises(ValueError, match="text is 'bert'"):
        task.texts("bert", "test")
    with pytest.raises(ValueError, match="picture is 'resnet'"):
        task.pictures("resnet", "test")


@pytest.mark.parametrize("name", ["resnet18-mini", "vgg11-mini"])
def test_a_network_is_tuned_with_its_classifier_and_embeds_without(monkeypatch, name):
    seen = {}

    def train(network, train, validation, *, image_size, **options):
        seen["scores"] = network.eval()(torch.zeros(1, 3, image_size, image_size)).shape[1]

    monkeypatch.setattr(tuning, "train_classifier", train)
    labels = np.array([7, 2, 5])
    part = SimpleNamespace(load=lambda size: np.zeros((3, size, size, 3), np.uint8), labels=labels)
    parts = {"train": part, "validation": part}
    task = SimpleNamespace(parts=parts, labels={"train": labels}, seed=0, images=SimpleNamespace(name="toy"))
    encoder, _ = tuning.tuned_pictures.__wrapped__(task, name)
    assert seen["scores"] == 3 and encoder.dim > 3
