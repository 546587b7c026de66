"""What the camera does to the scene: crop, tilt, mirror, exposure, colour cast, vignette, softness and grain."""

import math

import numpy as np
from PIL import Image, ImageFilter

from .canvas import SIZE, Canvas, bytes_of
from .light import between, chance

OUTPUT = 128


def develop(rng: np.random.Generator, canvas: Canvas, tilt: float = 2.5) -> Image.Image:
    """Turn the painted canvas into the final OUTPUT x OUTPUT photograph; `tilt` is the usual slant in degrees."""
    angle = math.radians(tilt) * between(rng, -1.0, 1.0) * between(rng, 0.0, 1.0)
    span = abs(math.cos(angle)) + abs(math.sin(angle))
    zoom = between(rng, 0.78, 0.96) / span  # the slanted frame stays inside the canvas
    slack = (1.0 - zoom * span) * SIZE * 0.5 * 0.95
    dx, dy = between(rng, -slack, slack), between(rng, -slack, slack)
    cos, sin = math.cos(angle) * zoom, math.sin(angle) * zoom
    if chance(rng, 0.5):
        cos_x, sin_x = -cos, -sin
    else:
        cos_x, sin_x = cos, sin
    half = SIZE / 2
    matrix = (cos_x, sin, half + dx - cos_x * half - sin * half, -sin_x, cos, half + dy + sin_x * half - cos * half)
    image = canvas.image.transform((SIZE, SIZE), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    if chance(rng, 0.25):
        image = image.filter(ImageFilter.GaussianBlur(between(rng, 0.5, 1.6)))
    image = image.resize((OUTPUT, OUTPUT), Image.Resampling.LANCZOS)
    return Image.fromarray(bytes_of(_film(rng, np.asarray(image, np.float64) / 255.0)))


def _film(rng: np.random.Generator, picture: np.ndarray) -> np.ndarray:
    grey = picture[..., 0] * 0.3 + picture[..., 1] * 0.59 + picture[..., 2] * 0.11
    mean = float(np.sort(grey, axis=None)[grey.size // 2])
    wanted = between(rng, 0.34, 0.56)
    gain = (wanted / max(mean, 0.08)) ** between(rng, 0.35, 0.75)
    picture = picture * min(max(gain, 0.6), 1.9)
    picture = 1.0 - np.exp(-1.55 * picture) if chance(rng, 0.5) else picture  # film rolls off the highlights
    contrast = between(rng, 0.9, 1.45)
    picture = 0.45 + (picture - 0.45) * contrast
    grey = (picture[..., 0] * 0.3 + picture[..., 1] * 0.59 + picture[..., 2] * 0.11)[..., None]
    saturation = between(rng, 0.0, 0.25) if chance(rng, 0.1) else between(rng, 0.45, 1.05)
    picture = grey + (picture - grey) * saturation
    cast = np.array([between(rng, 0.91, 1.09), 1.0, between(rng, 0.90, 1.10)])
    picture = picture * cast
    axis = (np.arange(OUTPUT) + 0.5) / OUTPUT - 0.5
    radius = axis[None, :] ** 2 + axis[:, None] ** 2
    picture = picture * (1.0 - between(rng, 0.0, 0.5) * radius)[..., None]
    grain = rng.standard_normal((OUTPUT, OUTPUT, 1)) * 0.8 + rng.standard_normal((OUTPUT, OUTPUT, 3)) * 0.4
    return picture + grain * between(rng, 0.002, 0.015)
