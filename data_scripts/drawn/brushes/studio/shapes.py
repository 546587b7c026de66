"""The solids as signed distances: negative inside, and outside never more than the way to the surface.

Each takes points in the solid's own space, where it stands on z = 0 and is about 2 wide, and returns their distances.
A field that never overestimates can be walked along safely: Hart, Sphere tracing, The Visual Computer 12, 1996.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .scene import F

EDGE = F(0.16)  # width of the band in which two faces run into each other: nothing real has a perfectly sharp edge


def smooth_max(a: np.ndarray, b: np.ndarray, width: F = EDGE) -> np.ndarray:
    """The larger of two distances (the intersection of two bodies), with a rounded edge."""
    overlap = np.maximum(width - np.abs(a - b), F(0))
    return np.maximum(a, b) + overlap * overlap * (F(0.25) / width)


def _length(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.sqrt(x * x + y * y)


def cube(x, y, z):
    half = F(0.84)
    return smooth_max(smooth_max(np.abs(x) - half, np.abs(y) - half), np.abs(z - half) - half)


def ball(x, y, z):
    z = z - F(1)
    return np.sqrt(x * x + y * y + z * z) - F(1)


def cylinder(x, y, z):
    return smooth_max(_length(x, y) - F(0.82), np.abs(z - F(0.92)) - F(0.92))


def cone(x, y, z):
    # the flank has slope 2.0 : 0.98; both numbers divided by their length make its unit normal
    flank = (_length(x, y) - F(0.98)) * F(0.898) + z * F(0.44)
    return smooth_max(flank, -z, F(0.1))


def pyramid(x, y, z):
    flank = smooth_max(np.abs(x), np.abs(y), F(0.1)) - F(1.0)
    return smooth_max(flank * F(0.853) + z * F(0.522), -z, F(0.1))


def ring(x, y, z):
    return _length(_length(x, y) - F(0.71), z - F(0.29)) - F(0.29)


def bowl(x, y, z):
    across, rise = _length(x, y), z - F(1.04)
    wall = np.abs(_length(across, rise) - F(0.97)) - F(0.055)
    shell = smooth_max(wall, rise, F(0.06))
    foot = smooth_max(np.abs(across - F(0.36)) - F(0.07), np.abs(z - F(0.09)) - F(0.09), F(0.06))
    return np.minimum(shell, foot)


def cup(x, y, z):
    across = _length(x, y)
    outside = smooth_max(across - F(0.7), np.abs(z - F(0.78)) - F(0.78))
    inside = smooth_max(across - F(0.59), F(0.14) - z)
    handle = _length(_length(x - F(0.7), (z - F(0.78)) * F(0.9)) - F(0.4), y) - F(0.1)
    return np.minimum(smooth_max(outside, -inside, F(0.06)), np.maximum(handle * F(0.9), F(0.62) - across))


@dataclass(frozen=True)
class Shape:
    distance: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
    height: float
    reach: float  # radius of a sphere around (0, 0, height / 2) that holds it
    hollow: bool = False  # it can throw a shadow on itself
    flat_top: float = 0.0  # half width of the flat top that something can stand on
    relief: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray] | None = None  # fine ups and downs: normals only


SHAPES = {
    "cube": Shape(cube, 1.68, 1.46, flat_top=0.84),
    "ball": Shape(ball, 2.0, 1.0),
    "cylinder": Shape(cylinder, 1.84, 1.24, flat_top=0.82),
    "cone": Shape(cone, 2.0, 1.41),
    "pyramid": Shape(pyramid, 1.63, 1.64),
    "ring": Shape(ring, 0.58, 1.05, hollow=True),
    "bowl": Shape(bowl, 1.04, 1.16, hollow=True),
    "cup": Shape(cup, 1.56, 1.43, hollow=True),
}
