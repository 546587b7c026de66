"""Lemon, orange, fig, banana and berry."""

import numpy as np

from ..brushes.light import between
from ..brushes.studio.scene import F
from .fields import around, colour, mix, smoothstep, speckle, waves
from .form import Form, ellipsoid, plain, rod, smooth_min


def _segments(count: int, middle: float, pulp, white, rind: float, reach: float = 1.0):
    """Flesh in segments around an axis across the cut, as citrus fruits have them."""

    def flesh(x, y, z):
        r, c = around(x, z - F(middle))
        r = r * F(1 / reach)
        skins = smoothstep(0.88, 0.97, waves(c, count))
        pale = np.maximum(np.maximum(skins, smoothstep(rind - 0.05, rind, r)), smoothstep(0.14, 0.07, r))
        cells = speckle("white", x, y, z, 60.0, 0.3) * F(0.3) + F(0.85)
        return mix(colour(pulp) * cells, white, pale)

    return flesh


def lemon(rng) -> Form:
    start = rng.random()

    def distance(x, y, z):
        z = z - F(0.70)
        d = ellipsoid(x, y, z, 0.92, 0.72, 0.70)
        for side, long in ((1, 0.16), (-1, 0.10)):
            d = smooth_min(d, np.sqrt((x - F(side * 0.86)) ** 2 + y * y + z * z) - F(long), 0.30)
        return d

    def relief(x, y, z):
        return speckle("white", x, y, z, 34.0, start) * F(0.012)

    def skin(x, y, z):
        return colour((0.86, 0.66, 0.03)) * (F(0.9) + F(0.15) * speckle("soft", x, y, z, 30.0, start))

    return Form(
        distance,
        skin,
        _segments(9, 0.7, (0.82, 0.72, 0.22), (0.92, 0.90, 0.76), 0.86, 0.80),
        1.40,
        1.15,
        0.8,
        relief,
        lies=True,
    )


def orange(rng) -> Form:
    start, tone = rng.random(), between(rng, 0.92, 1.06)

    def distance(x, y, z):
        return ellipsoid(x, y, z - F(0.92), 0.98, 0.98, 0.92)

    def relief(x, y, z):
        return speckle("white", x, y, z, 36.0, start) * F(0.016)

    def skin(x, y, z):
        r = np.sqrt(x * x + y * y)
        top = smoothstep(0.14, 0.08, r) * (z > F(1.2))
        out = colour((0.86 * tone, 0.27, 0.012)) * (F(0.9) + F(0.18) * speckle("soft", x, y, z, 25.0, start))
        return mix(out, (0.10, 0.13, 0.03), top)

    return Form(
        distance, skin, _segments(10, 0.92, (0.86, 0.34, 0.03), (0.94, 0.80, 0.52), 0.88, 0.96), 1.84, 1.0, 0.8, relief
    )


def fig(rng) -> Form:
    start = rng.random()

    def distance(x, y, z):
        low = ellipsoid(x, y, z - F(0.76), 0.86, 0.86, 0.76)
        high = rod(x, y, z, (0, 0, 1.35), (0.08, 0, 1.85), 0.14)
        return smooth_min(low, high, 0.7) * F(0.9)

    def skin(x, y, z):
        _, c = around(x, y)
        lines = smoothstep(0.55, 0.8, speckle("rough", c * F(1.6), z * F(0.12), c * 0, 60.0, start))
        out = mix(colour((0.085, 0.03, 0.10)) * np.ones_like(x), (0.20, 0.11, 0.16), lines * F(0.7))
        return mix(out, (0.20, 0.24, 0.07), smoothstep(1.3, 1.75, z))

    def flesh(x, y, z):
        r = np.sqrt(x * x + (z - F(0.8)) ** 2)
        seeds = smoothstep(0.70, 0.82, speckle("white", x, y, z, 26.0, start))
        out = mix(colour((0.52, 0.07, 0.08)) * np.ones_like(x), (0.86, 0.62, 0.30), seeds * F(0.8))
        out = mix(out, (0.80, 0.66, 0.52), smoothstep(0.55, 0.66, r))
        return mix(out, (0.60, 0.25, 0.22), smoothstep(0.16, 0.10, r))

    return Form(distance, skin, flesh, 1.95, 1.12, 0.35, size=0.85)


def banana(rng) -> Form:
    start, spots = rng.random(), between(rng, 0.72, 0.95)
    bow = 1.7

    def distance(x, y, z):
        y = y - F(0.30)
        far = np.sqrt(x * x + (y + F(bow)) ** 2)
        ends = F(1) - (x * F(1 / 1.06)) ** 2
        thick = F(0.06) + F(0.24) * np.sqrt(np.maximum(ends, F(0)))
        d = np.sqrt((far - F(bow)) ** 2 + (z - F(0.30)) ** 2) - thick
        return np.maximum(d * F(0.72), np.abs(x) - F(1.10))

    def skin(x, y, z):
        out = colour((0.84, 0.60, 0.04)) * (F(0.9) + F(0.15) * speckle("soft", x, y, z, 30.0, start))
        out = mix(out, (0.20, 0.10, 0.02), smoothstep(spots, spots + 0.08, speckle("rough", x, y, z, 36.0, start)))
        return mix(out, (0.10, 0.07, 0.02), smoothstep(0.93, 1.02, np.abs(x)))

    return Form(distance, skin, plain((0.90, 0.82, 0.52)), 0.62, 1.40, 0.4, size=1.12, lies=True)


def berry(rng) -> Form:
    """A strawberry, lying on its side."""
    start = rng.random()

    def body(x, y, z):
        z = z - F(0.66)
        wide = ellipsoid(x + F(0.28), y, z, 0.62, 0.68, 0.66)
        tip = np.sqrt((x - F(0.55)) ** 2 + y * y + (z + F(0.18)) ** 2) - F(0.26)
        return smooth_min(wide, tip, 0.75)

    def cap(x, y, z):
        r, c = around(y, z - F(0.66))
        edge = F(0.40) + F(0.22) * waves(c, 5)
        return np.maximum(np.maximum(body(x, y, z) - F(0.05), (r - edge) * F(0.5)), x + F(0.55))

    def pits(x, y, z):
        u, v = x * F(5.2), (y * F(1.0) - z * F(1.1)) * F(5.0)
        row = np.floor(u)
        a, b = u - row - F(0.5), v + row * F(0.5)
        b = b - np.floor(b) - F(0.5)
        return a * a * F(0.5) + b * b

    def distance(x, y, z):
        return np.minimum(body(x, y, z), cap(x, y, z))

    def apart(x, y, z):
        return (cap(x, y, z) < body(x, y, z)).astype(F)

    def relief(x, y, z):
        return smoothstep(0.0, 0.10, pits(x, y, z)) * F(0.03)

    def skin(x, y, z):
        out = colour((0.62, 0.02, 0.02)) * (F(0.85) + F(0.3) * speckle("soft", x, y, z, 22.0, start))
        return mix(out, (0.80, 0.52, 0.12), smoothstep(0.035, 0.015, pits(x, y, z)))

    def flesh(x, y, z):
        r = np.sqrt((x + F(0.2)) ** 2 + (z - F(0.64)) ** 2)
        return mix(colour((0.80, 0.30, 0.22)) * np.ones_like(x), (0.92, 0.70, 0.58), smoothstep(0.40, 0.1, r))

    return Form(distance, skin, flesh, 1.36, 1.15, 1.0, relief, apart, size=0.9, lies=True)
