"""What a forest is made of: leaves behind leaves, trunks, branches overhead."""

import math

import numpy as np

from ..brushes import foliage, noise, plants
from ..brushes.canvas import SIZE
from ..brushes.light import between, hazed, lit, pick, rgb


def backdrop(rng, canvas, light, season, camera, view) -> None:
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


def trunks(rng, canvas, camera, light, season, clear: float) -> None:
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


def overhang(rng, canvas, light, season) -> None:
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
