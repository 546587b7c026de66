"""Forests: inside among trunks, a path or stream, the edge of a wood, a conifer slope, the canopy from above."""

import numpy as np

from ..brushes import foliage, noise, plants
from ..brushes.camera import COARSE, Camera
from ..brushes.canvas import SIZE, Canvas
from ..brushes.ground import paint_ground
from ..brushes.light import between, chance, draw_light, hazed, lit, pick, rgb
from ..brushes.seasons import draw_season
from ..brushes.sky import paint_sky
from .forest_parts import backdrop, overhang, trunks


def forest(rng: np.random.Generator) -> tuple[Canvas, float]:
    light, season = draw_light(rng), draw_season(rng)
    light.visibility = between(rng, 40, 260) if light.name != "fog" else between(rng, 45, 110)
    if not season.snow and light.name != "fog":  # the air under trees is dim and takes the colour of the leaves
        light.haze = 0.45 * light.haze + 0.5 * lit(light, season.leaf[1], 0.5)
    view = pick(rng, {"trunks": 5, "path": 3, "edge": 4, "conifers": 3, "canopy": 1})
    canvas = Canvas()
    camera = Camera(1.7, SIZE * between(rng, 0.8, 1.4), (SIZE / 2, SIZE * between(rng, 0.45, 0.75)))
    paint_sky(rng, canvas, light, camera.horizon)
    if view == "canopy":
        _canopy(rng, canvas, light, season)
        return canvas, 4.0
    backdrop(rng, canvas, light, season, camera, view)
    floor = _floor(rng, season)
    paint_ground(rng, canvas, camera, light, *floor, sizes=(0.25, 0.9, 4.0), kind="leaves")
    if view in ("trunks", "path"):
        if view == "path":
            _path(rng, canvas, camera, light)
        trunks(rng, canvas, camera, light, season, clear=1.6 if view == "path" else 0.0)
        overhang(rng, canvas, light, season)
    else:
        _wall(rng, canvas, camera, light, season, 0.95 if view == "conifers" else 0.1)
    return canvas, 3.0


def _floor(rng, season):
    if season.snow:
        return season.grass
    litter = pick(rng, {((0.16, 0.11, 0.06), (0.45, 0.31, 0.18)): 3, ((0.08, 0.12, 0.04), (0.34, 0.40, 0.16)): 3})
    if season.name == "autumn":
        litter = ((0.22, 0.11, 0.04), (0.72, 0.42, 0.16))
    return rgb(*litter[0]), rgb(*litter[1])


def _path(rng, canvas, camera, light) -> None:
    """A trodden path, or a stream, that winds away."""
    x, z, first = camera.ground()
    middle = (
        (noise.sample("soft", rng.random() * 512 + 0 * z, rng.random() * 512 + z * 2.2) - 0.5) * np.minimum(z, 30) * 0.5
    )
    wide = between(rng, 0.6, 1.5)
    mask = noise.smoothstep(
        wide * 1.15, wide * 0.85, np.abs(x - middle) + 0.5 * (noise.sample("rough", x * 30, z * 30) - 0.5)
    )
    if chance(rng, 0.35):
        tone = noise.sample("fbm", x * 30, z * 12)[..., None]
        colour = (light.zenith * 0.25 + light.horizon * 0.45) * (0.45 + 0.8 * tone)
    else:
        tone = noise.sample("rough", x * 40, z * 40)[..., None]
        colour = lit(light, rgb(0.52, 0.42, 0.30) * (0.5 + 0.7 * tone), 0.5)
    canvas.texture(hazed(light, colour, z), mask * 0.95, 0, first, COARSE)


def _wall(rng, canvas, camera, light, season, needles: float) -> None:
    """Rows of whole trees, small behind and large in front, that leave little sky."""
    for row in range(4):
        base = camera.horizon + 4 + row * between(rng, 8, 20)
        tall = SIZE * (0.35 + 0.13 * row) * between(rng, 0.7, 1.3)
        far = 120.0 / (row + 1)
        for k in range(9 - row):
            x = (k + rng.random()) / (9 - row) * SIZE * 1.1 - 12
            if row == 3 and chance(rng, 0.4):
                continue
            plants.tree(
                rng, canvas, light, season, x, base + between(rng, -4, 6), tall * between(rng, 0.7, 1.25), far, needles
            )


def _canopy(rng, canvas, light, season) -> None:
    """A wooded slope from above: crowns to the top of the frame, or nearly."""
    slope = between(rng, 0.0, 0.22) * SIZE
    rows = (np.arange(SIZE)[:, None] - slope) / 12.0 + 2.0 * noise.field(rng, "rough", SIZE, SIZE, 1.5)
    canvas.tint(hazed(light, lit(light, season.leaf[0] * 0.9, 0.1), 60.0), noise.smoothstep(0.0, 1.5, rows))
    for row in range(9):
        t = row / 8.0
        size = SIZE * (0.07 + 0.19 * t)
        y = slope + (SIZE - slope) * t - size * 0.5
        count = int(SIZE / size * 1.7) + 1
        for k in range(count):
            x = (k + rng.random()) / count * SIZE * 1.1 - 12
            hue = 1.0 + 0.4 * (rng.random(3) - 0.5)
            needles = season.snow or rng.random() < 0.2
            paint = plants.conifer if needles else None
            if paint:
                paint(rng, canvas, light, season, x, y + size * 1.6, size * 1.9, 45 * (1 - t))
            else:
                foliage.crown(
                    rng,
                    canvas,
                    light,
                    (season.leaf[0] * hue, season.leaf[1] * hue),
                    x,
                    y + between(rng, -8, 8),
                    size * 1.2,
                    size * 1.15,
                    45 * (1 - t),
                    1.0,
                    7,
                )
