import json
import warnings

import numpy as np
import pytest

from course_utils import config
from course_utils.datasets import ImageError, ImageSet, LayoutError, SplitMismatch, load_scenes
from course_utils.datasets.splits import draw_split

COUNTS = {
    "train": {"street": 10, "Opencountry": 5, "coast": 7},
    "test": {"street": 3, "Opencountry": 2, "coast": 4},
}


def test_classes_and_files_are_sorted_and_labels_say_which_class(make_scenes):
    make_scenes(COUNTS)
    scenes = load_scenes()
    assert scenes.train.classes == scenes.test.classes == ["Opencountry", "coast", "street"]
    assert scenes.train.labels.dtype == np.int64
    assert scenes.train.class_counts().tolist() == [5, 7, 10]
    assert len(scenes.test) == 9
    for part in (scenes.train, scenes.test):
        assert part.class_names() == [path.parent.name for path in part.paths]
        assert part.paths == sorted(part.paths)


def test_subsets_keep_labels_and_classes(make_scenes):
    make_scenes(COUNTS)
    train = load_scenes().train
    some = train.subset([20, 0, 6])
    assert some.paths == [train.paths[20], train.paths[0], train.paths[6]]
    assert some.labels.tolist() == [2, 0, 1]
    assert some.classes == train.classes
    assert train.subset(train.labels == 1).class_names() == ["coast"] * 7
    assert len(train.subset([])) == 0
    assert some.load(8).shape == (3, 8, 8, 3)
    with pytest.raises(ValueError, match="mask"):
        train.subset(np.ones(3, dtype=bool))


def test_an_image_set_whose_labels_do_not_fit_is_refused():
    with pytest.raises(ValueError, match="2 files but labels of shape"):
        ImageSet(["a.jpg", "b.jpg"], [0], ["coast"], "mine")
    with pytest.raises(ValueError, match="outside"):
        ImageSet(["a.jpg"], [1], ["coast"], "mine")


def test_validation_takes_its_share_of_every_class_and_leaves_test_alone(make_scenes):
    make_scenes(COUNTS)
    scenes = load_scenes()
    train, validation = scenes.validation_split(fraction=0.2)
    assert validation.class_counts().tolist() == [1, 1, 2]
    assert set(train.paths) | set(validation.paths) == set(scenes.train.paths)
    assert not set(train.paths) & set(validation.paths)
    assert train.paths == sorted(train.paths)
    assert train.labels.tolist() == [train.classes.index(path.parent.name) for path in train.paths]
    for part, positions in zip((train, validation), scenes.validation_positions(fraction=0.2), strict=True):
        assert part.paths == scenes.train.subset(positions).paths


def test_the_same_seed_draws_the_same_list_everywhere_and_another_seed_another(make_scenes, monkeypatch, tmp_path):
    make_scenes(COUNTS)
    first = load_scenes().validation_split(seed=1)[1].paths
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "another machine"))
    assert load_scenes().validation_split(seed=1)[1].paths == first
    assert load_scenes().validation_split(seed=2)[1].paths != first
    # recorded: neither a library's random stream nor the order of a folder has a say in it
    names = [f"{label}/{i}.jpg" for label in ("coast", "street") for i in range(4)]
    assert draw_split(names[::-1], 0.5, 0)[1] == draw_split(names, 0.5, 0)[1]
    assert draw_split(names, 0.5, 0)[1] == ["coast/0.jpg", "coast/2.jpg", "street/0.jpg", "street/3.jpg"]


def test_the_stored_list_is_what_counts(make_scenes):
    make_scenes(COUNTS)
    load_scenes().validation_split()
    (path,) = (config.cache_dir() / "splits").rglob("*.json")
    stored = json.loads(path.read_text())
    swapped = {"train": stored["validation"], "validation": stored["train"]}
    path.write_text(json.dumps(swapped))
    assert len(load_scenes().validation_split()[1]) == len(stored["train"])


@pytest.mark.parametrize("change", ["a file more", "a file less", "not a list", "half written"])
def test_a_stored_list_of_other_files_is_an_error_that_names_it(make_scenes, change):
    root = make_scenes(COUNTS)
    load_scenes().validation_split()
    (stored,) = (config.cache_dir() / "splits").rglob("*.json")
    picture = root / "train" / "coast" / "coast_0.png"
    if change == "a file more":
        (picture.parent / "new.png").write_bytes(picture.read_bytes())
    elif change == "a file less":
        picture.unlink()
    else:
        stored.write_text("[1, 2]" if change == "not a list" else stored.read_text()[:40])
    with pytest.raises(SplitMismatch, match=r"[Dd]elete that file") as caught:
        load_scenes().validation_split()
    assert str(stored) in str(caught.value)


