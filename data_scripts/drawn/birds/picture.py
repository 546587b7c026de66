"""Puts a picture of a bird together: backdrop, perch or water, the bird, its shadow, something in front."""

import math

import numpy as np
from PIL import Image

from ..brushes import noise
from ..brushes.backdrops import backdrop
from ..brushes.close_up import NEAR, Lamp, cover, draw_lamp, finish
from ..brushes.cloud import Cloud
from ..brushes.light import between, rgb
from .body import build
from .perch import ground_shadow, perch
from .plumage import Plumage
from .shot import Shot
from .species import Species
from .view import Screen, view_of, waterline


def picture_of(rng: np.random.Generator, kind: Species, shot: Shot) -> Image.Image:
    """Paint the photograph `shot` of a bird of this species."""
    lamp = draw_lamp(rng)
    image = backdrop(rng, shot.backdrop, lamp)
    view, extent = view_of(kind, shot)
    plumage = Plumage(rng, kind)
    cloud = Cloud(lamp)
    perch(rng, cloud, shot, view)
    if shot.stay == "standing":
        ground_shadow(image, extent, view.feet)
    for part in build(kind, shot, view.pixels / 1.42):
        through = 0.25 if part.name in ("spread", "tail") else 0.0
        part = part.facing(view.axes())
        if len(part.points):
            cloud.add(part.points, part.normals, plumage.paint(part), view, through)
    colours, covered = cloud.render()
    if shot.stay == "swimming":
        _swim(rng, image, colours, covered, waterline(kind, view))
    else:
        cover(image, colours, covered)
    if shot.occluded:
        _in_front(rng, image, lamp, shot)
    done = finish(rng, image)
    return done.convert("L") if shot.grey else done


def _swim(rng, image: Image.Image, colours: np.ndarray, covered: np.ndarray, line: float) -> None:
    """The bird down to the waterline, and under it its broken mirror image."""
    row = round(line)
    rows, cols = np.arange(NEAR)[:, None], np.arange(NEAR)[None, :]
    wave = (noise.field(rng, "soft", NEAR, NEAR, 2.0, 4.0) - 0.5) * 10.0
    edge = row + 0.25 * wave
    above = Image.fromarray((covered & (rows < edge)).astype(np.uint8) * 255)
    source = 2 * edge - rows + wave * np.clip((rows - row) / 20.0, 0, 1)
    source = np.clip(np.round(source), 0, NEAR - 1).astype(np.int64)
    shift = np.clip(np.round(cols + wave * 0.6), 0, NEAR - 1).astype(np.int64)
    mirrored, there = colours[source, shift], covered[source, shift] & (rows >= edge)
    fade = np.clip(0.62 - (rows - row) / 150.0, 0.0, 1.0) * there
    mask = Image.fromarray((fade * 255).astype(np.uint8))
    image.paste(Image.fromarray((mirrored * 0.8).astype(np.uint8)), (0, 0), mask)
    image.paste(Image.fromarray(colours), (0, 0), above)


def _in_front(rng, image: Image.Image, lamp: Lamp, shot: Shot) -> None:
    """Leaves, or reeds and grass, near the lens and soft."""
    cloud = Cloud(lamp)
    reeds = shot.stay in ("standing", "swimming")
    green = rgb(0.24, 0.36, 0.12) * (1.0 + 0.4 * (rng.random(3) - 0.5)) * between(rng, 0.8, 1.4)
    for _ in range(3 if reeds else 4):
        v, u = np.linspace(0.0, 1.0, 120)[:, None], np.linspace(-1.0, 1.0, 30)[None, :]
        side = -1.0 if rng.random() < 0.5 else 1.0
        if reeds:
            x0, y0 = NEAR * rng.random(), NEAR + 10.0
            angle, length, wide = between(rng, -0.2, 0.2), between(rng, 90, 170), 3.5
        else:
            x0, y0 = NEAR * (0.5 + side * between(rng, 0.30, 0.55)), NEAR * rng.random()
            angle, length, wide = between(rng, -3.1, 3.1), between(rng, 35, 70), between(rng, 9, 16)
        half = wide * np.sin(math.pi * v**0.8) * u
        x = x0 + math.sin(angle) * v * length + math.cos(angle) * half + 20 * side * v * v
        y = y0 - math.cos(angle) * v * length + math.sin(angle) * half
        normals = np.stack([0.3 * u + 0 * v, 0 * u - 0.4 + 0 * v, 0.85 + 0 * u + 0 * v], axis=-1)
        shade = (0.8 + 0.2 * np.abs(u) + 0 * v)[..., None] * green * between(rng, 0.8, 1.2)
        cloud.add(np.stack([x, y, 0 * x], -1), normals, shade, Screen(0.0), 0.3)
    colours, covered = cloud.render()
    cover(image, colours, covered, between(rng, 0.6, 1.8))
