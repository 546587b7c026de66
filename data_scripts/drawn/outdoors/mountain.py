"""Mountains: ridged height fields with rock, snow, scree and woods, seen from valleys, lakes and summits."""

import numpy as np

from ..brushes import noise, plants
from ..brushes.camera import Camera
from ..brushes.canvas import SIZE, Canvas
from ..brushes.light import between, chance, draw_light, pick, rgb
from ..brushes.seasons import draw_season
from ..brushes.sky import paint_birds, paint_sky
from ..brushes.terrain import render, survey
from ..brushes.water import paint_water


def _relief(rng, amplitude: float, scale: float, start: float, valley: float):
    """Height function: ridges that rise behind `start` metres, lower along a valley in the middle."""
    du, dv, wu, wv = rng.random(4) * 512
    axis = between(rng, -0.5, 0.5)
    rugged, gullies = between(rng, 0.10, 0.30), between(rng, 0.10, 0.32)

    def height(x, z):
        warp = noise.sample("soft", wu + x * (30 / scale), wv + z * (30 / scale)) * 40.0
        ridges = noise.sample("ridged", du + x * (105 / scale) + warp, dv + z * (105 / scale) + warp * 0.6)
        spurs = noise.sample("ridged", dv + x * (420 / scale) - warp, du + z * (420 / scale) + warp) - 0.4
        fine = noise.sample("fbm", dv + x * (560 / scale), du + z * (560 / scale)) - 0.5
        rise = noise.smoothstep(start, start * 3.2, z)
        hollow = 1.0 - valley * np.exp(-(((x / np.maximum(z, 1.0) - axis) / 0.22) ** 2)) * noise.smoothstep(9e3, 3e3, z)
        return amplitude * rise * hollow * (ridges**1.15 + (rugged * fine + gullies * spurs) * (0.25 + ridges))

    return height


def _frame(rng, camera: Camera, relief) -> None:
    """Zoom until the highest visible point stands where a photographer puts it: some sky left above."""
    z = np.geomspace(80.0, 12e3, 70)[:, None]
    x = np.linspace(-0.4, 0.4, 25)[None, :] * z
    steepest = float(((relief(x, z + 0.0 * x) - camera.height) / z).max())
    wanted = camera.horizon - SIZE * between(rng, 0.06, 0.42)
    camera.focal = min(max(wanted / max(steepest, 0.02), 0.55 * SIZE), 3.2 * SIZE)


def _cover(rng, grid, amplitude: float, season, snowline: float):
    """Albedo of the slopes: woods and grass low and flat, rock where steep, snow high up."""
    fine = noise.sample("rough", (grid.x + grid.y * 0.4) * 0.35 + 9.0, (grid.z + 1.3 * grid.y) * 0.35)
    coarse = noise.sample("fbm", grid.x * 0.05, grid.z * 0.05 + 40.0)
    band = noise.sample("rough", grid.x * 0.02, grid.y * 1.1)  # strata
    rock_dark = pick(rng, {(0.20, 0.19, 0.19): 4, (0.26, 0.20, 0.15): 3, (0.30, 0.20, 0.14): 2, (0.16, 0.17, 0.20): 3})
    rock = rgb(*rock_dark) * (0.65 + 0.7 * fine + 0.5 * band)[..., None]
    treeline = between(rng, 0.2, 0.6)
    level = grid.y / amplitude + (coarse - 0.5) * 0.35 + (fine - 0.5) * 0.12
    woods = noise.smoothstep(0.42, 0.22, level + grid.slope * 0.12) * noise.smoothstep(0.30, 0.48, coarse)
    dark, bright = season.leaf
    if season.snow:
        dark, bright = rgb(0.06, 0.08, 0.07), rgb(0.24, 0.27, 0.24)
    wood = dark + (bright * 0.75 - dark) * (fine * 0.9)[..., None]
    meadow = season.grass[0] + (season.grass[1] - season.grass[0]) * (0.7 * fine)[..., None]
    low = noise.smoothstep(treeline, treeline - 0.25, level + grid.slope * 0.22)
    albedo = rock + (meadow - rock) * low[..., None]
    albedo = albedo + (wood - albedo) * woods[..., None]
    snow = noise.smoothstep(snowline, snowline + 0.16, level - grid.slope * 0.14 + (fine - 0.5) * 0.08)
    return albedo + (rgb(0.95, 0.96, 1.0) - albedo) * snow[..., None]


