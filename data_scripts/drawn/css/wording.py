"""What is said about a change, in the words of the published data: add, remove, make.

add small purple circle to top-center
remove bottom-left yellow object
make blue object small
"""

from itertools import combinations

import numpy as np

from ..brushes.light import chance
from .scenes import CHOICES, Scene, Thing

ROWS, COLUMNS = ("top", "middle", "bottom"), ("left", "center", "right")
PARTS = ("place", "size", "color", "shape")  # in the order in which they are said


def place_name(place: int) -> str:
    """
    >>> place_name(0), place_name(4), place_name(8)
    ('top-left', 'middle-center', 'bottom-right')
    """
    return f"{ROWS[place // 3]}-{COLUMNS[place % 3]}"


def _named(thing: Thing, parts) -> str:
    said = {"place": place_name(thing.place), "size": thing.size, "color": thing.color, "shape": thing.shape}
    return " ".join(
        [*(said[part] for part in PARTS[:3] if part in parts), thing.shape if "shape" in parts else "object"]
    )


def _reference(rng: np.random.Generator, scene: Scene, thing: Thing) -> str:
    """Words that fit no other thing of the scene, seldom more of them than are needed."""
    enough = []
    for count in range(1, 5):
        for parts in combinations(PARTS, count):
            fitting = [t for t in scene if all(getattr(t, part) == getattr(thing, part) for part in parts)]
            if len(fitting) == 1:
                enough.append(parts)
        if enough and not chance(rng, 0.25):
            break
    return _named(thing, enough[rng.integers(len(enough))])


def wording(rng: np.random.Generator, before: Scene, change: tuple[Thing | None, Thing | None]) -> str:
    """Say a single change of the scene `before`.

    What is added is not always said in full: then several scenes are as right as the one that was drawn.
    """
    old, new = change
    if new is None:
        return f"remove {_reference(rng, before, old)}"
    if old is None:
        left_out = PARTS[rng.integers(4)] if chance(rng, 0.25) else None
        what = _named(new, [part for part in PARTS[1:] if part != left_out])
        return f"add {what}" if left_out == "place" else f"add {what} to {place_name(new.place)}"
    value = next(getattr(new, name) for name in CHOICES if getattr(new, name) != getattr(old, name))
    return f"make {_reference(rng, before, old)} {value}"
