"""Petals and leaves as curved surfaces in space, drawn as dense clouds of coloured points.

A petal has coordinates u across (-1 .. 1) and v along (0 at its base .. 1 at its tip). In the bloom's own space the
third axis is the direction the bloom looks to. True geometry gives tilted views, overlaps and shading for nothing.
"""

import math
from dataclasses import dataclass

import numpy as np

# angle between petal and axis (degrees) at base, middle and tip; fused petals form one tube
FORMS = {
    "open": (62.0, 84.0, 98.0, False),
    "bowl": (80.0, 62.0, 46.0, False),
    "cup": (88.0, 26.0, 6.0, False),
    "reflexed": (50.0, 110.0, 150.0, False),
    "bell": (78.0, 8.0, 48.0, True),
    "trumpet": (10.0, 30.0, 104.0, True),
    "leaf": (60.0, 82.0, 112.0, False),
}


def _outline(shape: str, u: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (half width at v, reach of the tip at u), both relative to 1."""
    fan = v**0.75
    if shape == "round":
        return fan * (1.0 - 0.10 * v), 0.70 + 0.30 * np.sqrt(np.maximum(1.0 - u * u, 0.0))
    if shape == "heart":
        return fan, (0.68 + 0.32 * np.sqrt(np.maximum(1.0 - u * u, 0.0))) * (
            1.0 - 0.30 * np.maximum(1 - 3.2 * abs(u), 0)
        )
    if shape == "frilled":
        return fan, 0.80 + 0.16 * np.sqrt(np.maximum(1.0 - u * u, 0.0)) + 0.06 * np.sin(u * 13.0)
    if shape == "toothed":
        return fan * 0.95, 0.82 + 0.18 * np.abs((u * 2.5) % 1.0 - 0.5) * 2.0 * (1 - 0.3 * u * u)
    if shape == "pointed":
        return np.sin(np.pi * v**0.72) ** 0.85 * (1.0 - 0.15 * v) + 0.03, np.ones_like(u)
    if shape == "strap":
        return np.minimum(v * 5.0, 1.0) ** 0.5 * np.sqrt(np.maximum(1.0 - v**7, 0.0)), np.ones_like(u)
    if shape == "lobed":  # leaves cut like feathers
        teeth = 0.45 + 0.55 * np.abs((v * 6.0) % 1.0 - 0.5) * 2.0
        return np.sin(np.pi * v**0.8) ** 0.7 * teeth + 0.02, np.ones_like(u)
    raise ValueError(shape)


@dataclass
class Sheet:
    """Surfaces of one ring of petals: positions and unit normals (n, nv, nu, 3) in the bloom's space, and u, v."""

    points: np.ndarray
    normals: np.ndarray
    u: np.ndarray
    v: np.ndarray


def ring(rng, shape: str, form: str, angles: np.ndarray, length: float, width: float, pixels: float, loose=0.05):
    """Petals at the azimuths `angles`; `length` and half `width` in units of the bloom, `pixels` a unit on screen."""
    n = len(angles)
    nv = max(6, math.ceil(length * pixels / 1.35) + 2)
    nu = max(4, math.ceil(2 * width * pixels / 1.4) + 2)
    v, u = np.linspace(0.0, 1.0, nv)[None, :, None], np.linspace(-1.0, 1.0, nu)[None, None, :]
    base, middle, tip, fused = FORMS[form]
    wild = rng.standard_normal((5, n, 1, 1)) * loose
    bend = np.where(
        v < 0.5, base + (middle - base) * 2 * v, middle + (tip - middle) * np.maximum(2 * v - 1, 0.0) ** 1.4
    )
    bend = np.radians(bend + 220.0 * wild[0] * (0.2 + v))
    long = length * (1.0 + 1.6 * wild[1])
    wide, reach = _outline(shape, u, v)
    away = np.cumsum(np.sin(bend), axis=1) * long / nv
    rise = np.cumsum(np.cos(bend), axis=1) * long / nv
    if fused:
        free = 0.62 if shape == "pointed" else 0.84  # from here on the lobes part
        across = (
            u * (math.pi / n) * 1.04 * (1.0 - 0.9 * np.maximum(v - free, 0.0) / (1.0 - free) * (shape == "pointed"))
        )
        away = 0.12 + away * (reach**v)
        turn = angles[:, None, None] + across
        x, y, z = away * np.cos(turn), away * np.sin(turn), rise * reach
    else:
        side = u * wide * width * (1.0 + wild[2])
        away, rise = 0.06 + away * reach, rise * reach
        rise = (
            rise + side * (0.10 + 1.2 * wild[3]) + 0.25 * side * side / max(width, 0.05) * (1 if form != "leaf" else 2)
        )
        if shape == "frilled":
            rise = rise + 0.08 * np.sin(u * 8.0 + wild[4] * 200) * v * v
        turn = angles[:, None, None] + 1.5 * wild[4] * v
        x, y, z = away * np.cos(turn) - side * np.sin(turn), away * np.sin(turn) + side * np.cos(turn), rise + 0 * turn
    points = np.stack([x, y, z], axis=-1)
    along, over = np.gradient(points, axis=1), np.gradient(points, axis=2)
    normals = np.stack(
        [
            over[..., 1] * along[..., 2] - over[..., 2] * along[..., 1],
            over[..., 2] * along[..., 0] - over[..., 0] * along[..., 2],
            over[..., 0] * along[..., 1] - over[..., 1] * along[..., 0],
        ],
        axis=-1,
    )
    normals /= np.sqrt((normals * normals).sum(-1, keepdims=True)) + 1e-9
    normals = np.where(normals[..., 2:] < 0, -normals, normals)
    return Sheet(points, normals, u + 0 * v, v + 0 * u)


@dataclass
class Placement:
    """Where a bloom sits on the canvas, how large it is and where it looks to: `tilt` away from the camera towards
    the screen direction `toward` (both radians)."""

    x: float
    y: float
    pixels: float
    tilt: float
    toward: float
    depth: float = 0.0

    def axes(self) -> np.ndarray:
        """Rows: the bloom's three axes on screen (x right, y down, z to the camera)."""
        st, ct, sa, ca = math.sin(self.tilt), math.cos(self.tilt), math.sin(self.toward), math.cos(self.toward)
        axis = (st * ca, st * sa, ct)
        first = (ct * ca, ct * sa, -st)
        second = (-sa, ca, 0.0)
        return np.array([first, second, axis])
