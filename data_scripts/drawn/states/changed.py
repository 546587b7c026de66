"""States of the thing itself: fresh, unripe, wrinkled, cracked, cut, peeled.

Each takes a Form and returns it as it looks in that state. How much, and where, differs from picture to picture.
"""

import math
from dataclasses import replace

import numpy as np

from ..brushes.light import between
from ..brushes.studio.scene import F
from ..brushes.studio.shapes import smooth_max
from .covered import coated
from .fields import colour, cracks, mix, smoothstep, speckle
from .form import Form


def fresh(rng, form: Form) -> Form:
    """As it grew: nothing done to it, bright and clean."""
    lift = between(rng, 1.0, 1.12)
    return replace(form, skin=lambda x, y, z: form.skin(x, y, z) * F(lift), gloss=form.gloss * 1.2)


def unripe(rng, form: Form) -> Form:
    """Hard and green, here and there beginning to colour."""
    start, far = rng.random(), between(rng, 0.72, 0.95)
    green = (between(rng, 0.16, 0.26), between(rng, 0.36, 0.46), 0.05)

    def mask(x, y, z):
        return F(far) + F(0.35) * (speckle("soft", x, y, z, 20.0, start) - F(0.5))

    def coat(x, y, z):
        return colour(green) * (F(0.85) + F(0.3) * speckle("rough", x, y, z, 26.0, start))

    return coated(form, mask, coat, form.gloss, form.relief, on_stalk=False)


def wrinkled(rng, form: Form) -> Form:
    """Shrunk by age: folds, sunken places, a dull brownish skin."""
    start, deep = rng.random(), between(rng, 0.09, 0.14)

    def folds(x, y, z):
        return speckle("ridged", x, y, z * F(0.45), 60.0, start)

    def distance(x, y, z):
        sunk = speckle("soft", x, y, z, 16.0, start) * F(0.16)
        return (form.distance(x, y, z) + sunk * F(0.8)) * F(0.80)

    def relief(x, y, z):
        return (F(1) - folds(x, y, z)) * F(deep) + (form.relief(x, y, z) if form.relief else F(0))

    def skin(x, y, z):
        out = mix(form.skin(x, y, z) * F(0.72), (0.20, 0.10, 0.035), F(0.40))
        return out * (F(1.1) - F(0.75) * smoothstep(0.50, 0.90, folds(x, y, z)))

    return replace(form, distance=distance, skin=skin, relief=relief, gloss=form.gloss * 0.25)


def cracked(rng, form: Form) -> Form:
    """Broken through: dark lines that branch."""
    start, scale = rng.random(), between(rng, 20.0, 30.0)

    def mask(x, y, z):
        return cracks(x, y, z, start, scale)

    def relief(x, y, z):
        return cracks(x, y, z, start, scale) * F(-0.16)

    def dark(x, y, z):
        return np.broadcast_to(colour((0.015, 0.012, 0.01)), (3, len(x)))

    below = form.relief

    def both(x, y, z):
        return relief(x, y, z) + (below(x, y, z) if below else F(0))

    return replace(form, skin=lambda x, y, z: mix(form.skin(x, y, z), dark(x, y, z), mask(x, y, z)), relief=both)


def cut(rng, form: Form) -> Form:
    """Cut through: the inside looks at the camera."""
    side, up = between(rng, -0.35, 0.35), between(rng, 0.25, 0.5)
    length = math.sqrt(side * side + 1 + up * up)
    nx, ny, nz = side / length, -1 / length, up / length
    off = between(rng, -0.02, 0.12)

    def plane(x, y, z):
        return x * F(nx) + y * F(ny) + (z - F(form.height * 0.5)) * F(nz) - F(off)

    def distance(x, y, z):
        return smooth_max(form.distance(x, y, z), plane(x, y, z), F(0.03))

    def inside(x, y, z):
        on = smoothstep(-0.035, -0.015, plane(x, y, z)) * smoothstep(0.0, -0.05, form.distance(x, y, z))
        return on

    def skin(x, y, z):
        return mix(form.skin(x, y, z), form.flesh(x, y, z), inside(x, y, z))

    return replace(
        form,
        distance=distance,
        skin=skin,
        relief=None if form.relief is None else (lambda x, y, z: form.relief(x, y, z) * (F(1) - inside(x, y, z))),
    )


def peeled(rng, form: Form) -> Form:
    """The skin is off the upper part; below it ends in a torn edge."""
    start, edge, lean = rng.random(), between(rng, 0.30, 0.48), between(rng, -0.25, 0.25)

    def bare(x, y, z):
        torn = (speckle("rough", x, y, z, 16.0, start) - F(0.5)) * F(0.35)
        if form.lies:
            return smoothstep(-0.03, 0.03, x * F(0.5) + F(0.32 - edge * 0.4) + torn + F(lean) * z)
        return smoothstep(-0.02, 0.02, z * F(1 / form.height) - F(edge) + torn + F(lean) * x * F(0.5))

    def skin(x, y, z):
        on = bare(x, y, z)
        soft = form.flesh(x, y, z) * (F(0.85) + F(0.2) * speckle("rough", x, y, z, 22.0, start))
        out = mix(form.skin(x, y, z), soft, on)
        rim = on * (F(1) - on) * F(4)
        return mix(out, soft * F(0.75), rim)

    def relief(x, y, z):
        on = bare(x, y, z)
        below = form.relief(x, y, z) if form.relief else F(0)
        return below * (F(1) - on) - on * F(0.10)

    return replace(form, skin=skin, relief=relief, gloss=form.gloss * 0.7)
