"""The shape of a bird in space, part by part: torso and neck, head, beak, eyes, wings, tail, legs, crest.

Everything is surfaces of points with normals and two coordinates, by which `plumage` colours them. Nothing here is
random, so that the true box of a bird can be found again from its Shot.
"""

import math
from dataclasses import dataclass

import numpy as np

from .shot import Shot
from .species import Family, Species


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
        seen = n[..., 0] * axes[0, 2] + n[..., 1] * axes[1, 2] + n[..., 2] * axes[2, 2] > -0.12
        part = Part(self.name, self.points[seen], n[seen], self.s[seen], self.c[seen])
        part.last = self.last
        return part


def _count(length: float, density: float) -> int:
    return max(4, math.ceil(length * density) + 2)


def _smooth(controls: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Catmull-Rom curve through the rows of `controls` at t = 0 .. rows - 1; straight on beyond the ends."""
    inner = np.clip(t, 0.0, len(controls) - 1.0)
    k = np.minimum(inner.astype(np.int64), len(controls) - 2)
    f = (inner - k)[:, None]
    padded = np.concatenate([2 * controls[:1] - controls[1:2], controls, 2 * controls[-1:] - controls[-2:-1]])
    a, b, c, d = (padded[k + i] for i in range(4))
    curve = 0.5 * (2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f * f + (3 * b - a - 3 * c + d) * f**3)
    return curve + (t - inner)[:, None] * (controls[1] - controls[0]) * (t < 0)[:, None]


def _spin(points: np.ndarray, angle: float) -> np.ndarray:
    """Rotate (x, y, ...) rows about the sideways axis; a positive angle raises the front."""
    cos, sin = math.cos(angle), math.sin(angle)
    turned = points.copy()
    turned[..., 0] = points[..., 0] * cos - points[..., 1] * sin
    turned[..., 1] = points[..., 0] * sin + points[..., 1] * cos
    return turned


def _spine(family: Family, pitch: float) -> np.ndarray:
    """Control points (x, y, radius): tail base, rump, middle, breast, neck, head."""
    p = family.plump
    rows = [(-0.56, 0.04, 0.05), (-0.36, 0.02, 0.62 * p), (-0.05, 0.0, p), (0.22, 0.03, 0.92 * p)]
    return _spin(np.array([*rows, *family.neck, (*family.head[:2], 0.80 * family.head[2])]), pitch)


def _frame(spine: np.ndarray, t: np.ndarray):
    """Position, radius, tangent and upward normal of the spine at t, and how fast the radius shrinks."""
    here = _smooth(spine, t)
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


def _ball(name: str, centre, radii, density: float, turn: np.ndarray | None = None) -> Part:
    """An ellipsoid; `turn` (3, 3) maps its own axes to those of the bird."""
    n, m = _count(math.pi * max(radii), density), _count(2 * math.pi * max(radii), density)
    theta, phi = np.linspace(0.03, math.pi - 0.03, n)[:, None], np.linspace(0, 2 * math.pi, m)[None, :]
    own = np.stack([np.cos(theta) + 0 * phi, np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi)], axis=-1)
    points, normals = own * np.asarray(radii), own / np.asarray(radii)
    normals = normals / np.sqrt((normals * normals).sum(-1, keepdims=True))
    if turn is not None:
        points, normals = _apply(points, turn), _apply(normals, turn)
    return Part(name, points + np.asarray(centre), normals, theta + 0 * phi, own)


def _apply(vectors: np.ndarray, turn: np.ndarray) -> np.ndarray:
    return vectors[..., :1] * turn[0] + vectors[..., 1:2] * turn[1] + vectors[..., 2:] * turn[2]


def _head_turn(shot: Shot) -> np.ndarray:
    """Rows: where the head's forward, upward and sideways axes point in the bird's space."""
    ct, st, cn, sn = math.cos(shot.turn), math.sin(shot.turn), math.cos(shot.nod), math.sin(shot.nod)
    side = -1.0 if math.cos(shot.yaw) < 0 else 1.0  # turn towards the camera, whichever way the bird faces
    st = st * side
    return np.array([[ct * cn, sn, st * cn], [-ct * sn, cn, -st * sn], [-st, 0.0, ct]])


def _beak(family: Family, turn: np.ndarray, centre: np.ndarray, density: float) -> Part:
    kind, length, base = family.beak
    r = family.head[2]
    t = np.linspace(0.0, 1.0, _count(1.3 * length, density))
    drop = {"hooked": 0.40 * t**3, "curved": 0.16 * t * t, "flat": 0.10 * np.sin(t * 3.0)}.get(kind, 0.04 * t)
    taper = {"cone": 1.0 - t**1.3, "flat": 1.0 - 0.45 * t - 0.4 * t**8, "hooked": 1.0 - t**2.2}.get(kind, 1.0 - 0.92 * t)
    rows = np.stack([0.80 * r + t * (length + 0.2 * r), -0.06 * r - drop * length, base * np.maximum(taper, 0.05)], -1)
    angles = np.linspace(0, 2 * math.pi, _count(2.4 * math.pi * base, density))[None, :]
    part = tube(rows, np.linspace(0.0, len(rows) - 1.0, len(rows)), angles, name="beak")
    part.points[..., 2] *= 1.9 if kind == "flat" else 0.8
    part.points[..., 1] = (part.points[..., 1] - rows[:, 1:2]) * (0.5 if kind == "flat" else 1.0) + rows[:, 1:2]
    part.points = _apply(part.points, turn) + centre
    part.normals = _apply(part.normals, turn)
    part.s = t[:, None] + 0 * part.s
    return part


def _sheet(name: str, points: np.ndarray, s: np.ndarray, c: np.ndarray) -> Part:
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


def _tail(family: Family, spine: np.ndarray, shot: Shot, density: float) -> Part:
    kind, length, half = family.tail
    flying = shot.stay == "flying"
    half = half * (1.9 if flying else 1.0)
    v = np.linspace(0.0, 1.0, _count(1.3 * length, density))[:, None]
    u = np.linspace(-1.0, 1.0, _count(3.2 * half, density))[None, :]
    edge = np.abs(u)
    reach = {"forked": 0.42 + 0.58 * edge**1.5, "notched": 0.86 + 0.14 * edge, "rounded": 1.0 - 0.16 * edge**2}
    reach = reach.get(kind, 1.0 - 0.55 * edge if kind == "pointed" else 1.0 - 0.03 * edge)
    spread = half * (0.45 + 0.75 * v) * (1.0 if kind != "pointed" else 1.15 - 0.5 * v)
    x = -0.10 * (1 - v) - v * (length + 0.08) * reach + 0.10
    y = -0.75 * spread * u * u * (0.25 if flying else 1.0) + 0.05 * v
    points = np.stack([x, y + 0 * x, u * spread + 0 * x], axis=-1)
    direction = spine[1, :2] - spine[0, :2]
    angle = math.atan2(direction[1], direction[0]) * 0.85
    points = _spin(points, angle)
    points[..., :2] += spine[0, :2]
    return _sheet("tail", points, v, u)


def _folded_wings(spine: np.ndarray, density: float) -> list[Part]:
    wings = []
    a = np.linspace(0.0, 1.0, _count(1.0, density))
    b = np.linspace(0.0, 1.0, _count(0.42, density))[None, :]
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


def _spread_wings(family: Family, spine: np.ndarray, shot: Shot, density: float) -> list[Part]:
    span, chord = family.wings
    a = np.linspace(0.0, 1.0, _count(1.1 * span, density))[:, None]
    b = np.linspace(0.0, 1.0, _count(1.4 * chord, density))[None, :]
    fingers = 0.05 * np.sin(a * 34.0) * (a > 0.35)  # the ends of the feathers
    shape = chord * np.sqrt(np.maximum(1.02 - a**2.4, 0.0)) * (1.0 + fingers * b * b)
    shoulder = _smooth(spine, np.array([2.75]))[0]
    bow = 0.20 * span * np.sin(a * math.pi * 0.9)
    back = 0.30 * span * np.maximum(a - 0.45, 0.0) ** 1.3 * 2.2
    wings = []
    for side in (1.0, -1.0):
        lift, out = math.sin(shot.flap), math.cos(shot.flap)
        z = side * (0.6 * family.plump + a * span * out)
        y = shoulder[1] + 0.10 + a * span * lift + bow * 0.5 * out - 0.10 * b * shape
        x = shoulder[0] + 0.10 + 0.45 * bow - back - b * shape
        points = np.stack([x, y + 0 * b, z + 0 * b], axis=-1)
        wings.append(_sheet("spread", points, a, b))
    return wings


def _legs(family: Family, spine: np.ndarray, shot: Shot, density: float) -> list[Part]:
    if shot.stay in ("swimming", "flying") or family.legs < 0.08:
        return []
    parts = []
    hip = _smooth(spine, np.array([1.75]))[0]
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
            t = np.linspace(0.0, len(rows) - 1.0, _count(family.legs + 0.15, density))
            leg = tube(rows, t, np.linspace(0, 2 * math.pi, _count(0.16, density))[None, :], name="leg")
            leg.points[..., 2] += z
            parts.append(leg)
    return parts


def build(kind: Species, shot: Shot, density: float) -> list[Part]:
    """All parts of the bird; `density` is the number of points a unit of length."""
    family = kind.shape()
    spine = _spine(family, shot.pitch)
    t = np.linspace(0.0, len(spine) - 1.0, _count(1.25 + 0.9 * max(0.0, family.head[1] - 0.2), density))
    around = np.linspace(0.0, 2 * math.pi, _count(2 * math.pi * family.plump, density))[None, :]
    parts = [tube(spine, t, around), _tail(family, spine, shot, density)]
    flying = shot.stay == "flying"
    parts += _spread_wings(family, spine, shot, density) if flying else _folded_wings(spine, density)
    turn, r = _head_turn(shot), family.head[2]
    centre = np.array([*spine[-1, :2], 0.0])
    parts.append(_ball("head", centre, (1.08 * r, r, 0.92 * r), density, turn))
    parts.append(_beak(family, turn, centre, density))
    for side in (1.0, -1.0):
        spot = np.array([0.50, 0.22, 0.80 * side]) * np.array([1.08, 1.0, 0.92]) * r
        size = 0.17 * r if family.head[2] > 0.1 else 0.22 * r
        if kind.ring != "-":  # a wider ball, sunk so far that a ring of it shows around the eye
            sunk = spot * (1.0 - 1.15 * size / r)
            parts.append(_ball("ring", _apply(sunk, turn) + centre, (size * 1.9,) * 3, 1.5 * density))
        parts.append(_ball("eye", _apply(spot * 1.02, turn) + centre, (size * 1.15,) * 3, 2.0 * density))
    if kind.crest != "-":
        rows = np.array([(0.35, 0.80, 0.34), (-0.35, 1.05, 0.34), (-0.95, 1.28, 0.20), (-1.55, 1.42, 0.03)]) * r
        crest = tube(rows, np.linspace(0.0, 3.0, _count(3 * r, density)), np.linspace(0, 6.283, _count(2 * r, density))[None, :])
        crest.points[..., 2] *= 0.55
        parts.append(Part("crest", _apply(crest.points, turn) + centre, _apply(crest.normals, turn), crest.s, crest.c))
    return parts + _legs(family, spine, shot, density)
