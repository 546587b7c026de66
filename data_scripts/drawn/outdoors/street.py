"""Streets: the road runs to a vanishing point between two rows of houses; parked cars, walkers, lamps, trees."""

from itertools import pairwise

import numpy as np

from ..brushes import foliage, plants
from ..brushes.buildings import front, grime, lay
from ..brushes.camera import Camera
from ..brushes.canvas import SIZE, Canvas
from ..brushes.clutter import paint_edge_branch, paint_lamp, paint_people
from ..brushes.ground import asphalt, dashes, paint_ground, stripe
from ..brushes.light import between, chance, draw_light, rgb
from ..brushes.seasons import draw_season
from ..brushes.sky import paint_sky
from ..brushes.vehicles import paint_vehicle


def street(rng: np.random.Generator) -> tuple[Canvas, float]:
    light, season = draw_light(rng), draw_season(rng)
    light.visibility = between(rng, 150, 700) if light.name != "fog" else between(rng, 40, 90)
    canvas = Canvas()
    camera = Camera(
        between(rng, 1.5, 3.2),
        SIZE * between(rng, 0.65, 1.15),
        (SIZE * between(rng, 0.25, 0.75), SIZE * between(rng, 0.48, 0.72)),
    )
    paint_sky(rng, canvas, light, camera.horizon)
    pavement = rgb(0.5, 0.49, 0.47) * between(rng, 0.6, 1.2)
    paint_ground(rng, canvas, camera, light, pavement * 0.8, pavement * 1.15, (0.4, 2.0), "fbm")
    road = between(rng, 2.4, 5.0)
    walk = between(rng, 1.2, 3.2)
    shift = between(rng, -0.35, 0.35) * road  # where we stand
    left, right = -road - shift, road - shift
    _end(rng, canvas, camera, light, season, left - walk, right + walk)
    tall = between(rng, 6, 16)
    for sign, x in ((-1, left - walk), (1, right + walk)):
        facing = 0.8 if light.side * sign < 0 else 0.08
        length = between(rng, 60, 110)
        strip = front(
            rng, light, length, (tall * 0.75, tall * between(rng, 1.1, 1.7)), 14.0, facing, between(rng, 0.2, 0.9)
        )
        start = between(rng, 1.5, 4.0)
        _side(canvas, camera, light, strip, x, start, length)
    wet = between(rng, 0.3, 1.0) if light.name in ("overcast", "storm", "fog") and chance(rng, 0.4) else 0.0
    asphalt(rng, canvas, camera, light, left, right, wet)
    _shade(canvas, camera, light, left, right, walk, tall)
    if season.snow:
        for x in (left, right):
            stripe(canvas, camera, light, x, 0.9, 1.0, 90.0, rgb(0.9, 0.92, 0.95), 0.9)
    else:
        for x in (left, right):
            stripe(canvas, camera, light, x, 0.22, 1.0, 120.0, rgb(0.62, 0.61, 0.59))
    if chance(rng, 0.6):
        dashes(canvas, camera, light, (left + right) / 2, 0.12, 2.5, 3.5, rgb(0.85, 0.85, 0.8), rng.random() * 3)
    if chance(rng, 0.2):
        for k in range(8):
            x = left + (k + 0.25) * (right - left) / 8
            stripe(canvas, camera, light, x + 0.2, (right - left) / 17, 6.0, 9.0, rgb(0.85, 0.85, 0.82))
    grime(rng, canvas, 0.2)
    _things(rng, canvas, camera, light, season, left, right, walk)
    if chance(rng, 0.2):
        paint_edge_branch(rng, canvas, light, season)
    return canvas, 2.5


def _side(canvas, camera, light, strip, x, start, length) -> None:
    """One row of houses, cut in three so that the far part fades more and is minified well."""
    scale = 14.0
    cuts = [0.0, 14.0, 36.0, length]
    for a, b in reversed(list(pairwise(cuts))):
        piece = strip.crop((round(a * scale), 0, round(b * scale), strip.height))
        lay(
            canvas,
            camera,
            light,
            piece,
            scale,
            (x, 0.0, start + a),
            (0.0, 1.0),
            start + (a * b) ** 0.5 if a else start + b / 3,
        )


def _end(rng, canvas, camera, light, season, left: float, right: float) -> None:
    """What closes the view: a cross street's houses, trees, or open sky."""
    kind = rng.random()
    far = between(rng, 65, 130)
    if kind < 0.5:
        strip = front(rng, light, (right - left) + 60, (8, between(rng, 12, 26)), 5.0, 0.4, 0.3)
        lay(canvas, camera, light, strip, 5.0, (left - 30, 0.0, far), (1.0, 0.0), far)
    elif kind < 0.75:
        foliage.treeline(rng, canvas, light, season, camera.horizon + 3, between(rng, 8, 26), far)


def _shade(canvas, camera, light, left, right, walk, tall) -> None:
    """The row on the sun's side throws its shadow over part of the road."""
    if light.sun.max() < 0.35:
        return
    reach = tall * (1.15 - light.height) * abs(light.side) * 1.5
    x0, x1 = (left - walk, left - walk + reach) if light.side < 0 else (right + walk - reach, right + walk)
    x0, x1 = max(x0, left - walk), min(x1, right + walk)
    corners = [(x0, 0, 1.0), (x1, 0, 1.0), (x1, 0, 120.0), (x0, 0, 120.0)]
    canvas.polygon(camera.project(corners), light.ambient * 0.22, 0.42)


def _things(rng, canvas, camera, light, season, left, right, walk) -> None:
    """Parked and driving cars, trees, lamps and walkers, the far ones first."""
    items = []
    leafy, lamps, reach = chance(rng, 0.4), chance(rng, 0.55), between(rng, 0.8, 2.0)
    for sign, kerb in ((-1, left), (1, right)):
        parked = rng.random() * 1.1
        z = between(rng, 4, 12)
        while z < 90:
            if rng.random() < parked:
                items.append((z, "car", kerb - sign * 1.15, "away" if (sign > 0) or chance(rng, 0.5) else "toward"))
            z += between(rng, 5.5, 8.0)
        z = between(rng, 5, 14)
        while z < 90 and (leafy or lamps):
            items.append((z, "tree" if leafy and (not lamps or chance(rng, 0.6)) else "lamp", kerb + sign * 0.7, sign))
            z += between(rng, 9, 16)
    for _ in range(int(rng.random() * 3)):
        lane = between(rng, 0.25, 0.45) * (right - left) / 2
        away = chance(rng, 0.5)
        items.append(
            (between(rng, 9, 60), "car", (left + right) / 2 + (lane if away else -lane), "away" if away else "toward")
        )
    for z, kind, x, detail in sorted(items, key=lambda item: -item[0]):
        if kind == "car":
            paint_vehicle(rng, canvas, camera, light, x, z, detail)
        elif kind == "lamp":
            paint_lamp(rng, canvas, camera, light, x, z, -detail * reach, 6.0)
        else:
            ((px, base),) = camera.project([(x, 0.0, z)])
            plants.broadleaf(rng, canvas, light, season, px, base, between(rng, 5, 8) * camera.focal / z, z)
    if chance(rng, 0.7):
        count = 1 + int(rng.random() * 7)
        paint_people(rng, canvas, camera, light, count, (-0.3, 0.3), (7.0, 45.0))
