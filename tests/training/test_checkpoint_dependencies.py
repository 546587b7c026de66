"""A checkpoint is refused when anything changed that decides what it holds: for every loop, and each of its inputs."""

import numpy as np
import pytest
import torch
from torch import nn
from toy_shapes import build, world
from toy_training import BALANCED, TRAIN, VALIDATION, small_encoder, stripes

from course_utils.encoders import TextClassifier
from course_utils.encoders.bert import mini_bert, mini_tokenizer
from course_utils.losses import batch_all_loss, info_nce_loss
from course_utils.projection import Pairs, TwoBranch
from course_utils.training import (
    CheckpointError,
    CompositionRecipe,
    fine_tune_attributes,
    run,
    train_classifier,
    train_composer,
    train_embedding,
    train_text_classifier,
    train_two_branch,
)

OTHER = stripes(20)
QUERIES = world(24, 16, 1), world(18, 8, 2)
TEXTS, OTHERS = (["a red bird", "a blue bird"] * 3, [0, 1] * 3), (["a bird"] * 2, [0, 1])


def classifier():
    torch.manual_seed(0)
    return nn.Sequential(nn.AdaptiveAvgPool2d(4), nn.Flatten(), nn.Linear(48, 2))


def features(seed, n=8):
    rng = np.random.default_rng(seed)
    return Pairs(rng.normal(size=(n, 6)), rng.normal(size=(n, 5)), np.arange(n))


PAIRS = features(0), features(1)


def columns(labelled):
    return labelled[0], np.stack([labelled[1], 1 - labelled[1]], axis=1)


def embedding(file, train=TRAIN, validation=VALIDATION, pixels=32, **changed):
    encoder = small_encoder()
    encoder.image_size = pixels
    options = {"batches": BALANCED, "loss": batch_all_loss, "epochs": 1} | changed
    train_embedding(encoder, train, validation, checkpoint=file, **options)


def classes(file, train=TRAIN, validation=VALIDATION, pixels=32, **changed):
    train_classifier(classifier(), train, validation, image_size=pixels, epochs=1, checkpoint=file, **changed)


def attributes(file, train=TRAIN, validation=VALIDATION, pixels=32, **changed):
    encoder = small_encoder()
    encoder.image_size = pixels
    fine_tune_attributes(encoder, columns(train), columns(validation), [2, 2], epochs=1, checkpoint=file, **changed)


def texts(file, train=TEXTS, validation=OTHERS, **changed):
    torch.manual_seed(0)
    network = TextClassifier(mini_bert("distilbert-mini"), 2)
    train_text_classifier(network, mini_tokenizer(), train, validation, epochs=1, checkpoint=file, **changed)


def branches(file, train=PAIRS[0], validation=PAIRS[1], **changed):
    torch.manual_seed(0)
    model = TwoBranch(nn.Linear(6, 4), nn.Linear(5, 4))
    options = {"loss": info_nce_loss, "epochs": 1, "batch_size": 4} | changed
    train_two_branch(model, train, validation, checkpoint=file, **options)


def composed(file, train=QUERIES[0], validation=QUERIES[1], **changed):
    recipe = CompositionRecipe(**{"epochs": 1, "batch_size": 8} | changed)
    train_composer(build("concatenation", 0, dim=16), train, validation, recipe, checkpoint=file)


LOOPS = {
    embedding: {"train": OTHER, "validation": OTHER, "pixels": 16, "lr": 0.5, "weight_decay": 0.1},
    classes: {"train": OTHER, "validation": OTHER, "pixels": 16, "lr": 0.5, "weight_decay": 0.1},
    attributes: {"train": OTHER, "validation": OTHER, "pixels": 16, "lr": 0.5, "weight_decay": 0.1},
    texts: {"train": (TEXTS[0][::-1], TEXTS[1]), "validation": (["a", "b"], [0, 1]), "lr": 0.5, "weight_decay": 0.1},
    branches: {"train": features(2), "validation": features(3), "lr": 0.5, "weight_decay": 0.1},
    composed: {"train": world(24, 16, 3), "validation": world(18, 8, 4), "lr": 0.5, "weight_decay": 0.1},
}
NAMED = {"train": "data", "validation": "data", "pixels": "image_size"}


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.__name__)
def test_a_checkpoint_goes_on_only_where_nothing_changed(loop, tmp_path, monkeypatch):
    file = tmp_path / "run.pt"
    loop(file)
    loop(file)
    for name, value in LOOPS[loop].items():
        with pytest.raises(CheckpointError, match=f"it differs in {NAMED.get(name, name)};"):
            loop(file, **{name: value})
    monkeypatch.setattr(run, "code_of", lambda *functions: "edited")
    with pytest.raises(CheckpointError, match="it differs in code;"):
        loop(file)


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.__name__)
def test_the_loop_s_own_code_counts(loop, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(run, "code_of", lambda *functions: asked.extend(functions) or "code")
    loop(tmp_path / "run.pt")
    assert any(function.__name__.startswith(("train_", "fine_tune_")) for function in asked)