def _crags(rng):
    """Cracks and boulders, finer than the height field."""
    strength, du, dv = between(rng, 0.5, 1.1), rng.random() * 512, rng.random() * 512

    def detail(x, y, z):
        s = 0.55
        fine = noise.sample("rough", du + (x + 0.3 * y) * s, dv + (y * 1.2 + z * 0.5) * s)
        broad = noise.sample("ridged", dv + (x - 0.2 * y) * s * 0.22, du + (y + z * 0.3) * s * 0.22)
        return 1.0 + strength * ((fine - 0.5) * 1.3 + (broad - 0.45) * 0.5)

    return detail


def mountain(rng: np.random.Generator) -> tuple[Canvas, float]:
    light, season = draw_light(rng), draw_season(rng)
    light.visibility = max(light.visibility * 1.3, 2500.0)
    view = pick(rng, {"range": 4, "wall": 3, "peak": 3, "lake": 2.5, "summit": 2})
    canvas = Canvas()
    amplitude = between(rng, 950, 2300) * (1.15 if view in ("wall", "peak") else 1.0)
    start = {"range": 1200, "wall": 480, "peak": 620, "lake": 900, "summit": 250}[view] * between(rng, 0.7, 1.4)
    camera = Camera(
        height={"summit": amplitude * between(rng, 0.45, 0.7), "lake": 3.0}.get(view, between(rng, 6, 60)),
        focal=SIZE * between(rng, 0.9, 1.7),
        centre=(SIZE / 2, SIZE * (between(rng, 0.3, 0.55) if view == "summit" else between(rng, 0.68, 0.95))),
    )
    paint_sky(rng, canvas, light, camera.horizon)
    if chance(rng, 0.1):
        paint_birds(rng, canvas, light, camera.horizon * 0.6)
    if view == "lake":
        paint_water(rng, canvas, camera, light, between(rng, 0.0, 0.3))
    relief = _relief(rng, amplitude, between(rng, 900, 2200), start, between(rng, 0.2, 0.85))
    if view != "summit":
        _frame(rng, camera, relief)
    grid = survey(camera, light, relief, 60.0 if view == "summit" else 25.0, 14e3)
    snowline = between(rng, -0.1, 0.35) if season.snow else between(rng, 0.3, 1.3)
    albedo = _cover(rng, grid, amplitude, season, snowline)
    shown = (grid.y > 2.0).astype(np.float64) if view == "lake" else None
    colours, mask, _ = render(camera, light, grid, albedo, shown, _crags(rng))
    canvas.texture(colours, mask)
    if view == "lake":
        _reflect(rng, canvas, camera)
    if view != "summit" and chance(rng, 0.45):
        _foreground(rng, canvas, light, season)
    return canvas, 3.0


def _reflect(rng, canvas: Canvas, camera: Camera) -> None:
    """Mirror the shore in calm water, darker and shaken sideways."""
    row = round(camera.horizon) + 2
    if not 20 < row < SIZE - 8:
        return
    picture = canvas.array()
    depth = SIZE - row
    source = picture[np.clip(row - 1 - np.arange(depth), 0, SIZE - 1)]
    shake = ((noise.field(rng, "fbm", depth, 1, grain=9.0) - 0.5) * np.arange(depth)[:, None] * 0.12).astype(np.int64)
    columns = np.clip(np.arange(SIZE)[None, :] + shake, 0, SIZE - 1)
    mirrored = np.take_along_axis(source, columns[..., None], axis=1)
    mask = np.full((depth, SIZE), between(rng, 0.35, 0.8)) * (
        0.7 + 0.5 * noise.field(rng, "fbm", depth, SIZE, 3.0, 5.0)
    )
    canvas.texture(mirrored * 0.85, mask, 0, row)


def _foreground(rng, canvas: Canvas, light, season) -> None:
    """Trees at the edge of the frame give the height of the mountains a scale."""
    side = chance(rng, 0.5)
    for _ in range(1 + int(rng.random() * 7)):
        x = between(rng, -0.05, 0.4) * SIZE
        plants.tree(
            rng,
            canvas,
            light,
            season,
            x if side else SIZE - x,
            between(rng, 0.95, 1.1) * SIZE,
            between(rng, 0.15, 0.55) * SIZE,
            40.0,
            0.8,
        )
