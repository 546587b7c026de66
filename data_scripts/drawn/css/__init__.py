"""The css world: scenes of coloured shapes on a grid and the changes between them, in the layout of CSS.

Only the shaded pictures are files. The flat ones follow from the description of a scene by a rule, here as in the
published data: course_utils.datasets draws them.
"""

import io

import numpy as np
from PIL import Image

from ..worlds import Item, World
from .picture import picture
from .plan import FAMILIES, description, plan

__all__ = ["CSS", "plan"]

SEED = 70
VERSION = 1  # raise it whenever a picture or text changes: stored sets of an older version are then drawn again
JSON = "css_toy_dataset_novel2_small.dup.json"
_PICTURE = {"train": 3, "test": 4}


def items() -> list[Item]:
    """The description, then every picture."""
    found = [Item(JSON, (SEED,))]
    for part in FAMILIES:
        for i in range(len(plan(part, SEED).scenes)):
            found.append(Item(f"images/css_{part}_{i:06d}.png", (SEED, _PICTURE[part], i)))
    return found


def paint(item: Item) -> bytes:
    """Return the bytes of one file."""
    if item.path == JSON:
        return description(SEED)
    part = "train" if item.seed[1] == _PICTURE["train"] else "test"
    pixels = picture(np.random.default_rng(list(item.seed)), plan(part, SEED).scenes[item.seed[-1]])
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


CSS = World("css", "css", SEED, VERSION, items, paint, pace=117)