def test_without_a_cache_to_write_to_the_split_is_the_same_and_a_warning_says_so(make_scenes, monkeypatch, tmp_path):
    make_scenes(COUNTS)
    expected = load_scenes().validation_split()[1].paths
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the cache folder should be: nobody can write below it, not even root")
    monkeypatch.setenv("COURSE_CACHE", str(blocked / "cache"))
    with pytest.warns(UserWarning, match="COURSE_CACHE"):
        _, validation = load_scenes().validation_split()
    assert validation.paths == expected


def test_nothing_is_written_into_the_data_folder(make_scenes):
    root = make_scenes(COUNTS)
    before = sorted(root.rglob("*"))
    scenes = load_scenes(on_corrupt="skip")
    scenes.validation_split()
    scenes.train.load(8)
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("fraction", [0, 1, -0.5, float("nan")])
def test_a_fraction_that_is_none_is_refused(make_scenes, fraction):
    make_scenes(COUNTS)
    with pytest.raises(ValueError, match="between 0 and 1"):
        load_scenes().validation_split(fraction)


def test_a_class_of_one_picture_cannot_be_split_and_is_named(make_scenes):
    make_scenes({"train": {"coast": 1, "street": 3}, "test": {"coast": 1, "street": 1}})
    scenes = load_scenes()  # fine as a gallery
    with pytest.raises(ValueError, match="'coast' has only one picture"):
        scenes.validation_split()


def test_two_pictures_give_one_to_each_side(make_scenes):
    make_scenes({"train": {"coast": 2, "street": 2}, "test": {"coast": 1, "street": 1}})
    for fraction in (0.01, 0.99):
        train, validation = load_scenes().validation_split(fraction)
        assert train.class_counts().tolist() == validation.class_counts().tolist() == [1, 1]


def test_a_missing_data_set_names_the_command():
    with pytest.raises(config.DatasetMissing, match="python -m data_scripts draw mit_split"):
        load_scenes()


@pytest.mark.parametrize("part", ["train", "test"])
def test_missing_parts_and_classes_and_empty_folders_are_named(make_scenes, part):
    root = make_scenes(COUNTS)
    empty = root / part / "forest"
    empty.mkdir()
    (empty / "Thumbs.db").write_text("no picture")
    with pytest.raises(LayoutError, match=r"forest holds no picture.*data_scripts verify mit_split"):
        load_scenes()
    (empty / "Thumbs.db").rename(empty / "a.jpg")
    with pytest.raises(LayoutError, match=r"lacks the class\(es\) forest"):
        load_scenes()
    (root / part).rename(root / "elsewhere")
    with pytest.raises(LayoutError, match=rf"{part} is missing"):
        load_scenes()


def test_hidden_files_and_folders_do_not_count(make_scenes):
    root = make_scenes(COUNTS)
    for rubbish in (".ipynb_checkpoints", "__MACOSX"):
        (root / "train" / rubbish).mkdir()
    (root / "train" / "coast" / "._coast_0.png").write_text("what another system leaves behind")
    scenes = load_scenes()
    assert scenes.train.classes == ["Opencountry", "coast", "street"]
    assert scenes.train.class_counts().tolist() == [5, 7, 10]


def test_a_damaged_picture_stops_loading_or_is_skipped_as_asked(make_scenes):
    root = make_scenes(COUNTS)
    whole = load_scenes().validation_split()
    bad = root / "train" / "coast" / "coast_3.png"
    bad.write_bytes(b"damaged")
    with pytest.raises(ImageError, match=r"coast_3\.png"):
        load_scenes().train.load(8)
    with pytest.warns(UserWarning, match=r"1 unreadable file\(s\) skipped: train/coast/coast_3\.png") as caught:
        scenes = load_scenes(on_corrupt="skip")
    assert len(caught) == 1
    assert scenes.skipped == (bad,)
    assert len(scenes.train.load(8)) == len(scenes.train) == 21
    # the stored list still fits, and no other picture changed sides
    for before, after in zip(whole, scenes.validation_split(), strict=True):
        assert after.paths == [path for path in before.paths if path != bad]


def test_skipping_says_nothing_when_all_is_well_and_stops_when_a_class_is_gone(make_scenes):
    root = make_scenes(COUNTS)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_scenes(on_corrupt="skip").skipped == ()
    for path in (root / "test" / "Opencountry").iterdir():
        path.write_bytes(b"")
    with pytest.warns(UserWarning, match="2 unreadable"), pytest.raises(LayoutError, match="no readable picture"):
        load_scenes(on_corrupt="skip")
    with pytest.raises(ValueError, match="'ignore'"):
        load_scenes(on_corrupt="ignore")


def test_class_and_file_names_of_other_languages(make_scenes):
    make_scenes({"train": {"Küste am Meer": 3, "海岸": 3}, "test": {"Küste am Meer": 1, "海岸": 1}}, name="my scenes")
    scenes = load_scenes("my scenes")
    assert scenes.train.classes == ["Küste am Meer", "海岸"]
    first = scenes.validation_split()[1].paths
    assert load_scenes("my scenes").validation_split()[1].paths == first  # read back from the stored list
    assert scenes.train.load(8).shape == (6, 8, 8, 3)
