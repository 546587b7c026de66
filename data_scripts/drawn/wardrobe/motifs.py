"""Repeats of printed fabrics: flowers, dots, animal, abstract, camouflage."""

import math
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from ..brushes.noise import tile

MOTIF = 128  # pixels of a repeat
PRINTS = ("Polka Dots", "Floral", "Animal Print", "Abstract Print", "Camouflage")


def _wrapped(draw, shape, x, y, *args, **kwargs):
    for dx in (-MOTIF, 0, MOTIF):
        for dy in (-MOTIF, 0, MOTIF):
            shape(draw, x + dx, y + dy, *args, **kwargs)


def _disc(draw, x, y, r, fill=255):
    draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)


def _petals(draw, x, y, r, turn, fill=255):
    for i in range(5):
        a = turn + i * math.tau / 5
        _disc(draw, x + math.cos(a) * r * 0.62, y + math.sin(a) * r * 0.62, r * 0.45, fill)


def _leaf(draw, x, y, r, turn, fill=255):
    c, s = math.cos(turn) * r, math.sin(turn) * r
    draw.polygon(
        [
            (x, y),
            (x + c * 0.5 - s * 0.3, y + s * 0.5 + c * 0.3),
            (x + c, y + s),
            (x + c * 0.5 + s * 0.3, y + s * 0.5 - c * 0.3),
        ],
        fill=fill,
    )


@cache
def motif(pattern: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the shares of the second and third colour, uint8 (MOTIF, MOTIF) each, of one repeat of a print."""
    second, third = Image.new("L", (MOTIF, MOTIF)), Image.new("L", (MOTIF, MOTIF))
    a, b = ImageDraw.Draw(second), ImageDraw.Draw(third)
    rng = np.random.default_rng([5, len(pattern), ord(pattern[0])])
    if pattern == "Polka Dots":
        for x, y in ((32, 32), (96, 32), (0, 96), (64, 96)):
            _wrapped(a, _disc, x, y, 15)
    elif pattern == "Floral":
        for i, (x, y) in enumerate(((30, 28), (94, 42), (60, 92), (4, 100), (120, 118))):
            turn = float(rng.random()) * 6
            for j in range(2):
                _wrapped(b, _leaf, x, y, 27 - 3 * i, turn + 2.4 * j)
            _wrapped(b, _petals, x, y, 21 - 2 * i, turn, 0)
            _wrapped(a, _petals, x, y, 20 - 2 * i, turn)
            _wrapped(a, _disc, x, y, 5, 0)
            _wrapped(b, _disc, x, y, 5)
    elif pattern == "Animal Print":
        for x, y, r, t in rng.random((30, 4)):
            _wrapped(a, _disc, x * MOTIF, y * MOTIF, 7 + 5 * r)
            _wrapped(a, _disc, x * MOTIF + 3 * (t - 0.5), y * MOTIF + 2, 3 + 3 * r, 0)
            _wrapped(b, _disc, x * MOTIF, y * MOTIF, 3 + 2 * r)
    elif pattern == "Abstract Print":
        for x, y, r, t in rng.random((16, 4)):
            _wrapped(b if r < 0.4 else a, _leaf, x * MOTIF, y * MOTIF, 30 + 22 * r, t * 6.3)
    elif pattern == "Camouflage":
        for image, shift in ((second, 0), (third, 170)):
            blots = np.roll(tile("soft")[::4, ::4], shift // 3, 0)
            blots = 0.5 * (blots + np.roll(tile("fbm")[::4, ::4], shift, 1))
            image.paste(Image.fromarray((255 * (blots > np.sort(blots, axis=None)[9800])).astype(np.uint8)))
    else:
        raise KeyError(f"no printed pattern is called {pattern!r}")
    return tuple(np.asarray(i.filter(ImageFilter.GaussianBlur(0.8))) for i in (second, third))
