"""The birds world: bird species in the layout of CUB-200-2011, with boxes and ten captions a picture."""

import io
from functools import cache

import numpy as np

from ..phrasing import caption_file
from ..worlds import Item, World
from .picture import picture_of
from .sentences import captions, sentences
from .shot import Shot, draw_shot
from .species import SPECIES
from .view import box_of

__all__ = ["BIRDS", "sentences"]

SEED = 52
VERSION = 1  # raise it whenever a file changes: stored sets of an older version are then drawn again
QUALITY = 92
_PICTURE, _TEXT, _INDEX = 0, 1, 2
_FILES = ("images.txt", "image_class_labels.txt", "classes.txt", "train_test_split.txt", "bounding_boxes.txt")


def _folder(s: int) -> str:
    """Class folder of a species, e.g. "001.Alder_Warbler"."""
    return f"{s + 1:03d}.{SPECIES[s].name}_{SPECIES[s].shape().noun}"


@cache
def _table() -> tuple[tuple[int, int, str], ...]:
    """(species, number within it, "<class folder>/<name without ending>") of each picture; image k is row k - 1."""
    rng = np.random.default_rng([SEED, 9])
    rows = []
    for s, extra in enumerate(rng.random(len(SPECIES))):
        name = _folder(s).partition(".")[2]
        # unequal, as in the real set
        rows += [(s, i, f"{_folder(s)}/{name}_{i + 1:04d}") for i in range(24 + round(3 * extra**2))]
    return tuple(rows)


def items() -> list[Item]:
    """Every file of the set; pictures and captions depend on seed, species and number within the species only."""
    found = []
    for s, i, stem in _table():
        found.append(Item(f"images/{stem}.jpg", (SEED, _PICTURE, s, i)))
        found.append(Item(f"text_c10/{stem}.txt", (SEED, _TEXT, s, i)))
    return found + [Item(name, (SEED, _INDEX, n)) for n, name in enumerate(_FILES)]


def shot_of(s: int, i: int) -> Shot:
    """The pose of picture i of species s: the same for the picture, its box and its captions."""
    return draw_shot(np.random.default_rng([SEED, 3, s, i]), SPECIES[s])


def paint(item: Item) -> bytes:
    """Return the bytes of one file: a JPEG picture, its captions, or an index."""
    _, what, *which = item.seed
    if what == _INDEX:
        return "".join(f"{line}\n" for line in _index(item.path)).encode()
    s, i = which
    rng = np.random.default_rng(list(item.seed))
    if what == _TEXT:
        return caption_file(rng, captions(rng, SPECIES[s], shot_of(s, i)))
    file = io.BytesIO()
    picture_of(rng, SPECIES[s], shot_of(s, i)).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _index(name: str) -> list[str]:
    """The lines of one of the index files; pictures and classes are counted from 1."""
    if name == "classes.txt":
        return [f"{s + 1} {_folder(s)}" for s in range(len(SPECIES))]
    lines = []
    for k, (s, i, stem) in enumerate(_table(), start=1):
        if name == "images.txt":
            lines.append(f"{k} {stem}.jpg")
        elif name == "image_class_labels.txt":
            lines.append(f"{k} {s + 1}")
        elif name == "train_test_split.txt":
            lines.append(f"{k} {(i * 7 + s) % 2}")
        else:
            lines.append(f"{k} " + " ".join(f"{value:.1f}" for value in box_of(SPECIES[s], shot_of(s, i))))
    return lines


BIRDS = World("birds", "birds", SEED, VERSION, items, paint, pace=92)
