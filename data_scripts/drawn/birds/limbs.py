"""Tail, wings and legs. A folded wing lies on the torso like a shell; a spread one is a sheet of its own."""

import math

import numpy as np

from .shot import Shot
from .species import Family
from .surfaces import Part, count, sheet, smooth, spin, tube


def tail(family: Family, spine: np.ndarray, shot: Shot, density: float) -> Part:
    kind, length, half = family.tail
    flying = shot.stay == "flying"
    half = half * (1.9 if flying else 1.0)
    v = np.linspace(0.0, 1.0, count(1.3 * length, density))[:, None]
    u = np.linspace(-1.0, 1.0, count(3.2 * half, density))[None, :]
    edge = np.abs(u)
    reach = {"forked": 0.42 + 0.58 * edge**1.5, "notched": 0.86 + 0.14 * edge, "rounded": 1.0 - 0.16 * edge**2}
    reach = reach.get(kind, 1.0 - 0.55 * edge if kind == "pointed" else 1.0 - 0.03 * edge)
    spread = half * (0.45 + 0.75 * v) * (1.0 if kind != "pointed" else 1.15 - 0.5 * v)
    x = -0.10 * (1 - v) - v * (length + 0.08) * reach + 0.10
    y = -0.75 * spread * u * u * (0.25 if flying else 1.0) + 0.05 * v
    points = np.stack([x, y + 0 * x, u * spread + 0 * x], axis=-1)
    direction = spine[1, :2] - spine[0, :2]
    angle = math.atan2(direction[1], direction[0]) * 0.85
    points = spin(points, angle)
    points[..., :2] += spine[0, :2]
    return sheet("tail", points, v, u)


def folded_wings(spine: np.ndarray, density: float) -> list[Part]:
    wings = []
    a = np.linspace(0.0, 1.0, count(1.0, density))
    b = np.linspace(0.0, 1.0, count(0.42, density))[None, :]
    t = 3.25 - 3.55 * a
    top = (0.16 + 0.10 * (1 - a) ** 2)[:, None]
    low = (0.30 + 0.36 * np.sin(np.minimum(a * 1.15 + 0.24, 1.0) * math.pi) ** 0.8 * (1 - 0.25 * a))[:, None]
    angles = math.pi * (top + (low - top) * b)
    for side in (1.0, -1.0):
        lift = (1.07 + 0.05 * np.sin(a * math.pi)) * np.minimum(1.0, 0.72 + 3.0 * a)
        part = tube(spine, t, angles * side, lift, 0.95, "wing")
        part.s, part.c = a[:, None] + 0 * part.s, b + 0 * part.s
        wings.append(part)
    return wings


def spread_wings(family: Family, spine: np.ndarray, shot: Shot, density: float) -> list[Part]:
    span, chord = family.wings
    a = np.linspace(0.0, 1.0, count(1.1 * span, density))[:, None]
    b = np.linspace(0.0, 1.0, count(1.4 * chord, density))[None, :]
    fingers = 0.05 * np.sin(a * 34.0) * (a > 0.35)  # the ends of the feathers
    shape = chord * np.sqrt(np.maximum(1.02 - a**2.4, 0.0)) * (1.0 + fingers * b * b)
    shoulder = smooth(spine, np.array([2.75]))[0]
    bow = 0.20 * span * np.sin(a * math.pi * 0.9)
    back = 0.30 * span * np.maximum(a - 0.45, 0.0) ** 1.3 * 2.2
    wings = []
    for side in (1.0, -1.0):
        lift, out = math.sin(shot.flap), math.cos(shot.flap)
        z = side * (0.6 * family.plump + a * span * out)
        y = shoulder[1] + 0.10 + a * span * lift + bow * 0.5 * out - 0.10 * b * shape
        x = shoulder[0] + 0.10 + 0.45 * bow - back - b * shape
        points = np.stack([x, y + 0 * b, z + 0 * b], axis=-1)
        wings.append(sheet("spread", points, a, b))
    return wings


def legs(family: Family, spine: np.ndarray, shot: Shot, density: float) -> list[Part]:
    if shot.stay in ("swimming", "flying") or family.legs < 0.08:
        return []
    parts = []
    hip = smooth(spine, np.array([1.75]))[0]
    thin = 0.016 + 0.02 * min(family.legs, 0.3)
    for side, step in ((1.0, 0.05), (-1.0, -0.04)):
        z = side * 0.10
        low = hip[1] - family.plump * 0.85
        foot = low - family.legs
        knee = (hip[0] - 0.10 * family.legs - 0.02 + step, low - 0.48 * family.legs)
        ankle = (hip[0] + 0.05 + step, foot)
        path = [(hip[0] + step, low + 0.10, thin * 2.2), (*knee, thin), (*ankle, thin * 0.9)]
        toes = [(ankle[0] - 0.05, foot, thin * 0.9), (ankle[0] + 0.11, foot - 0.005, thin * 0.7)]
        for rows in (path, toes):
            rows = np.array(rows)
            t = np.linspace(0.0, len(rows) - 1.0, count(family.legs + 0.15, density))
            leg = tube(rows, t, np.linspace(0, 2 * math.pi, count(0.16, density))[None, :], name="leg")
            leg.points[..., 2] += z
            parts.append(leg)
    return parts
