"""The outdoors world: layout, counts, recorded bytes, the same bytes on other processors, form of a picture."""

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import PIL
import pytest
from PIL import Image
from vector_units import printed_without_vector_units

from data_scripts.catalog.lessons_01_to_05 import MIT_CLASSES
from data_scripts.drawn import Item, world_of
from data_scripts.install.generate import digest, draw

WORLD = world_of("mit_split")
REPOSITORY = Path(__file__).resolve().parents[2]


def some(per_class: int) -> list[Item]:
    """The first test pictures of each class."""
    items = WORLD.items()
    return [i for name in MIT_CLASSES for i in [j for j in items if j.path.startswith(f"test/{name}/")][:per_class]]


# First 16 digits of the SHA-256 of the JPEG files, recorded with numpy 2.4 and Pillow 13.0. After a change of the
# pictures raise VERSION in the world, and print the new ones:  PYTHONPATH=. python tests/data_scripts/test_outdoors.py
RECORDED = 2
HASHES = {
    "test/Opencountry/opencountry_0000.jpg": "a8e3d2b5c42e6a7a",
    "test/coast/coast_0000.jpg": "aae4e7048c2e262f",
    "test/forest/forest_0000.jpg": "ecde0a4122e344ca",
    "test/highway/highway_0000.jpg": "d26673517b0d7e1f",
    "test/inside_city/inside_city_0000.jpg": "e0944319764b9b0c",
    "test/mountain/mountain_0000.jpg": "89a07f834b4d05f2",
    "test/street/street_0000.jpg": "aad4666a0abc89ce",
    "test/tallbuilding/tallbuilding_0000.jpg": "c56317c0a53c8bbe",
}


def sha(item: Item) -> str:
    return hashlib.sha256(WORLD.paint(item)).hexdigest()[:16]


def test_layout_and_counts():
    items = WORLD.items()
    assert len({item.path for item in items}) == len({item.seed for item in items}) == len(items)
    counts = WORLD.counts()
    assert sorted(counts) == sorted(f"{split}/{name}" for split in ("train", "test") for name in MIT_CLASSES)
    assert all(count >= (100 if folder.startswith("train") else 40) for folder, count in counts.items())
    assert len(set(counts.values())) > 8, "the classes should be unequal, as the real ones are"


def test_same_seed_same_bytes():
    assert WORLD.version == RECORDED, "the pictures have a new version: record the hashes again"
    drawn = {item.path: sha(item) for item in some(1)}
    assert drawn == HASHES, (
        f"the pictures changed (numpy {np.__version__}, Pillow {PIL.__version__}). If that was meant, raise VERSION in "
        "data_scripts/drawn/outdoors and record the hashes again: "
        "PYTHONPATH=. python tests/data_scripts/test_outdoors.py"
    )


def test_bytes_do_not_depend_on_the_processors_vector_units():
    assert printed_without_vector_units(__file__) == {item.path: sha(item) for item in some(1)}


def test_order_and_workers_do_not_matter(tmp_path):
    items = some(1)
    draw(WORLD, tmp_path / "a", 1, items)
    draw(WORLD, tmp_path / "b", 2, items[::-1])
    paths = [item.path for item in items]
    assert digest(tmp_path / "a", paths) == digest(tmp_path / "b", paths)


@pytest.mark.parametrize("item", some(1), ids=MIT_CLASSES)
def test_a_picture_has_the_right_form_and_something_on_it(item):
    with Image.open(io.BytesIO(WORLD.paint(item))) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (128, 128))
        pixels = np.asarray(image, np.float64)
    assert pixels.std() > 12, "nearly uniform"
    assert 25 < pixels.mean() < 230


if __name__ == "__main__":
    print(json.dumps({item.path: sha(item) for item in some(1)}, indent=4))
