"""The detector's weights: a training on twelve pictures, the stored ones, and what the command says when it cannot."""

import numpy as np
import pytest
from safetensors import safe_open

from course_utils import config
from course_utils.datasets import load_blocks, load_captions
from course_utils.encoders import DetectorEncoder, build_detector, load_detector
from course_utils.encoders.detector import _stored_detector
from course_utils.encoders.weights import MINI_WEIGHTS
from course_utils.training import box_recall
from data_scripts.__main__ import main
from data_scripts.drawn.blocks.contents import SHAPE_WEIGHTS
from data_scripts.pretrain import command
from data_scripts.pretrain.detector import noted


@pytest.fixture
def no_training(monkeypatch):
    monkeypatch.setattr(command, "_make", lambda name: pytest.fail(f"{name} is trained"))


def test_boxes_and_shapes_are_those_of_the_notes(small_blocks):
    part = load_captions().train
    boxes, shapes = noted(part)
    records = load_blocks(part).records
    assert len(boxes) == len(shapes) == len(records) == 6
    for some, names, record in zip(boxes, shapes, records, strict=True):
        assert names == [thing["shape"] for thing in record["objects"]]
        x, y, width, height = np.array([thing["box"] for thing in record["objects"]]).T
        np.testing.assert_allclose(some, np.stack([x, y, x + width, y + height], axis=1))


def test_a_training_writes_a_file_that_tells_how_it_was_made(small_blocks, tmp_path):
    path = command._make("fasterrcnn-mini", tmp_path)
    assert path == tmp_path / "fasterrcnn-mini.safetensors"
    with safe_open(path, "pt") as file:
        card = file.metadata()
    assert (card["network"], card["epochs"], card["seed"]) == ("fasterrcnn-mini", "4", "0")
    assert float(card["last loss"]) > 0 and 0 <= float(card["recall"]) <= 1
    kinds = sorted({shape for some in noted(load_captions().train)[1] for shape in some})
    assert _stored_detector(tmp_path).kinds == tuple(kinds)
    assert not list(config.cache_dir().glob("detector-blocks-*")), "the next training should start anew"


def test_the_stored_detector_finds_things_in_pictures_that_it_has_not_seen(small_blocks):
    captions, network = load_captions(), load_detector("fasterrcnn-mini")
    assert list(network.kinds) == sorted(SHAPE_WEIGHTS)
    untrained = build_detector(len(network.kinds))
    pictures = np.concatenate([part.load(128) for part in (captions.train, captions.val, captions.test)])
    boxes = [some for part in (captions.train, captions.val, captions.test) for some in noted(part)[0]]
    recalls = [box_recall(DetectorEncoder(d).detect(pictures), boxes) for d in (untrained, network)]
    assert recalls[1] > recalls[0] + 0.4, recalls


def test_the_card_tells_about_the_detector():
    with safe_open(MINI_WEIGHTS / "fasterrcnn-mini.safetensors", "pt") as file:
        made = file.metadata()
    card = (MINI_WEIGHTS / "CARD.md").read_text()
    assert "# Weights of the detector" in card
    assert f"finds {made['recall']} of the boxes" in " ".join(card.split())


@pytest.mark.parametrize("names", [["fasterrcnn-mini"], []])
def test_pictures_that_are_not_there_are_missed_before_anything_is_trained(names, no_training, monkeypatch, capsys):
    assert main(["pretrain", *names]) == 1
    assert "python -m data_scripts draw flickr30k" in capsys.readouterr().err
    monkeypatch.setenv("COURSE_PROFILE", "real")
    assert main(["pretrain", *names]) == 1
    assert "unset COURSE_PROFILE" in capsys.readouterr().err


def test_an_unknown_name_lists_the_detector(no_training, capsys):
    assert main(["pretrain", "xyz"]) == 1
    error = capsys.readouterr().err
    assert "no small network 'xyz'" in error
    assert ", fasterrcnn-mini," in error


def test_files_of_no_use_are_named_in_one_line(small_blocks, capsys):
    kept = config.cache_dir() / "detector-blocks-4.pt"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"half an epoch")
    assert main(["pretrain", "fasterrcnn-mini"]) == 1
    assert "detector-blocks-4.pt: this checkpoint is damaged" in capsys.readouterr().err
    (small_blocks / "blocks.json").unlink()
    assert main(["pretrain", "fasterrcnn-mini"]) == 1
    assert "blocks.json is missing" in capsys.readouterr().err
