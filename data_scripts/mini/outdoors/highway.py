"""Highways: several lanes under an open sky, guard rails, signs, bridges, traffic; country or suburbs beside them."""

from itertools import pairwise

import numpy as np

from .. import foliage, noise, plants
from ..camera import Camera
from ..canvas import SIZE, Canvas
from ..clutter import paint_lamp
from ..ground import asphalt, dashes, overlay, paint_ground, stripe
from ..light import between, chance, draw_light, draw_season, hazed, lit, pick, rgb
from ..sky import paint_sky
from ..vehicles import paint_vehicle

LANE = 3.6


def highway(rng: np.random.Generator) -> tuple[Canvas, float]:
    light, season = draw_light(rng), draw_season(rng)
    canvas = Canvas()
    high = between(rng, 5, 12) if chance(rng, 0.3) else between(rng, 1.3, 2.6)
    camera = Camera(
        high, SIZE * between(rng, 0.8, 1.6), (SIZE * between(rng, 0.2, 0.8), SIZE * between(rng, 0.30, 0.62))
    )
    paint_sky(rng, canvas, light, camera.horizon)
    _distance(rng, canvas, camera, light, season)
    paint_ground(rng, canvas, camera, light, *season.grass, sizes=(0.4, 3.0, 12.0))
    _verge(rng, canvas, camera, light, season)
    lanes = 2 + int(rng.random() * 3)
    shoulder = between(rng, 1.0, 3.0)
    left = -LANE * (int(rng.random() * lanes) + 0.5)
    right = left + lanes * LANE
    wet = between(rng, 0.3, 0.9) if light.name in ("overcast", "storm", "fog") and chance(rng, 0.35) else 0.0
    opposite = chance(rng, 0.65)
    median = between(rng, 1.0, 6.0)
    if opposite:
        asphalt(
            rng, canvas, camera, light, left - shoulder * 2 - median - lanes * LANE, left - median - shoulder * 0.5, wet
        )
    asphalt(rng, canvas, camera, light, left - shoulder * 0.5, right + shoulder, wet)
    white = rgb(0.9, 0.9, 0.86) * between(rng, 0.75, 1.0)
    stripe(canvas, camera, light, left, 0.18, 1.0, 400.0, rgb(0.85, 0.70, 0.25) if chance(rng, 0.4) else white)
    stripe(canvas, camera, light, right, 0.18, 1.0, 400.0, white)
    phase = rng.random() * 8
    for lane in range(1, lanes):
        dashes(canvas, camera, light, left + lane * LANE, 0.16, 3.5, 6.5, white, phase)
    if opposite:
        for lane in range(1, lanes):
            dashes(canvas, camera, light, left - median - shoulder - lane * LANE, 0.16, 3.5, 6.5, white, phase)
    if chance(rng, 0.7):
        _rail(rng, canvas, camera, light, right + shoulder + 0.3)
    if opposite:
        _rail(rng, canvas, camera, light, left - shoulder * 0.5 - median / 2)
    _structures(rng, canvas, camera, light, season, left, right, shoulder)
    _traffic(rng, canvas, camera, light, left, lanes, opposite, median + shoulder)
    return canvas, 2.0


def _distance(rng, canvas, camera, light, season) -> None:
    """Hills, woods or roofs along the horizon."""
    if chance(rng, 0.5):
        rise = between(rng, 6, 45)
        profile = camera.horizon - rise * noise.field(rng, "fbm", 1, SIZE, between(rng, 0.3, 0.9))[0]
        rows = np.arange(SIZE)[:, None] + 0.5
        tone = hazed(light, lit(light, season.leaf[1] * 0.5 + 0.06, 0.4), between(rng, 1500, 6000))
        canvas.tint(tone, noise.smoothstep(-0.7, 0.7, rows - profile[None, :]))
    if chance(rng, 0.75):
        foliage.treeline(rng, canvas, light, season, camera.horizon + 3, between(rng, 4, 24), between(rng, 150, 700))


def _verge(rng, canvas, camera, light, season) -> None:
    """Gravel or dry earth along the road."""
    x, z, first = camera.ground()
    if first < SIZE and chance(rng, 0.5):
        tone = noise.sample("rough", x * 12, z * 6)
        mask = noise.smoothstep(26, 14, np.abs(x) + 6 * tone) * 0.7
        overlay(canvas, first, lit(light, rgb(0.5, 0.44, 0.36) * (0.6 + 0.6 * tone)[..., None], 0.5), mask)


def _rail(rng, canvas, camera, light, x: float) -> None:
    """A guard rail or a concrete wall."""
    wall = chance(rng, 0.35)
    tone = rgb(0.60, 0.60, 0.60) * between(rng, 0.7, 1.2)
    cuts = [1.2, 4, 9, 20, 45, 100, 220]
    for a, b in pairwise(cuts):
        ink = hazed(light, lit(light, tone, 0.4), (a * b) ** 0.5)
        low, high = (0.0, 0.85) if wall else (0.45, 0.75)
        canvas.polygon(camera.project([(x, low, a), (x, high, a), (x, high, b), (x, low, b)]), ink)
        if not wall:
            canvas.line(camera.project([(x, 0.6, a), (x, 0.6, b)]), ink * 0.7, max(1, 0.05 * camera.focal / a))
    if not wall:
        for k in range(22, 0, -1):
            z = k * 2.0 + 0.5
            ink = hazed(light, lit(light, tone * 0.6, 0.3), z)
            canvas.line(camera.project([(x, 0.0, z), (x, 0.5, z)]), ink, max(1, 0.12 * camera.focal / z))


