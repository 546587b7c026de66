"""A thing in some state on a table, a cloth, tiles or sand."""

import numpy as np

from ..blocks.contents import tone
from ..blocks.palette import GROUNDS
from ..brushes import studio
from ..brushes.light import between, chance
from ..brushes.studio.scene import F
from ..brushes.studio.shapes import Shape
from . import changed, covered, fruit, kitchen, orchard, things
from .form import Form


def _gathered(named: dict) -> dict:
    return {name: getattr(module, name) for module, names in named.items() for name in names.split()}


NOUNS = _gathered(
    {
        orchard: "apple pear tomato persimmon pumpkin",
        fruit: "lemon orange fig banana berry",
        kitchen: "potato carrot garlic egg mushroom bread",
        things: "rock ball box bowl log wheel",
    }
)
STATES = _gathered(
    {
        changed: "fresh unripe wrinkled cracked cut peeled",
        covered: "wet frozen burnt moldy mossy dirty painted",
    }
)
FACING = ("cut", "peeled")  # what counts is at the front
SIZE = 96


def _solid(rng, form: Form, x: float, y: float, size: float, turn: float) -> studio.Solid:
    def skin(a, b, c, up):
        return form.skin(a, b, c), F(form.gloss)

    shape = Shape(form.distance, form.height, form.reach, relief=form.relief)
    return studio.Solid(shape, x=x, y=y, size=size * form.size, colour=(0.5, 0.5, 0.5), turn=turn, skin=skin)


def scene_of(rng: np.random.Generator, adjective: str, noun: str) -> studio.Scene:
    """One thing, or two of them, all in the same state."""
    kind = list(GROUNDS)[rng.integers(len(GROUNDS))]
    tones = GROUNDS[kind][rng.integers(len(GROUNDS[kind]))]
    floor, second, back = (tone(rng, ranges) for ranges in tones)
    setting = studio.Setting(kind, floor, second, back, turn=between(rng, -0.5, 0.5), grain=rng.random())
    warmth = between(rng, -0.12, 0.12)
    strength = between(rng, 0.85, 1.15)
    light = studio.Light(
        side=between(rng, -1.2, 1.2),
        height=between(rng, 0.65, 1.1),
        key=tuple(strength * c for c in (2.5 + warmth, 2.45, 2.4 - warmth)),
        fill=tuple(strength * c for c in (0.54, 0.56, 0.60)),
        softness=between(rng, 0.16, 0.30),
    )
    camera = studio.Camera(
        distance=between(rng, 8.2, 9.4),
        down=between(rng, 0.42, 0.66),
        spread=0.31,
        aim=between(rng, -0.15, 0.15),
        lift=between(rng, 0.75, 1.0),
    )
    places = [(between(rng, -0.25, 0.25), between(rng, -0.3, 0.3), 1.75)]
    if chance(rng, 0.35):
        side = 1 if chance(rng, 0.5) else -1
        places = [(side * 1.05, between(rng, -0.5, 0.0), 1.22), (side * -1.15, between(rng, 0.5, 1.1), 1.22)]
    solids = []
    for x, y, size in places:
        form = STATES[adjective](rng, NOUNS[noun](rng).dressed())
        turn = between(rng, -0.45, 0.45) if adjective in FACING or noun == "wheel" else between(rng, -3.1, 3.1)
        if form.lies and adjective not in FACING:
            turn = between(rng, -0.8, 0.8)
        solids.append(_solid(rng, form, x, y, size * between(rng, 0.9, 1.08), turn))
    return studio.Scene(tuple(solids), camera, light, setting)


def still_life(rng: np.random.Generator, adjective: str, noun: str) -> np.ndarray:
    """Render the things: uint8 (SIZE, SIZE, 3)."""
    return studio.render(scene_of(rng, adjective, noun), SIZE)
