"""Things that nobody eats: rock, ball, box, bowl, log and wheel."""

import math

import numpy as np

from ..brushes.light import between
from ..brushes.studio import shapes
from ..brushes.studio.scene import F
from .fields import around, colour, mix, smoothstep, speckle, waves
from .form import Form, plain, rod, smooth_min


def rock(rng) -> Form:
    start, grey = rng.random(), between(rng, 0.16, 0.34)
    warm = between(rng, 0.85, 1.2)
    turns = [(between(rng, -0.6, 0.6), between(rng, -0.6, 0.6), between(rng, 0.5, 0.9)) for _ in range(5)]

    def distance(x, y, z):
        z = z - F(0.50)
        d = np.sqrt(x * x * F(0.9) + y * y + z * z * F(1.4)) * F(0.9) - F(0.86)
        for a, b, c in turns:  # faces, as if broken off
            for sign in (1, -1):
                length = math.sqrt(a * a + b * b + c * c)
                flat = (x * F(sign * a) + y * F(sign * b) + z * F(c)) * F(1 / length) - F(0.58)
                d = shapes.smooth_max(d, flat, F(0.18))
        return np.maximum(d, -z - F(0.5))

    def relief(x, y, z):
        return speckle("rough", x, y, z, 40.0, start) * F(0.06)

    def skin(x, y, z):
        mottle = F(0.6) + F(0.8) * speckle("rough", x, y, z, 30.0, start)
        out = colour((grey * warm, grey, grey / warm)) * mottle
        return mix(out, (0.60, 0.58, 0.54), smoothstep(0.9, 0.96, speckle("white", x, y, z, 30.0, start)) * F(0.6))

    return Form(distance, skin, plain((0.3, 0.3, 0.3)), 1.1, 1.2, 0.05, relief, size=1.1, lies=True)


def ball(rng) -> Form:
    tones = ((0.62, 0.04, 0.03), (0.80, 0.62, 0.05), (0.04, 0.12, 0.52), (0.04, 0.34, 0.08), (0.80, 0.80, 0.78))
    first, second = (tones[int(k)] for k in rng.permutation(5)[:2])
    tilt = between(rng, -0.5, 0.5)

    def skin(x, y, z):
        u, w = x + F(tilt) * (z - F(1)), z - F(1) - F(tilt) * x
        _, c = around(u, y)
        panel = smoothstep(-0.08, 0.08, waves(c, 3))
        out = mix(colour(first) * np.ones_like(x), second, panel)
        return mix(out, (0.82, 0.82, 0.80), smoothstep(0.88, 0.92, np.abs(w)))

    def seams(x, y, z):
        u = x + F(tilt) * (z - F(1))
        _, c = around(u, y)
        return smoothstep(0.10, 0.03, np.abs(waves(c, 3))) * F(-0.02)

    return Form(shapes.ball, skin, plain((0.05, 0.05, 0.05)), 2.0, 1.0, 0.9, seams, size=0.92)


def box(rng) -> Form:
    start, tone = rng.random(), between(rng, 0.75, 1.2)

    def boards(z):
        a = z * F(2.4)
        return np.abs(a - np.floor(a) - F(0.5))

    def frame(x, y, z):
        edges = [smoothstep(0.60, 0.63, np.abs(c)) for c in (x, y, z - F(0.84))]
        return np.minimum(edges[0] + edges[1] + edges[2] - F(1), F(1))

    def relief(x, y, z):
        gap = smoothstep(0.44, 0.48, boards(z)) * (F(1) - frame(x, y, z))
        return frame(x, y, z) * F(0.03) - gap * F(0.05)

    def skin(x, y, z):
        fibre = F(0.66) + F(0.6) * speckle("rough", x * F(0.4), y * F(0.4), z * F(5), 30.0, start)
        out = colour((0.46 * tone, 0.27 * tone, 0.115)) * fibre
        gap = smoothstep(0.44, 0.48, boards(z)) * (F(1) - frame(x, y, z)) * (z < F(1.6))
        return mix(out, (0.06, 0.03, 0.01), gap * F(0.9))

    return Form(shapes.cube, skin, plain((0.6, 0.4, 0.2)), 1.68, 1.46, 0.12, relief, size=0.86)


