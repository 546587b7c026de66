"""The fashion world: garments of the wardrobe with captions that are one word apart, in the layout of Fashion200k."""

import io
from functools import cache

import numpy as np

from ..wardrobe import photograph
from ..worlds import Item, World
from .plan import Picture, label_file, plan, test_queries
from .words import GROUPS

__all__ = ["FASHION", "plan"]

SEED = 80
VERSION = 1  # raise it whenever a file changes: stored sets of an older version are then drawn again
QUALITY = 90
QUERIES = "test_queries.txt"
LABELS = {f"labels/{group}_{part}_detect_all.txt": (group, part) for group in GROUPS for part in ("train", "test")}


@cache
def _pictures() -> dict[str, Picture]:
    return {picture.path: picture for part in ("train", "test") for picture in plan(part, SEED)}


def items() -> list[Item]:
    """The label files, the queries, and every picture."""
    texts = [Item(path, (SEED, 1, k)) for k, path in enumerate((*LABELS, QUERIES))]
    return texts + [Item(path, (SEED, 2, p.product, p.view)) for path, p in _pictures().items()]


def paint(item: Item) -> bytes:
    """Return the bytes of one file."""
    if item.path in LABELS:
        return label_file(*LABELS[item.path], SEED).encode()
    if item.path == QUERIES:
        return test_queries(SEED).encode()
    picture = _pictures()[item.path]
    file = io.BytesIO()
    image = photograph(picture.wanted.garment(picture.product), np.random.default_rng(list(item.seed)))
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


FASHION = World("fashion", "fashion200k", SEED, VERSION, items, paint, pace=197)
