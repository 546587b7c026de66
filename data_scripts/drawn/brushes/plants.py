"""Single trees, lit from the sun's side: broadleaf, conifer and bare."""

import math

import numpy as np

from . import noise
from .canvas import Canvas
from .foliage import crown, patch
from .light import Light, between, hazed, lit, rgb
from .seasons import Season


def broadleaf(rng, canvas: Canvas, light: Light, season: Season, x, base, height, far=0.0) -> None:
    """A deciduous tree of `height` pixels that stands at (x, base); bare in winter."""
    if season.snow or (season.name == "autumn" and rng.random() < 0.12):
        bare(rng, canvas, light, x, base, height, far, season.snow)
        return
    width = height * between(rng, 0.6, 1.05)
    bark = hazed(light, lit(light, rgb(0.20, 0.15, 0.11) * between(rng, 0.6, 1.6), 0.3), far)
    thick = max(1.0, height * between(rng, 0.035, 0.07))
    lean = between(rng, -0.06, 0.06) * height
    fork = base - height * between(rng, 0.3, 0.45)
    canvas.polygon(
        [(x - thick, base), (x + thick, base), (x + lean + thick * 0.5, fork), (x + lean - thick * 0.5, fork)], bark
    )
    hue = 1.0 + 0.22 * (rng.random(3) - 0.5)
    colours = (season.leaf[0] * hue, season.leaf[1] * hue)
    crown(
        rng,
        canvas,
        light,
        colours,
        x + lean,
        base - height,
        width,
        height * 0.82,
        far,
        1.0,
        8 + int(rng.random() * 7),
    )


def conifer(rng, canvas: Canvas, light: Light, season: Season, x, base, height, far=0.0) -> None:
    """A spruce or fir with layered branches; with snow on them in winter."""
    width = height * between(rng, 0.28, 0.5)
    window = patch(x, base - height, width, height)
    if window is None:
        return
    left, upper, u, v = window
    down = np.clip((v + 1.0) / 2.0, 0.0, 1.0)
    layers = between(rng, 7, 15)
    saw = (down * layers + 0.25 * np.abs(u)) % 1.0
    needles = noise.field(rng, "needles", v.shape[0], u.shape[1], grain=min(max(60.0 / height, 0.6), 3.0))
    edge = (down**0.85) * (0.62 + 0.42 * saw) + (needles - 0.5) * 0.5 * (0.3 + down)
    alpha = noise.smoothstep(0.0, 0.12, edge - np.abs(u))
    tone = np.clip(0.25 + 0.5 * (u * light.side + 0.4) * 0.6 + 0.45 * (needles - 0.45) + 0.35 * (0.5 - saw), 0, 1)
    dark, bright = rgb(0.04, 0.08, 0.05), rgb(0.20, 0.28, 0.14)
    albedo = dark + (bright - dark) * tone[..., None]
    if season.snow:
        cap = noise.smoothstep(0.55, 0.85, needles * 0.7 + (1 - saw) * 0.5)[..., None]
        albedo = albedo + (rgb(0.9, 0.92, 0.96) - albedo) * cap * 0.85
    bark = hazed(light, lit(light, rgb(0.17, 0.12, 0.09), 0.2), far)
    canvas.line([(x, base), (x, base - height * 0.3)], bark, height * 0.03)
    canvas.texture(hazed(light, lit(light, albedo, tone), far), alpha, left, upper)


def bare(rng, canvas: Canvas, light: Light, x, base, height, far=0.0, snow=False) -> None:
    """A leafless tree: branches that fork until they are thin."""
    bark = hazed(light, lit(light, rgb(0.17, 0.14, 0.12) * between(rng, 0.5, 1.5), 0.25), far)
    stack = [
        (x, base, -math.pi / 2 + between(rng, -0.08, 0.08), height * between(rng, 0.26, 0.34), max(1.0, height * 0.045))
    ]
    budget = 40 + int(min(height, 220) * 1.2)
    while stack and budget > 0:
        px, py, angle, length, width = stack.pop(0)
        qx, qy = px + math.cos(angle) * length, py + math.sin(angle) * length
        canvas.line([(px, py), (qx, qy)], bark, width)
        budget -= 1
        if length > 2.5:
            for _ in range(2 if rng.random() < 0.6 else 3):
                turn = between(rng, -0.75, 0.75)
                stack.append((qx, qy, angle + turn, length * between(rng, 0.6, 0.86), width * 0.62))
    if snow and height > 60:
        canvas.ellipse(x, base, height * 0.12, height * 0.02, lit(light, rgb(0.9, 0.92, 0.95), 0.5))


def tree(rng, canvas: Canvas, light: Light, season: Season, x, base, height, far=0.0, needles=0.3) -> None:
    """Either kind of tree, a conifer with probability `needles`."""
    paint = conifer if rng.random() < needles else broadleaf
    paint(rng, canvas, light, season, x, base, height, far)
