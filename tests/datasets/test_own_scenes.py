"""COURSE_SCENES: any folder of classes in place of the course's scenes."""

import numpy as np
import pytest
from PIL import Image

from course_utils.config import DatasetMissing
from course_utils.datasets import LayoutError, load_scenes
from course_utils.datasets.titles import title_of


def paint(folder, classes, pictures=6):
    for c in range(classes):
        (folder / f"kind {c:02d}").mkdir(parents=True)
        for i in range(pictures):
            colour = (20 * c % 256, 40 * i % 256, 90)
            Image.new("RGB", (24, 20), colour).save(folder / f"kind {c:02d}" / f"{i}.png")


@pytest.mark.parametrize("classes", [2, 5, 8, 13])
def test_a_folder_of_classes_is_split_the_same_way_every_time(tmp_path, monkeypatch, classes):
    paint(tmp_path / "mine", classes)
    monkeypatch.setenv("COURSE_SCENES", str(tmp_path / "mine"))
    scenes, again = load_scenes(), load_scenes()
    assert scenes.train.classes == scenes.test.classes == [f"kind {c:02d}" for c in range(classes)]
    assert (scenes.test.class_counts() == 2).all() and (scenes.train.class_counts() == 4).all()
    assert scenes.train.paths == again.train.paths
    assert not {p.name for p in scenes.train.paths if p.parent.name == "kind 00"} & {
        p.name for p in scenes.test.paths if p.parent.name == "kind 00"
    }
    kept, held_out = scenes.validation_split(0.25, seed=0)
    assert (held_out.class_counts() == 1).all() and len(kept) + len(held_out) == len(scenes.train)
    assert title_of(scenes.name) == "your pictures"


def test_a_folder_with_train_and_test_keeps_them(tmp_path, monkeypatch):
    paint(tmp_path / "train", 3)
    paint(tmp_path / "test", 3, pictures=2)
    monkeypatch.setenv("COURSE_SCENES", str(tmp_path))
    scenes = load_scenes()
    assert len(scenes.train) == 18 and len(scenes.test) == 6 and scenes.name == "own_scenes"


def test_two_folders_one_after_the_other_do_not_disturb_each_other(tmp_path, monkeypatch):
    sizes = []
    for classes in (2, 3):
        paint(tmp_path / str(classes), classes)
        monkeypatch.setenv("COURSE_SCENES", str(tmp_path / str(classes)))
        sizes.append(len(load_scenes().validation_split(0.25)[1]))
    assert sizes == [2, 3]


@pytest.mark.parametrize(("classes", "pictures"), [(1, 6), (3, 3)])
def test_too_little_is_said_with_what_is_needed(tmp_path, monkeypatch, classes, pictures):
    paint(tmp_path / "mine", classes, pictures)
    monkeypatch.setenv("COURSE_SCENES", str(tmp_path / "mine"))
    with pytest.raises(LayoutError, match=r"at least two folders of classes with at least four pictures"):
        load_scenes()


def test_a_folder_that_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_SCENES", str(tmp_path / "gone"))
    with pytest.raises(DatasetMissing, match="there is no folder"):
        load_scenes()


def test_other_sets_are_not_replaced(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_SCENES", str(tmp_path))
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    monkeypatch.setenv("COURSE_DRAW", "never")
    with pytest.raises(DatasetMissing, match="other_scenes"):
        load_scenes("other_scenes")


def test_pixels_are_read_as_usual(tmp_path, monkeypatch):
    paint(tmp_path / "mine", 2)
    monkeypatch.setenv("COURSE_SCENES", str(tmp_path / "mine"))
    assert load_scenes().train.load(16).shape == (8, 16, 16, 3) and load_scenes().test.load(16).dtype == np.uint8
