"""The blocks world: layout, recorded bytes, files that agree with the pictures, captions that are true and English."""

import colorsys
import hashlib
import io
import json
import re
from pathlib import Path

import numpy as np
import PIL
import pytest
from blocks_fit import fits
from PIL import Image
from vector_units import printed_without_vector_units

from course_utils.datasets import load_blocks, load_captions
from course_utils.datasets.blocks import BlockPictures
from data_scripts.drawn import blocks, world_of
from data_scripts.drawn.blocks import records, sentences, words
from data_scripts.drawn.blocks.palette import COLOURS, GROUNDS
from data_scripts.drawn.blocks.sentences import KINDS
from data_scripts.drawn.brushes.studio import grounds, materials

WORLD = world_of("flickr30k")
REPOSITORY = Path(__file__).resolve().parents[2]

# First 16 digits of the SHA-256, recorded with numpy 2.4 and Pillow 13.0. After a change raise VERSION in the world,
# and print the new ones:  PYTHONPATH=. python tests/data_scripts/test_blocks.py
RECORDED = 1
HASHES = {
    "flickr30k-images/1004534674.jpg": "3c1866638ad7cd8d",
    "flickr30k-images/1006566118.jpg": "5e213683a5fe7b2d",
    "flickr30k-images/1010455139.jpg": "e1d56f4067a581bc",
    "flickr30k-images/1011370724.jpg": "065404c7bd09c721",
    "flickr30k-images/1014451394.jpg": "b6a02d16f16dcc23",
    "flickr30k-images/1018196642.jpg": "1c271f51964f4326",
    "records": "380ce8f2b74ba6d6",
    "captions": "f7d337b5b11287ea",
    "sentences": "70d019ca00b77aea",
    "names": "c7dc508ba37d54f8",
}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def some_hashes() -> dict[str, str]:
    pictures = [item for item in WORLD.items() if item.path.endswith(".jpg")][:6]
    known = [records.record(records.spoken(blocks.SEED, i)[0]) for i in range(10)]
    said = [records.spoken(blocks.SEED, i)[1] for i in range(10)]
    return {item.path: sha(WORLD.paint(item)) for item in pictures} | {
        "records": sha(json.dumps(known).encode()),
        "captions": sha(json.dumps(said).encode()),
        "sentences": sha("\n".join(sentences(np.random.default_rng(0), 50)).encode()),
        "names": sha("".join(records.names(blocks.SEED) + records.splits(blocks.SEED)).encode()),
    }


@pytest.fixture(scope="module")
def pictures():
    """Contents and captions of the first pictures: [(contents, [(text, form), ...]), ...]."""
    return [records.spoken(blocks.SEED, i) for i in range(150)]


def test_layout_and_counts():
    items = WORLD.items()
    assert len({item.path for item in items}) == len({item.seed for item in items}) == len(items)
    assert WORLD.counts() == {"flickr30k-images": 2200}
    assert {item.path for item in items if "/" not in item.path} == set(records.FILES)
    assert all(re.fullmatch(r"flickr30k-images/\d{10}\.jpg", i.path) for i in items if "/" in i.path)
    parts = records.splits(blocks.SEED)
    assert {part: parts.count(part) for part in records.COUNTS} == {"train": 1600, "val": 200, "test": 400}
    assert len(set(parts[:40])) == 3, "the parts should be spread over the set"


def test_same_seed_same_bytes():
    assert WORLD.version == RECORDED, "the pictures have a new version: record the hashes again"
    assert some_hashes() == HASHES, (
        f"pictures or captions changed (numpy {np.__version__}, Pillow {PIL.__version__}). If that was meant, raise "
        "VERSION in data_scripts/drawn/blocks and record the hashes again: "
        "PYTHONPATH=. python tests/data_scripts/test_blocks.py"
    )


def test_bytes_do_not_depend_on_the_processors_vector_units():
    assert printed_without_vector_units(__file__) == some_hashes()


def test_a_picture_has_the_right_form_and_something_on_it():
    for item in WORLD.items()[3:6]:
        with Image.open(io.BytesIO(WORLD.paint(item))) as image:
            assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (128, 128))
            pixels = np.asarray(image, np.float64)
        assert pixels.std() > 10 and 25 < pixels.mean() < 235


def test_the_files_agree_with_each_other_and_with_the_loaders(small_blocks):
    captions = load_captions(on_problem="raise")
    assert [len(part) for part in (captions.train, captions.val, captions.test)] == [6, 3, 3]
    assert np.bincount(captions.train.caption_image).tolist() == [5] * 6
    assert captions.test.load(32).shape == (3, 32, 32, 3)
    spaced = load_captions(source="token", on_problem="raise").train.captions
    assert [text.replace(" ,", ",").replace(" .", ".") for text in spaced] == captions.train.captions
    karpathy = json.loads((small_blocks / "dataset_flickr30k.json").read_text())
    assert karpathy["dataset"] == "flickr30k"
    for k, image in enumerate(karpathy["images"]):
        assert image["imgid"] == k and image["sentids"] == list(range(5 * k, 5 * k + 5))
        for i, sentence in zip(image["sentids"], image["sentences"], strict=True):
            assert (sentence["imgid"], sentence["sentid"]) == (k, i)
            assert sentence["tokens"] == re.sub(r"[.,]", "", sentence["raw"].lower()).split()
    known = load_blocks(captions.train)
    assert known.fits()[np.arange(30), captions.train.caption_image].all()


