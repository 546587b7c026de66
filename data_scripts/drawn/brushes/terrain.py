"""Rolling, rugged or steep land: a height field seen in perspective, lit by the sun and faded by the air.

For every column of the picture the land is sampled at geometrically growing distances; a running maximum of the
elevation angle finds which sample each pixel sees (the "voxel space" idea), all columns at once.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .camera import Camera
from .canvas import SIZE
from .light import Light, hazed, lit

STEPS = 230


@dataclass
class Grid:
    """Samples of the land, all (STEPS, SIZE): world x and z, height y, and how steep it is."""

    x: np.ndarray
    z: np.ndarray
    y: np.ndarray
    slope: np.ndarray  # |gradient| of the height
    facing: np.ndarray  # cosine towards the sun, 0..1


def survey(camera: Camera, light: Light, height: Callable, near: float, far: float) -> Grid:
    """Sample `height(x, z)` over the view from `near` to `far` metres and work out slopes and sunlight."""
    z = near * (far / near) ** (np.arange(STEPS) / (STEPS - 1.0))
    x = (np.arange(SIZE) + 0.5 - camera.centre[0])[None, :] * (z / camera.focal)[:, None]
    z = np.broadcast_to(z[:, None], x.shape)
    y = height(x, z)
    dx = np.gradient(y, axis=1) / (z / camera.focal)
    dz = (np.gradient(y, axis=0) - dx * np.gradient(x, axis=0)) / np.gradient(z, axis=0)
    elevation = 0.25 + 0.75 * light.height
    sx, sz = light.side * 0.9 * (1.2 - light.height), (0.55 if light.behind else -0.45)
    length = np.sqrt(1.0 + dx * dx + dz * dz) * np.sqrt(sx * sx + elevation * elevation + sz * sz)
    facing = np.clip(1.25 * (elevation - dx * sx - dz * sz) / length - 0.2, 0.0, 1.0) ** 1.2
    return Grid(x, z, y, np.hypot(dx, dz), facing)


def render(camera: Camera, light: Light, grid: Grid, albedo: np.ndarray, shown=None, detail: Callable | None = None):
    """Return ((SIZE, SIZE, 3) colours, (SIZE, SIZE) mask, (SIZE, SIZE) distance) of the land as the camera sees it.

    `albedo` (STEPS, SIZE, 3) is the colour of the ground; samples where `shown` is 0 stay out of the mask (water).
    `detail(x, y, z)` gives a brightness factor per pixel: texture finer than the steps, unstretched on steep faces.
    """
    row = camera.horizon - (grid.y - camera.height) * camera.focal / grid.z
    top = np.minimum.accumulate(row, axis=0)
    first = np.clip(np.ceil(top - 0.5), 0, SIZE).astype(np.int64)  # the first pixel row that each sample reaches
    columns = np.arange(SIZE)
    counts = np.bincount((first * SIZE + columns).reshape(-1), minlength=(SIZE + 1) * SIZE)
    reached = np.cumsum(counts.reshape(SIZE + 1, SIZE), axis=0)[:SIZE]  # samples that reach at least this high
    start = int(np.argmax(reached.any(axis=1)))  # rows above are empty sky
    reached = reached[start:]
    index = np.minimum(STEPS - reached, STEPS - 1)  # the nearest sample at or above each pixel
    before = np.maximum(index - 1, 0)
    y = np.arange(start, SIZE)[:, None] + 0.5
    low, high = top[before, columns], top[index, columns]
    t = np.clip((low - y) / np.maximum(low - high, 1e-6), 0.0, 1.0)
    here, there = index * SIZE + columns, before * SIZE + columns

    def between(values):
        flat = values.reshape(STEPS * SIZE, -1)
        mix = flat[there] * (1.0 - t[..., None]) + flat[here] * t[..., None]
        return mix if values.ndim == 3 else mix[..., 0]

    z = between(grid.z)
    seen = between(lit(light, albedo, grid.facing))
    if detail is not None:
        x = (columns + 0.5 - camera.centre[0]) * z / camera.focal
        seen = seen * detail(x, camera.height + (camera.horizon - y) * z / camera.focal, z)[..., None]
    colours, mask, distance = np.zeros((SIZE, SIZE, 3)), np.zeros((SIZE, SIZE)), np.full((SIZE, SIZE), grid.z[-1, 0])
    colours[start:] = hazed(light, seen, z)
    mask[start:] = (reached > 0) if shown is None else (reached > 0) * between(shown)
    distance[start:] = z
    return colours, mask, distance
