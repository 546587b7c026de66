"""Leaves in bulk: a crown out of lit blobs, and a far wood as a band."""

import math

import numpy as np

from . import noise
from .canvas import SIZE, Canvas
from .light import Light, between, hazed, lit, rgb
from .seasons import Season


def patch(cx: float, top: float, width: float, height: float, step: int = 1):
    """Pixel window of the canvas around a tree, clipped; None when it lies outside."""
    left, right = max(0, math.floor(cx - width / 2)), min(SIZE, math.ceil(cx + width / 2))
    upper, lower = max(0, math.floor(top)), min(SIZE, math.ceil(top + height))
    if right - left < 2 or lower - upper < 2:
        return None
    x = (np.arange(left, right, step) + 0.5 * step - cx)[None, :] / (width / 2)
    y = (np.arange(upper, lower, step) + 0.5 * step - top)[:, None] / (height / 2) - 1.0
    return left, upper, x, y


def crown(rng, canvas: Canvas, light: Light, colours, cx, top, width, height, far=0.0, shadow=1.0, blobs=9) -> None:
    """A leafy crown inside the box (cx, top, width, height) in pixels; `colours` = (dark, light) albedo."""
    step = 2 if height > 60 else 1  # large crowns on every second pixel
    window = patch(cx, top, width, height, step)
    if window is None:
        return
    left, upper, x, y = window
    best = np.full((y.shape[0], x.shape[1]), -9.0)
    facing = np.zeros_like(best)
    sun_x, sun_y = light.side * 0.7, -(0.35 + 0.65 * light.height)
    for angle, reach, r in rng.random((blobs, 3)):
        r = 0.26 + 0.24 * r
        bx = math.cos(angle * 6.283) * reach**0.6 * (0.98 - r)
        by = math.sin(angle * 6.283) * reach**0.6 * (0.98 - r)
        u, v = (x - bx) / r, (y - by) / r
        dome = 1.0 - u * u - v * v
        nearer = dome > best
        best = np.where(nearer, dome, best)
        facing = np.where(nearer, 0.45 + 0.5 * (u * sun_x + v * sun_y) - 0.2 * by, facing)
    grain = min(max(90.0 / max(height, 1.0), 0.7), 3.0)
    leaf = noise.field(rng, "leaves", *best.shape, grain=grain * step)
    alpha = noise.smoothstep(-0.15, 0.2, best + (leaf - 0.5) * 1.5)
    tone = np.clip(facing * 0.75 + (leaf - 0.42) * 0.9, 0.0, 1.0) * shadow
    albedo = colours[0] + (colours[1] - colours[0]) * tone[..., None]
    canvas.texture(hazed(light, lit(light, albedo, np.clip(tone * 1.1, 0, 1)), far), alpha, left, upper, step)


def treeline(rng, canvas: Canvas, light: Light, season: Season, base: float, height: float, far: float) -> None:
    """A far wood across the frame: merged crowns along a wavering top edge, `height` pixels over the row `base`."""
    cols = np.arange(SIZE)[None, :]
    top = base - height * (0.45 + 1.1 * noise.field(rng, "rough", 1, SIZE, grain=between(rng, 0.4, 1.6)))
    if rng.random() < 0.5:  # gaps
        top = top + height * 1.4 * noise.smoothstep(0.5, 0.62, noise.field(rng, "soft", 1, SIZE, grain=0.6))
    start = max(0, math.floor(base - 1.8 * height))
    rows = np.arange(start, min(SIZE, math.ceil(base) + 1))[:, None] + 0.5 + 0 * cols
    if rows.shape[0] < 2:
        return
    leaf = noise.field(rng, "needles", *rows.shape, grain=min(3.0, 40.0 / height))
    clump = noise.field(rng, "clumps", *rows.shape, grain=min(6.0, 110.0 / height))
    alpha = noise.smoothstep(-1.0, 1.2, rows - top + (leaf - 0.5) * 5) * (rows <= base + leaf * 2)
    tone = np.clip(0.1 + 0.5 * clump + 0.5 * (leaf - 0.4) - 0.3 * (rows - top) / (2 * height), 0.0, 1.0)
    dark, bright = season.leaf
    if season.snow or rng.random() < 0.3:
        dark, bright = rgb(0.04, 0.07, 0.05), rgb(0.20, 0.25, 0.17)
    albedo = dark + (bright - dark) * tone[..., None]
    canvas.texture(hazed(light, lit(light, albedo, tone), far), alpha, 0, start)
