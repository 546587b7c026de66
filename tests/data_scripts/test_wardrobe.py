"""The wardrobe world: its table and surprises, recorded bytes, pictures that show what the words say."""

import hashlib
import io
import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import PIL
import pytest
from PIL import Image
from vector_units import printed_without_vector_units

from data_scripts.drawn import Item, world_of
from data_scripts.drawn.wardrobe import Garment, photograph, product, sentences, table
from data_scripts.drawn.wardrobe.catalogue import plan
from data_scripts.drawn.wardrobe.paint import PAINTERS
from data_scripts.drawn.wardrobe.shop import KINDS
from data_scripts.install.generate import digest, draw

WORLD = world_of("fashion_products")
REPOSITORY = Path(__file__).resolve().parents[2]


def some() -> list[Item]:
    """The first picture of each article type."""
    found = {}
    for item in WORLD.items()[1:]:
        kind = product(item.seed[-1]).type
        if kind not in found:
            found[kind] = item
        if len(found) == len(KINDS):
            break
    return [found[kind] for kind in sorted(found)]


# First 16 digits of the SHA-256 of the files, recorded with numpy 2.4 and Pillow 13.0. After a change of the
# pictures or the table raise VERSION in the world, and record the new ones:
# PYTHONPATH=. python tests/data_scripts/test_wardrobe.py > tests/data_scripts/wardrobe_hashes.json
RECORDED = 1
HASHES = json.loads((Path(__file__).parent / "wardrobe_hashes.json").read_text())


def sha(item: Item) -> str:
    return hashlib.sha256(WORLD.paint(item)).hexdigest()[:16]


def drawn() -> dict[str, str]:
    return {item.path: sha(item) for item in [WORLD.items()[0], *some()]}


@cache
def rows() -> list[list[str]]:
    return [line.split(",", 9) for line in table().splitlines()]


def test_the_table_has_the_layout_and_its_surprises():
    header, *products = rows()
    assert header == [
        "id",
        "gender",
        "masterCategory",
        "subCategory",
        "articleType",
        "baseColour",
        "season",
        "year",
        "usage",
        "productDisplayName",
    ]
    assert all(len(row) == 10 for row in products) and 4500 < len(products) < 5500
    assert len({row[0] for row in products}) == len(products)
    assert sum("," in row[9] for row in products) == 10
    assert 5 < sum(row[8] == "NA" for row in products) < 60
    assert sum("" in row[:9] for row in products) == 7
    pictures = {item.path for item in WORLD.items()[1:]}
    missing = {f"images/{row[0]}.jpg" for row in products} - pictures
    assert len(missing) == 4 and len(pictures) == len(products) - 4
    assert WORLD.counts() == {"images": len(pictures)}


def test_a_hundred_attribute_groups_have_forty_pictures():
    pictures = {item.path for item in WORLD.items()}
    groups = Counter(
        tuple(row[1:7] + row[8:9]) for row in rows()[1:] if f"images/{row[0]}.jpg" in pictures and "" not in row
    )
    assert sum(count >= 40 for count in groups.values()) >= 100
    assert sum(count < 10 for count in groups.values()) > 100, "there should be a long tail"
    assert len({group[3] for group in groups}) >= 20


def test_categories_belong_together_as_in_the_catalogue():
    for row in rows()[1:]:
        assert (row[2], row[3]) == (KINDS[row[4]].master, KINDS[row[4]].sub)
    assert sorted(KINDS) == sorted(PAINTERS)


def test_same_seed_same_bytes():
    assert WORLD.version == RECORDED, "the pictures have a new version: record the hashes again"
    assert drawn() == HASHES, (
        f"the pictures changed (numpy {np.__version__}, Pillow {PIL.__version__}). If that was meant, raise VERSION in "
        "data_scripts/drawn/wardrobe and record the hashes again: "
        "PYTHONPATH=. python tests/data_scripts/test_wardrobe.py > tests/data_scripts/wardrobe_hashes.json"
    )


def test_bytes_do_not_depend_on_the_processors_vector_units():
    assert printed_without_vector_units(__file__) == HASHES


