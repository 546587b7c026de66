"""Tall buildings: skylines across water or trees, single towers, towers from the pavement, a city from above."""

import math

import numpy as np

from ..brushes import foliage, plants
from ..brushes.buildings import box, grime
from ..brushes.camera import Camera
from ..brushes.canvas import SIZE, Canvas
from ..brushes.clutter import paint_edge_branch
from ..brushes.elevation import wall_colour
from ..brushes.ground import paint_ground
from ..brushes.light import between, chance, draw_light, hazed, lit, pick, rgb
from ..brushes.seasons import draw_season
from ..brushes.sky import paint_sky
from ..brushes.towers import tower_style
from ..brushes.water import paint_water


def tallbuilding(rng: np.random.Generator) -> tuple[Canvas, float]:
    light, season = draw_light(rng), draw_season(rng)
    light.visibility = min(light.visibility, between(rng, 1600, 6000))
    view = pick(rng, {"skyline": 4, "single": 4, "below": 4, "above": 2.5})
    canvas = Canvas()
    paint = {"skyline": _skyline, "single": _single, "below": _below, "above": _above}[view]
    paint(rng, canvas, light, season)
    grime(rng, canvas, 0.12)
    if view in ("single", "below") and chance(rng, 0.3):
        paint_edge_branch(rng, canvas, light, season)
    return canvas, 3.0 if view != "below" else 8.0


def _crown(rng, canvas, camera, light, style, x, z, width, depth, top: float, far: float) -> None:
    """What ends a tower: a setback, a spire, plant rooms or nothing."""
    kind = rng.random()
    if kind < 0.3:
        inset = width * between(rng, 0.15, 0.3)
        rise = width * between(rng, 0.2, 0.7)
        box(rng, canvas, camera, light, x + inset, z + 1, width - 2 * inset, depth * 0.6, rise, style, far, base=top)
        top += rise
    if kind < 0.16 or 0.3 < kind < 0.42:
        foot, tip = camera.project(
            [(x + width / 2, top, z + 2), (x + width / 2, top + width * between(rng, 0.4, 1.3), z + 2)]
        )
        canvas.line(
            [foot, tip],
            hazed(light, style["colour"] * 0.5 * light.ambient, far),
            max(1.0, width * 0.04 * camera.focal / z),
        )
    elif kind > 0.9:
        ridge = [(x, top, z), (x + width, top, z), (x + width / 2, top + width * between(rng, 0.4, 1.2), z + depth / 2)]
        canvas.polygon(camera.project(ridge), hazed(light, lit(light, style["colour"] * 0.7, 0.4), far))


def _block(rng, canvas, camera, light, x, z, width, depth, height, far=None) -> None:
    style = tower_style(rng, light)
    box(rng, canvas, camera, light, x, z, width, depth, height, style, far)
    if height > 35:
        _crown(rng, canvas, camera, light, style, x, z, width, depth, height, z if far is None else far)


def _skyline(rng, canvas: Canvas, light, season) -> None:
    camera = Camera(between(rng, 2, 25), SIZE * between(rng, 1.3, 2.6), (SIZE / 2, SIZE * between(rng, 0.66, 0.9)))
    paint_sky(rng, canvas, light, camera.horizon)
    near = between(rng, 500, 1100)
    if chance(rng, 0.55):
        paint_water(rng, canvas, camera, light, between(rng, 0.0, 0.5))
    else:
        paint_ground(rng, canvas, camera, light, *season.grass)
    half = near * SIZE / camera.focal * 0.5
    peak = between(rng, 0.35, 0.75) * camera.horizon * near / camera.focal
    for row in range(3):
        z = near + (2 - row) * near * 0.22
        x = -half * 1.3
        while x < half * 1.3:
            width = half * between(rng, 0.07, 0.24)
            hump = math.exp(-((x / half) ** 2))
            height = peak * (0.15 + hump * rng.random() ** 1.5 * 1.1) * (1.15 - 0.25 * row)
            _block(rng, canvas, camera, light, x, z, width, width * 0.8, max(height, 12.0))
            x += width * between(rng, 0.9, 1.9)
    if chance(rng, 0.6):
        foliage.treeline(
            rng, canvas, light, season, camera.horizon + between(rng, 4, 9), between(rng, 4, 12), near * 0.8
        )


