"""The flora world: layout and counts, recorded bytes, index files that do not know the date, captions."""

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import PIL
import pytest
from PIL import Image
from scipy.io import loadmat
from vector_units import printed_without_vector_units

from data_scripts.drawn import Item, flora, world_of
from data_scripts.drawn.flora.sentences import captions
from data_scripts.drawn.flora.shot import draw_shot
from data_scripts.drawn.flora.species import COLOURS, PATTERNS, SPECIES

WORLD = world_of("flowers")
ITEMS = {item.path: item for item in WORLD.items()}
REPOSITORY = Path(__file__).resolve().parents[2]

# First 16 digits of the SHA-256, recorded with numpy 2.4, Pillow 13.0 and scipy 1.17. After a change raise VERSION in
# the world, and print the new ones:  PYTHONPATH=. python tests/data_scripts/test_flora.py
RECORDED = 1
HASHES = {
    "jpg/image_00860.jpg": "d5e27172932087fa",
    "jpg/image_00265.jpg": "196ca184b5d5256a",
    "jpg/image_00972.jpg": "399d448a0659d730",
    "jpg/image_00709.jpg": "682239820b38898b",
    "jpg/image_01201.jpg": "91b4e967e851ad12",
    "text_c10/class_00001/image_00860.txt": "e6d435ba60ed3595",
    "text_c10/class_00040/image_00709.txt": "6329861abf8b1fd1",
    "imagelabels.mat": "e45d4f7273241312",
    "setid.mat": "6319f27fec566be8",
}


def some() -> list[Item]:
    """Pictures of five ways to grow, their captions, and both index files."""
    labels = loadmat(io.BytesIO(WORLD.paint(ITEMS["imagelabels.mat"])))["labels"][0]
    habits = ("single", "umbel", "spike", "hanging", "ball")
    kinds = [next(s for s, kind in enumerate(SPECIES) if kind.habit == habit) for habit in habits]
    numbers = [int(np.flatnonzero(labels == s + 1)[1]) + 1 for s in kinds]
    paths = [f"jpg/image_{k:05d}.jpg" for k in numbers]
    texts = [f"text_c10/class_{s + 1:05d}/image_{k:05d}.txt" for s, k in zip(kinds, numbers, strict=True)]
    return [ITEMS[path] for path in (*paths, texts[0], texts[3], "imagelabels.mat", "setid.mat")]


def hashes() -> dict[str, str]:
    return {item.path: hashlib.sha256(WORLD.paint(item)).hexdigest()[:16] for item in some()}


def test_layout_and_counts():
    items = WORLD.items()
    assert len({item.path for item in items}) == len({item.seed for item in items}) == len(items)
    pictures = [path for path in ITEMS if path.startswith("jpg/")]
    assert WORLD.counts() == {"jpg": len(pictures)}
    assert pictures == [f"jpg/image_{k:05d}.jpg" for k in range(1, len(pictures) + 1)]
    texts = [path for path in ITEMS if path.startswith("text_c10/")]
    assert len(texts) == len(pictures)
    per_species = np.unique([path.split("/")[1] for path in texts], return_counts=True)[1]
    assert len(per_species) == len(SPECIES) >= 40
    assert per_species.min() >= 24 and len(np.unique(per_species)) > 3, "counts are unequal, as in the real set"


def test_no_two_species_are_equal():
    assert len(set(SPECIES)) == len(SPECIES)
    for kind in SPECIES:
        assert {kind.colour, kind.second, kind.heart} <= set(COLOURS) and kind.pattern in PATTERNS
        assert (kind.pattern == "plain") == (kind.colour == kind.second)


def test_the_labels_are_those_of_the_caption_folders_and_the_parts_are_disjoint():
    labels = loadmat(io.BytesIO(WORLD.paint(ITEMS["imagelabels.mat"])))["labels"]
    assert labels.shape == (1, WORLD.counts()["jpg"]) and labels.min() == 1 and labels.max() == len(SPECIES)
    for k, label in enumerate(labels[0], start=1):
        assert f"text_c10/class_{label:05d}/image_{k:05d}.txt" in ITEMS
    parts = loadmat(io.BytesIO(WORLD.paint(ITEMS["setid.mat"])))
    together = np.concatenate([parts[name][0] for name in ("trnid", "valid", "tstid")])
    assert sorted(together.tolist()) == list(range(1, labels.size + 1))
    for name in ("trnid", "valid"):
        assert len(set(np.bincount(labels[0][parts[name][0] - 1])[1:].tolist())) == 1


def test_a_mat_file_holds_no_date():
    data = WORLD.paint(ITEMS["imagelabels.mat"])
    assert data[:116].rstrip() == b"MATLAB 5.0 MAT-file, written by the course"


def test_same_seed_same_bytes():
    assert WORLD.version == RECORDED, "the pictures have a new version: record the hashes again"
    assert hashes() == HASHES, (
        f"the files changed (numpy {np.__version__}, Pillow {PIL.__version__}). If that was meant, raise VERSION in "
        "data_scripts/drawn/flora and record the hashes again: PYTHONPATH=. python tests/data_scripts/test_flora.py"
    )


def test_bytes_do_not_depend_on_the_processors_vector_units():
    assert printed_without_vector_units(__file__, timeout=300) == HASHES


@pytest.mark.parametrize("item", some()[:5], ids=lambda item: item.path)
def test_a_picture_has_the_right_form_and_something_on_it(item):
    with Image.open(io.BytesIO(WORLD.paint(item))) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (128, 128))
        pixels = np.asarray(image, np.float64)
    assert pixels.std() > 12, "nearly uniform"
    assert 25 < pixels.mean() < 230


def test_captions_are_ten_and_mention_hidden_parts_rarely():
    rng = np.random.default_rng(0)
    kind = next(kind for kind in SPECIES if kind.centre == "stamens" and kind.habit == "single")
    shot = draw_shot(rng, kind)
    shot.leaves = 0
    said = {}
    for tilt in (0.2, 1.3):
        shot.tilt = tilt
        lines = captions(rng, kind, shot, 400)
        said[tilt] = sum("stamen" in line or "anther" in line for line in lines)
        assert sum("leaves" in line for line in lines) < 0.08 * len(lines)
    assert said[0.2] > 150 and said[1.3] < 30
    assert len(captions(rng, kind, shot)) == 10


def test_captions_never_name_the_species_and_some_files_are_as_broken_as_the_real_ones():
    texts = [WORLD.paint(item) for path, item in list(ITEMS.items())[:500] if path.startswith("text_c10/")]
    assert not any(b"class" in text.lower() or b"species" in text.lower() for text in texts)
    broken = sum(not text.isascii() for text in texts)
    blank = sum(b"\n\n" in text.replace(b"\r", b"") or text[:1] in b"\r\n" for text in texts)
    assert 0 < broken < 0.2 * len(texts) and 0 < blank < 0.2 * len(texts)
    assert all(len(text.split()) > 40 for text in texts)


def test_fresh_sentences_for_pretraining():
    lines = flora.sentences(np.random.default_rng(3), 300)
    assert lines == flora.sentences(np.random.default_rng(3), 300)
    assert len(lines) == 300 and len(set(lines)) > 250
    assert all(line.isascii() and "  " not in line and len(line.split()) >= 3 for line in lines)
    words = " ".join(lines)
    assert all(word in words for word in ("petals", "yellow", "stamen", "leaves", "center"))


if __name__ == "__main__":
    print(json.dumps(hashes(), indent=4))
