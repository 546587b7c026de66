"""Coasts: open sea, beaches with surf, headlands, cliffs and bays; boats, birds and walkers."""

import numpy as np

from ..brushes import noise
from ..brushes.camera import COARSE, Camera
from ..brushes.canvas import SIZE, Canvas
from ..brushes.clutter import paint_people
from ..brushes.ground import grain
from ..brushes.light import between, chance, draw_light, hazed, pick, rgb
from ..brushes.seasons import draw_season
from ..brushes.sky import paint_birds, paint_sky
from ..brushes.terrain import render, survey
from ..brushes.water import paint_boat, paint_water, waves


def _headland(rng, view: str):
    """Height function with the sea at 0: land to one side, far across the bay, or as stacks in the water."""
    du, dv = rng.random(2) * 512
    side = 1.0 if chance(rng, 0.5) else -1.0
    shore = {"headland": between(rng, 15, 90), "far shore": 0.0, "rocks": 0.0, "cliff": between(rng, 18, 45)}[view]
    tall = {
        "headland": between(rng, 20, 90),
        "far shore": between(rng, 40, 350),
        "rocks": between(rng, 5, 16),
        "cliff": between(rng, 30, 80),
    }[view]
    start = between(rng, 1500, 4000)
    spread, reach = between(rng, 0.05, 0.5), between(rng, 200, 900)

    def height(x, z):
        coarse = noise.sample("fbm", du + x * 0.35, dv + z * 0.2)
        fine = noise.sample("ridged", dv + x * 2.0, du + z * 2.0)
        if view == "far shore":
            along = noise.sample("fbm", du + x * 0.05, dv + z * 0.01)
            return (
                tall * noise.smoothstep(start, start * 1.4, z) * (along + side * x / z * spread - 0.35) + fine * 4 - 4
            )
        if view == "rocks":
            lumps = noise.sample("fbm", du + x * 1.6, dv + z * 0.9)
            return tall * 3.0 * (lumps - 0.66) + 2.5 * (fine - 0.6) - 30 * noise.smoothstep(160, 300, z)
        inland = side * x - shore + z * spread * 0.3 + (coarse - 0.5) * (30 + 0.15 * z)
        bluff = 5.0 * noise.smoothstep(-14, 6, inland) + noise.smoothstep(0, 40, inland) * tall * (0.6 + 0.7 * coarse)
        end = noise.smoothstep(reach * 1.4, reach, z + reach * (coarse - 0.5))
        return (bluff + fine * 5.0 * noise.smoothstep(-20, 10, inland)) * end - 3.0

    return height


def coast(rng: np.random.Generator) -> tuple[Canvas, float]:
    light, season = draw_light(rng), draw_season(rng)
    view = pick(rng, {"open sea": 1.5, "beach": 7, "headland": 4, "far shore": 2, "rocks": 3, "cliff": 3})
    canvas = Canvas()
    height = between(rng, 1.6, 5) if view != "cliff" else between(rng, 15, 40)
    camera = Camera(height, SIZE * between(rng, 0.8, 1.4), (SIZE / 2, SIZE * between(rng, 0.22, 0.66)))
    paint_sky(rng, canvas, light, camera.horizon)
    rough = between(rng, 0.0, 1.0)
    paint_water(rng, canvas, camera, light, rough)
    if view not in ("open sea", "beach") or (view == "beach" and chance(rng, 0.4)):
        _land(rng, canvas, camera, light, season, "far shore" if view == "beach" else view)
    if chance(rng, 0.35):
        for _ in range(1 + int(rng.random() * 4)):
            z = between(rng, 60, 500) * height / 2.5
            paint_boat(rng, canvas, camera, light, between(rng, -0.4, 0.4) * z, z)
    if view == "beach":
        _beach(rng, canvas, camera, light, season)
    if chance(rng, 0.3):
        paint_birds(rng, canvas, light, camera.horizon)
    return canvas, 2.0