def _single(rng, canvas: Canvas, light, season) -> None:
    """One tower that towers over its neighbours, verticals kept straight."""
    camera = Camera(between(rng, 1.6, 12), SIZE * between(rng, 0.9, 1.5), (SIZE / 2, SIZE * between(rng, 0.78, 1.0)))
    paint_sky(rng, canvas, light, camera.horizon)
    paint_ground(rng, canvas, camera, light, rgb(0.3, 0.3, 0.3), rgb(0.48, 0.47, 0.45))
    z = between(rng, 110, 220)
    half = z * SIZE / camera.focal * 0.5
    for far in (2.2, 1.6, 1.3):
        for _ in range(5):
            width = half * between(rng, 0.25, 0.6)
            _block(
                rng,
                canvas,
                camera,
                light,
                between(rng, -1.2, 1.0) * half * far,
                z * far,
                width,
                width,
                half * between(rng, 0.3, 1.1),
            )
    height = camera.horizon * z / camera.focal * between(rng, 0.75, 1.05)
    for _ in range(1 if chance(rng, 0.65) else 2):
        width = half * between(rng, 0.35, 0.75)
        _block(
            rng,
            canvas,
            camera,
            light,
            between(rng, -0.85, 0.35) * half,
            z,
            width,
            width * between(rng, 0.5, 1.0),
            height * between(rng, 0.8, 1.0),
        )
    for _ in range(int(rng.random() * 6)):
        x = rng.random() * SIZE
        plants.tree(rng, canvas, light, season, x, camera.horizon + 8, between(rng, 15, 60), 70, 0.1)


def _below(rng, canvas: Canvas, light, season) -> None:
    """From the pavement with the head thrown back: verticals run together."""
    camera = Camera(
        1.6, SIZE * between(rng, 0.7, 1.1), (SIZE / 2, SIZE / 2), between(rng, 0.45, 0.8), between(rng, -0.25, 0.25)
    )
    paint_sky(rng, canvas, light, SIZE * 1.1)
    blocks = []
    for _ in range(2 + int(rng.random() * 4)):
        width = between(rng, 14, 34)
        z = between(rng, 18, 80)
        x = between(rng, 0.05, 0.8) * z * (1 if chance(rng, 0.5) else -1)
        blocks.append((z, x if x > 0 else x - width, width, between(rng, 60, 210)))
    blocks.append((between(rng, 45, 80), between(rng, -25, 5), between(rng, 18, 32), between(rng, 110, 230)))
    for z, x, width, height in sorted(blocks, reverse=True):
        _block(rng, canvas, camera, light, x, z, width, width, height, far=z * 2)


def _above(rng, canvas: Canvas, light, season) -> None:
    """From a high floor or a helicopter: towers stand packed to the horizon."""
    camera = Camera(between(rng, 140, 320), SIZE * between(rng, 0.9, 1.4), (SIZE / 2, SIZE * between(rng, 0.08, 0.35)))
    paint_sky(rng, canvas, light, camera.horizon)
    tone = wall_colour(rng) * 0.5
    paint_ground(rng, canvas, camera, light, tone * 0.5, tone, (20.0, 90.0, 400.0))
    z = 2300.0
    while z > camera.height * 1.3:
        half = z * SIZE / camera.focal * 0.55
        x = -half
        size = between(rng, 0.8, 1.4) * (24 + z * 0.02)
        while x < half:
            width = size * between(rng, 0.7, 1.3)
            height = camera.height * (0.10 + 0.9 * rng.random() ** 3) * (1.25 if z < 900 else 0.7)
            _block(rng, canvas, camera, light, x, z, width, width, height)
            x += width * between(rng, 1.3, 2.6)
        z *= 0.76
