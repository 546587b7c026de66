"""The worlds of composed queries: recorded bytes, layouts, and that queries are as hard as they should be."""

import hashlib
import io
import json
from collections import Counter

import numpy as np
import PIL
import pytest
from PIL import Image
from vector_units import printed_without_vector_units

from course_utils import config
from course_utils.datasets import load_css, load_fashion200k, load_mit_states
from course_utils.datasets.mit_states import TEST_NOUNS
from data_scripts.drawn import css, states, world_of
from data_scripts.drawn.css.scenes import UNSEEN, key, single_change
from data_scripts.drawn.fashion200k.words import GROUPS, Wanted
from data_scripts.install.generate import digest, draw

NAMES = ("css", "fashion200k", "mit_states")
RECORDED = {"css": 1, "fashion200k": 1, "mit_states": 1}

# First 16 digits of the SHA-256, recorded with numpy 2.4 and Pillow 13.0. After a change raise VERSION in the world,
# and print the new ones:  PYTHONPATH=. python tests/data_scripts/test_composed_worlds.py
HASHES = {
    "css/css_toy_dataset_novel2_small.dup.json": "affdaa4463554974",
    "css/images/css_train_000005.png": "8d346f44636c1218",
    "css/images/css_train_000705.png": "134d86598e66bee0",
    "css/images/css_train_001405.png": "a1996120e97005f7",
    "css/images/css_train_002105.png": "417b841b9533c016",
    "css/images/css_test_000449.png": "a45852369575db25",
    "fashion200k/labels/dress_train_detect_all.txt": "e078e1c8cbe2a0be",
    "fashion200k/labels/dress_test_detect_all.txt": "dff6c84ef8b7ec9d",
    "fashion200k/labels/jacket_train_detect_all.txt": "0504bb6c133d64a3",
    "fashion200k/labels/jacket_test_detect_all.txt": "ac27c27bd98c0620",
    "fashion200k/labels/pants_train_detect_all.txt": "8b1acf671a61325a",
    "fashion200k/labels/pants_test_detect_all.txt": "b783ab6957323b86",
    "fashion200k/labels/skirt_train_detect_all.txt": "399455868330b5d2",
    "fashion200k/labels/skirt_test_detect_all.txt": "82aedfaea40f3ea8",
    "fashion200k/labels/top_train_detect_all.txt": "f31f8a38a78e997e",
    "fashion200k/labels/top_test_detect_all.txt": "aa7fa6f4ea312362",
    "fashion200k/test_queries.txt": "6a6d70c51d6800ce",
    "fashion200k/women/dresses/cocktail_dresses/60005319/60005319_0.jpeg": "72d90016ba565e5b",
    "fashion200k/women/dresses/cocktail_dresses/60521502/60521502_0.jpeg": "dcb8e6f6b4d345ce",
    "fashion200k/women/skirts/mini_skirts/61028779/61028779_1.jpeg": "6f5ae2a4968da7c0",
    "fashion200k/women/tops/blouses/61550420/61550420_0.jpeg": "a56377f2bb4d0946",
    "fashion200k/women/dresses/casual_and_day_dresses/70139675/70139675_0.jpeg": "2c6c35e4c87ca000",
    "mit_states/adj_ants.csv": "62abd568ccd84f06",
    "mit_states/images/fresh apple/fresh_apple_005.jpg": "9ba2cfa280812d28",
    "mit_states/images/peeled apple/peeled_apple_000.jpg": "13bc98a3426f485f",
    "mit_states/images/unripe pear/unripe_pear_004.jpg": "131916c4d9c2ae27",
    "mit_states/images/dirty lemon/dirty_lemon_009.jpg": "989fe4b173d0c6cb",
    "mit_states/images/dirty banana/dirty_banana_002.jpg": "531f6eea5827453f",
    "mit_states/images/cut berry/cut_berry_001.jpg": "8ab88c4d7616e463",
    "mit_states/images/moldy pumpkin/moldy_pumpkin_008.jpg": "0be7639c1e34a883",
    "mit_states/images/moldy carrot/moldy_carrot_004.jpg": "2bfe91941c8e7e70",
    "mit_states/images/cut garlic/cut_garlic_010.jpg": "df27c44d03eeced8",
    "mit_states/images/painted egg/painted_egg_003.jpg": "38554a1b23bdad13",
    "mit_states/images/dirty mushroom/dirty_mushroom_000.jpg": "cf8bfe2bcaa8add7",
    "mit_states/images/cracked bread/cracked_bread_002.jpg": "124cfd2da0f3d3aa",
    "mit_states/images/wet ball/wet_ball_001.jpg": "f9a6a6e75b7a0721",
    "mit_states/images/frozen box/frozen_box_003.jpg": "9c30f2ce35a34bfb",
    "mit_states/images/moldy bowl/moldy_bowl_004.jpg": "2af07374f597430a",
    "mit_states/images/mossy log/mossy_log_003.jpg": "dc51f0eeebdcf4dc",
    "mit_states/images/frozen rose/frozen_rose_000.jpg": "4eee6d30085488eb",
    "mit_states/images/fresh daisy/fresh_daisy_006.jpg": "9bae9c1e065cd6ef",
    "mit_states/images/wet lily/wet_lily_001.jpg": "8cb74584d02e2a9e",
    "mit_states/images/unripe orange/unripe_orange_004.jpg": "cd15bed2e63afccf",
    "mit_states/images/dirty tomato/dirty_tomato_007.jpg": "312ddf54a2108a44",
    "mit_states/images/dirty fig/dirty_fig_001.jpg": "ae98160737f80e14",
    "mit_states/images/dirty persimmon/dirty_persimmon_003.jpg": "7e2f6ecff6499642",
    "mit_states/images/moldy potato/moldy_potato_003.jpg": "e20ff878a956d2a1",
    "mit_states/images/mossy wheel/mossy_wheel_003.jpg": "73b9e728ce7c0c67",
    "mit_states/images/burnt bush/burnt_bush_002.jpg": "ca235aa6be0281d3",
}


