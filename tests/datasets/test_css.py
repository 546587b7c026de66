"""CSS's loader: both renderings, changes as queries, what is refused, and that a pickle is never opened."""

import os
import pickle

import numpy as np
import pytest
from composed_files import make_css, scenes, thing

from course_utils import config
from course_utils.datasets import LayoutError, from_flat, load_css
from course_utils.datasets.css_flat import draw_flat
from course_utils.datasets.css_scenes import fits, looks

JSON = "css_toy_dataset_novel2_small.dup.json"


def test_a_sound_set():
    make_css()
    data = load_css()
    assert len(data.train) == len(data.test) == 7 and data.problems == ()
    queries = data.test.queries()
    assert queries.source.tolist() == [0, 0, 1, 3, 4, 4] and queries.target.tolist() == [1, 2, 0, 0, 5, 6]
    assert queries.text[2] == "remove middle-center object"
    assert queries.n_answers().tolist() == [2, 1, 1, 1, 1, 1], "a scene drawn twice answers twice"
    assert data.test.load(16).shape == data.test.load(16, rendering="2d").shape == (7, 16, 16, 3)
    assert repr(data.test) == "CSSPart(css/test: 7 pictures, 6 captions)"
    with pytest.raises(ValueError, match="rendering"):
        data.test.load(16, rendering="4d")


def test_pairs_follow_from_seed_and_epoch_alone():
    make_css()
    train = load_css().train
    first, again, other = train.pairs(3, seed=1), train.pairs(3, seed=1), train.pairs(4, seed=1)
    assert first.source.tolist() == again.source.tolist() and first.text == again.text
    assert sorted(first.text) == sorted(other.text)
    assert any(train.pairs(e, seed=1).text != first.text for e in range(4, 9))
    many = train.pairs(count=20)
    assert len(many) == 20 and set(many.text) == set(train.texts)


def test_flat_pictures_follow_the_rule():
    flat = draw_flat([thing(0, "red", "rectangle", "large"), thing(8, "blue", "triangle")], 64)
    assert flat.shape == (64, 64, 3) and flat.dtype == np.uint8
    assert flat[11, 11].tolist() == [244, 35, 35] and flat[32, 32].tolist() == [255, 255, 255]
    assert (flat[:32, :32] != 255).any(axis=2).sum() == pytest.approx(16 * 16, abs=33)
    blue = np.argwhere((flat == (42, 75, 215)).all(axis=2))
    width = [np.sum(blue[:, 0] == row) for row in np.unique(blue[:, 0])]
    assert width[-1] > width[0], "the apex is up"
    disc = draw_flat([thing(4, "green", "circle", "large")], 64)
    assert (disc == (29, 205, 20)).all(axis=2).sum() == pytest.approx(np.pi * 64, rel=0.15)
    assert draw_flat([], 8).min() == 255


def test_from_flat_starts_from_flat_pictures_and_asks_for_shaded_ones():
    make_css()
    queries = load_css().test.queries()
    crossed = from_flat(queries)
    assert len(crossed.captions) == 14
    assert (crossed.source >= 7).all() and crossed.target.tolist() == queries.target.tolist()
    assert crossed.n_answers().tolist() == queries.n_answers().tolist()


def test_fitting_counts_every_picture_of_which_the_text_is_true():
    source = looks([thing(0)])
    gallery = [[thing(0), thing(1)], [thing(0), thing(8)], [thing(0), thing(1, "blue")], [thing(0, "blue")], []]
    gallery = [looks(scene) for scene in gallery]
    assert fits("add red circle", source, gallery).tolist() == [True, True, False, False, False]
    assert fits("add small circle to top-center", source, gallery).tolist() == [True, False, True, False, False]
    assert fits("make top-left object blue", source, gallery).tolist() == [False] * 3 + [True, False]
    assert fits("remove object", source, gallery).tolist() == [False] * 4 + [True]
    for text in ("paint red circle", "add red banana"):
        with pytest.raises(ValueError, match="not understood"):
            fits(text, source, gallery)
    make_css()
    test = load_css().test
    assert test.fitting(test.queries()).sum(axis=1).tolist() == [2, 1, 1, 1, 1, 1]


