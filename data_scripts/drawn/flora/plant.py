"""The whole plant: where its blooms sit, their stalks, leaves and buds."""

import math

import numpy as np

from ..brushes import noise
from ..brushes.close_up import NEAR
from ..brushes.cloud import Cloud
from ..brushes.light import between, rgb
from .shot import Shot
from .species import Species
from .surface import Placement, ring

Stalk = tuple[list[tuple[float, float]], float]  # path on screen, width


def arrange(rng, kind: Species, shot: Shot) -> tuple[list[Placement], list[Stalk]]:
    """Blooms and stalks of the plant, for each way in which flowers stand."""
    x, y, size = shot.x * NEAR, shot.y * NEAR, shot.size * NEAR
    foot = (x + between(rng, -40, 40), NEAR + 20.0)
    return {"single": _single, "umbel": _umbel, "ball": _ball, "spike": _spike, "hanging": _hanging}[kind.habit](
        rng, kind, shot, x, y, size, foot
    )


def _curve(start, end, bend: float) -> list[tuple[float, float]]:
    t = np.linspace(0.0, 1.0, 9)
    cx = start[0] + (end[0] - start[0]) * t + bend * np.sin(t * math.pi)
    cy = start[1] + (end[1] - start[1]) * t
    return list(zip(cx.tolist(), cy.tolist(), strict=True))


def _scale(kind: Species) -> float:
    """Tubes are longer than wide; a bloom seen from the side must still fit."""
    return {"bell": 0.78, "trumpet": 0.95, "cup": 0.95, "reflexed": 1.0}.get(kind.form, 1.0)


def _single(rng, kind, shot, x, y, size, foot):
    places, stalks = [], []
    spots = [(x, y, 1.0), (x + NEAR * between(rng, 0.36, 0.44), y + NEAR * between(rng, -0.12, 0.22), 0.92)]
    spots.append((x + NEAR * between(rng, -0.05, 0.25), y + NEAR * between(rng, 0.36, 0.44), 0.85))
    for i, (px, py, share) in enumerate(spots[: shot.blooms]):
        tilt, toward = shot.tilt, shot.toward
        if i:
            tilt, toward = min(max(tilt + between(rng, -0.3, 0.3), 0.0), 1.25), toward + between(rng, -0.8, 0.8)
        radius = size * share * _scale(kind)
        places.append(Placement(px, py, radius, tilt, toward, -60.0 * i))
        back = 0.25 * radius * math.sin(tilt)
        root = (px - math.cos(toward) * back, py - math.sin(toward) * back)
        end = (foot[0] + between(rng, -25, 25), foot[1])
        stalks.append((_curve(root, end, between(rng, -22, 22)), max(2.5, size * 0.075)))
    return places, stalks


def _umbel(rng, kind, shot, x, y, size, foot):
    count = int(rng.integers(8, 13))
    each = size * 0.36 * _scale(kind)
    hub = (x, y + size * 0.75)
    places, stalks = [], [(_curve(hub, foot, between(rng, -15, 15)), size * 0.06)]
    for i in range(count):
        reach, angle = math.sqrt((i + 0.4) / count), i * 2.399963 + rng.random() * 0.5
        dx, dy = reach * math.cos(angle), reach * math.sin(angle)
        px, py = x + size * 0.82 * dx, y + size * 0.55 * dy
        tilt = min(0.15 + 0.7 * reach + 0.35 * shot.tilt, 1.2)
        toward = math.atan2(dy - 0.35, dx)
        places.append(Placement(px, py, each * between(rng, 0.88, 1.1), tilt, toward, -60 * reach + 30 * dy))
        stalks.append((_curve((px, py), hub, size * 0.06 * dx), size * 0.025))
    return places, stalks


def _ball(rng, kind, shot, x, y, size, foot):
    count = int(rng.integers(34, 46))
    each = size * 0.24 * _scale(kind)
    places = []
    for i in range(count):
        reach, angle = math.sqrt((i + 0.5) / count), i * 2.399963
        dx, dy = reach * math.cos(angle), reach * math.sin(angle)
        depth = math.sqrt(max(0.0, 1.0 - 0.95 * reach * reach))
        radius = each * between(rng, 0.85, 1.15) * (0.78 + 0.22 * depth)
        places.append(
            Placement(x + 0.8 * size * dx, y + 0.8 * size * dy, radius, 1.15 * reach, angle, 0.8 * size * depth)
        )
    return places, [(_curve((x, y), foot, between(rng, -25, 25)), size * 0.07)]


def _spike(rng, kind, shot, x, y, size, foot):
    levels = int(rng.integers(7, 10))
    top, low = y - size * 1.05, y + size * 1.15
    lean = between(rng, -0.18, 0.18)
    places = []
    for i in range(levels):
        t = i / (levels - 1)
        py = top + (low - top) * t**0.9
        grown = 0.45 + 0.55 * min(1.0, t * 1.5)
        for k in range(3):
            angle = i * 1.1 + k * 2.094 + rng.random() * 0.5
            side, front = math.cos(angle), math.sin(angle)
            if front < -0.55:
                continue
            radius = size * (0.36 if kind.form == "bell" else 0.27) * grown * _scale(kind) * between(rng, 0.9, 1.1)
            px = x + lean * (py - y) + side * size * 0.30 * grown
            tilt = min(1.25, 0.25 + 0.85 * abs(side) + 0.2 * shot.tilt)
            toward = 0.25 if side > 0 else math.pi - 0.25
            places.append(Placement(px, py, radius, tilt, toward, 30.0 * front))
    stem = [(x + lean * (top - y), top - size * 0.08), (x, y), (x + lean * (low - y), low), foot]
    return places, [(stem, size * 0.055)]