def is_text(path: str) -> bool:
    return path.endswith((".json", ".txt", ".csv"))


def some(name: str) -> list:
    """The files that are no pictures, and pictures from all over the set."""
    items = world_of(name).items()
    pictures = [item for item in items if not is_text(item.path)]
    step = {"css": 700, "fashion200k": 700, "mit_states": 79}[name]
    return [item for item in items if is_text(item.path)] + pictures[5::step]


def some_hashes() -> dict[str, str]:
    return {
        f"{name}/{item.path}": hashlib.sha256(world_of(name).paint(item)).hexdigest()[:16]
        for name in NAMES
        for item in some(name)
    }


def test_same_seed_same_bytes():
    assert {name: world_of(name).version for name in NAMES} == RECORDED, "a new version: record the hashes again"
    assert some_hashes() == HASHES, (
        f"files changed (numpy {np.__version__}, Pillow {PIL.__version__}). If that was meant, raise VERSION in the "
        "world and record the hashes again: PYTHONPATH=. python tests/data_scripts/test_composed_worlds.py"
    )


def test_bytes_do_not_depend_on_the_processors_vector_units():
    assert printed_without_vector_units(__file__, timeout=900) == some_hashes()


@pytest.mark.parametrize("name", NAMES)
def test_order_and_workers_do_not_matter(name, tmp_path):
    items = some(name)[-5:]
    draw(world_of(name), tmp_path / "a", 1, items)
    draw(world_of(name), tmp_path / "b", 2, items[::-1])
    paths = [item.path for item in items]
    assert digest(tmp_path / "a", paths) == digest(tmp_path / "b", paths)


@pytest.mark.parametrize(
    ("name", "form", "size"),
    [
        ("css", "PNG", (96, 96)),
        ("fashion200k", "JPEG", (90, 120)),
        ("mit_states", "JPEG", (96, 96)),
    ],
)
def test_a_picture_has_the_right_form_and_something_on_it(name, form, size):
    for item in some(name)[-3:]:
        with Image.open(io.BytesIO(world_of(name).paint(item))) as image:
            assert (image.format, image.mode, image.size) == (form, "RGB", size)
            assert np.asarray(image, np.float64).std() > 8


@pytest.mark.parametrize("name", NAMES)
def test_paths_and_seeds_are_unique(name):
    items = world_of(name).items()
    assert len({item.path for item in items}) == len({item.seed for item in items}) == len(items)


def on_disk(name: str):
    """The whole set with empty files as pictures: loaders look at names only."""
    root = config.data_root() / "drawn" / name
    texts = {item.path: world_of(name).paint(item) for item in world_of(name).items() if is_text(item.path)}
    for item in world_of(name).items():
        path = root / item.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(texts.get(item.path, b""))
    return root


