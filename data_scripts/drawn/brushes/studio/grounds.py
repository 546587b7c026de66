"""Grounds and what is behind them, as textures in perspective.

A row of the picture looks at one depth y of the ground, or at one height of a wall: that makes both cheap.
"""

import math

import numpy as np

from .materials import ink, look_up
from .scene import F, Scene, Setting

FAR = {"table": 4.2, "tiles": 6.5, "carpet": 5.6, "sand": 60.0, "studio": 60.0}  # where the ground ends
GROUNDS = tuple(FAR)


def ground_points(scene: Scene, size: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Return (x (N,), y (N,), first row): the ground seen from row `first` downwards, row by row."""
    (px, py, pz), (_, fy, fz), (_, uy, uz) = scene.camera.axes
    step = ((np.arange(size, dtype=np.float64) + 0.5) * (2.0 / size) - 1.0) * scene.camera.spread
    fall = -(fz - step * uz)
    far = np.where(fall > 1e-3, py + (fy - step * uy) * pz / np.maximum(fall, 1e-3), np.inf)
    first = int(np.argmax(far < FAR[scene.setting.ground])) if (far < FAR[scene.setting.ground]).any() else size
    t = pz / fall[first:]
    x = px + step[None, :] * t[:, None]
    y = np.broadcast_to(far[first:, None], x.shape)
    return x.astype(F).ravel(), y.astype(F).ravel(), first


def paint_ground(setting: Setting, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Albedo (3, N) of ground points."""
    cos, sin = F(math.cos(setting.turn)), F(math.sin(setting.turn))
    a, b = x * cos + y * sin + F(40 + setting.grain * 9), y * cos - x * sin + F(40 + setting.grain * 7)
    tone, second = ink(setting.tone), ink(setting.second)
    start = F(setting.grain * 512)
    if setting.ground == "table":
        plank = np.floor(a * F(0.8))
        gap = np.abs(a * F(0.8) - plank - F(0.5)) > F(0.485)
        along = b * F(3.0) + plank * F(61.7)
        wave = a * F(5) + F(2.6) * look_up("soft", along * F(1.7) + start, a * F(9)) + plank * F(0.37)
        ring = np.abs(wave - np.floor(wave) - F(0.5)) * F(2)
        fibre = look_up("white", along * F(1.5), a * F(60))
        shade = F(0.78) + F(0.16) * ring + F(0.16) * fibre + F(0.16) * look_up("white", plank * F(7), plank * F(3))
        shade = np.where(gap, shade * F(0.5), shade)
        return tone * shade + (second - tone) * (F(0.35) * ring * ring)
    if setting.ground == "sand":
        warp = look_up("soft", a * F(9) + start, b * F(9))
        wave = b * F(2.1) + F(3.0) * warp
        ripple = np.abs(wave - np.floor(wave) - F(0.5)) * F(2)
        shade = F(0.72) + F(0.26) * look_up("white", a * F(57), b * F(57)) + F(0.16) * ripple
        shade = shade + F(0.2) * (look_up("rough", a * F(22), b * F(22)) - F(0.5))
        return tone * shade
    if setting.ground == "carpet":
        shade = F(0.66) + F(0.34) * look_up("white", a * F(41), b * F(41)) + F(0.3) * look_up("rough", a * 19, b * 19)
        wave = a * F(0.62)
        band = np.abs(wave - np.floor(wave) - F(0.5))
        thin = (band > F(0.36)) & (band < F(0.43))
        stripe = np.where(band < F(0.17), F(0.85), np.where(thin, F(0.6), F(0)))
        return (tone + (second - tone) * stripe) * shade
    if setting.ground == "tiles":
        i, j = np.floor(a * F(0.78)), np.floor(b * F(0.78))
        u, v = a * F(0.78) - i - F(0.5), b * F(0.78) - j - F(0.5)
        joint = np.maximum(np.abs(u), np.abs(v)) > F(0.478)
        other = (i + j) - F(2) * np.floor((i + j) * F(0.5)) > F(0.5)
        shade = F(0.86) + F(0.12) * look_up("white", i * 5 + start, j * 7) + F(0.2) * look_up("fbm", a * 24, b * 24)
        colour = np.where(other, second, tone) * shade
        return np.where(joint, (tone + second) * F(0.28) + F(0.1), colour)
    shade = F(0.96) + F(0.08) * look_up("soft", a * F(20) + start, b * F(20))
    return tone * shade


def paint_backdrop(scene: Scene, rows: int, size: int) -> np.ndarray:
    """The upper `rows` of the picture, behind the ground's end: (3, rows * size), out of focus."""
    setting, light = scene.setting, scene.light
    (_, py, pz), (_, fy, fz), (_, uy, uz) = scene.camera.axes
    step = ((np.arange(size, dtype=np.float64) + 0.5) * (2.0 / size) - 1.0) * scene.camera.spread
    slope = (fz - step[:rows] * uz) / (fy - step[:rows] * uy)
    wall = min(FAR[setting.ground] + (5.0 if setting.ground == "table" else 0.0), 14.0)
    t = (wall - py) / (fy - step[:rows] * uy)
    height = np.repeat((pz + slope * (wall - py)).astype(F), size)
    x = (scene.camera.aim + step[None, :] * t[:, None]).astype(F).ravel()
    back, glow = ink(setting.backdrop), ink(light.fill) + ink(light.key) * F(0.22)
    start = F(setting.grain * 512)
    rise = np.clip(height * F(0.16) + F(0.35), F(0), F(1))
    if setting.ground == "sand":
        up = np.clip(height * F(0.10) + F(0.1), F(0), F(1))
        haze = back * F(0.45) + F(0.5)
        return (haze + (back - haze) * up) * glow
    blot = look_up("soft", x * F(5) + start, height * F(5))
    shade = F(0.55) + F(0.4) * rise + F(0.25) * (blot - F(0.5))
    lean = x * F(0.05) * F(math.sin(light.side))
    colour = back * (shade + lean)
    if setting.ground in ("table", "carpet"):  # a window or a shelf somewhere in the room, blurred
        for k in range(2):
            middle = F((setting.grain * (13 + 29 * k)) % 1.0 * 12.0 - 6.0)
            wide = F(0.9 + (setting.grain * 31) % 1.0)
            soft = np.clip((wide - np.abs(x - middle)) * F(1.6), F(0), F(1))
            soft = soft * np.clip((height + F(1.2)) * F(0.8), F(0), F(1))
            soft = soft * soft * (F(3) - F(2) * soft)
            other = ink(setting.second) * F(0.5) if k else back * F(0.7) + F(0.55)
            colour = colour + (other - colour) * (soft * F(0.5))
    if setting.ground in ("tiles", "carpet"):  # skirting board where wall and floor meet
        board = np.clip((F(0.42) - height) * F(9), F(0), F(1))
        colour = colour + (back * F(0.35) + F(0.42) - colour) * board * F(0.8)
        colour = colour * (F(1) - F(0.4) * np.clip((F(0.12) - height) * F(12), F(0), F(1)))
    return colour * glow
