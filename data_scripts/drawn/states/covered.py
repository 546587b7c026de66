"""States that come over a thing from outside: wet, frozen, burnt, moldy, mossy, dirty, painted.

Each takes a Form and returns it as it looks in that state. How much, and where, differs from picture to picture.
"""

from dataclasses import replace

import numpy as np

from ..brushes.light import between
from ..brushes.studio.scene import F
from .fields import colour, cracks, drops, mix, smoothstep, speckle
from .form import Form


def coated(form: Form, mask, coat, gloss: float, relief=None, on_stalk: bool = True) -> Form:
    """The form with a share mask(x, y, z) of its skin under `coat`, whose gloss is its own."""

    def share(x, y, z):
        m = mask(x, y, z)
        return m if on_stalk or form.apart is None else m * (F(1) - form.apart(x, y, z))

    def skin(x, y, z):
        return mix(form.skin(x, y, z), coat(x, y, z), share(x, y, z))

    def both(x, y, z):
        below = form.relief(x, y, z) if form.relief else F(0)
        m = share(x, y, z)
        return below * (F(1) - m) + (relief(x, y, z) if relief else F(0)) * m

    return replace(form, skin=skin, relief=both if relief or form.relief else None, gloss=(form.gloss + 2 * gloss) / 3)


def wet(rng, form: Form) -> Form:
    """Covered with drops, and shining where the water runs together."""
    start, scale = rng.random(), between(rng, 90.0, 135.0)

    def relief(x, y, z):
        below = form.relief(x, y, z) * F(0.5) if form.relief else F(0)
        return below + drops(x, y, z, scale, start) * F(0.07)

    def skin(x, y, z):
        drop = smoothstep(0.02, 0.25, drops(x, y, z, scale, start))
        film = form.skin(x, y, z) * F(0.62)
        return film * (F(1) + F(0.55) * drop)

    return replace(form, skin=skin, relief=relief, gloss=form.gloss + 1.9)


def frozen(rng, form: Form) -> Form:
    """Under hoar frost: white crystals, thickest where it looks up."""
    start, thick = rng.random(), between(rng, 0.0, 0.22)

    def mask(x, y, z):
        grains = speckle("white", x, y, z, 30.0, start)
        patches = speckle("rough", x, y, z, 24.0, start)
        high = z * F(0.5 / form.height) + patches * F(0.75) + F(thick)
        return np.clip(F(0.22) + smoothstep(0.50, 0.95, high) * (F(0.40) + F(0.5) * grains), F(0), F(0.95))

    def coat(x, y, z):
        return colour((0.80, 0.90, 1.0)) * (F(0.75) + F(0.45) * speckle("white", x, y, z, 40.0, start))

    def relief(x, y, z):
        return speckle("white", x, y, z, 30.0, start) * F(0.07)

    return coated(form, mask, coat, 0.5, relief)


def burnt(rng, form: Form) -> Form:
    """Charred: black and dull, ash on it, brown where the fire came less near."""
    start, far = rng.random(), between(rng, 0.40, 0.62)

    def how_near(x, y, z):
        return speckle("rough", x, y, z, 14.0, start) + F(far) - F(0.5)

    def mask(x, y, z):
        return smoothstep(0.22, 0.42, how_near(x, y, z))

    def coat(x, y, z):
        near = how_near(x, y, z)
        out = mix(colour((0.16, 0.06, 0.015)) * np.ones_like(x), (0.012, 0.011, 0.011), smoothstep(0.36, 0.50, near))
        ash = smoothstep(0.80, 0.92, speckle("white", x, y, z, 24.0, start)) * smoothstep(0.5, 0.6, near)
        return mix(out, (0.34, 0.32, 0.31), ash * F(0.8))

    def relief(x, y, z):
        return (speckle("rough", x, y, z, 40.0, start) - cracks(x, y, z, start)) * F(0.07)

    return coated(form, mask, coat, 0.0, relief)


