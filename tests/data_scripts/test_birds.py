"""The birds world: layout and counts, recorded bytes, true boxes, captions that name no species."""

import hashlib
import io
import json
import re
from pathlib import Path

import numpy as np
import PIL
import pytest
from PIL import Image
from vector_units import printed_without_vector_units

from data_scripts.drawn import Item, birds, world_of
from data_scripts.drawn.birds.body import build
from data_scripts.drawn.birds.sentences import captions
from data_scripts.drawn.birds.species import COLOURS, FAMILIES, SPECIES
from data_scripts.drawn.birds.view import box_of, view_of, waterline
from data_scripts.drawn.brushes.cloud import turned

WORLD = world_of("birds")
ITEMS = {item.path: item for item in WORLD.items()}
PICTURES = [item for item in WORLD.items() if item.path.endswith(".jpg")]
REPOSITORY = Path(__file__).resolve().parents[2]

# First 16 digits of the SHA-256, recorded with numpy 2.4 and Pillow 13.0. After a change raise VERSION in the world,
# and print the new ones:  PYTHONPATH=. python tests/data_scripts/test_birds.py
RECORDED = 1
HASHES = {
    "images/001.Alder_Warbler/Alder_Warbler_0002.jpg": "e9c464a24152e447",
    "images/027.Belford_Duck/Belford_Duck_0003.jpg": "73312b131baea97e",
    "images/036.Kendal_Heron/Kendal_Heron_0001.jpg": "aaba9166a64ba988",
    "images/023.Wharfe_Woodpecker/Wharfe_Woodpecker_0001.jpg": "80c4f0d2d071d817",
    "images/034.Innes_Gull/Innes_Gull_0004.jpg": "971c636dd5c9908e",
    "images/051.Errol_Hummingbird/Errol_Hummingbird_0002.jpg": "e47536488fc35114",
    "text_c10/001.Alder_Warbler/Alder_Warbler_0002.txt": "3e50a29ab45189d9",
    "text_c10/027.Belford_Duck/Belford_Duck_0003.txt": "663a84671ea960bf",
    "images.txt": "4659b06431116d56",
    "classes.txt": "1eb097f21c7ee846",
}


def some() -> list[Item]:
    """A picture of six families and the captions of two."""
    names = (
        "Alder_Warbler_0002",
        "Belford_Duck_0003",
        "Kendal_Heron_0001",
        "Wharfe_Woodpecker_0001",
        "Innes_Gull_0004",
        "Errol_Hummingbird_0002",
    )
    found = [next(item for item in PICTURES if item.path.endswith(f"{name}.jpg")) for name in names]
    texts = [item.path.replace("images/", "text_c10/").replace(".jpg", ".txt") for item in found[:2]]
    return [*found, *(ITEMS[path] for path in (*texts, "images.txt", "classes.txt"))]


def hashes() -> dict[str, str]:
    return {item.path: hashlib.sha256(WORLD.paint(item)).hexdigest()[:16] for item in some()}


def index(name: str) -> list[list[str]]:
    return [line.split() for line in WORLD.paint(ITEMS[name]).decode().splitlines()]


def test_layout_and_counts():
    items = WORLD.items()
    assert len({item.path for item in items}) == len({item.seed for item in items}) == len(items)
    assert len(SPECIES) >= 40 and {kind.family for kind in SPECIES} == set(FAMILIES)
    counts = WORLD.counts()
    assert len(counts) == len(SPECIES) and min(counts.values()) >= 24 and len(set(counts.values())) > 2
    assert all(re.fullmatch(r"images/\d{3}\.[A-Z][a-z]+_[A-Z][a-z]+", folder) for folder in counts)
    for item in PICTURES:
        assert item.path.replace("images/", "text_c10/").replace(".jpg", ".txt") in ITEMS


def test_no_two_species_are_equal_and_families_hold_near_ones():
    assert len({kind.name for kind in SPECIES}) == len(SPECIES)
    looks = [(kind.family, *list(vars(kind).values())[2:]) for kind in SPECIES]
    assert len(set(looks)) == len(looks)
    nearest = min(
        sum(x != y for x, y in zip(a, b, strict=True)) for i, a in enumerate(looks) for b in looks[:i] if a[0] == b[0]
    )
    assert nearest <= 4, "some species of a family should differ in a few parts only"
    for kind in SPECIES:
        tones = list(vars(kind).values())[2:]
        assert set(tones) <= {*COLOURS, "-", "crest", "plain", "streaked", "spotted", "barred"}
        assert (kind.pattern == "plain") == (kind.ink == "-")


