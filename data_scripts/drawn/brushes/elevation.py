"""The drawing board for flat elevations of buildings, and the colours of walls, paint and panes."""

import numpy as np
from PIL import Image, ImageDraw

from .light import Light, between, lit, pick, rgb

WALLS = {
    (0.72, 0.66, 0.56): 4,
    (0.80, 0.76, 0.68): 4,
    (0.60, 0.42, 0.33): 3,
    (0.45, 0.28, 0.22): 3,
    (0.58, 0.57, 0.55): 4,
    (0.78, 0.64, 0.44): 2,
    (0.70, 0.55, 0.50): 2,
    (0.40, 0.38, 0.36): 2,
    (0.86, 0.85, 0.82): 3,
    (0.50, 0.54, 0.58): 2,
    (0.34, 0.36, 0.30): 1,
}


def wall_colour(rng: np.random.Generator) -> np.ndarray:
    return rgb(*pick(rng, WALLS)) * (1.0 + 0.16 * (rng.random(3) - 0.5)) * between(rng, 0.75, 1.1)


def muted(rng: np.random.Generator) -> np.ndarray:
    """A paint colour as towns have it: any hue, little saturation, seldom bright."""
    hue = rng.random(3)
    grey = hue.sum() / 3.0
    return (grey + (hue - grey) * between(rng, 0.2, 0.8)) * 0.75 + 0.06


class Elevation:
    """A drawing board in metres (origin bottom left) that applies the light to every colour."""

    def __init__(self, width: float, height: float, scale: float, light: Light, facing: float) -> None:
        self.width, self.height, self.scale, self.light, self.facing = width, height, scale, light, facing
        self.image = Image.new("RGBA", (max(2, round(width * scale)), max(2, round(height * scale))), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self.image)
        self._gains = lit(light, rgb(1.0, 1.0, 1.0), facing).tolist()

    def ink(self, albedo: np.ndarray, glow: float = 0.0) -> tuple[int, int, int, int]:
        gains = (glow, glow, glow) if glow else self._gains
        r, g, b = (int(min(max(a * k, 0.0), 1.0) * 255.0 + 0.5) for a, k in zip(albedo.tolist(), gains, strict=True))
        return r, g, b, 255

    def rect(self, x0, y0, x1, y1, albedo: np.ndarray, glow: float = 0.0) -> None:
        s, h = self.scale, self.height
        box = (
            round(x0 * s),
            round((h - y1) * s),
            max(round(x1 * s) - 1, round(x0 * s)),
            max(round((h - y0) * s) - 1, round((h - y1) * s)),
        )
        self._draw.rectangle(box, fill=self.ink(albedo, glow))

    def polygon(self, points, albedo: np.ndarray) -> None:
        self._draw.polygon([(x * self.scale, (self.height - y) * self.scale) for x, y in points], fill=self.ink(albedo))

    def arch(self, x0, y0, x1, y1, albedo: np.ndarray) -> None:
        """The round top over a door or window: the upper half of an ellipse with its foot at y0."""
        s, h = self.scale, self.height
        box = (round(x0 * s), round((h - y1) * s), round(x1 * s), round((h - 2 * y0 + y1) * s))
        if box[2] > box[0] and box[3] > box[1]:
            self._draw.pieslice(box, 180, 360, fill=self.ink(albedo))


def glass_of(rng, light: Light) -> tuple[np.ndarray, float]:
    """Colour of a pane: mostly dark with a reflection of the sky, sometimes a lit room at dusk."""
    if light.name in ("blue hour", "dusk", "storm") and rng.random() < 0.3:
        return rgb(1.0, 0.80, 0.48) * between(rng, 0.6, 1.0), 1.0
    return rgb(0.10, 0.12, 0.14) * 0.8 + (light.zenith * 0.5) * rng.random() ** 2, 0.0
