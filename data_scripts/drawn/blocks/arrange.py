"""Where the things of a picture stand: none in another, none hidden, all in the frame, some on top of others."""

from ..brushes.light import between, chance
from ..brushes.studio import Camera
from ..brushes.studio.shapes import SHAPES


def arrange(rng, camera: Camera, looks: list[dict]) -> list[tuple[float, float, float, int]] | None:
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


def disc(camera: Camera, look: dict, place) -> tuple[float, float, float, float]:
    """(across, down, radius, depth) of a disc that about covers the thing in the picture, in 0..1."""
    half = SHAPES[look["shape"]].height * look["half"] / 2
    across, down, depth = camera.project(place[0], place[1], place[2] + half)
    return across, down, look["half"] * 1.08 / (2 * depth * camera.spread), depth


def _in_frame(camera: Camera, look: dict, place) -> bool:
    across, down, radius, _ = disc(camera, look, place)
    return 0.8 * radius < across < 1 - 0.8 * radius and 0.9 * radius < down < 1 - radius


def _covered(camera: Camera, looks, places, look, place, carrier: int = -1) -> bool:
    """Would the new thing hide, or be hidden by, another one too much?"""
    u, v, radius, _ = disc(camera, look, place)
    for j, other in enumerate(places):
        if j == carrier:
            continue
        a, b, r, _ = disc(camera, looks[j], other)
        if (a - u) ** 2 + (b - v) ** 2 < (radius + r - 0.55 * min(radius, r)) ** 2:
            return True
    return False
