"""The flora world: flower species in the layout of the Oxford 102 flowers, with ten captions a picture."""

import io
from functools import cache

import numpy as np
from scipy.io import savemat

from ..phrasing import caption_file
from ..worlds import Item, World
from .picture import picture_of
from .sentences import captions, sentences
from .shot import draw_shot
from .species import SPECIES

__all__ = ["FLORA", "sentences"]

SEED = 51
VERSION = 1  # raise it whenever a file changes: stored sets of an older version are then drawn again
QUALITY = 92
TRAIN, VALID = 6, 5  # pictures of a species in the official parts; the others are test, as in the real set
_PICTURE, _TEXT, _INDEX = 0, 1, 2


@cache
def _table() -> tuple[tuple[int, int], ...]:
    """(species, number within the species) of each picture, in the order of the files.

    Counts are unequal, and the classes come in an order of their own, as in the real set.
    """
    rng = np.random.default_rng([SEED, 9])
    counts = [24 + int(3 * extra**3 + 0.5) + (5 if extra > 0.95 else 0) for extra in rng.random(len(SPECIES))]
    order = np.argsort(rng.random(len(SPECIES)), kind="stable")
    return tuple((int(s), i) for s in order for i in range(counts[s]))


def items() -> list[Item]:
    """Every file of the set; pictures and captions depend on seed, species and number within the species only."""
    found = []
    for k, (s, i) in enumerate(_table(), start=1):
        found.append(Item(f"jpg/image_{k:05d}.jpg", (SEED, _PICTURE, s, i)))
        found.append(Item(f"text_c10/class_{s + 1:05d}/image_{k:05d}.txt", (SEED, _TEXT, s, i)))
    names = ("imagelabels.mat", "setid.mat")
    return found + [Item(name, (SEED, _INDEX, n)) for n, name in enumerate(names)]


def paint(item: Item) -> bytes:
    """Return the bytes of one file: a JPEG picture, its captions, or an index."""
    _, what, *which = item.seed
    if what == _INDEX:
        return _mat({"labels": _labels()}) if item.path == "imagelabels.mat" else _mat(_parts())
    kind = SPECIES[which[0]]
    shot = draw_shot(np.random.default_rng([SEED, 3, *which]), kind)  # the same for a picture and its captions
    rng = np.random.default_rng(list(item.seed))
    if what == _TEXT:
        return caption_file(rng, captions(rng, kind, shot))
    file = io.BytesIO()
    picture_of(rng, kind, shot).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _labels() -> np.ndarray:
    return np.array([[s + 1 for s, _ in _table()]], dtype=np.uint8)


def _parts() -> dict[str, np.ndarray]:
    within = np.array([i for _, i in _table()])
    numbers = np.arange(1, len(within) + 1, dtype=np.uint16)
    parts = {"trnid": within < TRAIN, "valid": (within >= TRAIN) & (within < TRAIN + VALID)}
    parts["tstid"] = within >= TRAIN + VALID
    return {name: numbers[mask][None, :] for name, mask in parts.items()}


def _mat(arrays: dict[str, np.ndarray]) -> bytes:
    """A MATLAB 5 file. Its first 116 bytes are free text, into which SciPy writes the date: ours is always the same."""
    file = io.BytesIO()
    savemat(file, {name: values.astype(values.dtype.newbyteorder("<")) for name, values in arrays.items()})
    data = file.getvalue()
    return b"MATLAB 5.0 MAT-file, written by the course".ljust(116) + data[116:]


FLORA = World("flora", "flowers", SEED, VERSION, items, paint, pace=131)