def bowl(rng) -> Form:
    start, tone = rng.random(), rng.random()
    clay = (0.50, 0.20, 0.09) if tone > 0.5 else (0.62, 0.56, 0.46)
    band = (0.05, 0.10, 0.30) if tone > 0.25 else (0.30, 0.08, 0.03)

    def distance(x, y, z):
        r, rise = np.sqrt(x * x + y * y), z - F(1.10)
        shell = shapes.smooth_max(np.abs(np.sqrt(r * r + rise * rise) - F(0.98)) - F(0.07), rise, F(0.08))
        foot = shapes.smooth_max(np.abs(r - F(0.38)) - F(0.09), np.abs(z - F(0.09)) - F(0.09), F(0.06))
        return np.minimum(shell, foot)

    def skin(x, y, z):
        out = colour(clay) * (F(0.8) + F(0.35) * speckle("rough", x * F(0.5), y * F(0.5), z * F(3), 24.0, start))
        stripe = smoothstep(0.12, 0.08, np.abs(z - F(0.78)))
        return mix(out, band, stripe)

    return Form(distance, skin, plain(clay), 1.10, 1.16, 1.1, size=1.05)


def log(rng) -> Form:
    start = rng.random()

    def wood(x, y, z):
        r = np.sqrt(y * y + (z - F(0.55)) ** 2)
        return shapes.smooth_max((r - F(0.55)) * F(0.95), np.abs(x) - F(1.12), F(0.06))

    def branch(x, y, z):
        return rod(x, y, z, (0.35, -0.2, 0.8), (0.55, -0.45, 1.3), 0.14)

    def distance(x, y, z):
        return smooth_min(wood(x, y, z), branch(x, y, z), 0.12)

    def ends(x, y, z):
        return smoothstep(1.06, 1.10, np.abs(x))

    def relief(x, y, z):
        bark = speckle("ridged", x * F(0.4), y * F(2), z * F(2), 40.0, start)
        return bark * F(0.10) * (F(1) - ends(x, y, z))

    def flesh(x, y, z):
        r = np.sqrt(y * y + (z - F(0.55)) ** 2) * F(9) + speckle("soft", x, y, z, 24.0, start)
        ring = np.abs(r - np.floor(r) - F(0.5)) * F(2)
        return mix(colour((0.62, 0.40, 0.19)) * np.ones_like(x), (0.36, 0.20, 0.08), ring * F(0.8))

    def skin(x, y, z):
        bark = speckle("ridged", x * F(0.4), y * F(2), z * F(2), 40.0, start)
        out = colour((0.22, 0.135, 0.07)) * (F(0.4) + F(1.1) * bark)
        return mix(out, flesh(x, y, z), ends(x, y, z))

    return Form(distance, skin, flesh, 1.15, 1.42, 0.05, relief, size=1.0, lies=True)


def wheel(rng) -> Form:
    """A cart's wheel, leaning back a little: it stands upright and is seen from the front."""
    start, spokes = rng.random(), 6 + 2 * int(rng.integers(2))
    tone = between(rng, 0.8, 1.2)

    def flat(x, y, z):
        y = (y - F(0.35)) + (z - F(1)) * F(-0.35)
        return x, y * F(0.94), z - F(1)

    def distance(x, y, z):
        x, y, z = flat(x, y, z)
        r, _ = around(x, z)
        rim = shapes.smooth_max(np.abs(r - F(0.86)) - F(0.13), np.abs(y) - F(0.13), F(0.06))
        hub = shapes.smooth_max(r - F(0.22), np.abs(y) - F(0.2), F(0.06))
        d = np.minimum(rim, hub)
        for k in range(spokes // 2):
            a, b = SPOKES[spokes][k]
            across = x * F(b) - z * F(a)
            spoke = np.maximum(np.sqrt(across * across + y * y) - F(0.07), r - F(0.86))
            d = np.minimum(d, spoke)
        return d * F(0.94)

    def skin(x, y, z):
        r, _ = around(*flat(x, y, z)[::2])
        grain = F(0.6) + F(0.7) * speckle("rough", x, y * F(4), z, 30.0, start)
        out = colour((0.34 * tone, 0.17 * tone, 0.07)) * grain
        return mix(out, (0.16, 0.15, 0.15), smoothstep(0.95, 0.98, r))

    return Form(distance, skin, plain((0.5, 0.3, 0.15)), 2.0, 1.25, 0.25, size=0.84)


# directions of spokes: cosine and sine, to four digits
SPOKES = {
    6: ((1.0, 0.0), (0.5, 0.8660), (-0.5, 0.8660)),
    8: ((1.0, 0.0), (0.7071, 0.7071), (0.0, 1.0), (-0.7071, 0.7071)),
}