def _land(rng, canvas, camera, light, season, view: str) -> None:
    land = _headland(rng, view)
    grid = survey(camera, light, lambda x, z: np.minimum(land(x, z), camera.height - 2.0 + (z - 8.0) * 0.7), 6.0, 9e3)
    fine = noise.sample("rough", grid.x * 1.3, grid.z * 1.3)
    strata = noise.sample("rough", grid.x * 0.05, grid.y * 6.0)
    tone = pick(rng, {(0.44, 0.37, 0.30): 3, (0.30, 0.29, 0.29): 3, (0.70, 0.64, 0.54): 2, (0.50, 0.34, 0.25): 1.5})
    albedo = rgb(*tone) * (0.55 + 0.6 * fine + 0.5 * strata)[..., None]
    green = season.grass[0] + (season.grass[1] - season.grass[0]) * (fine * 0.7)[..., None]
    flat = noise.smoothstep(0.9, 0.45, grid.slope) * noise.smoothstep(2.5, 6.0, grid.y)
    albedo = albedo + (green - albedo) * flat[..., None]
    albedo = albedo * (0.45 + 0.55 * noise.smoothstep(0.0, 1.6, grid.y))[..., None]  # wet at the foot

    def detail(x, y, z):
        return 1.0 + 0.9 * (noise.sample("rough", (x + 0.3 * y) * 6.0, y * 8.0 + z * 2.0) - 0.5)

    colours, mask, _ = render(camera, light, grid, albedo, noise.smoothstep(-0.1, 0.1, grid.y), detail)
    canvas.texture(colours, mask)


def _beach(rng, canvas: Canvas, camera: Camera, light, season) -> None:
    """Sand in front or to one side, wet near the water, with lines of breaking surf."""
    x, z, first = camera.ground()
    slant = between(rng, 0.3, 2.2) * (1 if chance(rng, 0.5) else -1) if chance(rng, 0.7) else between(rng, -0.15, 0.15)
    shore = camera.focal * camera.height / ((SIZE - camera.horizon) * between(rng, 0.2, 0.75))  # to the waterline
    bend = (noise.sample("soft", rng.random() * 512 + x * 0.9, rng.random() * 512 + z * 0.3) - 0.5) * between(
        rng, 4, 14
    )
    inland = shore + bend - z + slant * x  # metres from the waterline, positive on land
    if abs(slant) > 0.3:
        inland = inland / (1.0 + abs(slant))
    swash = waves(rng, x, z, 6.0, 4.0) * 1.6
    foam_colour = np.minimum(light.ambient * 0.85 + light.sun * 0.45, 1.05)
    for line in range(1 + int(rng.random() * 4)):
        place = -(1.2 + line * between(rng, 3.0, 7.0)) * camera.height / 2.2
        wide = between(rng, 0.4, 1.5) * camera.height / 2.2
        ragged = inland - place + swash * (1.0 + 0.5 * line)
        lace = noise.sample("rough", x * 26 + line * 70, z * 34)
        foam = np.exp(-((ragged / wide) ** 2)) * noise.smoothstep(
            0.30, 0.62, lace + 0.25 * np.exp(-((ragged / wide) ** 2))
        )
        canvas.texture(
            hazed(light, np.broadcast_to(foam_colour, (*z.shape, 3)), z), np.clip(foam * 1.2, 0, 1), 0, first, COARSE
        )
    dark, bright = pick(
        rng,
        {
            ((0.50, 0.43, 0.32), (0.80, 0.72, 0.57)): 4,
            ((0.38, 0.35, 0.31), (0.62, 0.58, 0.52)): 3,
            ((0.17, 0.16, 0.15), (0.33, 0.31, 0.30)): 1.5,
        },
    )
    dark, bright = rgb(*dark), rgb(*bright)
    ripple = grain(rng, x, z, (0.25, 0.8, 3.5))
    tone = np.clip((ripple - 0.5) * 1.6 + 0.5 + 0.02 * inland, 0, 1)
    wet = noise.smoothstep(between(rng, 2.0, 5.0), 0.2, inland + swash)
    sand = (dark + (bright - dark) * tone[..., None]) * (light.ambient + light.sun * (0.3 + 0.5 * light.height)) * 0.95
    mirror = light.horizon * 0.55 + light.zenith * 0.25
    sand = sand + (sand * 0.5 + mirror * 0.35 - sand) * (wet * 0.85)[..., None]
    edge = 0.10 + 0.01 * z
    mask = noise.smoothstep(-edge, edge, inland + swash * 0.8)
    canvas.texture(hazed(light, sand, z), mask, 0, first, COARSE)
    lip = np.exp(-(((inland + swash * 0.8) / (0.12 + 0.012 * z)) ** 2)) * 0.8
    canvas.texture(np.broadcast_to(foam_colour, (*z.shape, 3)), lip, 0, first, COARSE)
    if chance(rng, 0.4):
        paint_people(rng, canvas, camera, light, 1 + int(rng.random() * 6), (-0.35, 0.35), (shore * 0.8, shore * 3.0))