def moldy(rng, form: Form) -> Form:
    """Patches of mould: green-grey in the middle, white and woolly at the rim."""
    start, far = rng.random(), between(rng, -0.08, 0.02)

    def grown(x, y, z):
        fuzz = speckle("white", x, y, z, 34.0, start) - F(0.5)
        return speckle("soft", x, y, z, 34.0, start) + F(far) + fuzz * F(0.06)

    def mask(x, y, z):
        return smoothstep(0.48, 0.53, grown(x, y, z))

    def coat(x, y, z):
        inner = smoothstep(0.56, 0.66, grown(x, y, z))
        out = mix(colour((0.74, 0.76, 0.70)) * np.ones_like(x), (0.14, 0.22, 0.14), inner)
        return out * (F(0.75) + F(0.5) * speckle("white", x, y, z, 40.0, start))

    def relief(x, y, z):
        return speckle("white", x, y, z, 34.0, start) * F(0.08)

    spoilt = replace(form, skin=lambda x, y, z: form.skin(x, y, z) * F(0.75), gloss=form.gloss * 0.4)
    return coated(spoilt, mask, coat, 0.0, relief)


def mossy(rng, form: Form) -> Form:
    """Moss on what looks up, running down in tongues."""
    start, far = rng.random(), between(rng, 0.30, 0.55)

    def mask(x, y, z):
        high = z * F(1 / form.height)
        edge = speckle("rough", x, y, z, 20.0, start)
        return smoothstep(0.42, 0.56, high * F(0.75) + (edge - F(0.5)) * F(0.9) + F(far - 0.28))

    def coat(x, y, z):
        tone = F(0.45) + F(1.1) * speckle("white", x, y, z, 32.0, start)
        out = colour((0.10, 0.20, 0.022)) * tone
        return mix(out, (0.26, 0.30, 0.05), smoothstep(0.5, 0.75, speckle("soft", x, y, z, 24.0, start)) * F(0.6))

    def relief(x, y, z):
        return speckle("white", x, y, z, 26.0, start) * F(0.13)

    return coated(form, mask, coat, 0.0, relief)


def dirty(rng, form: Form) -> Form:
    """Mud: thick below, splashed above, with dust over all."""
    start, far = rng.random(), between(rng, 0.38, 0.58)

    def mask(x, y, z):
        high = z * F(1 / form.height)
        edge = speckle("rough", x, y, z, 18.0, start)
        low = smoothstep(0.06, -0.04, high - F(far) + (edge - F(0.5)) * F(0.8))
        splash = smoothstep(0.30, 0.40, drops(x, y, z, 62.0, start))
        return np.maximum(np.maximum(low, splash), F(0.22)) * F(0.96)

    def coat(x, y, z):
        return colour((0.115, 0.068, 0.034)) * (F(0.6) + F(0.8) * speckle("rough", x, y, z, 34.0, start))

    def relief(x, y, z):
        return speckle("rough", x, y, z, 34.0, start) * F(0.05) + drops(x, y, z, 62.0, start) * F(0.05)

    return coated(form, mask, coat, 0.05, relief)


def painted(rng, form: Form) -> Form:
    """Bands and dots of bright paint."""
    tones = (
        (0.70, 0.03, 0.03),
        (0.03, 0.15, 0.60),
        (0.85, 0.65, 0.03),
        (0.03, 0.42, 0.12),
        (0.85, 0.85, 0.82),
        (0.45, 0.04, 0.42),
    )
    a, b, c = (tones[int(k)] for k in rng.permutation(6)[:3])
    start, count, lean = rng.random(), between(rng, 2.2, 3.4), between(rng, -0.35, 0.35)

    def coat(x, y, z):
        way = (x if form.lies else z * F(1.0)) + F(lean) * (z if form.lies else x)
        way = (
            way * F(count / (2.2 if form.lies else form.height))
            + F(start)
            + F(0.08) * speckle("soft", x, y, z, 20.0, start)
        )
        band = way - np.floor(way)
        out = mix(colour(a) * np.ones_like(x), b, smoothstep(0.30, 0.33, band))
        out = mix(out, c, smoothstep(0.62, 0.65, band))
        side = y * F(3.2) if form.lies else x * F(3.2)
        dot = (side - np.floor(side) - F(0.5)) ** 2 + ((band - F(0.47)) * F(3.0)) ** 2
        return mix(out, c, smoothstep(0.08, 0.05, dot))

    def mask(x, y, z):
        worn = speckle("rough", x, y, z, 30.0, start)
        return smoothstep(0.14, 0.2, worn)

    return coated(form, mask, coat, 1.1, form.relief and (lambda x, y, z: form.relief(x, y, z) * F(0.5)))