def test_css_families_are_one_change_apart_and_tell_it_truly():
    on_disk("css")
    data = load_css(on_problem="raise")
    queries = data.test.queries()
    assert (len(data.train), len(data.test), len(queries)) == (2356, 1064, 896)
    assert 7000 < len(data.train.texts) < 9000
    for q in range(0, len(queries), 7):
        before, after = (css.plan("test", css.SEED).scenes[i] for i in (queries.source[q], queries.target[q]))
        assert single_change(before, after) is not None
    chosen = queries.subset(np.arange(0, len(queries), 7))
    fitting = data.test.fitting(chosen)
    assert fitting[np.arange(len(chosen)), chosen.target].all(), "a text is not true of its own target"
    assert 1.0 < fitting.sum(axis=1).mean() < 2.0
    sources = Counter(queries.source.tolist())
    assert set(sources.values()) == {16}, "every source has sixteen near misses"
    verbs = Counter(text.split()[0] for text in queries.text)
    assert set(verbs) == {"add", "remove", "make"} and min(verbs.values()) > 100
    train, validation = data.validation_split()
    assert len(train) + len(validation) == 2356
    assert len(train.texts) + len(validation.texts) == len(data.train.texts), "a change leads from one into the other"


def test_css_scenes_drawn_twice_have_one_label_and_new_combinations_come_in_the_test_only():
    test, train = css.plan("test", css.SEED), css.plan("train", css.SEED)
    by_label: dict[int, set] = {}
    for label, scene in zip(test.labels, test.scenes, strict=True):
        by_label.setdefault(label, set()).add(key(scene))
    assert all(len(keys) == 1 for keys in by_label.values())
    assert Counter(Counter(test.labels).values())[2] >= 100
    looks = [{(t.color, t.shape) for scene in p.scenes for t in scene} for p in (train, test)]
    assert not looks[0] & UNSEEN and looks[1] >= UNSEEN


def test_fashion_captions_differ_in_one_word_and_the_target_is_there():
    root = on_disk("fashion200k")
    data = load_fashion200k(on_problem="raise")
    assert 2000 < len(data.train) < 3000 and 600 < len(data.test) < 1100
    queries = data.test.queries()
    assert len(queries) > 2000 and queries.n_answers().min() >= 1
    for q in range(0, len(queries), 50):
        old, new = (caption.split() for caption in (data.test.captions[queries.source[q]], queries.target_caption[q]))
        assert len(old) == len(new) and sum(a != b for a, b in zip(old, new, strict=True)) == 1
    assert min(len(near) for near in data.test.neighbours.values()) >= 1
    assert np.mean([len(near) for near in data.test.neighbours.values()]) > 4, "too few near misses"
    train, validation = data.validation_split()
    assert not set(train.products) & set(validation.products)
    assert (root / "labels/top_test_detect_all.txt").read_text().count("\t") % 2 == 0


def test_fashion_garments_say_what_the_caption_says():
    look = {"colour": "red", "pattern": "", "sleeve": "sleeveless", "fit": "", "length": "mini", "noun": "dress"}
    wanted = Wanted("dress", tuple(look.items()))
    assert wanted.caption == "red sleeveless mini dress"
    garment = wanted.garment(5)
    assert (garment.type, garment.colour, garment.details["length"]) == ("Dresses", "Red", "Mini")
    captions = {other.caption for other in wanted.siblings()}
    assert "blue sleeveless mini dress" in captions and "red sleeveless maxi dress" in captions
    assert all(len(caption.split()) == 4 for caption in captions)
    assert set(GROUPS) == {"dress", "jacket", "pants", "skirt", "top"}


def test_states_have_held_out_nouns_and_no_noun_every_state():
    on_disk("mit_states")
    data = load_mit_states(on_problem="raise")
    assert set(data.test.states_of) == set(TEST_NOUNS) & set(states.PAIRS) and data.unlabelled == 12
    assert len(states.PAIRS) >= 25 and len({*data.train.adjectives, *data.test.adjectives}) == 15
    assert sum(len(found.split()) >= 8 for found in states.PAIRS.values()) >= 20
    assert all(len(found.split()) < 12 for found in states.PAIRS.values())
    assert set(data.test.adjectives) <= set(data.train.adjectives)
    queries = data.test.queries()
    assert queries.n_answers().min() >= 6 and len(queries) > 2000


if __name__ == "__main__":
    print(json.dumps(some_hashes(), indent=4))
