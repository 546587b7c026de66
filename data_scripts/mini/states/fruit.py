"""Fruits: apple, pear, lemon, banana, berry, pumpkin, orange, tomato, fig and persimmon."""

import numpy as np

from ..light import between
from ..studio.scene import F
from .fields import around, colour, mix, smoothstep, speckle, waves
from .form import Form, ellipsoid, plain, rod, smooth_min

STALK = (0.16, 0.10, 0.04)


def _round_fruit(wide: float, dent: float, tall: float, lobes: int = 0, depth: float = 0.0):
    """A body of revolution with dents above and below: a ring that closes on itself; with lobes, as tomatoes have."""
    tube = 1.0 - dent

    def distance(x, y, z):
        r, c = around(x, y)
        if lobes:
            r = r * (F(1) + F(depth) * waves(c, lobes))
        r, z = r * F(1 / wide), (z - F(tall * tube)) * F(1 / tall)
        d = np.sqrt((r - F(dent)) ** 2 + z * z) - F(tube)
        return d * F(min(wide, tall) * (0.85 if lobes else 0.95))

    return distance


def _with_stalk(body, start, end, radius: float = 0.055):
    """The body with a stalk, and where the stalk is."""

    def distance(x, y, z):
        return np.minimum(body(x, y, z), rod(x, y, z, start, end, radius))

    def apart(x, y, z):
        return (rod(x, y, z, start, end, radius) < body(x, y, z)).astype(F)

    return distance, apart


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


def apple(rng) -> Form:
    start, red = rng.random(), rng.random()
    ground, blush = ((0.62, 0.52, 0.06), (0.48, 0.02, 0.02)) if red > 0.3 else ((0.30, 0.42, 0.04), (0.50, 0.30, 0.03))
    share = between(rng, 0.55, 1.1)
    distance, apart = _with_stalk(_round_fruit(0.98, 0.36, 1.2), (0, 0, 1.15), (0.14, 0.05, 1.85))

    def skin(x, y, z):
        _, c = around(x, y)
        streaks = speckle("rough", c * F(2), z * F(0.15), c * 0, 60.0, start)
        side = F(0.5) + F(0.5) * (x * F(0.6) - y * F(0.8))
        cheek = smoothstep(0.25, 0.75, side * F(0.6) + streaks * F(0.6) + F(share - 0.75))
        dots = smoothstep(0.90, 0.95, speckle("white", x, y, z, 40.0, start))
        return mix(mix(colour(ground) * np.ones_like(x), blush, cheek), (0.75, 0.65, 0.35), dots * F(0.5))

    def flesh(x, y, z):
        r = np.sqrt(x * x + (z - F(0.75)) ** 2)
        core = smoothstep(0.36, 0.30, r) * smoothstep(0.24, 0.30, r)
        out = mix(colour((0.88, 0.80, 0.52)) * np.ones_like(x), (0.70, 0.62, 0.28), core)
        pips = [((x - F(s * 0.11)) * F(1.6)) ** 2 + (z - F(0.72)) ** 2 for s in (1, -1)]
        return mix(out, (0.06, 0.025, 0.01), smoothstep(0.018, 0.008, np.minimum(*pips)))

    return Form(distance, skin, flesh, 1.86, 1.32, 0.9, apart=apart, green=STALK)


def pear(rng) -> Form:
    start, tint = rng.random(), 1.0 + 0.2 * (rng.random() - 0.5)
    lean = between(rng, -0.12, 0.12)

    def body(x, y, z):
        x = x - F(lean) * z
        low = np.sqrt(x * x + y * y + (z - F(0.82)) ** 2) - F(0.82)
        high = np.sqrt(x * x + y * y + (z - F(1.75)) ** 2) - F(0.40)
        return smooth_min(low, high, 0.75) * F(0.9)

    distance, apart = _with_stalk(body, (lean * 2, 0, 2.05), (lean * 2 + 0.16, 0.05, 2.5), 0.05)

    def skin(x, y, z):
        russet = smoothstep(0.55, 0.8, speckle("rough", x, y, z, 30.0, start))
        dots = smoothstep(0.86, 0.93, speckle("white", x, y, z, 45.0, start))
        out = mix(colour((0.50 * tint, 0.50, 0.07)) * np.ones_like(x), (0.55, 0.22, 0.05), smoothstep(0.1, 1.0, x * F(0.7) + F(0.2)) * F(0.5))
        return mix(mix(out, (0.34, 0.24, 0.07), russet * F(0.5)), (0.24, 0.20, 0.05), dots * F(0.6))

    def flesh(x, y, z):
        r = np.sqrt(x * x + (z - F(0.85)) ** 2)
        out = mix(colour((0.90, 0.86, 0.62)) * np.ones_like(x), (0.72, 0.68, 0.40), smoothstep(0.32, 0.26, r))
        pips = [((x - F(s * 0.11)) * F(1.7)) ** 2 + (z - F(0.82)) ** 2 for s in (1, -1)]
        return mix(out, (0.05, 0.02, 0.01), smoothstep(0.018, 0.008, np.minimum(*pips)))

    return Form(distance, skin, flesh, 2.5, 1.42, 0.5, apart=apart, green=STALK, size=0.88)


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

    return Form(distance, skin, _segments(9, 0.7, (0.82, 0.72, 0.22), (0.92, 0.90, 0.76), 0.86, 0.80), 1.40, 1.15, 0.8, relief, lies=True)


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

    return Form(distance, skin, _segments(10, 0.92, (0.86, 0.34, 0.03), (0.94, 0.80, 0.52), 0.88, 0.96), 1.84, 1.0, 0.8, relief)