def _hanging(rng, kind, shot, x, y, size, foot):
    side = 1 if rng.random() < 0.5 else -1
    t = np.linspace(0.0, 1.0, 14)
    arch_x = foot[0] + side * (np.sin(t * 1.9) * 0.95 - 0.35) * size * 1.2
    arch_y = NEAR + 10 - (NEAR + 10 - (y - size)) * np.sin(np.minimum(t * 1.9, 2.1)) ** 0.8 + size * 0.55 * t**4
    arch = list(zip((arch_x - arch_x[8] + x).tolist(), arch_y.tolist(), strict=True))
    places, stalks = [], [(arch, size * 0.05)]
    count = int(rng.integers(5, 8))
    for i in range(count):
        at = 5 + 8 * i / (count - 1)
        a, b = arch[int(at)], arch[min(int(at) + 1, 13)]
        ax, ay = a[0] + (b[0] - a[0]) * (at % 1), a[1] + (b[1] - a[1]) * (at % 1)
        px, py = ax + between(rng, -6, 6), ay + size * 0.22
        toward = math.pi / 2 + between(rng, -0.45, 0.45)
        radius = size * 0.40 * between(rng, 0.9, 1.1) * (1.0 - 0.3 * i / count)
        places.append(Placement(px, py, radius, between(rng, 1.05, 1.5), toward, 20.0 * (i % 2)))
        stalks.append((_curve((ax, ay), (px, py), 3 * side), size * 0.025))
    return places, stalks


def add_stalks(rng, cloud: Cloud, stalks: list[Stalk], depth: float) -> None:
    """Round green rods along the paths."""
    green = rgb(0.30, 0.44, 0.14) * (1.0 + 0.25 * (rng.random(3) - 0.5))
    for path, width in stalks:
        path = np.array(path)
        step = np.sqrt(((path[1:] - path[:-1]) ** 2).sum(1))
        far = np.concatenate([[0.0], np.cumsum(step)])
        t = np.arange(0.0, far[-1], 1.0)
        if len(t) < 2:
            continue
        cx, cy = np.interp(t, far, path[:, 0]), np.interp(t, far, path[:, 1])
        dx, dy = np.gradient(cx), np.gradient(cy)
        size = np.sqrt(dx * dx + dy * dy) + 1e-9
        nx, ny = -dy / size, dx / size
        across = np.linspace(-1.0, 1.0, max(3, math.ceil(width * 1.2)))[None, :]
        half = width / 2
        z = np.sqrt(np.maximum(1.0 - across**2, 0.0)) + 0 * nx[:, None]
        points = np.stack([cx[:, None] + nx[:, None] * across * half, cy[:, None] + ny[:, None] * across * half, z], -1)
        normals = np.stack([nx[:, None] * across, ny[:, None] * across, z], -1)
        streak = noise.sample("rough", across * 20 + 0 * z, t[:, None] * 0.3)[..., None]
        cloud.add(points, normals, green * (0.8 + 0.4 * streak), Placement(0, 0, 1.0, 0.0, 0.0, depth), 0.1, 0.0)


def add_leaf(rng, cloud: Cloud, shape: str, x: float, y: float, size: float, angle: float, depth: float) -> None:
    """One leaf that starts at (x, y) and points to `angle` on screen."""
    wide = {"pointed": 0.24, "round": 0.46, "heart": 0.46, "lobed": 0.42, "strap": 0.075}[shape]
    length = {"strap": 1.5, "round": 0.85}.get(shape, 1.1)
    sheet = ring(rng, shape, "leaf", np.array([0.0]), length, wide, size, 0.10)
    u, v = sheet.u, sheet.v
    green = rgb(0.22, 0.38, 0.11) * (1.0 + 0.35 * (rng.random(3) - 0.5)) * between(rng, 0.8, 1.25)
    ribs = np.abs((v * 5.0 - np.abs(u) * 1.5) % 1.0 - 0.5) * 2.0
    vein = np.maximum(noise.smoothstep(0.10, 0.02, np.abs(u)), 0.4 * noise.smoothstep(0.25, 0.0, ribs))
    if shape == "strap":
        vein = 0.4 * np.abs((u * 2.5) % 1.0 - 0.5) * 2
    mottle = noise.sample("rough", u * 40 + rng.random() * 512, v * 40 + rng.random() * 512)
    tone = 0.78 + 0.45 * (mottle - 0.5) + 0.18 * np.abs(u)
    colours = (green + (green * 0.5 + rgb(0.30, 0.36, 0.18) - green) * vein[..., None]) * tone[..., None]
    cloud.add(sheet.points, sheet.normals, colours, Placement(x, y, size, between(rng, 0.2, 0.7), angle, depth), 0.35)
