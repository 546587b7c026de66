"""Skies: a gradient with the sun's glow, and clouds lit from the sun's side, in perspective towards the horizon."""

import numpy as np
from PIL import Image

from . import noise
from .camera import COARSE
from .canvas import SIZE, Canvas, bytes_of
from .light import Light, between, chance, rgb


def paint_sky(rng: np.random.Generator, canvas: Canvas, light: Light, horizon: float) -> None:
    """Fill the canvas with sky down to the row `horizon` (and plain haze under it)."""
    # clouds are soft: they are worked out on every second pixel and enlarged
    depth = min(SIZE, max(COARSE * 4, int(horizon) // COARSE * COARSE + 4 * COARSE))
    rows = (np.arange(0, depth, COARSE) + COARSE / 2)[:, None]
    cols = (np.arange(0, SIZE, COARSE) + COARSE / 2)[None, :]
    reach = max(horizon, 60.0) + 30.0
    up = np.clip((horizon - rows) / reach, 0.0, 1.0) + 0.0 * cols
    blend = (1.0 - (1.0 - up) ** between(rng, 1.2, 2.6))[..., None]
    sky = light.horizon + (light.zenith - light.horizon) * blend

    sun_x = SIZE * (0.5 + 0.6 * light.side)
    sun_y = horizon - light.height * SIZE * 0.75
    distance = np.hypot(cols - sun_x, (rows - sun_y) * 1.25) / SIZE
    if light.sun.max() > 0.3:
        glow = np.exp(-distance * (3.0 if light.behind else 5.0)) * (0.7 if light.behind else 0.3)
        sky = sky + (light.sun * 1.1 - sky) * glow[..., None]
    if light.behind and light.cover < 0.75 and light.sun.max() > 0.3:
        disc = noise.smoothstep(0.05, 0.03, distance)[..., None]
        sky = sky + (rgb(1.0, 0.97, 0.88) - sky) * disc
    if light.cover > 0.02:
        sky = _add_clouds(rng, sky, light, up, cols, distance)
    canvas.image.paste(canvas.rgb(light.horizon), (0, 0, SIZE, SIZE))
    picture = Image.fromarray(bytes_of(sky)).resize((SIZE, depth), Image.Resampling.BICUBIC)
    canvas.image.paste(picture, (0, 0))


def _add_clouds(rng, sky, light: Light, up, cols, distance) -> np.ndarray:
    """Clouds lie on a plane overhead: rows near the horizon are compressed, and veiled by haze."""
    far = 1.0 / (up + between(rng, 0.12, 0.35))
    kind, grain, stretch = {
        "cumulus": ("fbm", between(rng, 45, 120), between(rng, 1.0, 1.8)),
        "cirrus": ("fbm", between(rng, 40, 80), between(rng, 2.5, 6.0)),
        "stratus": ("fbm", between(rng, 25, 60), between(rng, 1.5, 4.0)),
    }[light.clouds]
    tilt = between(rng, -0.8, 0.8) if light.clouds == "cirrus" else 0.0
    u = rng.random() * 512 + (cols - SIZE / 2) / SIZE * far * grain * 2.2 / stretch
    v = rng.random() * 512 + far * grain * 0.9 + (cols - SIZE / 2) / SIZE * tilt * grain
    wobble = noise.sample("soft", u * 0.7 + 31.0, v * 0.7) * 26.0
    density = noise.sample(kind, u + wobble, v)
    if light.clouds == "cumulus":  # cauliflower edges
        density = density + 0.22 * (noise.sample("rough", u * 2.3, v * 2.3) - 0.5)
    lean = 6.0 if light.side > 0 else -6.0
    toward = noise.sample(kind, u + wobble + lean, v + 9.0)

    edge = 0.70 - 0.48 * light.cover
    soft = {"cumulus": 0.09, "cirrus": 0.34, "stratus": 0.4}[light.clouds]
    alpha = noise.smoothstep(edge, edge + soft, density)
    alpha *= {"cumulus": 0.97, "cirrus": between(rng, 0.35, 0.9), "stratus": 0.9}[light.clouds]
    alpha *= noise.smoothstep(-0.02, 0.12, up) * 0.9 + 0.1 * (up > 0)

    lighting = np.clip(0.55 + 3.4 * (density - toward) - 0.9 * np.clip(density - edge - 0.12, 0, 1), 0.0, 1.0)
    contrast = {"cumulus": 1.0, "cirrus": 0.4, "stratus": between(rng, 0.2, 0.9)}[light.clouds]
    bright = np.minimum(light.sun * 0.55 + light.ambient * 0.95, 1.05)
    dark = light.ambient * between(rng, 0.7, 1.0) + light.horizon * 0.15
    if light.name == "storm":
        dark, bright = dark * 0.6, bright * 0.95
    elif light.clouds == "stratus":
        dark = dark * 0.85
    cloud = dark + (bright - dark) * (lighting * contrast + (1 - contrast) * 0.6)[..., None]
    if light.behind:  # rims and undersides catch the low sun
        rim = (np.exp(-distance * 3.5) * (1.0 - np.clip((density - edge) * 4.0, 0.0, 1.0)))[..., None]
        cloud = cloud + (np.minimum(light.sun * 1.15, 1.1) - cloud) * rim
    veil = np.clip(1.0 - up * 4.5, 0.0, 1.0)[..., None] * 0.6
    cloud = cloud + (light.horizon - cloud) * veil
    return sky + (cloud - sky) * alpha[..., None]


def paint_birds(rng: np.random.Generator, canvas: Canvas, light: Light, horizon: float) -> None:
    """A loose flock of birds as two short strokes each."""
    x0, y0 = between(rng, 0.1, 0.9) * SIZE, between(rng, 0.15, 0.8) * max(horizon, 40.0)
    ink = light.ambient * 0.35
    for _ in range(1 + int(rng.random() * 7)):
        x, y = x0 + (rng.random() - 0.5) * 90, y0 + (rng.random() - 0.5) * 50
        span, lift = between(rng, 2.5, 6.0), between(rng, 0.5, 3.0) * (1 if chance(rng, 0.7) else -0.4)
        canvas.line([(x - span, y - lift), (x, y), (x + span, y - lift * 0.8)], ink, 1.5)