def test_validation_takes_whole_families():
    make_css()
    data = load_css()
    train, validation = data.validation_split(0.5, seed=0)
    assert sorted([len(train), len(validation)]) == [3, 4] and len(train.texts) + len(validation.texts) == 6
    assert train.queries().n_answers().min() >= 1
    assert not set(train.paths) & set(validation.paths)
    assert [p.name for p in data.validation_split(0.5, seed=0)[1].paths] == [p.name for p in validation.paths]
    stored = list((config.cache_dir() / "splits/drawn").glob("css-0.5-seed0.json"))
    assert len(stored) == 1


def test_a_pickle_is_not_opened_but_named_with_the_command_that_converts_it(tmp_path):
    class Evil:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "ran"),)

    root = make_css()
    (root / JSON).unlink()
    (root / "css_toy_dataset_novel2_small.dup.npy").write_bytes(pickle.dumps(Evil(), protocol=2))
    with pytest.raises(LayoutError, match=r"python -m data_scripts download css --from CSS\.zip"):
        load_css()
    assert not (tmp_path / "ran").exists()
    (root / "css_toy_dataset_novel2_small.dup.npy").unlink()
    with pytest.raises(LayoutError, match="it describes the scenes"):
        load_css()
    (root / JSON).write_bytes(pickle.dumps(Evil(), protocol=0))
    with pytest.raises(LayoutError, match="is not JSON"):
        load_css()
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"color": "mauve"}, r"objects_img\[1\]\[0\] has the color 'mauve'; there are: gray"),
        ({"shape": None}, "has the shape None"),
        ({"size": ["small"]}, r"has the size \['small'\]"),
        ({"pos": [0.5]}, r"has the pos \[0.5\]; it is \[down, across\]"),
        ({"pos": [0.5, 7]}, "each 0..1"),
    ],
)
def test_a_thing_that_is_not_described_as_it_should_be(wrong, said):
    part = scenes()
    part["objects_img"][1] = [{**thing(0), **wrong}]
    make_css(test=part)
    with pytest.raises(LayoutError, match=said):
        load_css()


@pytest.mark.parametrize(
    ("mod", "said"),
    [
        ({"from": [0], "to": [99], "to_str": "add"}, r"mods\[5\], from 0 to 99 names no scene: there are 7"),
        ({"from": [0], "to": [-1], "to_str": "add"}, "from 0 to -1 names no scene"),
        ({"from": [0], "to": [0], "to_str": "add"}, "changes nothing"),
        ({"from": [1], "to": [3], "to_str": "add"}, "from 1 to 3 changes nothing"),
        ({"from": [0], "to": [1], "to_str": "  "}, "has no text"),
        ({"from": [0, 1], "to": [1], "to_str": "add"}, "leads from 2 scenes to 1"),
        ({"from": [0], "to": [1]}, "lacks"),
        ({"from": [0], "to": [2], "to_str": "remove red circle"}, "was told before"),
    ],
)
def test_a_change_that_leads_nowhere_is_left_out_and_told(mod, said):
    part = scenes()
    part["mods"].append(mod)
    make_css(test=part)
    with pytest.warns(UserWarning, match=said):
        data = load_css()
    assert len(data.test.queries()) == 6 and len(data.problems) == 1
    with pytest.raises(LayoutError, match=said):
        load_css(on_problem="raise")


def test_pictures_labels_or_parts_that_are_missing():
    make_css(pictures=5)
    with pytest.raises(LayoutError, match=r"css_train_000005\.png is missing, one of 2 pictures of 7"):
        load_css()
    part = scenes()
    part["labels"].pop()
    make_css(train=part)
    with pytest.raises(LayoutError, match="7 scenes but 6 labels"):
        load_css()
    make_css(test={"objects_img": []})
    with pytest.raises(LayoutError, match='"test" has to hold'):
        load_css()
    make_css(test={"objects_img": [[thing(0)]], "mods": []})
    with pytest.raises(LayoutError, match="no change"):
        load_css()
    with pytest.raises(config.DatasetMissing, match="data_scripts draw elsewhere"):
        load_css("elsewhere")


def test_without_labels_every_scene_is_its_own_answer():
    part = scenes()
    del part["labels"]
    make_css(test=part)
    assert load_css().test.queries().n_answers().max() == 1