def _sign(rng, canvas, camera, light, x, z, wide, high, bottom, posts) -> None:
    colour = pick(rng, {(0.05, 0.30, 0.16): 4, (0.06, 0.20, 0.45): 4, (0.88, 0.88, 0.86): 1.5})
    steel = hazed(light, lit(light, rgb(0.45, 0.46, 0.47), 0.3), z)
    for post in posts:
        canvas.line(camera.project([(post, 0, z), (post, bottom + high, z)]), steel, max(1, 0.25 * camera.focal / z))
    panel = hazed(light, lit(light, rgb(*colour), 0.5), z)
    canvas.polygon(
        camera.project([(x, bottom, z), (x + wide, bottom, z), (x + wide, bottom + high, z), (x, bottom + high, z)]),
        panel,
    )
    ink = (
        rgb(0.1, 0.1, 0.1)
        if colour[0] > 0.5
        else hazed(light, rgb(0.92, 0.92, 0.9) * (light.ambient + light.sun * 0.4), z)
    )
    for row in range(2 if high < 2 else 3):
        y = bottom + high * (0.75 - 0.28 * row)
        u = x + wide * 0.1
        while u < x + wide * between(rng, 0.5, 0.9):
            canvas.line(
                camera.project([(u, y, z), (u + wide * 0.05, y, z)]), ink, max(1, high * 0.10 * camera.focal / z)
            )
            u += wide * 0.09


def _structures(rng, canvas, camera, light, season, left, right, shoulder) -> None:
    """Lamp posts, gantries, roadside signs, a bridge, single trees."""
    kind = rng.random()
    if kind < 0.16:  # a bridge over the road
        z = between(rng, 35, 90)
        tone = hazed(light, lit(light, rgb(0.55, 0.54, 0.52), 0.2 if light.behind else 0.5), z)
        for pier in (left - 1.5, right + shoulder + 1.0):
            canvas.polygon(
                camera.project([(pier - 0.7, 0, z), (pier + 0.7, 0, z), (pier + 0.7, 6, z), (pier - 0.7, 6, z)]),
                tone * 0.7,
            )
        canvas.polygon(camera.project([(-150, 5.4, z), (150, 5.4, z), (150, 6.8, z), (-150, 6.8, z)]), tone)
        canvas.polygon(
            camera.project([(-150, 5.4, z), (150, 5.4, z), (150, 5.4, z + 9), (-150, 5.4, z + 9)]), tone * 0.4
        )
    elif kind < 0.34:
        z = between(rng, 25, 70)
        wide = (right - left) * between(rng, 0.4, 0.9)
        _sign(rng, canvas, camera, light, right - wide, z, wide, between(rng, 2, 3.2), 5.4, (right + shoulder + 0.5,))
    elif kind < 0.6:
        x = right + shoulder + 1.5
        _sign(
            rng,
            canvas,
            camera,
            light,
            x,
            between(rng, 14, 45),
            between(rng, 1.5, 3.5),
            between(rng, 1.2, 2.4),
            1.8,
            (x + 0.3, x + 1.2),
        )
    if chance(rng, 0.35):
        reach = between(rng, 1.5, 3.0)
        for k in range(8, -1, -1):
            paint_lamp(rng, canvas, camera, light, right + shoulder + 1.2, 12 + 28 * k, -reach, 10.0)
    for _ in range(int(rng.random() * 9) if chance(rng, 0.7) else 0):
        z = between(rng, 25, 140)
        x = right + shoulder + between(rng, 5, 25) if chance(rng, 0.6) else left - between(rng, 18, 45)
        ((px, base),) = camera.project([(x, 0.0, z)])
        plants.tree(rng, canvas, light, season, px, base, between(rng, 6, 12) * camera.focal / z, z, 0.3)


def _traffic(rng, canvas, camera, light, left, lanes, opposite, gap) -> None:
    items = []
    dense = rng.random() ** 1.5 * 9
    for _ in range(int(dense)):
        lane = int(rng.random() * lanes)
        items.append((9.0 * 14.0 ** rng.random(), left + (lane + 0.5) * LANE, "away"))
    if opposite:
        for _ in range(int(rng.random() * 7)):
            lane = int(rng.random() * lanes)
            items.append((14.0 * 9.0 ** rng.random(), left - gap - (lane + 0.5) * LANE, "toward"))
    kept = []
    for z, x, heading in sorted(items, reverse=True):
        if all(abs(x - kx) > 2 or abs(z - kz) > 6 for kz, kx in kept):
            kept.append((z, x))
            kind = "lorry" if rng.random() < 0.12 else None
            paint_vehicle(rng, canvas, camera, light, x, z, heading, kind)
