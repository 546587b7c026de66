"""Puts a picture together: backdrop, blooms out of focus, the plant, its shadow, and something in front."""

import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

from ..brushes.backdrops import backdrop
from ..brushes.close_up import NEAR, OUTPUT, Lamp, cover, draw_lamp, finish
from ..brushes.cloud import Cloud
from ..brushes.light import between
from .bloom import add_bloom
from .plant import add_leaf, add_stalks, arrange
from .shot import Shot
from .species import Species
from .surface import Placement


def picture_of(
    rng: np.random.Generator, kind: Species, shot: Shot, cloud_of: Callable[[Lamp], Cloud] = Cloud
) -> Image.Image:
    """Paint the photograph `shot` of a plant of this species; `cloud_of` makes the cloud that its surfaces go into."""
    lamp = draw_lamp(rng)
    image = backdrop(rng, shot.backdrop, lamp)
    tint = 1.0 + 0.05 * rng.standard_normal(3)  # plants of one species differ a little
    if shot.behind:
        _far_blooms(rng, image, lamp, kind, shot, tint)
    cloud = cloud_of(lamp)
    places, stalks = arrange(rng, kind, shot)
    add_stalks(rng, cloud, stalks, -200.0)
    for i in range(shot.leaves):
        side = 1 if (i + shot.blooms) % 2 else -1
        angle = -math.pi / 2 + side * between(rng, 0.3, 1.3)
        x = NEAR * (shot.x + side * between(rng, 0.0, 0.12))
        y = NEAR * between(rng, 0.82, 1.02)
        add_leaf(rng, cloud, kind.leaf, x, y, NEAR * between(rng, 0.28, 0.44), angle, -150.0 + 5 * i)
    for place in places:
        add_bloom(rng, cloud, kind, place, tint)
    _put(image, cloud, lamp, 0.45 if shot.backdrop in ("soil", "grass") else 0.22)
    if shot.occluded:
        _in_front(rng, image, lamp, kind)
    return finish(rng, image)


def _put(image: Image.Image, cloud: Cloud, lamp: Lamp, shadow: float) -> None:
    colours, covered = cloud.render()
    mask = Image.fromarray((covered * 255).astype(np.uint8))
    dark = mask.resize((64, 64), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1.8))
    dark = dark.point(lambda value: round(value * shadow)).resize(mask.size, Image.Resampling.BILINEAR)
    offset = (round(-14 * lamp.direction[0]), round(-14 * lamp.direction[1]))
    image.paste((12, 16, 8), offset, dark)
    image.paste(Image.fromarray(colours), (0, 0), mask)


def _far_blooms(rng, image: Image.Image, lamp: Lamp, kind: Species, shot: Shot, tint: np.ndarray) -> None:
    cloud = Cloud(lamp)
    for _ in range(shot.behind):
        x, y = NEAR * rng.random(), NEAR * between(rng, 0.1, 0.7)
        radius = shot.size * NEAR * between(rng, 0.3, 0.5)
        place = Placement(x, y, radius, shot.tilt, shot.toward + between(rng, -0.6, 0.6))
        add_bloom(rng, cloud, kind, place, tint)
        add_stalks(rng, cloud, [([(x, y), (x + between(rng, -20, 20), NEAR + 10)], radius * 0.12)], -50.0)
    _put(image, cloud, lamp, 0.2)
    soft = image.resize((OUTPUT, OUTPUT), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(between(rng, 1.2, 2.5)))
    image.paste(soft.resize(image.size, Image.Resampling.BILINEAR))


def _in_front(rng, image: Image.Image, lamp: Lamp, kind: Species) -> None:
    """One or two leaves or blades near the lens, soft, over an edge of the picture."""
    cloud = Cloud(lamp)
    for _ in range(1 + int(rng.random() * 2)):
        side = 1 if rng.random() < 0.5 else -1
        x, y = NEAR * (0.5 - side * between(rng, 0.35, 0.6)), NEAR * between(rng, 0.75, 1.05)
        angle = -math.pi / 2 + side * between(rng, 0.1, 0.7)
        add_leaf(rng, cloud, kind.leaf, x, y, NEAR * between(rng, 0.38, 0.6), angle, 0.0)
    colours, covered = cloud.render()
    cover(image, colours, covered, between(rng, 0.7, 2.0))
