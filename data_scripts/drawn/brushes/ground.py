"""Flat ground in perspective: grass, sand, asphalt, snow; and markings, shadows and puddles on it."""

import numpy as np

from . import noise
from .camera import COARSE, Camera
from .canvas import SIZE, Canvas
from .light import Light, between, hazed, lit


def grain(rng: np.random.Generator, x: np.ndarray, z: np.ndarray, sizes: tuple[float, ...], kind="rough") -> np.ndarray:
    """Noise in 0..1 at world points, one octave a size (metres); octaves finer than a pixel row fade to 0.5."""
    total = np.zeros(x.shape)
    for size in sizes:
        fade = 1.0 / (1.0 + (z * z / (size * 1200.0)) ** 2)
        u, v = rng.random() * 512 + x * (50.0 / size), rng.random() * 512 + z * (50.0 / size)
        total += fade * (noise.sample(kind, u, v) - 0.5)
    return np.clip(0.5 + total * 1.3 / len(sizes) ** 0.5, 0.0, 1.0)


def paint_ground(rng, canvas: Canvas, camera: Camera, light: Light, dark, bright, sizes=(0.3, 2.0, 14.0), kind="rough"):
    """Cover everything below the horizon with a material between two albedos; return (x, z, first row)."""
    x, z, first = camera.ground()
    if first < SIZE:
        tone = grain(rng, x, z, sizes, kind)
        tone = np.clip(0.5 + (tone - 0.5) * 2.2, 0.0, 1.0)
        albedo = dark + (bright - dark) * tone[..., None]
        canvas.texture(
            hazed(light, lit(light, albedo, 0.35 + 0.5 * light.height + 0 * tone), z), top=first, enlarge=COARSE
        )
    return x, z, first


def overlay(canvas: Canvas, first: int, colours: np.ndarray, mask: np.ndarray) -> None:
    """Paste colours over the ground rows (from row `first` on) through a mask."""
    if first < SIZE:
        canvas.texture(np.broadcast_to(colours, (*mask.shape, 3)), mask, 0, first, COARSE)


def asphalt(rng, canvas: Canvas, camera: Camera, light: Light, left: float, right: float, wet: float) -> None:
    """A road between x = left and x = right (metres), patched, worn, sometimes wet."""
    x, z, first = camera.ground()
    if first >= SIZE:
        return
    tone = grain(rng, x, z, (0.15, 1.5, 8.0))
    stripes = noise.sample("fbm", rng.random() * 512 + x * 14.0, rng.random() * 512 + z * 0.25)  # wheel tracks
    base = between(rng, 0.22, 0.52)
    grey = base * (0.8 + 0.25 * tone + 0.3 * (stripes - 0.5))
    albedo = grey[..., None] * np.array([1.0, 0.99, 0.97 + 0.06 * rng.random()])
    colour = lit(light, albedo, 0.3 + 0.6 * light.height + 0 * z)
    if wet > 0:
        gloss = np.clip(wet * (0.35 + 0.9 * (noise.sample("soft", x * 8.0, z * 3.0) - 0.3)), 0.0, 0.85)
        colour = colour * 0.75 + (light.horizon * 0.9 - colour * 0.75) * gloss[..., None]
    edge = 0.004 * z
    mask = noise.smoothstep(left - edge, left + edge, x) * noise.smoothstep(right + edge, right - edge, x)
    overlay(canvas, first, hazed(light, colour, z), mask)


def stripe(
    canvas: Canvas, camera: Camera, light: Light, x: float, width: float, z0: float, z1: float, colour, alpha=0.9
):
    """A painted line along the road from z0 to z1 metres."""
    ink = hazed(light, lit(light, colour, 0.6), (z0 * z1) ** 0.5)
    half = width / 2
    corners = [(x - half, 0.0, z0), (x + half, 0.0, z0), (x + half, 0.0, z1), (x - half, 0.0, z1)]
    canvas.polygon(camera.project(corners), ink, alpha)


def dashes(
    canvas: Canvas, camera: Camera, light: Light, x: float, width: float, length: float, gap: float, colour, start=0.0
):
    """A dashed line along the road out to 150 m."""
    z = 1.2 + start
    while z < 150.0:
        stripe(canvas, camera, light, x, width, z, z + length, colour, 0.85)
        z += length + gap


def puddle_shadow(
    canvas: Canvas, camera: Camera, light: Light, x: float, z: float, width: float, depth: float, strength=0.45
):
    """The soft dark ellipse that seats an object on the ground."""
    (left, _), (right, _) = camera.project([(x - width / 2, 0.0, z), (x + width / 2, 0.0, z)])
    (_, y1), (_, y2) = camera.project([(x, 0.0, z + depth / 2), (x, 0.0, max(z - depth / 2, 0.5))])
    dark = light.ambient * 0.25
    canvas.ellipse((left + right) / 2, (y1 + y2) / 2, abs(right - left) / 2, max(1.0, abs(y2 - y1) / 2), dark, strength)
