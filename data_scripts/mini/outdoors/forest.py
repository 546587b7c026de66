"""Forests: inside among trunks, a path or stream, the edge of a wood, a conifer slope, the canopy from above."""

import math

import numpy as np

from .. import foliage, noise, plants
from ..camera import Camera
from ..canvas import SIZE, Canvas
from ..ground import paint_ground
from ..light import between, chance, draw_light, draw_season, hazed, lit, pick, rgb
from ..sky import paint_sky


def forest(rng: np.random.Generator) -> tuple[Canvas, float]:
    light, season = draw_light(rng), draw_season(rng)
    light.visibility = between(rng, 40, 260) if light.name != "fog" else between(rng, 20, 50)
    if not season.snow and light.name != "fog":  # the air under trees is dim and takes the colour of the leaves
        light.haze = 0.45 * light.haze + 0.5 * lit(light, season.leaf[1], 0.5)
    view = pick(rng, {"trunks": 5, "path": 3, "edge": 4, "conifers": 3, "canopy": 2})
    canvas = Canvas()
    camera = Camera(1.7, SIZE * between(rng, 0.8, 1.4), (SIZE / 2, SIZE * between(rng, 0.45, 0.75)))
    paint_sky(rng, canvas, light, camera.horizon)
    if view == "canopy":
        _canopy(rng, canvas, light, season)
        return canvas, 4.0
    _backdrop(rng, canvas, light, season, camera, view)
    floor = _floor(rng, season)
    paint_ground(rng, canvas, camera, light, *floor, sizes=(0.25, 0.9, 4.0), kind="leaves")
    if view in ("trunks", "path"):
        if view == "path":
            _path(rng, canvas, camera, light)
        _trunks(rng, canvas, camera, light, season, clear=1.6 if view == "path" else 0.0)
        _overhang(rng, canvas, light, season)
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


def _backdrop(rng, canvas, light, season, camera, view) -> None:
    """Leaves behind leaves, lighter and bluer with depth, with holes where the sky shines through."""
    layers = 3 if view in ("trunks", "path") else 2
    open_sky = between(rng, 0.0, 0.5) if not season.snow else between(rng, 0.3, 0.7)
    for k in range(layers):
        near = (k + 1) / layers
        leaf = noise.field(rng, "leaves", SIZE, SIZE, grain=2.6 - 1.5 * near)
        clump = noise.field(rng, "clumps", SIZE, SIZE, grain=between(rng, 2.5, 5.0) - 1.6 * near)
        big = noise.field(rng, "fbm", SIZE, SIZE, grain=0.9)
        rows = np.arange(SIZE)[:, None] / SIZE
        density = big + 0.35 * (leaf - 0.5) + 0.5 * (rows - 0.35) - open_sky * 0.45 + 0.12
        alpha = noise.smoothstep(0.36, 0.44, density)
        tone = np.clip(0.7 * clump + 0.9 * (leaf - 0.45) + 0.25 * (0.5 - rows), 0, 1)
        dark, bright = season.leaf
        if view == "conifers" or season.snow:
            dark, bright = rgb(0.05, 0.08, 0.05), rgb(0.22, 0.27, 0.18)
        albedo = dark + (bright - dark) * tone[..., None]
        colour = hazed(light, lit(light, albedo, tone * 0.9), 110.0 * (1.25 - near))
        canvas.texture(colour, alpha * (rows < (camera.horizon + 14) / SIZE))


def _trunk(rng, canvas, light, x, base, width, far, tone) -> None:
    """One tree trunk from (x, base) up out of the frame, round and rough."""
    lean = between(rng, -0.10, 0.10)
    left = math.floor(min(x - width, x + lean * -base - width)) - 3
    right = math.ceil(max(x + width, x + lean * -base + width)) + 3
    left, right, bottom = max(left, 0), min(right, SIZE), min(math.ceil(base), SIZE)
    if right - left < 2 or bottom < 4:
        return
    rows = np.arange(bottom)[:, None] + 0.5
    wobble = (noise.field(rng, "soft", bottom, 1, 0.6) - 0.5) * width * 1.2
    flare = 1.0 + 0.45 * np.exp(-(base - rows) / (width * 0.7 + 1)) + 0.25 * (rows / base - 0.5)
    u = (np.arange(left, right)[None, :] + 0.5 - x - lean * (rows - base) - wobble) / (width * 0.5 * flare)
    bark = noise.field(rng, "rough", bottom, right - left, grain=min(2.5, 22.0 / width), stretch=0.25)
    facing = np.clip(0.5 + 0.55 * u * light.side + 0.5 * (bark - 0.5), 0, 1)
    albedo = tone * (0.5 + 0.9 * bark)[..., None] * (1.0 - 0.55 * np.clip(u, -1, 1) ** 2)[..., None]
    canvas.texture(hazed(light, lit(light, albedo, facing), far), noise.smoothstep(1.08, 0.92, np.abs(u)), left, 0)


def _trunks(rng, canvas, camera, light, season, clear: float) -> None:
    bark = pick(rng, {(0.24, 0.19, 0.14): 4, (0.34, 0.32, 0.29): 3, (0.75, 0.73, 0.68): 1.5, (0.36, 0.22, 0.14): 1.5})
    count = 8 + int(rng.random() * 26)
    thick = between(rng, 0.18, 0.6)
    spots = []
    for depth, place, girth in rng.random((count, 3)):
        z = 4.0 * 16.0**depth
        spots.append((z, (place - 0.5) * z * 1.25, thick * (0.5 + girth)))
    for z, x, girth in sorted(spots, reverse=True):
        if abs(x) < clear:
            continue
        ((px, base),) = camera.project([(x, 0.0, z)])
        _trunk(rng, canvas, light, px, base, max(girth * camera.focal / z, 1.2), z, rgb(*bark) * between(rng, 0.7, 1.2))
        if rng.random() < 0.35:
            size = between(rng, 0.6, 2.0) * camera.focal / z
            px += between(rng, -1.5, 1.5) * size
            foliage.crown(rng, canvas, light, season.leaf, px, base - size * 0.7, size * 1.6, size, z, 0.8, 5)


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
    canvas.texture(hazed(light, colour, z), mask * 0.95, 0, first)


def _overhang(rng, canvas, light, season) -> None:
    """Branches with leaves across the top, nearer and darker than the rest."""
    if season.snow:
        for _ in range(3):
            plants.bare(
                rng, canvas, light, between(rng, -0.1, 1.1) * SIZE, between(rng, 0.5, 0.9) * SIZE, SIZE * 0.6, 6.0
            )
        return
    for _ in range(int(rng.random() * 14)):
        size = between(rng, 40, 110)
        foliage.crown(
            rng,
            canvas,
            light,
            season.leaf,
            rng.random() * SIZE,
            between(rng, -60, 70),
            size * 1.7,
            size,
            12.0,
            between(rng, 0.5, 1.0),
        )


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
                paint(rng, canvas, light, season, x, y + size * 1.6, size * 1.9, 160 * (1 - t))
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
                    160 * (1 - t),
                    1.0,
                    7,
                )
