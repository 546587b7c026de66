"""Fruits with a stalk: apple, pear, tomato, persimmon and pumpkin."""

import numpy as np

from ..brushes.light import between
from ..brushes.studio.scene import F
from .fields import around, colour, mix, smoothstep, speckle, waves
from .form import Form, rod, smooth_min

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
        return mix(out, (0.06, 0.025, 0.01), smoothstep(0.018, 0.008, np.minimum(*pips)) * (np.abs(y) < F(0.35)))

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
        out = mix(
            colour((0.50 * tint, 0.50, 0.07)) * np.ones_like(x),
            (0.55, 0.22, 0.05),
            smoothstep(0.1, 1.0, x * F(0.7) + F(0.2)) * F(0.5),
        )
        return mix(mix(out, (0.34, 0.24, 0.07), russet * F(0.5)), (0.24, 0.20, 0.05), dots * F(0.6))

    def flesh(x, y, z):
        r = np.sqrt(x * x + (z - F(0.85)) ** 2)
        out = mix(colour((0.90, 0.86, 0.62)) * np.ones_like(x), (0.72, 0.68, 0.40), smoothstep(0.32, 0.26, r))
        pips = [((x - F(s * 0.11)) * F(1.7)) ** 2 + (z - F(0.82)) ** 2 for s in (1, -1)]
        return mix(out, (0.05, 0.02, 0.01), smoothstep(0.018, 0.008, np.minimum(*pips)) * (np.abs(y) < F(0.35)))

    return Form(distance, skin, flesh, 2.5, 1.42, 0.5, apart=apart, green=STALK, size=0.72)


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

    return Form(distance, skin, flesh, 1.66, 1.30, 0.5, apart=apart, green=(0.20, 0.17, 0.06), size=0.95)
