"""The wardrobe world: a shop's products in the layout of Fashion Product Images.

`garment.Garment` says what a product is, `paint.photograph` draws it; `catalogue` decides which there are.
"""

import io

import numpy as np

from ..worlds import Item, World
from .catalogue import SEED, Product, plan, product
from .garment import Garment
from .paint import photograph
from .sentences import sentences

__all__ = ["WARDROBE", "Garment", "Product", "photograph", "product", "sentences", "table"]

VERSION = 1  # raise it whenever a picture or the table changes: stored sets of an older version are then drawn again
QUALITY = 90
COLUMNS = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"

# the real table's surprises, here on purpose: the place of each in the order of the ids
WITHOUT_PICTURE = (411, 1502, 2718, 3999)
COMMAS = (57, 640, 1234, 1777, 2350, 2901, 3456, 4004, 4321, 4650)  # unquoted commas in the name
EMPTY_CELLS = {
    222: "gender",
    901: "season",
    1650: "usage",
    2222: "baseColour",
    3110: "season",
    3777: "year",
    4444: "gender",
}


def items() -> list[Item]:
    """The table and every picture."""
    ids = list(plan())
    without = {ids[i] for i in WITHOUT_PICTURE}
    return [Item("styles.csv", (SEED,)), *(Item(f"images/{i}.jpg", (SEED, 2, i)) for i in ids if i not in without)]


def table() -> str:
    """Return styles.csv, written as the real one is: no quoting at all."""
    lines = [COLUMNS]
    for place, id in enumerate(plan()):
        p, empty = product(id), EMPTY_CELLS.get(place)
        cells = {
            "gender": p.gender,
            "master": p.master,
            "sub": p.sub,
            "type": p.type,
            "baseColour": p.colour,
            "season": p.season,
            "year": str(p.year),
            "usage": p.usage,
        }
        if empty:
            cells[empty] = ""
        name = p.name
        if place in COMMAS:
            head, _, last = name.rpartition(" ")
            name = f"{head}, {last}, Pack of {2 + place % 2}" if place % 3 else f"{head}, {last}"
        lines.append(",".join([str(id), *cells.values(), name]))
    return "\n".join(lines) + "\n"


def paint(item: Item) -> bytes:
    """Return the file of one item: the table, or a JPEG."""
    if item.path == "styles.csv":
        return table().encode()
    garment = product(item.seed[-1]).garment
    file = io.BytesIO()
    photograph(garment, np.random.default_rng(list(item.seed))).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


WARDROBE = World("wardrobe", "fashion_products", SEED, VERSION, items, paint, pace=163)
