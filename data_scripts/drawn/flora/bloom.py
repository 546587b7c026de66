"""One bloom: rings of patterned petals around a centre."""

import math

import numpy as np

from ..brushes import noise
from ..brushes.cloud import Cloud
from ..brushes.light import between
from .species import COLOURS, Species
from .surface import Placement, Sheet, ring

_TURN = 2.399963  # golden angle: how seeds and petals are spaced in nature


def _mask(rng, pattern: str, u: np.ndarray, v: np.ndarray, fused: bool) -> np.ndarray:
    """How much of the second colour shows at (u, v), 0 .. 1."""
    wobble = 0.10 * (noise.sample("fbm", u * 40 + rng.random() * 512, v * 40 + rng.random() * 512) - 0.5)
    if pattern == "edge":
        return noise.smoothstep(0.66, 0.80, np.maximum(np.abs(u) * np.minimum(v * 1.6, 1.0), v - 0.06) + wobble)
    if pattern == "stripe":
        return noise.smoothstep(0.26, 0.13, np.abs(u) + wobble + 0.12 * v) * noise.smoothstep(1.0, 0.85, v)
    if pattern == "veins":
        fans = np.abs((u * 3.0 + 3.5 + wobble) % 1.0 - 0.5) * 2.0
        return noise.smoothstep(0.50, 0.22, fans) * noise.smoothstep(1.0, 0.55, v) * 0.9
    if pattern == "spots":
        nearest = np.full(u.shape, 9.0)
        for du, dv, size in rng.random((13, 3)):  # dots are densest near the heart
            across, along = u * 0.42 - (du - 0.5) * 0.62, v - 0.10 - 0.62 * dv**1.3
            nearest = np.minimum(nearest, np.sqrt(across * across + along * along) - 0.018 * size)
        return noise.smoothstep(0.050, 0.030, nearest)
    if pattern == "eye":
        return (
            noise.smoothstep(0.50, 0.34, v + wobble * 1.5 - 0.05 * np.abs(u))
            if not fused
            else (noise.smoothstep(0.74, 0.60, v + wobble))
        )
    if pattern == "fade":
        return noise.smoothstep(0.75, 0.15, v + wobble)
    if pattern == "tips":
        return noise.smoothstep(0.74, 0.86, v + wobble)
    return np.zeros_like(u)


def _petal_colours(rng, kind: Species, sheet: Sheet, tint: np.ndarray, inner: float) -> np.ndarray:
    """Albedo of one ring: pattern, fine streaks along the petal, dark where petals meet."""
    u, v = sheet.u, sheet.v
    own, other = COLOURS[kind.colour] * tint, COLOURS[kind.second] * tint
    share = _mask(rng, kind.pattern, u, v, kind.form in ("bell", "trumpet"))
    colour = own + (other - own) * share[..., None]
    n = len(sheet.points)
    streaks = noise.sample("rough", u * 30 + rng.random() * 512, v * 3.0 + rng.random() * 512)
    blotches = noise.sample("soft", u * 20 + rng.random() * 512, v * 30.0 + rng.random() * 512)
    tone = 0.80 + 0.26 * (streaks - 0.5) + 0.30 * (blotches - 0.4) + 0.16 * v
    tone = tone * (1.0 - 0.16 * noise.smoothstep(0.12, 0.0, np.abs(u)) * (1.0 - v))  # the fold along the middle
    tone = tone * (0.62 + 0.38 * noise.smoothstep(0.0, 0.45 + 0.25 * inner, v))
    shift = (1.0 + 0.09 * rng.standard_normal((n, 1, 1))) * (1.0 - 0.10 * inner)
    deeper = tone * shift
    # shadows inside a flower are tinted by it: the darker, the more saturated
    return colour ** (1.0 + 0.55 * np.clip(1.0 - deeper, 0.0, 1.0))[..., None] * deeper[..., None]


def _length(kind: Species) -> float:
    return {"bell": 1.25, "trumpet": 1.45, "cup": 1.15, "reflexed": 1.1}.get(kind.form, 0.96)


def add_bloom(rng, cloud: Cloud, kind: Species, place: Placement, tint: np.ndarray) -> None:
    """Add all petals and the centre of one bloom; one unit of its space measures `place.pixels`."""
    fill = {"strap": 1.05, "pointed": 0.98, "toothed": 1.05}.get(kind.shape, 1.20)
    start = rng.random() * 2 * math.pi
    layers = [(kind.petals, 1.0, 0.0)]
    if kind.rings == 2:
        layers = [(kind.petals, 1.0, 0.0), (kind.petals, 0.80, 0.10)]
    elif kind.rings > 2:
        layers = [(max(5, kind.petals - 3 * i), 1.0 - 0.19 * i, 0.10 * i) for i in range(kind.rings)]
    for i, (count, size, lift) in enumerate(layers):
        angles = start + (i % 2) * math.pi / count + np.arange(count) * (2 * math.pi / count)
        angles = angles + 0.05 * rng.standard_normal(count)
        width = min(fill * math.pi / count * 0.74, 0.62) * size
        form = "cup" if kind.rings > 2 and i == kind.rings - 1 else "bowl" if kind.rings > 2 and i > 0 else kind.form
        sheet = ring(rng, kind.shape, form, angles, _length(kind) * size, width, place.pixels)
        sheet.points[..., 2] += lift
        colours = _petal_colours(rng, kind, sheet, tint, 1.0 if i < len(layers) - 1 else 0.0)
        cloud.add(sheet.points, sheet.normals, colours, place)
    _add_centre(rng, cloud, kind, place)