def tomato(rng) -> Form:
    start, tone = rng.random(), between(rng, 0.85, 1.1)
    body = _round_fruit(1.0, 0.32, 1.05, 5, between(rng, 0.015, 0.035))

    def star(x, y, z):
        r, c = around(x, y)
        return (r * (F(1.15) - F(0.7) * waves(c, 5)) < F(0.42)) & (z > F(1.0))

    distance, stalk = _with_stalk(body, (0, 0, 1.1), (0.06, 0.08, 1.62), 0.05)

    def apart(x, y, z):
        return np.maximum(stalk(x, y, z), star(x, y, z).astype(F))

    def skin(x, y, z):
        out = colour((0.68 * tone, 0.035, 0.015)) * (F(0.9) + F(0.2) * speckle("soft", x, y, z, 20.0, start))
        return mix(out, (0.72, 0.20, 0.02), smoothstep(1.15, 1.35, z) * F(0.5))

    def flesh(x, y, z):
        r, c = around(x, z - F(0.75))
        room = smoothstep(0.1, 0.5, waves(c, 3)) * smoothstep(0.22, 0.30, r) * smoothstep(0.80, 0.72, r)
        out = mix(colour((0.70, 0.11, 0.05)) * np.ones_like(x), (0.55, 0.20, 0.02), room)
        seeds = smoothstep(0.80, 0.86, speckle("white", x, y, z, 22.0, start)) * room
        return mix(out, (0.85, 0.66, 0.25), seeds)

    return Form(distance, skin, flesh, 1.62, 1.26, 1.6, apart=apart)


def persimmon(rng) -> Form:
    start, turn = rng.random(), between(rng, 0.9, 1.1)
    body = _round_fruit(1.0, 0.30, 0.92, 4, 0.02)

    def leaves(x, y, z):
        r, c = around(x, y)
        edge = F(0.62) - F(0.20) * np.abs(waves(c, 2))
        return np.maximum(np.maximum(body(x, y, z) - F(0.05), (r - edge) * F(0.6)), F(0.9) - z)

    def distance(x, y, z):
        return np.minimum(body(x, y, z), leaves(x, y, z))

    def apart(x, y, z):
        return (leaves(x, y, z) < body(x, y, z)).astype(F)

    def skin(x, y, z):
        return colour((0.78 * turn, 0.20, 0.018)) * (F(0.85) + F(0.3) * speckle("soft", x, y, z, 22.0, start))

    def flesh(x, y, z):
        r, c = around(x, z - F(0.65))
        rays = smoothstep(0.3, 0.9, waves(c, 8)) * smoothstep(0.15, 0.25, r) * smoothstep(0.62, 0.5, r)
        return mix(colour((0.82, 0.32, 0.04)) * np.ones_like(x), (0.92, 0.55, 0.14), rays)

    return Form(distance, skin, flesh, 1.36, 1.24, 1.0, apart=apart, green=(0.13, 0.15, 0.05))


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

    return Form(distance, skin, flesh, 1.95, 1.12, 0.35)


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


def pumpkin(rng) -> Form:
    start, tone = rng.random(), between(rng, 0.9, 1.1)
    body = _round_fruit(1.0, 0.40, 1.1, 9, 0.045)
    distance, apart = _with_stalk(body, (0, 0, 1.0), (0.16, 0.1, 1.72), 0.12)

    def skin(x, y, z):
        _, c = around(x, y)
        out = colour((0.76 * tone, 0.24, 0.02)) * (F(0.8) + F(0.35) * speckle("rough", x, y, z, 24.0, start))
        return mix(out, (0.42, 0.14, 0.01), smoothstep(0.4, 1.0, waves(c, 9)) * F(0.7))

    def flesh(x, y, z):
        r = np.sqrt(x * x + (z - F(0.66)) ** 2)
        seeds = smoothstep(0.62, 0.75, speckle("rough", x, y, z, 40.0, start))
        hollow = mix(colour((0.70, 0.30, 0.05)) * np.ones_like(x), (0.90, 0.80, 0.55), seeds)
        return mix(hollow, (0.88, 0.45, 0.06), smoothstep(0.48, 0.56, r))

    return Form(distance, skin, flesh, 1.66, 1.30, 0.5, apart=apart, green=(0.20, 0.17, 0.06), size=1.1)