def test_order_and_workers_do_not_matter(tmp_path):
    items = [WORLD.items()[0], *some()[:8]]
    draw(WORLD, tmp_path / "a", 1, items)
    draw(WORLD, tmp_path / "b", 2, items[::-1])
    paths = [item.path for item in items]
    assert digest(tmp_path / "a", paths) == digest(tmp_path / "b", paths)


@pytest.mark.parametrize("item", some(), ids=sorted(KINDS))
def test_a_picture_has_the_right_form_and_a_product_on_light_ground(item):
    with Image.open(io.BytesIO(WORLD.paint(item))) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (90, 120))
        grey = np.asarray(image.convert("L"), np.float64)
    assert (
        0.08 < (grey < 0.9 * np.median(np.concatenate([grey[:8, :4].ravel(), grey[:8, -4:].ravel()]))).mean() < 0.95
        or grey.std() > 25
    )
    assert grey.std() > 12, "nearly uniform"


def picture(garment: Garment) -> np.ndarray:
    return np.asarray(photograph(garment, np.random.default_rng(3)), np.float64)


SHIRT = Garment("Tshirts", "Blue", "Solid", "White", "Men", {"neck": "Round Neck"}, "Fenwright", 5)


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "Red"},
        {"pattern": "Striped"},
        {"gender": "Women"},
        {"details": {"neck": "V-neck"}},
        {"details": {"neck": "Polo"}},
        {"details": {"neck": "Round Neck", "sleeve": "Full Sleeves"}},
        {"pattern": "Graphic", "details": {"neck": "Round Neck", "motif": "Heart"}},
    ],
    ids=str,
)
def test_what_a_word_says_is_visible(change):
    difference = np.abs(picture(replace(SHIRT, **change)) - picture(SHIRT)).max(axis=2)
    assert (difference > 40).mean() > 0.004


def test_another_colour_is_the_same_picture_in_another_colour():
    blue, red = picture(SHIRT), picture(replace(SHIRT, colour="Red"))
    assert (blue[:10] == red[:10]).all()  # the ground
    middle = (slice(50, 80), slice(35, 55))
    assert (blue[middle][..., 2] > blue[middle][..., 0] + 30).all() and (
        red[middle][..., 0] > red[middle][..., 2] + 30
    ).all()


def words(kind: str, part: str) -> list[str]:
    return [w for w in (KINDS[kind].parts | KINDS[kind].ladies_parts).get(part, {}) if w]


@pytest.mark.parametrize(
    ("kind", "part"), [(k, p) for k, about in KINDS.items() for p in (about.parts | about.ladies_parts)]
)
def test_every_word_of_a_part_changes_the_picture(kind, part):
    """A name must not claim what nobody can see; two words of one part may be the same form (a bifold is usual)."""
    gender = "Women" if part in KINDS[kind].ladies_parts and part not in KINDS[kind].parts else "Men"
    base = Garment(kind, "Red", "Solid", "White", gender, {}, "Fenwright", 5)
    usual = picture(base)
    seen = {word: np.abs(picture(replace(base, details={part: word})) - usual).max() > 25 for word in words(kind, part)}
    assert sum(not different for different in seen.values()) <= 1, seen


def test_names_use_the_words_of_the_look():
    said = 0
    for id in list(plan())[:400]:
        p = product(id)
        for word in p.garment.details.values():
            said += word.lower() in p.name.lower()
    total = sum(len(product(id).garment.details) for id in list(plan())[:400])
    assert 0.65 < said / total < 0.95


def test_sentences_are_fresh_seeded_and_varied():
    first = sentences(np.random.default_rng(0), 300)
    assert first == sentences(np.random.default_rng(0), 300)
    assert first != sentences(np.random.default_rng(1), 300)
    assert len(set(first)) > 250 and all(8 < len(s) < 200 for s in first)
    vocabulary = {w.strip(".,").lower() for s in first for w in s.split()}
    assert {"striped", "blue", "women", "shirt"} <= vocabulary and len(vocabulary) > 150


if __name__ == "__main__":
    print(json.dumps(drawn(), indent=1))
