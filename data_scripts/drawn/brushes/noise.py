"""Fractal noise fields in 0..1, the raw material of clouds, ridges, foliage, waves and grime.

A few periodic tiles are computed once in each process from a fixed seed; a picture then looks at them through random
offsets, scales and stretches, so that a field of 320 x 320 costs about two milliseconds. Everything is float64 and
interpolation only: no FFT, no matrix product, whose last bits depend on the machine.
"""

from functools import cache

import numpy as np
from PIL import Image, ImageDraw

TILE = 512


def smoothstep(low: float, high: float, x: np.ndarray) -> np.ndarray:
    """Rise from 0 at `low` to 1 at `high` with zero slope at both ends."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def _stretch(field: np.ndarray) -> np.ndarray:
    return (field - field.min()) / (field.max() - field.min())


def _octave(rng: np.random.Generator, cells: int) -> np.ndarray:
    """Periodic value noise with `cells` lattice points a side, (TILE, TILE) in 0..1."""
    lattice = rng.random((cells, cells))
    position = np.arange(TILE) * (cells / TILE)
    low = np.floor(position).astype(np.int64)
    t = position - low
    t = t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
    high = (low + 1) % cells
    rows = lattice[low] * (1.0 - t)[:, None] + lattice[high] * t[:, None]
    return rows[:, low] * (1.0 - t) + rows[:, high] * t


def _fractal(rng: np.random.Generator, first: int, gain: float, ridged: bool) -> np.ndarray:
    total, amplitude, cells = np.zeros((TILE, TILE)), 1.0, first
    while cells <= TILE // 2:
        octave = _octave(rng, cells)
        if ridged:
            octave = (1.0 - np.abs(2.0 * octave - 1.0)) ** 2
        total += amplitude * octave
        amplitude, cells = amplitude * gain, cells * 2
    return _stretch(total)


def _dabs(rng: np.random.Generator, count: int, radii: tuple[float, float]) -> np.ndarray:
    """Overlapping brush dabs, later ones lighter: the texture of leaves seen from a few metres."""
    image = Image.new("L", (TILE, TILE), 40)
    draw = ImageDraw.Draw(image)
    numbers = rng.random((count, 6))
    for i, (x, y, a, b, light, jitter) in enumerate(numbers):
        rx = radii[0] + (radii[1] - radii[0]) * a
        ry = rx * (0.45 + 0.55 * b)
        grey = round(30 + 150 * (i / count) * light + 70 * jitter)
        for dx in (-TILE, 0, TILE):
            for dy in (-TILE, 0, TILE):
                cx, cy = x * TILE + dx, y * TILE + dy
                if -9 < cx < TILE + 9 and -9 < cy < TILE + 9:
                    draw.ellipse((cx - rx, cy - ry, cx + rx, cy + ry), fill=grey)
    return np.asarray(image, np.float64) / 255.0


def _clumps(rng: np.random.Generator, count: int) -> np.ndarray:
    """Hemispheres lit from above left, nearest on top: tree crowns seen from afar."""
    axis = np.arange(TILE, dtype=np.float64)
    height, shade = np.full((TILE, TILE), -9.0), np.zeros((TILE, TILE))
    for x, y, r in rng.random((count, 3)):
        radius = 12.0 + 26.0 * r
        dx = (axis - x * TILE + TILE / 2) % TILE - TILE / 2
        dy = (axis - y * TILE + TILE / 2) % TILE - TILE / 2
        cols, rows = np.flatnonzero(np.abs(dx) < radius), np.flatnonzero(np.abs(dy) < radius)
        u, v = dx[cols][None, :] / radius, dy[rows][:, None] / radius
        dome = 1.0 - u * u - v * v + 0.4 * r
        patch = np.ix_(rows, cols)
        nearer = (dome > height[patch]) & (u * u + v * v < 1.0)
        height[patch] = np.where(nearer, dome, height[patch])
        shade[patch] = np.where(nearer, 0.5 - 0.28 * u - 0.42 * v, shade[patch])
    return np.clip(shade, 0.0, 1.0)


@cache
def tile(kind: str) -> np.ndarray:
    """Return a periodic (TILE, TILE) field: "soft" "fbm" "rough" "ridged" "white" "leaves" "needles" "clumps"."""
    recipes = {
        "soft": lambda rng: _fractal(rng, 4, 0.42, False),
        "fbm": lambda rng: _fractal(rng, 4, 0.56, False),
        "rough": lambda rng: _fractal(rng, 8, 0.78, False),
        "ridged": lambda rng: _fractal(rng, 3, 0.5, True),
        "white": lambda rng: _octave(rng, TILE),
        "leaves": lambda rng: _dabs(rng, 9000, (2.0, 5.5)),
        "needles": lambda rng: _dabs(rng, 16000, (1.0, 2.6)),
        "clumps": lambda rng: _clumps(rng, 620),
    }
    field = recipes[kind](np.random.default_rng([77, sorted(recipes).index(kind)]))
    field.setflags(write=False)
    return field


@cache
def _bordered(kind: str) -> np.ndarray:
    """The tile with its first row and column once more at the end, flat: neighbours need no wrapping."""
    field = tile(kind)
    field = np.concatenate([field, field[:1]])
    return np.concatenate([field, field[:, :1]], axis=1).reshape(-1)


def sample(kind: str, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Look up a tile at fractional texel positions (broadcast together), wrapping around, bilinear."""
    flat = _bordered(kind)
    left, top = np.floor(u), np.floor(v)
    fu, fv = u - left, v - top
    corner = (top.astype(np.int64) & (TILE - 1)) * (TILE + 1) + (left.astype(np.int64) & (TILE - 1))
    a, b = flat.take(corner, mode="clip"), flat[1:].take(corner, mode="clip")
    c, d = flat[TILE + 1 :].take(corner, mode="clip"), flat[TILE + 2 :].take(corner, mode="clip")
    b -= a
    b *= fu
    b += a
    d -= c
    d *= fu
    d += c
    d -= b
    d *= fv
    d += b
    return d


def field(rng, kind: str, height: int, width: int, grain: float = 1.0, stretch: float = 1.0) -> np.ndarray:
    """Return a (height, width) window of a tile; `grain` texels a pixel, `stretch` > 1 pulls it out sideways."""
    du, dv = rng.random() * TILE, rng.random() * TILE
    u, v = du + np.arange(width) * (grain / stretch), dv + np.arange(height) * grain
    left, top = np.floor(u), np.floor(v)
    fu, fv = u - left, (v - top)[:, None]
    u0, v0 = left.astype(np.int64) & (TILE - 1), top.astype(np.int64) & (TILE - 1)
    rows = tile(kind)[v0] * (1.0 - fv) + tile(kind)[(v0 + 1) & (TILE - 1)] * fv
    return rows[:, u0] * (1.0 - fu) + rows[:, (u0 + 1) & (TILE - 1)] * fu
