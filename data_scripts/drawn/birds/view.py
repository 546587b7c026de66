"""Where a bird comes to lie on the canvas, and the box around it."""

import math
from dataclasses import dataclass

import numpy as np

from ..brushes.close_up import NEAR, OUTPUT
from ..brushes.cloud import turned
from .body import build
from .shot import Shot
from .species import Species
from .surfaces import Part


@dataclass
class View:
    """Puts the bird's space on the canvas."""

    x: float
    y: float
    pixels: float
    yaw: float
    above: float
    feet: float = 0.0  # row on which it stands
    depth: float = 0.0

    def axes(self) -> np.ndarray:
        cy, sy, ca, sa = math.cos(self.yaw), math.sin(self.yaw), math.cos(self.above), math.sin(self.above)
        return np.array([[cy, sy * sa, sy * ca], [0.0, -ca, sa], [-sy, cy * sa, cy * ca]])


def extent_of(parts: list[Part], view: View) -> tuple[float, float, float, float]:
    """Left, top, right, bottom on the canvas."""
    low, high = np.full(2, 1e9), np.full(2, -1e9)
    for part in parts:
        screen = turned(part.points, view.axes())
        scale = view.pixels * (1.0 + 0.10 * screen[..., 2:])
        at = (screen[..., :2] * scale).reshape(-1, 2) + np.array([view.x, view.y])
        low, high = np.minimum(low, at.min(0)), np.maximum(high, at.max(0))
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def view_of(kind: Species, shot: Shot) -> tuple[View, tuple[float, float, float, float]]:
    """How the bird is put on the canvas, so that it has the wanted size and place, and its extent there."""
    parts = build(kind, shot, 14.0)  # a coarse model is enough to measure it
    view = View(0.0, 0.0, 1.0, shot.yaw, shot.above)
    left, top, right, bottom = extent_of(parts, view)
    view.pixels = shot.size * NEAR / max(right - left, bottom - top)
    left, top, right, bottom = extent_of(parts, view)
    view.x = shot.x * NEAR - (left + right) / 2
    view.y = shot.y * NEAR - (top + bottom) / 2
    soles = [part for part in parts if part.name == "leg"] or parts[:1]
    view.feet = extent_of(soles, view)[3]
    return view, (left + view.x, top + view.y, right + view.x, bottom + view.y)


def box_of(kind: Species, shot: Shot) -> tuple[float, float, float, float]:
    """The bird's bounding box in the finished picture: x, y, width, height in pixels, cut at the frame."""
    view, (left, top, right, bottom) = view_of(kind, shot)
    if shot.stay == "swimming":
        bottom = waterline(kind, view)
    shrink = OUTPUT / NEAR
    left, top = max(left * shrink, 0.0), max(top * shrink, 0.0)
    right, bottom = min(right * shrink, OUTPUT), min(bottom * shrink, OUTPUT)
    return left, top, right - left, bottom - top


def waterline(kind: Species, view: View) -> float:
    """Row at which a swimming bird meets the water."""
    return view.y + 0.55 * kind.shape().plump * view.pixels


@dataclass
class Screen:
    """A space that is the screen itself."""

    depth: float
    x: float = 0.0
    y: float = 0.0
    pixels: float = 1.0

    def axes(self) -> np.ndarray:
        return np.eye(3)
