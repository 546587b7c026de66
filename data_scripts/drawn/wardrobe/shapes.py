"""Outlines in product coordinates: x to the right, y downwards, the frame is about -1..1 by -1.3..1.3."""

import math

import numpy as np


def curve(points, closed: bool = True, steps: int = 5) -> np.ndarray:
    """Return a smooth line (n, 2) through the points (Catmull and Rom, 1974); a point given twice makes a corner."""
    p1 = np.asarray(points, np.float64)
    if closed:
        p0, p2, p3 = np.roll(p1, 1, 0), np.roll(p1, -1, 0), np.roll(p1, -2, 0)
    else:
        padded = np.concatenate([p1[:1], p1, p1[-1:]])
        p0, p1, p2, p3 = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = (p[:, None, :] for p in (p0, p1, p2, p3))
    line = b + 0.5 * t * ((c - a) + t * ((2 * a - 5 * b + 4 * c - d) + t * (3 * b - a - 3 * c + d)))
    keep = np.ones(line.shape[:2], bool)
    keep[(p1 == p2).all(1), 1:] = False  # between the two of a corner there is nothing to draw
    line = line[keep]
    return line if closed else np.concatenate([line, np.asarray(points, np.float64)[-1:]])


def mirrored(right) -> np.ndarray:
    """Close an outline that is given by its right half, from top to bottom."""
    right = np.asarray(right, np.float64)
    return np.concatenate([right, right[::-1] * (-1.0, 1.0)])


def flip(points) -> np.ndarray:
    """The same points on the other side."""
    return np.asarray(points, np.float64) * (-1.0, 1.0)


def moved(points, dx: float, dy: float) -> np.ndarray:
    """The same points elsewhere."""
    return np.asarray(points, np.float64) + np.array((dx, dy))


def oval(x: float, y: float, rx: float, ry: float, start: float = 0.0, end: float = 360.0, steps: int = 28):
    """Points on an ellipse from `start` to `end` degrees, clockwise from the right."""
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return np.array([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles])


def band(line, width: float, end_width: float | None = None) -> np.ndarray:
    """Outline of a strap along an open line (n, 2): `width` across, falling or growing to `end_width`."""
    line = np.asarray(line, np.float64)
    step = np.gradient(line, axis=0)
    length = np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2)[:, None] + 1e-9
    normal = np.stack([-step[:, 1], step[:, 0]], 1) / length
    widths = np.linspace(width, width if end_width is None else end_width, len(line))[:, None] / 2
    return np.concatenate([line + normal * widths, (line - normal * widths)[::-1]])


def limb(x: float, y: float, length: float, angle: float, wide: float, narrow: float, bend: float = 0.0):
    """A sleeve, arm or leg: from (x, y), `angle` degrees outwards from straight down, `wide` and `narrow` across."""
    a, b = math.radians(angle), math.radians(angle + bend)
    mid = (x + math.sin(a) * length * 0.5, y + math.cos(a) * length * 0.5)
    end = (mid[0] + math.sin(b) * length * 0.5, mid[1] + math.cos(b) * length * 0.5)
    return band(curve([(x, y), mid, end], closed=False), wide, narrow)
