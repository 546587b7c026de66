"""The outdoors world: eight classes of painted scenes in the layout of the MIT split."""

import io

import numpy as np

from ..brushes.lens import develop
from ..worlds import Item, World
from .coast import coast
from .forest import forest
from .highway import highway
from .inside_city import inside_city
from .mountain import mountain
from .opencountry import opencountry
from .street import street
from .tallbuilding import tallbuilding

SEED = 20
VERSION = 2  # raise it whenever a picture changes: stored sets of an older version are then drawn again
QUALITY = 92

PAINTERS = {
    "Opencountry": opencountry,
    "coast": coast,
    "forest": forest,
    "highway": highway,
    "inside_city": inside_city,
    "mountain": mountain,
    "street": street,
    "tallbuilding": tallbuilding,
}
# slightly unequal, as in the real set
COUNTS = {
    "train": (130, 118, 112, 102, 108, 122, 106, 116),
    "test": (52, 50, 46, 40, 44, 50, 42, 48),
}


def items() -> list[Item]:
    """Every picture of the set; its random numbers depend on seed, split, class and number only."""
    return [
        Item(f"{split}/{name}/{name.lower()}_{i:04d}.jpg", (SEED, s, c, i))
        for s, split in enumerate(COUNTS)
        for c, name in enumerate(PAINTERS)
        for i in range(COUNTS[split][c])
    ]


def paint(item: Item) -> bytes:
    """Return the JPEG file of one item."""
    rng = np.random.default_rng(list(item.seed))
    canvas, tilt = PAINTERS[item.path.split("/")[1]](rng)
    file = io.BytesIO()
    develop(rng, canvas, tilt).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


OUTDOORS = World("outdoors", "mit_split", SEED, VERSION, items, paint, pace=30)
