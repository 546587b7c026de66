"""What else lies in a kitchen: potato, carrot, garlic, egg, mushroom and bread."""

import numpy as np

from ..brushes.light import between
from ..brushes.studio.scene import F
from .fields import around, colour, mix, smoothstep, speckle, waves
from .form import Form, ellipsoid, plain, rod, smooth_min


def potato(rng) -> Form:
    start = rng.random()
    bumps = [
        (between(rng, -0.5, 0.5), between(rng, -0.4, 0.4), between(rng, 0.4, 0.9), between(rng, 0.45, 0.58))
        for _ in range(3)
    ]

    def distance(x, y, z):
        d = ellipsoid(x, y, z - F(0.66), 1.0, 0.74, 0.66)
        for a, b, c, radius in bumps:
            d = smooth_min(d, np.sqrt((x - F(a)) ** 2 + (y - F(b)) ** 2 + (z - F(c)) ** 2) - F(radius), 0.4)
        return d * F(0.95)

    def eyes(x, y, z):
        return smoothstep(0.72, 0.80, speckle("soft", x, y, z, 46.0, start))

    def relief(x, y, z):
        return speckle("rough", x, y, z, 40.0, start) * F(0.02) - eyes(x, y, z) * F(0.03)

    def skin(x, y, z):
        out = colour((0.50, 0.33, 0.15)) * (F(0.7) + F(0.5) * speckle("rough", x, y, z, 30.0, start))
        return mix(
            out,
            (0.22, 0.12, 0.05),
            np.maximum(eyes(x, y, z), smoothstep(0.88, 0.95, speckle("white", x, y, z, 30.0, start))) * F(0.7),
        )

    return Form(distance, skin, plain((0.86, 0.74, 0.36)), 1.34, 1.12, 0.12, relief, lies=True)


def carrot(rng) -> Form:
    start, bend = rng.random(), between(rng, -0.18, 0.18)

    def root(x, y, z):
        y = y - F(bend) * x * x
        radius = F(0.20) - F(0.115) * x
        d = np.sqrt(y * y + (z - F(0.33)) ** 2) - np.clip(radius, F(0.02), F(0.34))
        return np.maximum(d * F(0.9), np.abs(x + F(0.05)) - F(1.2))

    def tuft(x, y, z):
        d = rod(x, y, z, (-1.1, 0.05, 0.35), (-1.55, 0.30, 0.62), 0.055)
        for end in ((-1.65, -0.12, 0.5), (-1.5, 0.05, 0.85), (-1.6, -0.35, 0.35)):
            d = np.minimum(d, rod(x, y, z, (-1.1, 0.0, 0.35), end, 0.055))
        return d

    def distance(x, y, z):
        return np.minimum(root(x, y, z), tuft(x, y, z))

    def apart(x, y, z):
        return (tuft(x, y, z) < root(x, y, z)).astype(F)

    def relief(x, y, z):
        return smoothstep(0.72, 0.85, speckle("rough", x * F(6), y * F(0.4), z * F(0.4), 26.0, start)) * F(-0.03)

    def skin(x, y, z):
        rings = smoothstep(0.66, 0.84, speckle("rough", x * F(6), y * F(0.4), z * F(0.4), 26.0, start))
        return mix(colour((0.80, 0.24, 0.02)) * np.ones_like(x), (0.48, 0.12, 0.015), rings * F(0.6))

    def flesh(x, y, z):
        r = np.sqrt(y * y + (z - F(0.33)) ** 2)
        return mix(colour((0.84, 0.34, 0.05)) * np.ones_like(x), (0.90, 0.55, 0.12), smoothstep(0.14, 0.10, r))

    return Form(distance, skin, flesh, 0.70, 1.70, 0.3, relief, apart, size=0.92, lies=True)


