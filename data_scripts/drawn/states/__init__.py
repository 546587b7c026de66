"""The states world: fruit, vegetables, things and flowers in many states, in the layout of MIT-States.

The nouns that the published split holds back for testing are held back here by their names, too.
"""

import io
from functools import cache

import numpy as np
from PIL import Image

from ..worlds import Item, World
from .flowers import FLOWERS, flower
from .still_life import SIZE, still_life

__all__ = ["PAIRS", "STATES"]

SEED = 90
VERSION = 1  # raise it whenever a picture changes: stored sets of an older version are then drawn again
QUALITY = 92
ANTONYMS = "adj_ants.csv"

_FOOD = "fresh wet frozen burnt moldy cut dirty"
_FRUIT = f"{_FOOD} unripe wrinkled peeled"
_THING = "wet frozen burnt moldy mossy cracked"
_FLOWER = "fresh wilted dry wet frozen burnt"
PAIRS = {  # noun -> adjectives; nothing is in every state
    **dict.fromkeys(("apple", "pear", "lemon", "banana"), _FRUIT),
    "berry": f"{_FOOD} unripe wrinkled",
    "pumpkin": f"{_FOOD} unripe painted cracked",
    "carrot": f"{_FOOD} wrinkled",
    "garlic": f"{_FOOD} wrinkled peeled",
    "egg": f"{_FOOD} painted cracked peeled",
    "mushroom": f"{_FOOD} wrinkled",
    "bread": f"{_FOOD} cracked",
    "rock": f"{_THING} painted cut",
    "ball": f"{_THING} dirty wrinkled",
    **dict.fromkeys(("box", "bowl"), f"{_THING} painted dirty"),
    "log": f"{_THING} painted cut peeled",
    **dict.fromkeys(("rose", "tulip", "daisy", "lily"), _FLOWER),
    # held back for testing
    "orange": _FRUIT,
    "tomato": f"{_FOOD} unripe wrinkled",
    **dict.fromkeys(("fig", "persimmon"), _FRUIT),
    "potato": f"{_FOOD} wrinkled peeled",
    "wheel": f"{_THING} painted dirty",
    "bush": _FLOWER,
}
OPPOSITES = (("fresh", "wilted"), ("fresh", "moldy"), ("unripe", "fresh"), ("wet", "dry"), ("burnt", "frozen"))
UNLABELLED = ("apple", "bowl", "rose")  # their folders "adj <noun>" hold pictures of which nobody said the state
_FEWEST, _MOST = 6, 11  # pictures of a pair


@cache
def _pictures() -> dict[str, tuple[str, str, tuple[int, ...]]]:
    """Path -> (adjective, noun, seed)."""
    found = {}
    for n, (noun, adjectives) in enumerate(PAIRS.items()):
        for a, adjective in enumerate(adjectives.split()):
            count = int(np.random.default_rng([SEED, 1, n, a]).integers(_FEWEST, _MOST + 1))
            for i in range(count):
                found[f"images/{adjective} {noun}/{adjective}_{noun}_{i:03d}.jpg"] = adjective, noun, (SEED, 2, n, a, i)
        if noun in UNLABELLED:
            for i in range(4):
                adjective = adjectives.split()[(3 * i + n) % len(adjectives.split())]
                found[f"images/adj {noun}/{noun}_{i:03d}.jpg"] = adjective, noun, (SEED, 3, n, i)
    return found


def items() -> list[Item]:
    """The list of opposites, then every picture."""
    return [Item(ANTONYMS, (SEED,)), *(Item(path, seed) for path, (_, _, seed) in _pictures().items())]


def paint(item: Item) -> bytes:
    """Return the bytes of one file."""
    if item.path == ANTONYMS:
        return "".join(f"{a},{b}\n" for a, b in OPPOSITES).encode()
    adjective, noun, seed = _pictures()[item.path]
    rng = np.random.default_rng(list(seed))
    grown = noun in FLOWERS
    image = flower(rng, adjective, noun, SIZE) if grown else Image.fromarray(still_life(rng, adjective, noun))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


STATES = World("states", "mit_states", SEED, VERSION, items, paint, pace=90)