def _balls(spots: np.ndarray, radius: float, pixels: float) -> tuple[np.ndarray, np.ndarray]:
    """Small half spheres at `spots` (n, 3): points and normals (n, m, 3)."""
    m = max(5, math.ceil((2.2 * radius * pixels) ** 2))
    k = np.arange(m)
    reach = np.sqrt((k + 0.5) / m)
    normal = np.stack([reach * np.cos(k * _TURN), reach * np.sin(k * _TURN), np.sqrt(1.0 - reach**2)], axis=-1)
    return spots[:, None, :] + radius * normal[None], np.broadcast_to(normal[None], (len(spots), m, 3))


def _threads(rng, cloud, place, colour, tips, tip_colour, radius: float, foot: float) -> None:
    """Stamens or a pistil: thin threads from the foot to `tips` (n, 3) with a ball at the end of each."""
    steps = max(6, math.ceil(np.abs(tips).max() * place.pixels))
    t = np.linspace(0.0, 1.0, steps)[None, :, None]
    base = tips * np.array([0.12, 0.12, 0.0]) + np.array([0.0, 0.0, foot])
    path = base[:, None, :] + (tips - base)[:, None, :] * t
    path[..., 2] += 0.1 * np.sin(t[..., 0] * math.pi)
    normals = np.broadcast_to(np.array([0.0, 0.0, 1.0]), path.shape)
    cloud.add(path, normals, np.broadcast_to(colour, path.shape) * (0.65 + 0.35 * t), place, 0.8)
    points, normals = _balls(tips + np.array([0.0, 0.0, 0.02]), radius, place.pixels)
    shade = (0.75 + 0.4 * rng.random((len(tips), 1, 1))) * tip_colour
    cloud.add(points, normals, np.broadcast_to(shade, points.shape), place, 0.2)


def _add_centre(rng, cloud: Cloud, kind: Species, place: Placement) -> None:
    heart = COLOURS[kind.heart]
    depth = 0.28 if kind.form in ("cup", "bowl") else 0.10
    if kind.centre in ("disc", "cone"):
        radius, height = (0.33, 0.10) if kind.centre == "disc" else (0.31, 0.42)
        count = min(150, max(24, round((radius * place.pixels) ** 2 * 0.30)))
        k = np.arange(count)
        r = np.sqrt((k + 0.5) / count)
        spots = np.stack([r * np.cos(k * _TURN), r * np.sin(k * _TURN), np.zeros(count)], axis=-1) * radius
        spots[:, 2] = 0.06 + height * np.sqrt(1.02 - r * r)
        points, normals = _balls(spots, radius * 1.25 / math.sqrt(count) + 0.012, place.pixels)
        rim = noise.smoothstep(0.35, 0.95, r)[:, None]
        shade = (heart * (0.62 + 0.45 * rim)) * (0.82 + 0.36 * rng.random((count, 1)))
        shade = shade + rim * 0.10 * np.array([1.0, 0.75, 0.2])  # the outer florets open first and carry pollen
        cloud.add(points, normals, np.broadcast_to(shade[:, None, :], points.shape), place, 0.1)
    elif kind.centre == "stamens":
        count = {4: 40, 5: 24}.get(kind.petals, 6 if kind.rings == 1 and kind.petals == 6 else 30)
        spread = 0.62 if count == 6 else 0.34
        angle = np.arange(count) * (2 * math.pi / count if count == 6 else _TURN) + rng.random() * 6.28
        reach = spread * (np.ones(count) if count == 6 else 0.35 + 0.65 * rng.random(count))
        rise = depth + between(rng, 0.22, 0.36) * (1.0 + 0.25 * rng.standard_normal(count))
        tips = np.stack([reach * np.cos(angle), reach * np.sin(angle), rise], axis=-1)
        pale = 0.45 * heart + 0.55 * COLOURS["cream"]
        _threads(rng, cloud, place, pale * 0.9, tips, heart, 0.055 if count == 6 else 0.038, 0.05)
        knob = np.array([[0.0, 0.0, depth + 0.2]])
        _threads(rng, cloud, place, COLOURS["green"], knob, COLOURS["green"] * 0.9, 0.085, 0.0)
    elif kind.centre == "pistil":
        top = 0.72 if kind.form != "trumpet" else 1.25
        lean = 0.10 * rng.standard_normal(2)
        along = np.linspace(0.25, 1.0, 9)
        angle = np.arange(9) * _TURN
        wide = 0.09 if kind.form != "bell" else 0.05
        tips = np.stack(
            [lean[0] * along + wide * np.cos(angle), lean[1] * along + wide * np.sin(angle), top * along], -1
        )
        _threads(rng, cloud, place, heart * 0.9, tips, heart, 0.05, 0.1)
        end = np.array([[lean[0], lean[1], top + 0.06]])
        _threads(rng, cloud, place, heart, end, 0.5 * heart + 0.5 * COLOURS["cream"], 0.09, 0.1)
