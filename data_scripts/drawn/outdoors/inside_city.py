"""Inside the city: facades fill the frame, seen straight on or at a corner; shops, doors, parked cars, walkers."""

import numpy as np

from ..brushes import plants
from ..brushes.buildings import front, grime, lay
from ..brushes.camera import COARSE, Camera
from ..brushes.canvas import SIZE, Canvas
from ..brushes.clutter import paint_edge_branch, paint_lamp, paint_people
from ..brushes.ground import grain, paint_ground
from ..brushes.light import between, chance, draw_light, pick, rgb
from ..brushes.seasons import draw_season
from ..brushes.sky import paint_sky
from ..brushes.vehicles import paint_vehicle


def inside_city(rng: np.random.Generator) -> tuple[Canvas, float]:
    light, season = draw_light(rng), draw_season(rng)
    light.visibility = between(rng, 200, 800) if light.name != "fog" else between(rng, 50, 120)
    view = pick(rng, {"front": 4, "detail": 3, "oblique": 4, "corner": 3})
    canvas = Canvas()
    far = {
        "front": between(rng, 16, 32),
        "detail": between(rng, 6, 11),
        "oblique": between(rng, 8, 16),
        "corner": between(rng, 14, 28),
    }[view]
    camera = Camera(
        between(rng, 1.5, 2.2) if chance(rng, 0.8) else between(rng, 4, 9),
        SIZE * between(rng, 0.9, 1.3),
        (SIZE / 2, SIZE * between(rng, 0.62, 0.85)),
    )
    paint_sky(rng, canvas, light, camera.horizon)
    stone = rgb(0.5, 0.48, 0.45) * between(rng, 0.55, 1.25)
    paint_ground(rng, canvas, camera, light, stone * 0.75, stone * 1.15, (0.35, 1.5), "rough")
    facing = between(rng, 0.1, 0.9)
    tall = (between(rng, 9, 14), between(rng, 15, 26)) if view != "detail" else (9, 14)
    scale = 20.0 if view == "detail" else 14.0
    shops = between(rng, 0.2, 0.95)
    if view in ("front", "detail"):
        strip = front(rng, light, far * 1.7, tall, scale, facing, shops)
        lay(canvas, camera, light, strip, scale, (-far * 0.85 + between(rng, -4, 4), 0.0, far), (1.0, 0.0), far)
    elif view == "oblique":
        slope = between(rng, 0.45, 1.3) * (1 if chance(rng, 0.5) else -1)
        along = (1.0 / (1 + slope * slope) ** 0.5, slope / (1 + slope * slope) ** 0.5)
        strip = front(rng, light, far * 4.5, tall, scale, facing, shops)
        start = -far * 0.75 if slope > 0 else -far * 1.6
        z = far + start * slope
        if z < 3.0:
            start, z = start + (3.0 - z) / slope, 3.0
        lay(canvas, camera, light, strip, scale, (start, 0.0, z), along, far)
    else:
        edge = between(rng, -0.3, 0.3) * far
        for sign, lightness in ((-1, facing), (1, 1.0 - facing)):
            slope = between(rng, 0.25, 1.0)
            norm = (1 + slope * slope) ** 0.5
            strip = front(rng, light, far * 2.0, tall, scale, lightness, shops)
            if sign < 0:  # runs from far left to the near corner
                strip_length = strip.width / scale
                origin = (edge - strip_length / norm, 0.0, far + strip_length * slope / norm)
                lay(canvas, camera, light, strip, scale, origin, (1 / norm, -slope / norm), far)
            else:
                lay(canvas, camera, light, strip, scale, (edge, 0.0, far), (1 / norm, slope / norm), far)
    grime(rng, canvas, 0.22)
    if light.sun.max() > 0.6 and chance(rng, 0.5):
        _cast_shadow(rng, canvas, light)
    if view in ("front", "corner") and chance(rng, 0.7):
        _roadway(rng, canvas, camera, light, far)
    _things(rng, canvas, camera, light, season, far, view)
    return canvas, 3.0


def _cast_shadow(rng, canvas, light) -> None:
    """The houses behind us shade the lower part of the facades, with a slanting or stepped edge."""
    left, right = between(rng, 0.2, 1.0) * SIZE, between(rng, 0.2, 1.0) * SIZE
    points, x, steps = [(0, SIZE)], 0.0, 1 + int(rng.random() * 3)
    for k in range(steps):
        wide = SIZE / steps
        y = left + (right - left) * k / max(steps - 1, 1)
        points += [(x, y), (x + wide, y + between(rng, -30, 30))]
        x += wide
    canvas.polygon([*points, (SIZE, SIZE)], light.ambient * 0.15, between(rng, 0.3, 0.5))


def _roadway(rng, canvas, camera, light, far: float) -> None:
    """The carriageway crosses the view in front of the pavement."""
    kerb = max(far - between(rng, 2.5, 5.0), 4.0)
    x, z, first = camera.ground()
    tone = between(rng, 0.2, 0.4) * (light.ambient + light.sun * 0.4)
    mask = np.clip((kerb - z) * 6.0, 0.0, 1.0) * 0.92
    colour = tone * (0.9 + 0.2 * grain(rng, x, z, (0.3, 1.5)))[..., None]
    canvas.texture(colour, mask, 0, first, COARSE)
    (_, y0), (_, y1) = camera.project([(0, 0.12, kerb), (0, 0.0, kerb)])
    canvas.polygon([(0, y0), (SIZE, y0), (SIZE, y1), (0, y1)], light.ambient * 0.55 + light.sun * 0.15)


def _things(rng, canvas, camera, light, season, far: float, view: str) -> None:
    items = []
    if view != "detail":
        z = max(far - between(rng, 4.0, 6.5), 5.0)
        x = -far
        density = rng.random()
        while x < far:
            if rng.random() < density:
                items.append((z, "car", x))
            x += between(rng, 5.0, 7.5)
        for _ in range(int(rng.random() * 3)):
            items.append((z + 1.8, "tree" if chance(rng, 0.55) else "lamp", between(rng, -0.5, 0.5) * far))
    for z, kind, x in sorted(items, reverse=True):
        if kind == "car":
            paint_vehicle(rng, canvas, camera, light, x, z, "right" if chance(rng, 0.5) else "left")
        elif kind == "lamp":
            paint_lamp(rng, canvas, camera, light, x, z, between(rng, 0.2, 1.2), between(rng, 4, 6))
        else:
            ((px, base),) = camera.project([(x, 0.0, z)])
            plants.broadleaf(rng, canvas, light, season, px, base, between(rng, 4.5, 8) * camera.focal / z, z)
    if chance(rng, 0.65):
        near = max(3.5, far * 0.45)
        paint_people(
            rng, canvas, camera, light, 1 + int(rng.random() * 6), (-0.45, 0.45), (near, max(far - 1.0, near + 0.5))
        )
    if chance(rng, 0.15):
        paint_edge_branch(rng, canvas, light, season)
