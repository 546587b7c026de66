"""Open country: fields, meadows, moor, prairie and desert under a wide sky, the horizon low or high, few trees."""

import numpy as np

from .. import noise, plants
from ..camera import Camera
from ..canvas import SIZE, Canvas
from ..clutter import paint_fence, paint_wires
from ..ground import paint_ground
from ..light import between, chance, draw_light, draw_season, pick, rgb
from ..sky import paint_birds, paint_sky
from ..terrain import render, survey


def _hills(rng, rise: float):
    du, dv = rng.random(2) * 512
    scale = between(rng, 250, 700)

    def height(x, z):
        soft = noise.sample("soft", du + x * (40 / scale), dv + z * (40 / scale)) - 0.5
        fine = noise.sample("rough", dv + x * (600 / scale), du + z * (600 / scale)) - 0.5
        return rise * noise.smoothstep(40, 900, z) * (0.35 + soft * 2.2) + 0.35 * fine

    return height


def _fields(rng, grid, season, patchy: float):
    """Albedo of the land: grass, with ploughed or flowering strips, hedges and clumps of trees."""
    fine = noise.sample("rough", grid.x * 1.6, grid.z * 1.6)
    far_fine = noise.sample("rough", grid.x * 0.11, grid.z * 0.11)
    tone = np.clip(0.55 * fine + 0.5 * far_fine - 0.05, 0, 1)
    albedo = season.grass[0] + (season.grass[1] - season.grass[0]) * tone[..., None]
    plots = noise.sample("soft", rng.random() * 512 + grid.x * 0.16, rng.random() * 512 + grid.z * 0.05)
    other = pick(rng, {(0.36, 0.26, 0.17): 3, (0.74, 0.64, 0.28): 3, (0.66, 0.56, 0.38): 3, (0.62, 0.42, 0.52): 0.7})
    if not season.snow:
        strip = noise.smoothstep(0.50, 0.54, plots) * patchy
        albedo = albedo + (rgb(*other) * (0.6 + 0.6 * tone)[..., None] - albedo) * strip[..., None]
    bushes = noise.sample("fbm", rng.random() * 512 + grid.x * 0.5, rng.random() * 512 + grid.z * 0.5)
    scrub = noise.smoothstep(0.62, 0.68, bushes) * between(rng, 0.0, 1.0)
    return albedo + (season.leaf[0] * 1.3 - albedo) * scrub[..., None]


def opencountry(rng: np.random.Generator) -> tuple[Canvas, float]:
    light, season = draw_light(rng), draw_season(rng)
    view = pick(rng, {"hills": 4, "plain": 3, "lone tree": 2, "far range": 3, "wood edge": 2})
    canvas = Canvas()
    camera = Camera(between(rng, 1.5, 6.0), SIZE * between(rng, 0.8, 1.5), (SIZE / 2, SIZE * between(rng, 0.28, 0.78)))
    paint_sky(rng, canvas, light, camera.horizon)
    if chance(rng, 0.15):
        paint_birds(rng, canvas, light, camera.horizon)
    if view == "far range":
        _range(rng, canvas, camera, light)
    rise = {"hills": between(rng, 25, 90), "plain": 1.5}.get(view, between(rng, 2, 25))
    paint_ground(rng, canvas, camera, light, *season.grass)
    grid = survey(camera, light, _hills(rng, rise), 2.0, 6e3)
    patchy = between(rng, 0.3, 1.0) if chance(rng, 0.55) else 0.0
    colours, mask, distance = render(camera, light, grid, _fields(rng, grid, season, patchy))
    canvas.texture(colours, mask)
    top = np.where(mask > 0.5, np.arange(SIZE)[:, None], SIZE).min(axis=0)  # skyline of the land, per column
    if view in ("wood edge", "plain") or chance(rng, 0.35):
        plants.treeline(
            rng, canvas, light, season, float(np.median(top)) + 4, between(rng, 4, 22), between(rng, 300, 1500)
        )
    _trees(rng, canvas, light, season, mask, distance, camera, view)
    if chance(rng, 0.2):
        paint_fence(rng, canvas, camera, light)
    if chance(rng, 0.12):
        paint_wires(rng, canvas, camera, light)
    return canvas, 2.5


def _range(rng, canvas: Canvas, camera: Camera, light) -> None:
    """Blue mountains far away, flat as cut paper."""
    rise = between(rng, 0.03, 0.13) * SIZE
    for far in (1.8, 1.0):
        profile = (
            camera.horizon
            - rise * far * noise.field(rng, "ridged" if rise > 20 else "fbm", 1, SIZE, between(rng, 0.4, 0.9))[0]
        )
        tone = light.haze * (0.55 + 0.2 * far) + rgb(0.02, 0.05, 0.10)
        rows = np.arange(SIZE)[:, None] + 0.5
        canvas.tint(tone, noise.smoothstep(-0.7, 0.7, rows - profile[None, :]) * 0.9)


def _trees(rng, canvas: Canvas, light, season, mask, distance, camera: Camera, view: str) -> None:
    """Single trees where the land is; the lone tree stands large and near."""
    spots = []
    count = int(rng.random() * 7) if view != "plain" else int(rng.random() * 3)
    for _ in range(count):
        x, y = int(rng.random() * SIZE), int(between(rng, camera.horizon - 20, camera.horizon + 45))
        if 0 <= y < SIZE and mask[y, x] > 0.5:
            spots.append((float(distance[y, x]), x, y))
    if view == "lone tree":
        spots.append((between(rng, 18, 45), int(between(rng, 0.2, 0.8) * SIZE), camera.horizon + between(rng, 25, 50)))
    for far, x, y in sorted(spots, reverse=True):
        height = between(rng, 7, 14) * camera.focal / max(far, 18.0)
        if height > 3:
            canvas.ellipse(x, y, height * 0.4, height * 0.05 + 1, light.ambient * 0.2, 0.35)
            plants.tree(rng, canvas, light, season, x, y + 1, min(height, SIZE * 0.8), far, 0.2)
