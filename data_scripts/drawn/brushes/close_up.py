"""Close-ups of plants and animals: the lamp, what is too near to be sharp, and what the camera does at the end.

Everything is painted on NEAR x NEAR pixels and reduced to half that size, which makes the edges smooth.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from .canvas import bytes_of
from .light import between, chance, rgb

NEAR = 256
OUTPUT = 128


@dataclass
class Lamp:
    """Light for things close by: x to the right, y downwards, z towards the camera."""

    direction: np.ndarray  # unit vector towards the light
    sun: np.ndarray
    ambient: np.ndarray

    def shine(self, normals: np.ndarray, through: float = 0.0, direction: np.ndarray | None = None) -> np.ndarray:
        """Return light (..., 3) on surfaces with unit normals (..., 3); thin ones let a share `through` pass.

        `direction` is the lamp's in the coordinates of the normals (default: those of the screen).
        """
        towards = self.direction if direction is None else direction
        cosine = normals[..., 0] * towards[0] + normals[..., 1] * towards[1] + normals[..., 2] * towards[2]
        facing = np.maximum(cosine, 0.0) + through * np.maximum(-cosine, 0.0)
        return self.ambient + self.sun * facing[..., None]


def draw_lamp(rng: np.random.Generator) -> Lamp:
    """Sun from some side above, or soft light under clouds; the whole is about 1 on a surface that faces it."""
    direction = np.array([between(rng, -0.8, 0.8), -between(rng, 0.35, 0.9), between(rng, 0.4, 0.9)])
    direction = direction / np.sqrt((direction * direction).sum())
    sunny = between(rng, 0.25, 0.75)
    warmth = between(rng, -0.06, 0.12)
    sun = rgb(1.0 + warmth, 1.0, 1.0 - 1.4 * warmth) * sunny
    sky = rgb(1.0 - 0.5 * warmth, 1.0, 1.0 + 0.6 * warmth) * (1.02 - 0.82 * sunny)
    return Lamp(direction, sun, sky)


def cover(image: Image.Image, colours: np.ndarray, covered: np.ndarray, radius: float = 0.0) -> None:
    """Lay uint8 (NEAR, NEAR, 3) colours over the image where `covered`; blurred by `radius` pixels of the result."""
    mask = Image.fromarray((covered * 255).astype(np.uint8))
    layer = Image.merge("RGBA", (*Image.fromarray(colours).split(), mask))
    if radius > 0:  # on colours times alpha, so that no darkness bleeds in from where nothing is
        layer = layer.convert("RGBa").resize((OUTPUT, OUTPUT), Image.Resampling.BOX)
        layer = layer.filter(ImageFilter.GaussianBlur(radius)).resize(image.size, Image.Resampling.BILINEAR)
        layer = layer.convert("RGBA")
    image.paste(layer, (0, 0), layer.getchannel("A"))


def finish(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    """Reduce to OUTPUT x OUTPUT; exposure, contrast, a cast, a vignette, some softness and grain."""
    image = image.resize((OUTPUT, OUTPUT), Image.Resampling.LANCZOS)
    if chance(rng, 0.2):
        image = image.filter(ImageFilter.GaussianBlur(between(rng, 0.25, 0.75)))
    picture = np.asarray(image, np.float64) / 255.0
    picture = 0.42 + (picture * between(rng, 0.86, 1.16) - 0.42) * between(rng, 0.92, 1.22)
    grey = (picture[..., 0] * 0.3 + picture[..., 1] * 0.59 + picture[..., 2] * 0.11)[..., None]
    picture = grey + (picture - grey) * between(rng, 0.72, 1.12)
    picture = picture * np.array([between(rng, 0.95, 1.05), 1.0, between(rng, 0.94, 1.06)])
    axis = (np.arange(OUTPUT) + 0.5) / OUTPUT - 0.5
    picture = picture * (1.0 - between(rng, 0.0, 0.5) * (axis[None, :] ** 2 + axis[:, None] ** 2))[..., None]
    grain = rng.standard_normal((OUTPUT, OUTPUT, 1)) * between(rng, 0.002, 0.014)
    return Image.fromarray(bytes_of(picture + grain))