def garlic(rng) -> Form:
    start = rng.random()

    def distance(x, y, z):
        _, c = around(x, y)
        wide = F(1) + F(0.07) * waves(c, 6) * smoothstep(1.4, 0.6, z)
        low = ellipsoid(x * wide, y * wide, z - F(0.62), 0.92, 0.92, 0.62)
        high = rod(x, y, z, (0, 0, 1.0), (0.05, 0, 1.75), 0.13)
        return smooth_min(low, high, 0.6) * F(0.8)

    def skin(x, y, z):
        _, c = around(x, y)
        streaks = smoothstep(0.5, 0.8, speckle("rough", c * F(2), z * F(0.2), c * 0, 50.0, start))
        out = mix(
            colour((0.80, 0.76, 0.68)) * np.ones_like(x),
            (0.42, 0.26, 0.36),
            streaks * smoothstep(0.1, 0.5, z) * F(0.55),
        )
        return mix(out, (0.45, 0.34, 0.18), smoothstep(1.3, 1.8, z) * F(0.7))

    def relief(x, y, z):
        _, c = around(x, y)
        return waves(c, 6) * F(-0.015)

    return Form(distance, skin, plain((0.92, 0.86, 0.66)), 1.78, 1.12, 0.2, relief)


def egg(rng) -> Form:
    start, brown = rng.random(), rng.random()
    shell = (0.62, 0.36, 0.20) if brown > 0.4 else (0.86, 0.82, 0.74)

    def distance(x, y, z):
        d = ellipsoid(x, y, z - F(0.70), 0.98, 0.70, 0.70)
        narrow = F(1) + F(0.18) * x
        return np.minimum(d, F(9)) * F(0.9) + (narrow - F(1)) * F(0.12)

    def skin(x, y, z):
        dots = smoothstep(0.93, 0.97, speckle("white", x, y, z, 45.0, start))
        out = colour(shell) * (F(0.93) + F(0.12) * speckle("soft", x, y, z, 24.0, start))
        return mix(out, (0.30, 0.15, 0.07), dots * F(0.4))

    def flesh(x, y, z):
        r = np.sqrt((x + F(0.1)) ** 2 + (z - F(0.68)) ** 2)
        return mix(colour((0.90, 0.89, 0.84)) * np.ones_like(x), (0.90, 0.52, 0.04), smoothstep(0.46, 0.42, r))

    return Form(distance, skin, flesh, 1.40, 1.12, 0.35, size=0.95, lies=True)


def mushroom(rng) -> Form:
    start, tone = rng.random(), between(rng, 0.8, 1.1)

    def cap(x, y, z):
        top = ellipsoid(x, y, z - F(0.85), 0.98, 0.98, 0.78)
        return np.maximum(top, F(0.80) - z)

    def foot(x, y, z):
        return rod(x, y, z, (0, 0, 0.34), (0, 0, 0.9), 0.34)

    def distance(x, y, z):
        return smooth_min(cap(x, y, z), foot(x, y, z), 0.1)

    def skin(x, y, z):
        scales = smoothstep(0.62, 0.8, speckle("rough", x, y, z, 26.0, start))
        out = mix(colour((0.46 * tone, 0.30 * tone, 0.17)) * np.ones_like(x), (0.66, 0.52, 0.36), scales * F(0.7))
        return mix(out, (0.82, 0.76, 0.66), smoothstep(0.86, 0.78, z))

    return Form(distance, skin, plain((0.84, 0.78, 0.66)), 1.62, 1.12, 0.25)


def bread(rng) -> Form:
    start, cuts = rng.random(), between(rng, 1.5, 2.1)

    def distance(x, y, z):
        loaf = ellipsoid(x, y, z - F(0.28), 1.18, 0.74, 0.74)
        return np.maximum(loaf, -z)

    def scores(x, y, z):
        slant = x * F(cuts) + y * F(0.8)
        return smoothstep(0.16, 0.08, np.abs(slant - np.floor(slant) - F(0.5))) * smoothstep(0.6, 0.75, z)

    def relief(x, y, z):
        return speckle("rough", x, y, z, 36.0, start) * F(0.03) - scores(x, y, z) * F(0.06)

    def skin(x, y, z):
        out = colour((0.52, 0.25, 0.075)) * (F(0.65) + F(0.6) * speckle("rough", x, y, z, 24.0, start))
        return mix(out, (0.82, 0.66, 0.42), scores(x, y, z) * F(0.9))

    def flesh(x, y, z):
        holes = smoothstep(0.62, 0.72, speckle("rough", x, y, z, 44.0, start))
        return mix(colour((0.88, 0.76, 0.54)) * np.ones_like(x), (0.60, 0.44, 0.26), holes)

    return Form(distance, skin, flesh, 1.02, 1.32, 0.15, relief, size=1.1, lies=True)
