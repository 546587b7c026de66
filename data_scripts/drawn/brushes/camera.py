"""A pinhole camera in metres: x to the right, y up, z forward; it stands at (0, height, 0).

Tilting is done by `pitch` (verticals converge); sliding the frame by `centre`, as a view camera does (they do not).
"""

import math
from dataclasses import dataclass, field

import numpy as np

from .canvas import SIZE

COARSE = 2  # ground is worked out on every second pixel: still finer than the final picture


@dataclass
class Camera:
    height: float = 1.6
    focal: float = SIZE * 0.9  # pixels
    centre: tuple[float, float] = (SIZE / 2, SIZE / 2)  # where the optical axis meets the picture
    pitch: float = 0.0  # radians, positive looks up
    yaw: float = 0.0  # radians, positive looks right
    rows: list[list[float]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        cp, sp, cy, sy = math.cos(self.pitch), math.sin(self.pitch), math.cos(self.yaw), math.sin(self.yaw)
        self.rows = [[cy, 0.0, -sy], [-sp * sy, cp, -sp * cy], [cp * sy, sp, cp * cy]]

    @property
    def horizon(self) -> float:
        """Row of the horizon line."""
        return self.centre[1] + self.focal * math.tan(self.pitch)

    def _turn(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        return tuple(r[0] * x + r[1] * y + r[2] * z for r in self.rows)

    def project(self, points) -> list[tuple[float, float]]:
        """World points -> pixels; points nearer than 0.3 m are pushed there so that polygons stay finite."""
        pixels = []
        for x, y, z in points:
            right, up, depth = self._turn(x, y - self.height, z)
            scale = self.focal / max(depth, 0.3)
            pixels.append((self.centre[0] + right * scale, self.centre[1] - up * scale))
        return pixels

    def depth(self, x: float, y: float, z: float) -> float:
        return self._turn(x, y - self.height, z)[2]

    def plane(self, origin, across, down) -> tuple[float, ...]:
        """The 3 x 3 homography (nine numbers, row by row, any scale) from pixels of the picture to those of a texture.

        The texture's pixel (0, 0) comes to `origin`; one pixel to the right moves by `across`, one down by `down`.
        """
        ox, oy, oz = origin
        columns = [self._turn(*across), self._turn(*down), self._turn(ox, oy - self.height, oz)]
        m = []
        for right, up, depth in columns:
            m.append((self.focal * right + self.centre[0] * depth, -self.focal * up + self.centre[1] * depth, depth))
        (a, d, g), (b, e, h), (c, f, i) = m
        inverse = [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f]
        inverse += [d * h - e * g, b * g - a * h, a * e - b * d]
        return tuple(inverse)

    def ground(self) -> tuple[np.ndarray, np.ndarray, int]:
        """World (x, z) of every COARSE-th pixel on flat ground, in rows from `first` down (needs pitch = yaw = 0)."""
        first = min(max(0, math.floor(self.horizon / COARSE + 1) * COARSE), SIZE)
        below = np.arange(first, SIZE, COARSE) + COARSE / 2 - self.horizon
        z = self.focal * self.height / below
        x = (np.arange(0, SIZE, COARSE) + COARSE / 2 - self.centre[0])[None, :] * (z / self.focal)[:, None]
        return x, np.broadcast_to(z[:, None], x.shape), first
