"""Seas, lakes and wet roads: waves in perspective, mirrored sky, sun glitter, foam."""

import numpy as np

from . import noise
from .camera import COARSE, Camera
from .canvas import SIZE, Canvas
from .light import Light, between, hazed, rgb


def waves(rng: np.random.Generator, x: np.ndarray, z: np.ndarray, length: float, stretch: float) -> np.ndarray:
    """Wave heights around 0 (about -.5 .. .5) at ground points; fine waves fade out with distance."""
    total = np.zeros(x.shape)
    slant = between(rng, -0.25, 0.25)
    for octave, weight in enumerate((0.8, 0.7, 0.6)):
        cell = length / 2.6**octave
        footprint = z * z / 500.0  # metres of depth under one pixel row, roughly
        fade = 1.0 / (1.0 + (footprint / (cell * 2.5)) ** 2)
        u = rng.random() * 512 + (x + slant * z) * (50.0 / (cell * stretch))
        v = rng.random() * 512 + z * (50.0 / cell)
        total += weight * fade * (noise.sample("rough", u, v) - 0.5)
    return total


def paint_water(rng: np.random.Generator, canvas: Canvas, camera: Camera, light: Light, rough: float) -> None:
    """Water over everything below the horizon; `rough` 0 (mirror) .. 1 (breakers)."""
    x, z, first = camera.ground()
    if first >= SIZE:
        return
    swell = waves(rng, x, z, between(rng, 2.0, 9.0) * (0.5 + rough) * camera.height**0.5, between(rng, 1.6, 3.6))
    deep = rgb(0.08, 0.17, 0.21) * between(rng, 0.5, 1.3) + rgb(0.14, 0.19, 0.15) * 0.8 * rng.random()
    body = deep * (light.ambient * 1.3 + light.sun * 0.35)
    grazing = np.clip(1.0 - camera.height / np.maximum(z, 0.1) * 1.6, 0.05, 1.0) ** 2
    mirror = light.horizon * 0.85 + light.zenith * 0.15
    drift = noise.field(rng, "fbm", *x.shape, 2.4, 5.0) - 0.5  # gusts and slicks
    reflect = np.clip(grazing * 0.75 + 0.06 + swell * (0.7 + 1.1 * rough) + 0.35 * drift, 0.0, 1.0)[..., None]
    colour = body + (mirror * 0.92 - body) * reflect
    colour = hazed(light, colour, z * 0.5)
    if light.sun.max() > 0.3 and light.behind:
        column = np.abs((np.arange(x.shape[1]) + 0.5) / x.shape[1] - 0.5 - 0.6 * light.side)[None, :]
        lane = np.exp(-((column / between(rng, 0.08, 0.2)) ** 2))
        sparkle = noise.smoothstep(0.02, 0.16, swell + 0.10 * lane) * lane
        colour = colour + (np.minimum(light.sun * 1.25, 1.1) - colour) * (sparkle * 0.9)[..., None]
    if rough > 0.45:
        crest = noise.smoothstep(0.52 - 0.22 * rough, 0.66 - 0.22 * rough, swell)
        foam = light.ambient * 0.75 + light.sun * 0.4
        colour = colour + (foam - colour) * (crest * 0.8)[..., None]
    canvas.texture(colour, top=first, enlarge=COARSE)


def paint_boat(rng: np.random.Generator, canvas: Canvas, camera: Camera, light: Light, x: float, z: float) -> None:
    """A sailing boat or a small motor boat at ground point (x, z)."""
    scale = between(rng, 0.8, 1.6)
    hull = rgb(*rng.random(3)) * 0.6 + (0.35 if rng.random() < 0.6 else 0.0)
    hull = hazed(light, hull * (light.ambient + light.sun * 0.5), z)
    sail = hazed(light, rgb(0.95, 0.93, 0.88) * (light.ambient + light.sun * 0.6), z)

    def at(*points):
        return camera.project([(x + px * scale, max(py, 0.0) * scale, z) for px, py in points])

    canvas.polygon(at((-3.2, 0), (3, 0), (3.9, 1.0), (-3.6, 0.9)), hull)
    if rng.random() < 0.65:
        canvas.polygon(at((-0.1, 1.2), (-0.1, 9.5), (-3.4, 1.5)), sail)
        canvas.polygon(at((0.2, 1.2), (0.1, 8.2), (3.4, 1.3)), sail * 0.9)
    else:
        canvas.polygon(at((-1.8, 0.9), (1.2, 0.9), (0.8, 2.4), (-1.6, 2.4)), sail)
        canvas.polygon(at((-1.4, 1.5), (0.9, 1.5), (0.7, 2.1), (-1.3, 2.1)), hull * 0.3)
    left, right = at((-3.4, 0), (3.4, 0))
    canvas.polygon([left, right, (right[0], right[1] + 3), (left[0], left[1] + 3)], hull * 0.4, 0.45)