def test_the_index_files_agree():
    images, labels, classes = (index(f"{name}.txt") for name in ("images", "image_class_labels", "classes"))
    assert [row[0] for row in images] == [row[0] for row in labels] == [str(k + 1) for k in range(len(PICTURES))]
    assert [f"images/{row[1]}" for row in images] == [item.path for item in PICTURES]
    folders = dict(classes)
    assert all(folders[label] == path.split("/")[0] for (_, path), (_, label) in zip(images, labels, strict=True))
    split = index("train_test_split.txt")
    assert len(split) == len(images) and 0.4 < np.mean([int(row[1]) for row in split]) < 0.6


@pytest.mark.parametrize("s", range(0, len(SPECIES), 4))
def test_the_box_holds_the_bird_and_is_tight(s):
    """Compared with a model of the bird four times as fine as the one that gave the box."""
    kind = SPECIES[s]
    shot = birds.shot_of(s, 1)
    x, y, width, height = box_of(kind, shot)
    assert x >= 0 and y >= 0 and x + width <= 128 and y + height <= 128 and width > 20 and height > 20
    view, _ = view_of(kind, shot)
    at = []
    for part in build(kind, shot, 56.0):
        screen = turned(part.points, view.axes())
        at.append((screen[..., :2] * view.pixels * (1.0 + 0.10 * screen[..., 2:])).reshape(-1, 2))
    at = np.concatenate(at) + np.array([view.x, view.y])
    low, high = at.min(0) / 2, at.max(0) / 2
    if shot.stay == "swimming":  # what is under water does not count
        high[1] = waterline(kind, view) / 2
    expected = np.clip([*low, *high], 0, 128)
    assert np.abs(np.array([x, y, x + width, y + height]) - expected).max() < 2.0


def test_boxes_are_written_for_every_picture(monkeypatch):
    monkeypatch.setattr(birds, "box_of", lambda kind, shot: (1.0, 2.25, 30.0, 40.0))
    rows = index("bounding_boxes.txt")
    assert len(rows) == len(PICTURES) and rows[6] == ["7", "1.0", "2.2", "30.0", "40.0"]


def test_same_seed_same_bytes():
    assert WORLD.version == RECORDED, "the pictures have a new version: record the hashes again"
    assert hashes() == HASHES, (
        f"the files changed (numpy {np.__version__}, Pillow {PIL.__version__}). If that was meant, raise VERSION in "
        "data_scripts/drawn/birds and record the hashes again: PYTHONPATH=. python tests/data_scripts/test_birds.py"
    )


def test_bytes_do_not_depend_on_the_processors_vector_units():
    assert printed_without_vector_units(__file__, timeout=300) == HASHES


def test_a_picture_has_the_right_form_and_a_few_are_grey():
    with Image.open(io.BytesIO(WORLD.paint(some()[0]))) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (128, 128))
        assert np.asarray(image, np.float64).std() > 12, "nearly uniform"
    grey = [item for item in PICTURES if birds.shot_of(*item.seed[2:]).grey]
    assert 3 <= len(grey) < 0.05 * len(PICTURES)
    with Image.open(io.BytesIO(WORLD.paint(grey[0]))) as image:
        assert image.mode == "L"


def test_captions_never_name_the_species():
    words = {word.lower() for kind in SPECIES for word in (kind.name, kind.shape().noun)}
    for kind in SPECIES:
        shot = birds.shot_of(SPECIES.index(kind), 0)
        lines = captions(np.random.default_rng(1), kind, shot, 40)
        assert not words & set(re.findall(r"[a-z]+", " ".join(lines).lower()))


def test_captions_speak_of_what_the_picture_shows():
    rng = np.random.default_rng(0)
    kind = next(kind for kind in SPECIES if kind.name == "Belford")
    shot = birds.shot_of(SPECIES.index(kind), 0)
    shot.grey = shot.occluded = False
    said = {}
    for shot.stay in ("standing", "swimming"):
        lines = captions(rng, kind, shot, 400)
        said[shot.stay] = sum(bool(re.search(r"\b(legs|feet|tarsus)\b", line)) for line in lines)
        assert sum("green" in line for line in lines) > 100, "its head is green"
    assert said["standing"] > 50 and said["swimming"] < 20
    shot.grey = True
    assert not any(re.search("green|yellow|orange|rust", line) for line in captions(rng, kind, shot, 100))


def test_fresh_sentences_for_pretraining():
    lines = birds.sentences(np.random.default_rng(3), 300)
    assert lines == birds.sentences(np.random.default_rng(3), 300)
    assert len(lines) == 300 and len(set(lines)) > 280
    assert all(line.isascii() and "  " not in line and len(line.split()) >= 3 for line in lines)
    words = " ".join(lines)
    assert all(word in words for word in ("bill", "crown", "belly", "wings", "tail"))


if __name__ == "__main__":
    print(json.dumps(hashes(), indent=4))
