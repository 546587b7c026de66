"""Highways: several lanes under an open sky, guard rails, signs, bridges, traffic; country or suburbs beside them."""

import numpy as np

from ..brushes import foliage, noise
from ..brushes.camera import Camera
from ..brushes.canvas import SIZE, Canvas
from ..brushes.ground import asphalt, dashes, overlay, paint_ground, stripe
from ..brushes.light import between, chance, draw_light, hazed, lit, rgb
from ..brushes.seasons import draw_season
from ..brushes.sky import paint_sky
from ..brushes.vehicles import paint_vehicle
from .roadside import rail, structures

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
        rail(rng, canvas, camera, light, right + shoulder + 0.3)
    if opposite:
        rail(rng, canvas, camera, light, left - shoulder * 0.5 - median / 2)
    structures(rng, canvas, camera, light, season, left, right, shoulder)
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