def hue_range(name):
    (low, high), _, _ = COLOURS[name]
    return low - 14, high + 14


def test_boxes_hold_pixels_of_the_objects_own_colour(small_blocks):
    checked = 0
    for image in json.loads((small_blocks / "blocks.json").read_text())["images"]:
        pixels = np.asarray(Image.open(small_blocks / "flickr30k-images" / image["filename"]))
        for item in image["objects"]:
            x, y, w, h = item["box"]
            assert 0 <= x < x + w <= 128 and 0 <= y < y + h <= 128 and 0.3 < item["visible"] <= 1
            assert x - 4 <= item["centre"][0] <= x + w + 4 and y - 4 <= item["centre"][1] <= y + h + 4
            bright = image["light"] == "neutral" and item["visible"] > 0.8
            if item["colour"] in ("white", "grey", "black", "brown") or item["material"] == "glass" or not bright:
                continue
            low, high = hue_range(item["colour"])
            inside = [colorsys.rgb_to_hsv(*p) for p in pixels[y : y + h, x : x + w].reshape(-1, 3) / 255]
            right = [s > 0.25 and (low <= hue * 360 <= high or low <= hue * 360 - 360 <= high) for hue, s, _ in inside]
            assert np.mean(right) > 0.25, (image["filename"], item)
            checked += 1
    assert checked >= 8


def test_captions_are_true_of_their_own_picture_and_five_different_ones(pictures):
    for contents, said in pictures:
        record = {"ground": contents.ground, "light": contents.light, "objects": contents.objects}
        assert len({text for text, _ in said}) == 5
        for text, form in said:
            assert fits(form, record), text


def test_a_realistic_share_of_captions_fits_several_pictures(pictures):
    known = [{"ground": c.ground, "light": c.light, "objects": c.objects} for c, _ in pictures]
    counts = BlockPictures(known).fits([form for _, said in pictures for _, form in said]).sum(axis=1)
    assert counts.min() == 1
    assert 0.1 < (counts > 1).mean() < 0.35


def test_every_kind_of_sentence_and_relation_occurs(pictures):
    forms = [form for _, said in pictures for _, form in said]
    relations = {name for form in forms for name, *_ in form.get("relations", ())}
    of_two = {"left_of", "right_of", "in_front_of", "behind", "next_to", "on", "under", "between"}
    assert relations == of_two | {"at_left", "at_right", "in_middle", "in_foreground", "in_background"}
    assert {form["ground"] for form in forms if "ground" in form} == set(GROUNDS) == set(grounds.GROUNDS)
    assert any("count" in thing for form in forms for thing in form["things"])
    assert {o["material"] for c, _ in pictures for o in c.objects} == set(materials.MATERIALS)
    assert len(KINDS) == 10


SAID = {"between": r"\bbetween\b|either side|\bflank\b", "behind": r"\bbehind\b", "in_front_of": "in front of"}


def test_the_form_holds_what_the_words_say(pictures):
    for _, said in pictures:
        for text, form in said:
            names = [name for name, *_ in form.get("relations", ())]
            for name, pattern in SAID.items():
                assert bool(re.search(pattern, text, re.I)) == (name in names), text
            numbers, one_of = "(two|three|four|five)", re.search(r"(one|among them|which).*", text)
            total = rf"\b{numbers} (objects|things|solids|items)\b.*(one of|among)|one of {numbers}"
            assert ("total" in form) == bool(one_of and re.search(total, text, re.I)), text
            shapes = [thing["shape"] for thing in form["things"] if "shape" in thing]
            assert len(re.findall(r"\b(cone|pyramid)s?\b", text, re.I)) >= sum(s in ("cone", "pyramid") for s in shapes)


def test_the_captions_are_english():
    texts = sentences(np.random.default_rng(5), 1500)
    assert len(texts) == 1500 and len(set(texts)) > 1400
    nouns = "|".join(["solid", *words.ANY_NOUN, *(noun for options in words.NOUNS.values() for noun in options)])
    for text in texts:
        assert re.fullmatch(r"[A-Z][A-Za-z, -]+\.", text), text
        assert "  " not in text and " ," not in text and ",." not in text, text
        assert not re.search(r"\ba [aeiou]", text, re.I) and not re.search(r"\ban [^aeiou]", text, re.I), text
        assert not re.search(r"\b(\w+) \1\b", text, re.I), text
        assert not re.search(r"\b(is|are|a|the|of|and|to|with|which)\.", text), text
        assert not re.search(r"there is (two|three|four|five)|there are (a|an|another)\b", text, re.I), text
        for plural in re.finditer(rf"\b(?:two|three|four|five) (?:[\w-]+ )*?(?:{nouns})(s?)\b", text, re.I):
            assert plural[1] == "s", text
        assert not re.search(r"\b(None|nan)\b", text), text
        assert len(text.split()) < 45
    assert sentences(np.random.default_rng(5), 20) == texts[:20]


if __name__ == "__main__":
    print(json.dumps(some_hashes(), indent=4))
