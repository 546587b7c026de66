"""What is put into a picture: solids with their attributes, where they stand, ground, light and camera."""

import colorsys
import math
from dataclasses import dataclass

import numpy as np

from ..brushes.light import between, chance, pick
from ..brushes.studio import Camera, Light, Scene, Setting, Solid
from .arrange import arrange, disc
from .palette import COLOURS, GROUNDS, LIGHTS, MATERIALS, UNCLEAR

SIZE = 128  # pixels of a picture's side
SIZES = {"small": 0.38, "medium": 0.58, "large": 0.86}  # half width
SHAPE_WEIGHTS = {"cube": 5, "ball": 5, "cylinder": 4, "cone": 4, "pyramid": 3, "ring": 4, "bowl": 3, "cup": 4}


@dataclass(frozen=True)
class Contents:
    """A scene and what can be said about it; objects[i] describes scene.solids[i]."""

    objects: list[dict]
    ground: str
    light: str
    scene: Scene


def draw_contents(rng: np.random.Generator) -> Contents:
    """Put a random picture together; the same generator state gives the same picture."""
    while True:  # now and then the things find no room
        count = pick(rng, {2: 20, 3: 34, 4: 29, 5: 17})
        camera = _camera(rng, count)
        looks = _looks(rng, count)
        places = arrange(rng, camera, looks)
        if places is not None:
            break
    ground, light = pick(rng, dict.fromkeys(GROUNDS, 1)), pick(rng, {"neutral": 55, "warm": 17, "cool": 14, "dim": 14})
    solids = tuple(
        Solid(
            look["shape"],
            x,
            y,
            look["half"],
            tone(rng, COLOURS[look["colour"]]),
            look["material"],
            turn=between(rng, -math.pi, math.pi),
            z=z,
            grain=rng.random(),
        )
        for look, (x, y, z, _) in zip(looks, places, strict=True)
    )
    objects = [_describe(camera, look, place) for look, place in zip(looks, places, strict=True)]
    return Contents(objects, ground, light, Scene(solids, camera, _lamp(rng, light), _setting(rng, ground)))


def tone(rng: np.random.Generator, ranges) -> tuple[float, float, float]:
    """A linear colour from ranges of (hue in degrees, saturation, value)."""
    hue, saturation, value = (between(rng, low, high) for low, high in ranges)
    r, g, b = colorsys.hsv_to_rgb((hue % 360) / 360, saturation, value)
    return r * r, g * g, b * b


def _camera(rng, count: int) -> Camera:
    return Camera(
        distance=between(rng, 5.6, 6.7) + 0.25 * count,
        down=between(rng, 0.34, 0.66),
        spread=0.36,
        lift=0.45,
        aim=between(rng, -0.25, 0.25),
    )


def _looks(rng, count: int) -> list[dict]:
    """Attributes of `count` things; some repeat each other in part, so that one word alone does not tell them apart."""
    looks = []
    while len(looks) < count:
        look = {
            "shape": pick(rng, SHAPE_WEIGHTS),
            "colour": pick(rng, dict.fromkeys(COLOURS, 1)),
            "size": pick(rng, {"small": 36, "medium": 34, "large": 30}),
            "material": pick(rng, MATERIALS),
        }
        if looks and chance(rng, 0.38):
            other = looks[int(rng.random() * len(looks))]
            for key in pick(rng, {("shape",): 4, ("colour",): 4, ("shape", "colour"): 3, ("shape", "material"): 2}):
                look[key] = other[key]
        if (look["material"], look["colour"]) in UNCLEAR:
            continue
        looks.append(look | {"half": SIZES[look["size"]] * between(rng, 0.94, 1.06)})
    return looks


def _describe(camera: Camera, look: dict, place) -> dict:
    x, y, z, below = place
    across, down, _, _ = disc(camera, look, place)
    return {key: look[key] for key in ("shape", "colour", "size", "material")} | {
        "position": [round(x, 3), round(y, 3), round(z, 3)],
        "centre": [round(across * SIZE, 1), round(down * SIZE, 1)],
        "width": round(2 * look["half"], 3),
        "on": below,
    }


def _lamp(rng, light: str) -> Light:
    key, fill = LIGHTS[light]
    strength = between(rng, 0.92, 1.08)
    side = between(rng, 0.6, 2.0) * (1 if chance(rng, 0.5) else -1)
    return Light(
        side, between(rng, 0.55, 0.95), tuple(strength * c for c in key), fill, softness=between(rng, 0.06, 0.2)
    )


def _setting(rng, ground: str) -> Setting:
    first, second, back = pick(rng, dict.fromkeys(GROUNDS[ground], 1))
    a, b, c = tone(rng, first), tone(rng, second), tone(rng, back)
    if ground == "studio":
        c = a  # one sheet of paper, floor and wall
    turn = between(rng, -0.3, 0.3) + (math.pi / 2 if chance(rng, 0.4) else 0.0)
    return Setting(ground, a, b, c, turn, grain=rng.random())
