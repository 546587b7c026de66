"""Surfaces of which a bird is made: tubes around a curve, balls, sheets. All plain geometry, nothing random."""

import math
from dataclasses import dataclass

import numpy as np


@dataclass
class Part:
    name: str
    points: np.ndarray  # (n, m, 3): x forward, y up, z to the side
    normals: np.ndarray
    s: np.ndarray  # along, (n, m)
    c: np.ndarray  # across; of the head: its directions (n, m, 3)
    closed: bool = True  # only its outside can be seen

    def __post_init__(self):
        self.last = float(self.s.max()) if self.s.size else 0.0

    def facing(self, axes: np.ndarray) -> "Part":
        """The points that look to the camera, in one row; sheets stay as they are."""
        if not self.closed:
            return self
        n = self.normals
        towards = n[..., 0] * axes[0, 2] + n[..., 1] * axes[1, 2] + n[..., 2] * axes[2, 2]
        seen = np.flatnonzero(towards > -0.12)

        def kept(values: np.ndarray) -> np.ndarray:
            return values.reshape(-1, *values.shape[2:])[seen]

        part = Part(self.name, kept(self.points), kept(n), kept(self.s), kept(self.c))
        part.last = self.last
        return part


def count(length: float, density: float) -> int:
    return max(4, math.ceil(length * density) + 2)


def smooth(controls: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Catmull-Rom curve through the rows of `controls` at t = 0 .. rows - 1; straight on beyond the ends."""
    inner = np.clip(t, 0.0, len(controls) - 1.0)
    k = np.minimum(inner.astype(np.int64), len(controls) - 2)
    f = (inner - k)[:, None]
    padded = np.concatenate([2 * controls[:1] - controls[1:2], controls, 2 * controls[-1:] - controls[-2:-1]])
    a, b, c, d = (padded[k + i] for i in range(4))
    curve = 0.5 * (2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f * f + (3 * b - a - 3 * c + d) * f**3)
    return curve + (t - inner)[:, None] * (controls[1] - controls[0]) * (t < 0)[:, None]


def spin(points: np.ndarray, angle: float) -> np.ndarray:
    """Rotate (x, y, ...) rows about the sideways axis; a positive angle raises the front."""
    cos, sin = math.cos(angle), math.sin(angle)
    turned = points.copy()
    turned[..., 0] = points[..., 0] * cos - points[..., 1] * sin
    turned[..., 1] = points[..., 0] * sin + points[..., 1] * cos
    return turned


def _frame(spine: np.ndarray, t: np.ndarray):
    """Position, radius, tangent and upward normal of the spine at t, and how fast the radius shrinks."""
    here = smooth(spine, t)
    step = np.gradient(here, axis=0) * (1.0 if t[-1] > t[0] else -1.0)
    size = np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2) + 1e-9
    tangent = step[:, :2] / size[:, None]
    up = np.stack([-tangent[:, 1], tangent[:, 0]], axis=-1)
    return here[:, :2], np.maximum(here[:, 2], 0.012), tangent, up, step[:, 2] / size


def tube(spine: np.ndarray, t: np.ndarray, angles: np.ndarray, swell=1.0, narrow=0.9, name="torso") -> Part:
    """A surface around the spine: at t (n,), angles from straight up (n or 1, m)."""
    centre, radius, tangent, up, taper = _frame(spine, t)
    cos, sin = np.cos(angles), np.sin(angles)
    wide = (radius * swell)[:, None]
    x = centre[:, :1] + up[:, :1] * cos * wide
    y = centre[:, 1:] + up[:, 1:] * cos * wide
    points = np.stack([x, y, sin * wide * narrow + 0 * x], axis=-1)
    lean = np.clip(taper, -2.5, 2.5)[:, None]
    normals = np.stack(
        [up[:, :1] * cos - tangent[:, :1] * lean, up[:, 1:] * cos - tangent[:, 1:] * lean, sin + 0 * x], axis=-1
    )
    normals /= np.sqrt((normals * normals).sum(-1, keepdims=True)) + 1e-9
    return Part(name, points, normals, t[:, None] + 0 * x, angles + 0 * x)


def ball(name: str, centre, radii, density: float, turn: np.ndarray | None = None) -> Part:
    """An ellipsoid; `turn` (3, 3) maps its own axes to those of the bird."""
    n, m = count(math.pi * max(radii), density), count(2 * math.pi * max(radii), density)
    theta, phi = np.linspace(0.03, math.pi - 0.03, n)[:, None], np.linspace(0, 2 * math.pi, m)[None, :]
    own = np.stack([np.cos(theta) + 0 * phi, np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi)], axis=-1)
    points, normals = own * np.asarray(radii), own / np.asarray(radii)
    normals = normals / np.sqrt((normals * normals).sum(-1, keepdims=True))
    if turn is not None:
        points, normals = apply(points, turn), apply(normals, turn)
    return Part(name, points + np.asarray(centre), normals, theta + 0 * phi, own)


def apply(vectors: np.ndarray, turn: np.ndarray) -> np.ndarray:
    return vectors[..., :1] * turn[0] + vectors[..., 1:2] * turn[1] + vectors[..., 2:] * turn[2]


def sheet(name: str, points: np.ndarray, s: np.ndarray, c: np.ndarray) -> Part:
    along, over = np.gradient(points, axis=0), np.gradient(points, axis=1)
    a, b = along, over
    normals = np.stack(
        [
            a[..., 1] * b[..., 2] - a[..., 2] * b[..., 1],
            a[..., 2] * b[..., 0] - a[..., 0] * b[..., 2],
            a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0],
        ],
        axis=-1,
    )
    normals /= np.sqrt((normals * normals).sum(-1, keepdims=True)) + 1e-12
    return Part(name, points, np.where(normals[..., 1:2] < 0, -normals, normals), s + 0 * c, c + 0 * s, False)
