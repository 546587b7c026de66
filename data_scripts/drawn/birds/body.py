"""The shape of a bird in space, part by part: torso and neck, head, beak, eyes, crest; wings, tail and legs are limbs.

Every part is a surface of points with normals and two coordinates, by which `plumage` colours it. Nothing here is
random, so that the true box of a bird can be found again from its Shot.
"""

import math

import numpy as np

from .limbs import folded_wings, legs, spread_wings, tail
from .shot import Shot
from .species import Family, Species
from .surfaces import Part, apply, ball, count, spin, tube


def _spine(family: Family, pitch: float) -> np.ndarray:
    """Control points (x, y, radius): tail base, rump, middle, breast, neck, head."""
    p = family.plump
    rows = [(-0.56, 0.04, 0.05), (-0.36, 0.02, 0.62 * p), (-0.05, 0.0, p), (0.22, 0.03, 0.92 * p)]
    return spin(np.array([*rows, *family.neck, (*family.head[:2], 0.80 * family.head[2])]), pitch)


def _head_turn(shot: Shot) -> np.ndarray:
    """Rows: where the head's forward, upward and sideways axes point in the bird's space."""
    ct, st, cn, sn = math.cos(shot.turn), math.sin(shot.turn), math.cos(shot.nod), math.sin(shot.nod)
    side = -1.0 if math.cos(shot.yaw) < 0 else 1.0  # turn towards the camera, whichever way the bird faces
    st = st * side
    return np.array([[ct * cn, sn, st * cn], [-ct * sn, cn, -st * sn], [-st, 0.0, ct]])


def _beak(family: Family, turn: np.ndarray, centre: np.ndarray, density: float) -> Part:
    kind, length, base = family.beak
    r = family.head[2]
    t = np.linspace(0.0, 1.0, count(1.3 * length, density))
    drop = {"hooked": 0.40 * t**3, "curved": 0.16 * t * t, "flat": 0.10 * np.sin(t * 3.0)}.get(kind, 0.04 * t)
    taper = {"cone": 1.0 - t**1.3, "flat": 1.0 - 0.45 * t - 0.4 * t**8, "hooked": 1.0 - t**2.2}.get(
        kind, 1.0 - 0.92 * t
    )
    rows = np.stack([0.80 * r + t * (length + 0.2 * r), -0.06 * r - drop * length, base * np.maximum(taper, 0.05)], -1)
    angles = np.linspace(0, 2 * math.pi, count(2.4 * math.pi * base, density))[None, :]
    part = tube(rows, np.linspace(0.0, len(rows) - 1.0, len(rows)), angles, name="beak")
    part.points[..., 2] *= 1.9 if kind == "flat" else 0.8
    part.points[..., 1] = (part.points[..., 1] - rows[:, 1:2]) * (0.5 if kind == "flat" else 1.0) + rows[:, 1:2]
    part.points = apply(part.points, turn) + centre
    part.normals = apply(part.normals, turn)
    part.s = t[:, None] + 0 * part.s
    return part


def build(kind: Species, shot: Shot, density: float) -> list[Part]:
    """All parts of the bird; `density` is the number of points a unit of length."""
    family = kind.shape()
    spine = _spine(family, shot.pitch)
    t = np.linspace(0.0, len(spine) - 1.0, count(1.25 + 0.9 * max(0.0, family.head[1] - 0.2), density))
    around = np.linspace(0.0, 2 * math.pi, count(2 * math.pi * family.plump, density))[None, :]
    parts = [tube(spine, t, around), tail(family, spine, shot, density)]
    flying = shot.stay == "flying"
    parts += spread_wings(family, spine, shot, density) if flying else folded_wings(spine, density)
    turn, r = _head_turn(shot), family.head[2]
    centre = np.array([*spine[-1, :2], 0.0])
    parts.append(ball("head", centre, (1.08 * r, r, 0.92 * r), density, turn))
    parts.append(_beak(family, turn, centre, density))
    for side in (1.0, -1.0):
        spot = np.array([0.50, 0.22, 0.80 * side]) * np.array([1.08, 1.0, 0.92]) * r
        size = 0.17 * r if family.head[2] > 0.1 else 0.22 * r
        if kind.ring != "-":  # a wider ball, sunk so far that a ring of it shows around the eye
            sunk = spot * (1.0 - 1.15 * size / r)
            parts.append(ball("ring", apply(sunk, turn) + centre, (size * 1.9,) * 3, 1.5 * density))
        parts.append(ball("eye", apply(spot * 1.02, turn) + centre, (size * 1.15,) * 3, 2.0 * density))
    if kind.crest != "-":
        rows = np.array([(0.35, 0.80, 0.34), (-0.35, 1.05, 0.34), (-0.95, 1.28, 0.20), (-1.55, 1.42, 0.03)]) * r
        crest = tube(
            rows, np.linspace(0.0, 3.0, count(3 * r, density)), np.linspace(0, 6.283, count(2 * r, density))[None, :]
        )
        crest.points[..., 2] *= 0.55
        parts.append(Part("crest", apply(crest.points, turn) + centre, apply(crest.normals, turn), crest.s, crest.c))
    return parts + legs(family, spine, shot, density)
