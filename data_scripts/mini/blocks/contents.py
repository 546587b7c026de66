"""What is put into a picture: solids with their attributes, where they stand, ground, light and camera."""

import colorsys
import math
from dataclasses import dataclass

import numpy as np

from ..light import between, chance, pick
from ..studio import Camera, Light, Scene, Setting, Solid
from ..studio.shapes import SHAPES
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
        places = _arrange(rng, camera, looks)
        if places is not None:
            break
    ground, light = pick(rng, dict.fromkeys(GROUNDS, 1)), pick(rng, {"neutral": 55, "warm": 17, "cool": 14, "dim": 14})
    solids = tuple(
        Solid(
            look["shape"], x, y, look["half"], tone(rng, COLOURS[look["colour"]]), look["material"],
            turn=between(rng, -math.pi, math.pi), z=z, grain=rng.random(),
        )
        for look, (x, y, z, _) in zip(looks, places, strict=True)
    )  # fmt: skip
    objects = [_describe(camera, look, place) for look, place in zip(looks, places, strict=True)]
    return Contents(objects, ground, light, Scene(solids, camera, _lamp(rng, light), _setting(rng, ground)))


def tone(rng: np.random.Generator, ranges) -> tuple[float, float, float]:
    """A linear colour from ranges of (hue in degrees, saturation, value)."""
    hue, saturation, value = (between(rng, low, high) for low, high in ranges)
    r, g, b = colorsys.hsv_to_rgb((hue % 360) / 360, saturation, value)
    return r * r, g * g, b * b


def _camera(rng, count: int) -> Camera:
    return Camera(
        distance=between(rng, 5.6, 6.7) + 0.25 * count, down=between(rng, 0.34, 0.66), spread=0.36, lift=0.45,
        aim=between(rng, -0.25, 0.25),
    )  # fmt: skip


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


def _arrange(rng, camera: Camera, looks: list[dict]) -> list[tuple[float, float, float, int]] | None:
    """(x, y, z, index of the thing below or -1) for each thing, or None where they do not fit."""
    places: list[tuple[float, float, float, int]] = []
    stacked = chance(rng, 0.45)
    for i, look in enumerate(looks):
        if stacked and (below := _carrier(looks, places, look)) is not None:
            x, y, _, _ = places[below]
            slack = 0.12 * looks[below]["half"]
            height = SHAPES[looks[below]["shape"]].height * looks[below]["half"]
            place = (x + between(rng, -slack, slack), y + between(rng, -slack, slack), height, below)
            if _in_frame(camera, look, place) and not _covered(camera, looks, places, look, place, below):
                places.append(place)
                stacked = False
                continue
        for _ in range(30):
            place = (between(rng, -2.3, 2.3), between(rng, -1.7, 2.3), 0.0, -1)
            free = all(
                (place[0] - x) ** 2 + (place[1] - y) ** 2 > (1.2 * (look["half"] + looks[j]["half"]) + 0.1) ** 2
                for j, (x, y, z, _) in enumerate(places)
                if z == 0
            )
            if free and _in_frame(camera, look, place) and not _covered(camera, looks, places, look, place):
                places.append(place)
                break
        if len(places) == i:
            return None
    return places


def _carrier(looks, places, look) -> int | None:
    """The first thing with a flat top that is free and large enough for `look`."""
    for j, (_, _, z, _) in enumerate(places):
        top = SHAPES[looks[j]["shape"]].flat_top * looks[j]["half"]
        if z == 0 and top >= 0.95 * look["half"] and looks[j]["half"] > 1.2 * look["half"]:
            return j
    return None


def _disc(camera: Camera, look: dict, place) -> tuple[float, float, float, float]:
    """(across, down, radius, depth) of a disc that about covers the thing in the picture, in 0..1."""
    half = SHAPES[look["shape"]].height * look["half"] / 2
    across, down, depth = camera.project(place[0], place[1], place[2] + half)
    return across, down, look["half"] * 1.08 / (2 * depth * camera.spread), depth


def _in_frame(camera: Camera, look: dict, place) -> bool:
    across, down, radius, _ = _disc(camera, look, place)
    return 0.8 * radius < across < 1 - 0.8 * radius and 0.9 * radius < down < 1 - radius


def _covered(camera: Camera, looks, places, look, place, carrier: int = -1) -> bool:
    """Would the new thing hide, or be hidden by, another one too much?"""
    u, v, radius, _ = _disc(camera, look, place)
    for j, other in enumerate(places):
        if j == carrier:
            continue
        a, b, r, _ = _disc(camera, looks[j], other)
        if (a - u) ** 2 + (b - v) ** 2 < (radius + r - 0.55 * min(radius, r)) ** 2:
            return True
    return False


def _describe(camera: Camera, look: dict, place) -> dict:
    x, y, z, below = place
    across, down, _, _ = _disc(camera, look, place)
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
