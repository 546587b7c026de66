"""The blocks world: solids on a ground with five captions each, in the layout of Flickr30k with the Karpathy split.

    sentences(np.random.default_rng(0), 1000)     captions of pictures that nobody drew, for pretraining text encoders

The pictures come from the studio (drawn/brushes/studio); contents.py decides what is put into them, sentences.py
what is said about them, and records.py writes both down.
"""

import io

import numpy as np
from PIL import Image

from ..brushes.studio import render
from ..worlds import Item, World
from .captions import captions, sentences
from .contents import SIZE, draw_contents
from .records import FILES, names

__all__ = ["BLOCKS", "captions", "draw_contents", "sentences"]

SEED = 30
VERSION = 1  # raise it whenever a picture or caption changes: stored sets of an older version are then drawn again
QUALITY = 92
FOLDER = "flickr30k-images"


def items() -> list[Item]:
    """The files of annotations (each takes as long as many pictures, so they come first), then every picture."""
    files = [Item(name, (SEED, k)) for k, name in enumerate(FILES)]
    return files + [Item(f"{FOLDER}/{name}", (SEED, 100, i)) for i, name in enumerate(names(SEED))]


def paint(item: Item) -> bytes:
    """Return the bytes of one file."""
    if item.path in FILES:
        return FILES[item.path](SEED)
    picture = draw_contents(np.random.default_rng(list(item.seed)))
    file = io.BytesIO()
    Image.fromarray(render(picture.scene, SIZE)).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


BLOCKS = World("blocks", "flickr30k", SEED, VERSION, items, paint, pace=99)
