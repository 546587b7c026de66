"""What a bird sits or stands on: branches, trunks, a shadow on the ground."""

import math

import numpy as np
from PIL import Image

from ..brushes import noise
from ..brushes.close_up import NEAR
from ..brushes.cloud import Cloud
from ..brushes.light import between, rgb
from .shot import Shot
from .view import Screen, View


def rod(rng, cloud: Cloud, start, end, thick: float, depth: float) -> None:
    """A piece of wood on screen from start to end, lit like a cylinder, with bark."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    t = np.linspace(0.0, 1.0, math.ceil(length / 1.3) + 2)[:, None]
    w = np.linspace(-1.0, 1.0, math.ceil(2 * thick / 1.3) + 3)[None, :]
    dx, dy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    bumps = noise.sample("fbm", t * length * 0.5 + rng.random() * 512, 0 * w + rng.random() * 512) - 0.5
    half = thick * (1.0 + 0.5 * bumps)
    bend = 10.0 * bumps + thick * 0.8 * np.sin(t * 3.0 + rng.random() * 6)
    x = start[0] + (end[0] - start[0]) * t - dy * (w * half + bend)
    y = start[1] + (end[1] - start[1]) * t + dx * (w * half + bend)
    z = np.sqrt(np.maximum(1.0 - w * w, 0.0)) + 0 * t
    normals = np.stack([-dy * w + 0 * t, dx * w + 0 * t, z], axis=-1)
    bark = noise.sample("rough", t * length * 0.55 + rng.random() * 512, w * thick * 1.4 + rng.random() * 512)
    lichen = noise.smoothstep(0.58, 0.68, noise.sample("fbm", t * length * 0.6, w * thick)) * between(rng, 0.0, 0.7)
    wood = rgb(0.36, 0.28, 0.21) * (1.0 + 0.3 * (rng.random(3) - 0.5)) * between(rng, 0.7, 1.4)
    colours = wood * (0.55 + 0.9 * bark)[..., None]
    colours = colours + (rgb(0.55, 0.58, 0.48) - colours) * lichen[..., None]
    cloud.add(np.stack([x, y, z], -1), normals, colours, Screen(depth), 0.0, 0.0)


def perch(rng, cloud: Cloud, shot: Shot, view: View) -> None:
    if shot.stay == "perched":
        feet = view.x
        level = view.feet
        thick = between(rng, 4.0, 10.0)
        slope = between(rng, -0.30, 0.30)
        y0, y1 = level + thick - slope * feet, level + thick + slope * (NEAR - feet)
        rod(rng, cloud, (-20.0, y0 - 20 * slope), (NEAR + 20.0, y1 + 20 * slope), thick, -8.0)
        for _ in range(int(rng.random() * 3)):  # twigs
            x = NEAR * rng.random()
            end = (x + between(rng, -70, 70), level + between(rng, -110, 60))
            rod(rng, cloud, (x, level + thick + slope * (x - feet)), end, thick * 0.3, -160.0)
    elif shot.stay == "climbing":
        forward = 1.0 if math.cos(shot.yaw) > 0 else -1.0
        thick = between(rng, 20.0, 42.0)
        reach = view.pixels * 0.27
        middle = view.x + forward * (reach + thick)
        lean = forward * math.tan(0.32) * between(rng, 0.3, 0.9)
        start = (middle - lean * (NEAR + 20 - view.y), NEAR + 20.0)
        rod(rng, cloud, start, (middle + lean * (view.y + 20), -20.0), thick, -60.0)


def ground_shadow(image: Image.Image, extent, level: float) -> None:
    left, _, right, _ = extent
    rows, cols = np.arange(64)[:, None] * 4.0, np.arange(64)[None, :] * 4.0
    middle, half = (left + right) / 2, (right - left) * 0.36
    oval = ((cols - middle) / half) ** 2 + ((rows - level + 2) / (half * 0.22)) ** 2
    mask = Image.fromarray((noise.smoothstep(1.3, 0.1, oval) * 120).astype(np.uint8)).resize(image.size)
    image.paste((14, 14, 12), (0, 0), mask)
