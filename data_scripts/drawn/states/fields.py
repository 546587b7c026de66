"""Patterns on the surface of a solid: noise, drops and cracks at points of its own space.

Everything is float32 with + - * / and square roots, so that it comes out the same on every machine.
"""

from functools import cache

import numpy as np

from ..brushes import noise
from ..brushes.studio.scene import F

TILE = noise.TILE
SIDE = 64  # of the cube of noise


def smoothstep(low: float, high: float, x: np.ndarray) -> np.ndarray:
    """Rise from 0 at `low` to 1 at `high` (or fall, with low > high) with zero slope at both ends."""
    t = np.clip((x - F(low)) * F(1 / (high - low)), F(0), F(1))
    return t * t * (F(3) - F(2) * t)


def mix(a: np.ndarray, b, share: np.ndarray) -> np.ndarray:
    """Colours (3, N) `a` with a share (N,) of `b`, which is a colour or (3, N)."""
    b = colour(b) if isinstance(b, tuple) else b
    return a + (b - a) * share


def colour(rgb) -> np.ndarray:
    """A linear colour as (3, 1)."""
    return np.array(rgb, F)[:, None]


# first octave's cells across the cube, gain from octave to octave, ridged, texels of the cube for one of `scale`
KINDS = {
    "soft": (2, 0.45, False, 0.40),
    "rough": (4, 0.75, False, 0.50),
    "ridged": (4, 0.55, True, 0.45),
    "white": (SIDE, 1.0, False, 0.65),
}


@cache
def cube(kind: str) -> np.ndarray:
    """Flat (SIDE ** 3): noise 0..1 in space that repeats without a seam."""
    cells, gain, ridged, _ = KINDS[kind]
    rng = np.random.default_rng([78, 2, sorted(KINDS).index(kind)])
    total, amplitude = np.zeros((SIDE, SIDE, SIDE), F), F(1)
    while cells <= SIDE:
        octave = rng.random((cells, cells, cells)).astype(F)
        for axis in range(3) if cells < SIDE else ():
            octave = _finer(octave, axis)
        if ridged:
            octave = F(1) - np.abs(F(2) * octave - F(1))
        total += amplitude * octave
        amplitude, cells = amplitude * F(gain), cells * 2
    low, high = (np.sort(total, axis=None)[int(share * (total.size - 1))] for share in (0.005, 0.995))
    return np.clip((total - low) / (high - low), F(0), F(1)).reshape(-1)


def _finer(field: np.ndarray, axis: int) -> np.ndarray:
    """SIDE values along an axis, smoothly between those that are there; the last runs into the first."""
    cells = field.shape[axis]
    position = np.arange(SIDE) * (cells / SIDE)
    low = np.floor(position).astype(np.int64)
    t = (position - low).astype(F)
    t = (t * t * (F(3) - F(2) * t)).reshape([-1 if k == axis else 1 for k in range(3)])
    return field.take(low, axis) * (F(1) - t) + field.take((low + 1) % cells, axis) * t


def speckle(kind: str, x, y, z, scale: float, start: float) -> np.ndarray:
    """Noise 0..1 at points in space; a larger `scale` is finer, `start` 0..1 says which piece of it."""
    flat, step = cube(kind), F(scale * KINDS[kind][3])
    x, y, z = x * step + F(start * 61), y * step + F(start * 37), z * step + F(start * 53)
    left, front, low = np.floor(x), np.floor(y), np.floor(z)
    u, v, w = x - left, y - front, z - low
    i, j, k = (c.astype(np.int32) & (SIDE - 1) for c in (left, front, low))
    i2, j2, k2 = (((c + 1) & (SIDE - 1)) for c in (i, j, k))
    i, i2, j, j2 = i * (SIDE * SIDE), i2 * (SIDE * SIDE), j * SIDE, j2 * SIDE
    edges = []
    for a, b in ((i + j, i2 + j), (i + j2, i2 + j2)):
        for c in (k, k2):
            first = flat.take(a + c)
            edges.append(first + (flat.take(b + c) - first) * u)
    near = edges[0] + (edges[2] - edges[0]) * v
    far = edges[1] + (edges[3] - edges[1]) * v
    return near + (far - near) * w


def drops(x, y, z, scale: float, start: float) -> np.ndarray:
    """Heights 0..1 of drops of water."""
    z = z - F(0.7)  # about the middle: drops lie on the side of a box around it that is nearest
    ax, ay, az = np.abs(x), np.abs(y), np.abs(z)
    above, beside = az > np.maximum(ax, ay), ax > ay
    u = np.where(above, x, np.where(beside, y, x)) * F(scale) + F(start * TILE)
    v = np.where(above, y, z) * F(scale) + F(start * 3 * TILE)
    column, row = np.floor(u).astype(np.int32) & (TILE - 1), np.floor(v).astype(np.int32) & (TILE - 1)
    return drop_tile().take((row << 9) + column)


@cache
def drop_tile() -> np.ndarray:
    """Flat (TILE * TILE): domes of many sizes, none on another, repeating without a seam."""
    rng, field = np.random.default_rng([78, 1]), np.zeros((TILE, TILE), F)
    axis, placed = np.arange(TILE), []
    for k, (x, y, size) in enumerate(rng.random((900, 3)) * (TILE, TILE, 1.0)):
        radius = (26.0 if k < 60 else 14.0) * (0.35 + 0.65 * size)
        near = (
            (abs((x - a + TILE / 2) % TILE - TILE / 2), abs((y - b + TILE / 2) % TILE - TILE / 2), r)
            for a, b, r in placed
        )
        if any(dx * dx + dy * dy < (radius + r + 3) ** 2 for dx, dy, r in near):
            continue
        placed.append((x, y, radius))
        dx, dy = (axis - x + TILE / 2) % TILE - TILE / 2, (axis - y + TILE / 2) % TILE - TILE / 2
        columns, rows = np.flatnonzero(np.abs(dx) < radius), np.flatnonzero(np.abs(dy) < radius)
        inside = 1.0 - (dx[columns][None, :] ** 2 + dy[rows][:, None] ** 2) / radius**2
        patch = np.ix_(rows, columns)
        dome = np.sqrt(np.maximum(inside, 0.0)) * radius / 26.0
        field[patch] = np.maximum(field[patch], dome.astype(F))
    return field.reshape(-1)


def cracks(x, y, z, start: float, scale: float = 26.0) -> np.ndarray:
    """1 on thin dark lines that branch, 0 elsewhere."""
    wander = speckle("rough", x, y, z, scale * 2.0, start * 0.37) - F(0.5)
    first = speckle("soft", x, y, z, scale, start) + wander * F(0.10)
    second = speckle("soft", y, z, x, scale * 1.4, start * 0.61) + wander * F(0.10)
    return np.maximum(
        smoothstep(0.022, 0.008, np.abs(first - F(0.5))), smoothstep(0.018, 0.006, np.abs(second - F(0.42)))
    )


def waves(c: np.ndarray, order: int) -> np.ndarray:
    """cos(order * angle) from c = cos(angle), as a polynomial (Chebyshev's)."""
    before, now = np.ones_like(c), c
    for _ in range(order - 1):
        before, now = now, F(2) * c * now - before
    return now


def around(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distance from the axis and the cosine of the angle around it."""
    r = np.sqrt(x * x + y * y)
    return r, x / np.maximum(r, F(1e-4))
