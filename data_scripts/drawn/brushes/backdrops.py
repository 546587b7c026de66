"""Backgrounds out of focus: foliage, soil, rocks, sky, grass, water, or nothing that could be recognised."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import noise
from .canvas import bytes_of
from .close_up import NEAR, OUTPUT, Lamp
from .light import between, chance, rgb


def _mix(dark: np.ndarray, bright: np.ndarray, tone: np.ndarray) -> np.ndarray:
    return dark + (bright - dark) * np.clip(tone, 0.0, 1.0)[..., None]


def _foliage(rng) -> np.ndarray:
    hue = 1.0 + 0.35 * (rng.random(3) - 0.5)
    dark, bright = rgb(0.07, 0.12, 0.05) * hue, rgb(0.42, 0.54, 0.22) * hue
    leaf = noise.field(rng, "leaves", 96, 96, between(rng, 0.5, 1.3))
    clump = noise.field(rng, "clumps", 96, 96, between(rng, 0.6, 1.8))
    picture = _mix(dark, bright, 0.1 + 0.45 * clump + 0.6 * (leaf - 0.35))
    gaps = noise.field(rng, "soft", 96, 96, 1.2)
    light = rgb(0.85, 0.9, 0.85) if chance(rng, 0.5) else rgb(0.9, 0.85, 0.55)
    picture = picture + (light - picture) * (noise.smoothstep(0.62, 0.85, gaps) * 0.7)[..., None]
    return picture


def _soil(rng) -> np.ndarray:
    hue = 1.0 + 0.2 * (rng.random(3) - 0.5)
    rough = noise.field(rng, "rough", 128, 128, between(rng, 0.8, 2.0))
    stones = noise.field(rng, "clumps", 128, 128, between(rng, 1.5, 3.5))
    tone = 0.1 + 0.9 * (rough - 0.3) + 0.5 * (stones - 0.4)
    return _mix(rgb(0.13, 0.09, 0.06) * hue, rgb(0.56, 0.44, 0.32) * hue, tone)


def _rocks(rng) -> np.ndarray:
    hue = 1.0 + 0.14 * (rng.random(3) - 0.5)
    lumps = noise.field(rng, "clumps", 128, 128, between(rng, 0.5, 1.0), 1.4)
    rough = noise.field(rng, "rough", 128, 128, 1.4)
    picture = _mix(rgb(0.16, 0.16, 0.16) * hue, rgb(0.72, 0.70, 0.66) * hue, 0.15 + 0.7 * lumps + 0.6 * (rough - 0.5))
    moss = noise.smoothstep(0.55, 0.7, noise.field(rng, "fbm", 128, 128, 1.5)) * between(rng, 0.0, 0.6)
    return picture + (rgb(0.30, 0.36, 0.14) - picture) * moss[..., None]


def _sky(rng) -> np.ndarray:
    down = (np.arange(64) / 64.0)[:, None] + np.zeros((1, 64))
    top, low = rgb(0.28, 0.47, 0.76) * between(rng, 0.8, 1.2), rgb(0.72, 0.82, 0.90)
    if chance(rng, 0.25):
        top, low = rgb(0.62, 0.65, 0.69), rgb(0.82, 0.83, 0.84)
    cloud = noise.smoothstep(0.45, 0.8, noise.field(rng, "fbm", 64, 64, between(rng, 0.6, 1.6), 1.7))
    picture = _mix(top, low, down ** between(rng, 0.6, 1.4))
    return picture + (rgb(0.93, 0.93, 0.94) - picture) * (cloud * between(rng, 0.1, 0.9))[..., None]


def _grass(rng) -> np.ndarray:
    hue = 1.0 + 0.3 * (rng.random(3) - 0.5)
    dark, bright = rgb(0.10, 0.17, 0.05) * hue, rgb(0.50, 0.62, 0.24) * hue
    if chance(rng, 0.25):
        dark, bright = rgb(0.26, 0.21, 0.10), rgb(0.76, 0.67, 0.42)
    tone = noise.field(rng, "soft", 128, 128, 0.8)
    image = Image.fromarray(bytes_of(_mix(dark * 0.8, bright * 0.7, tone)))
    pen = ImageDraw.Draw(image)
    lean = between(rng, -14, 14)
    for i, (x, y, length, bend, light) in enumerate(rng.random((170, 5))):
        ink = tuple(int(c) for c in bytes_of(dark + (bright - dark) * light * (0.4 + 0.6 * i / 170)))
        x, y = x * 150 - 10, 40 + y * 130
        length = 25 + 45 * length
        top = (x + lean + (bend - 0.5) * 30, y - length)
        pen.polygon([(x - 1.2, y), ((x + top[0]) / 2 - 0.8, y - length * 0.6), top, (x + 1.2, y)], fill=ink)
    return np.asarray(image, np.float64) / 255.0


def _water(rng) -> np.ndarray:
    hue = rgb(0.9, 1.0, 1.05) * (1.0 + 0.2 * (rng.random(3) - 0.5))
    down = (np.arange(128) / 128.0)[:, None]
    stretch = between(rng, 3.0, 7.0)
    near = noise.field(rng, "rough", 128, 128, between(rng, 1.0, 2.0), stretch)
    broad = noise.field(rng, "soft", 128, 128, 1.6, stretch)
    tone = 0.55 - 0.35 * down + 1.1 * (near - 0.5) * (0.4 + 0.6 * down) + 0.8 * (broad - 0.5)
    dark, bright = rgb(0.10, 0.20, 0.24) * hue, rgb(0.66, 0.76, 0.80) * hue
    if chance(rng, 0.3):  # the far bank is green and stands on its head in the water
        dark = rgb(0.10, 0.17, 0.10)
    return _mix(dark, bright, tone)


def _blur(rng) -> np.ndarray:
    """Nothing to be recognised: soft blots of two or three colours."""
    tones = []
    for _ in range(3):  # mostly the muted greens and browns of gardens
        tone = rgb(*(0.12 + 0.55 * rng.random(3) ** 1.2)) * rgb(0.92, 1.0, 0.65)
        tones.append(tone + (tone.sum() / 3 - tone) * 0.35)
    first, second, third = tones
    picture = _mix(first, second, 1.6 * (noise.field(rng, "soft", 48, 48, 1.6) - 0.2))
    spots = noise.smoothstep(0.5, 0.75, noise.field(rng, "soft", 48, 48, 3.0))
    return picture + (third - picture) * (spots * 0.7)[..., None]


_BACKDROPS = {
    "foliage": (_foliage, 1.5, 7.0),
    "soil": (_soil, 0.5, 3.0),
    "rocks": (_rocks, 0.5, 3.0),
    "sky": (_sky, 1.0, 4.0),
    "grass": (_grass, 0.8, 5.0),
    "water": (_water, 0.4, 1.8),
    "blur": (_blur, 2.0, 6.0),
}


def backdrop(rng: np.random.Generator, kind: str, lamp: Lamp) -> Image.Image:
    """Paint a background out of focus: "foliage" "soil" "rocks" "sky" "grass" "water" "blur"; NEAR x NEAR, RGB."""
    paint, low, high = _BACKDROPS[kind]
    picture = paint(rng) * (lamp.ambient + 0.6 * lamp.sun) * between(rng, 0.85, 1.0 if kind == "sky" else 1.35)
    image = Image.fromarray(bytes_of(picture)).resize((OUTPUT, OUTPUT), Image.Resampling.BICUBIC)
    image = image.filter(ImageFilter.GaussianBlur(between(rng, low, high) / 2))
    return image.resize((NEAR, NEAR), Image.Resampling.BILINEAR)
