"""Open country: fields, meadows, moor, prairie and desert under a wide sky, the horizon low or high, few trees."""

import numpy as np

from ..brushes import foliage, noise, plants
from ..brushes.camera import Camera
from ..brushes.canvas import SIZE, Canvas
from ..brushes.clutter import paint_fence, paint_wires
from ..brushes.ground import grain
from ..brushes.light import between, chance, draw_light, hazed, lit, pick, rgb
from ..brushes.seasons import draw_season
from ..brushes.sky import paint_birds, paint_sky
from ..brushes.terrain import render, survey


def _hills(rng, rise: float):
    du, dv = rng.random(2) * 512
    scale = between(rng, 160, 600)

    def height(x, z):
        soft = noise.sample("soft", du + x * (40 / scale), dv + z * (40 / scale)) - 0.5
        fine = noise.sample("rough", dv + x * (600 / scale), du + z * (600 / scale)) - 0.5
        return rise * noise.smoothstep(15, 700, z) * (0.3 + soft * 2.4) + 0.3 * fine * noise.smoothstep(0.0, 12.0, z)

    return height


def _fields(rng, grid, season, patchy: float):
    """Albedo of the land: grass and tufts, ploughed or ripe strips with furrows, scrub, sometimes a track."""
    tone = grain(rng, grid.x, grid.z, (0.5, 2.2)) * 0.55 + grain(rng, grid.x, grid.z, (16.0, 70.0)) * 0.75 - 0.15
    tone = np.clip(0.5 + (tone - 0.5) * 1.7, 0.0, 1.0)
    albedo = season.grass[0] + (season.grass[1] - season.grass[0]) * tone[..., None]
    if patchy and not season.snow:
        across = rng.random() * 512 + grid.x * 0.16
        plots = noise.sample("soft", across, rng.random() * 512 + grid.z * between(rng, 0.04, 0.3))
        angle = between(rng, -0.5, 0.5)
        furrow = np.sin((grid.x + angle * grid.z) * (6.28 / between(rng, 0.7, 2.5)))
        furrow = 1.0 + 0.3 * furrow / (1.0 + (grid.z / 60.0) ** 2)
        for low, high in ((0.50, 0.54), (0.36, 0.33)):
            other = rgb(*pick(rng, _CROPS)) * between(rng, 0.8, 1.15)
            strip = noise.smoothstep(low, high, plots) if low < high else noise.smoothstep(-low, -high, -plots)
            crop = other * ((0.55 + 0.6 * tone) * furrow)[..., None]
            albedo = albedo + (crop - albedo) * (strip * patchy)[..., None]
    bushes = noise.sample("rough", rng.random() * 512 + grid.x * 2.5, rng.random() * 512 + grid.z * 2.5)
    scrub = noise.smoothstep(0.60, 0.66, bushes) * (between(rng, 0.3, 1.0) if chance(rng, 0.6) else 0.0)
    albedo = albedo + (season.leaf[0] * 1.3 - albedo) * scrub[..., None]
    if chance(rng, 0.25):
        middle = between(rng, -3, 3) + (
            noise.sample("soft", 0 * grid.z + rng.random() * 512, grid.z * 1.1) - 0.5
        ) * np.minimum(grid.z, 200)
        track = noise.smoothstep(1.6, 1.1, np.abs(grid.x - middle)) * 0.9
        albedo = albedo + (rgb(0.60, 0.51, 0.39) * (0.6 + 0.6 * tone)[..., None] - albedo) * track[..., None]
    return albedo


_CROPS = {
    (0.36, 0.26, 0.17): 3,
    (0.72, 0.63, 0.30): 3,
    (0.64, 0.55, 0.38): 3,
    (0.24, 0.32, 0.12): 3,
    (0.58, 0.42, 0.50): 0.5,
}


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
    rise = {"hills": between(rng, 25, 110), "plain": 2.0}.get(view, between(rng, 2, 25))
    grid = survey(camera, light, _hills(rng, rise), 2.0, 6e3)
    patchy = between(rng, 0.3, 1.0) if chance(rng, 0.55) else 0.0
    colours, mask, distance = render(camera, light, grid, _fields(rng, grid, season, patchy))
    canvas.texture(colours, mask)
    top = np.where(mask > 0.5, np.arange(SIZE)[:, None], SIZE).min(axis=0)  # skyline of the land, per column
    if view in ("wood edge", "plain") or chance(rng, 0.35):
        foliage.treeline(
            rng, canvas, light, season, float(np.median(top)) + 4, between(rng, 4, 22), between(rng, 300, 1500)
        )
    _trees(rng, canvas, light, season, mask, distance, camera, view)
    if chance(rng, 0.25):
        _farm(rng, canvas, camera, light, mask, distance)
    if chance(rng, 0.6):
        _tufts(rng, canvas, light, season)
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


def _farm(rng, canvas: Canvas, camera: Camera, light, mask, distance) -> None:
    """A few small houses or barns on the land."""
    wall, roof = rgb(0.78, 0.74, 0.68) * between(rng, 0.5, 1.1), rgb(0.38, 0.24, 0.20) * between(rng, 0.6, 1.4)
    x, y = int(between(rng, 0.1, 0.9) * SIZE), int(camera.horizon + between(rng, -15, 30))
    for _ in range(1 + int(rng.random() * 3)):
        if not (0 <= y < SIZE and 0 <= x < SIZE) or mask[y, x] < 0.5:
            return
        far = max(float(distance[y, x]), 60.0)
        w, h = between(rng, 9, 20) * camera.focal / far, between(rng, 3.0, 4.5) * camera.focal / far
        front, side = hazed(light, lit(light, wall, 0.6), far), hazed(light, lit(light, wall * 0.8, 0.1), far)
        canvas.polygon([(x, y), (x + w, y), (x + w, y - h), (x, y - h)], front)
        canvas.polygon([(x - w * 0.4, y), (x, y), (x, y - h), (x - w * 0.2, y - h * 1.8), (x - w * 0.4, y - h)], side)
        top = hazed(light, lit(light, roof, 0.6), far)
        canvas.polygon([(x, y - h), (x + w, y - h), (x + w * 0.8, y - h * 1.8), (x - w * 0.2, y - h * 1.8)], top)
        x += int(w * between(rng, 1.2, 2.5))


def _tufts(rng, canvas: Canvas, light, season) -> None:
    """Blades of grass, reeds or flower stalks close to the lens along the lower edge."""
    tall, lean = between(rng, 8, 45), between(rng, -0.4, 0.4)
    for x, size, tone, bend in rng.random((int(between(rng, 60, 260)), 4)):
        foot = SIZE * between(rng, 0.93, 1.06)
        colour = season.grass[0] * 0.7 + (season.grass[1] - season.grass[0] * 0.7) * tone
        if season.snow:
            colour = rgb(0.42, 0.36, 0.26) * (0.5 + tone)
        high, sway = tall * (0.3 + size), (lean + bend - 0.5) * tall * (0.3 + size) * 0.7
        points = [(x * SIZE, foot), (x * SIZE + sway * 0.3, foot - high * 0.6), (x * SIZE + sway, foot - high)]
        canvas.line(points, lit(light, colour, tone * 0.8), 1.5)
