"""Puts a picture of a bird together: backdrop, perch or water, the bird, its shadow, something in front."""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from .. import noise
from ..cloud import Cloud, turned
from ..close_up import NEAR, OUTPUT, Lamp, backdrop, draw_lamp, finish
from ..light import between, rgb
from .body import Part, build
from .plumage import Plumage
from .shot import Shot
from .species import Species


@dataclass
class View:
    """Puts the bird's space on the canvas."""

    x: float
    y: float
    pixels: float
    yaw: float
    above: float
    feet: float = 0.0  # row on which it stands
    depth: float = 0.0

    def axes(self) -> np.ndarray:
        cy, sy, ca, sa = math.cos(self.yaw), math.sin(self.yaw), math.cos(self.above), math.sin(self.above)
        return np.array([[cy, sy * sa, sy * ca], [0.0, -ca, sa], [-sy, cy * sa, cy * ca]])


def _extent(parts: list[Part], view: View) -> tuple[float, float, float, float]:
    """Left, top, right, bottom on the canvas."""
    low, high = np.full(2, 1e9), np.full(2, -1e9)
    for part in parts:
        screen = turned(part.points, view.axes())
        scale = view.pixels * (1.0 + 0.10 * screen[..., 2:])
        at = (screen[..., :2] * scale).reshape(-1, 2) + np.array([view.x, view.y])
        low, high = np.minimum(low, at.min(0)), np.maximum(high, at.max(0))
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def view_of(kind: Species, shot: Shot) -> tuple[View, tuple[float, float, float, float]]:
    """How the bird is put on the canvas, so that it has the wanted size and place, and its extent there."""
    parts = build(kind, shot, 14.0)  # a coarse model is enough to measure it
    view = View(0.0, 0.0, 1.0, shot.yaw, shot.above)
    left, top, right, bottom = _extent(parts, view)
    view.pixels = shot.size * NEAR / max(right - left, bottom - top)
    left, top, right, bottom = _extent(parts, view)
    view.x = shot.x * NEAR - (left + right) / 2
    view.y = shot.y * NEAR - (top + bottom) / 2
    soles = [part for part in parts if part.name == "leg"] or parts[:1]
    view.feet = _extent(soles, view)[3]
    return view, (left + view.x, top + view.y, right + view.x, bottom + view.y)


def box_of(kind: Species, shot: Shot) -> tuple[float, float, float, float]:
    """The bird's bounding box in the finished picture: x, y, width, height in pixels, cut at the frame."""
    view, (left, top, right, bottom) = view_of(kind, shot)
    if shot.stay == "swimming":
        bottom = waterline(kind, view)
    shrink = OUTPUT / NEAR
    left, top = max(left * shrink, 0.0), max(top * shrink, 0.0)
    right, bottom = min(right * shrink, OUTPUT), min(bottom * shrink, OUTPUT)
    return left, top, right - left, bottom - top


def waterline(kind: Species, view: View) -> float:
    """Row at which a swimming bird meets the water."""
    return view.y + 0.55 * kind.shape().plump * view.pixels


def picture_of(rng: np.random.Generator, kind: Species, shot: Shot) -> Image.Image:
    """Paint the photograph `shot` of a bird of this species."""
    lamp = draw_lamp(rng)
    image = backdrop(rng, shot.backdrop, lamp)
    view, extent = view_of(kind, shot)
    plumage = Plumage(rng, kind)
    cloud = Cloud(lamp)
    _perch(rng, cloud, shot, view)
    if shot.stay == "standing":
        _ground_shadow(image, extent, view.feet)
    for part in build(kind, shot, view.pixels / 1.35):
        through = 0.25 if part.name in ("spread", "tail") else 0.0
        part = part.facing(view.axes())
        if len(part.points):
            cloud.add(part.points, part.normals, plumage.paint(part), view, through)
    colours, covered = cloud.render()
    if shot.stay == "swimming":
        _swim(rng, image, colours, covered, waterline(kind, view), lamp)
    else:
        mask = Image.fromarray((covered * 255).astype(np.uint8))
        image.paste(Image.fromarray(colours), (0, 0), mask)
    if shot.occluded:
        _in_front(rng, image, lamp, shot)
    done = finish(rng, image)
    return done.convert("L") if shot.grey else done


def _rod(rng, cloud: Cloud, start, end, thick: float, depth: float) -> None:
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
    cloud.add(np.stack([x, y, z], -1), normals, colours, _Screen(depth), 0.0, 0.0)


@dataclass
class _Screen:
    """A space that is the screen itself."""

    depth: float
    x: float = 0.0
    y: float = 0.0
    pixels: float = 1.0

    def axes(self) -> np.ndarray:
        return np.eye(3)


def _perch(rng, cloud: Cloud, shot: Shot, view: View) -> None:
    if shot.stay == "perched":
        feet = view.x
        level = view.feet
        thick = between(rng, 4.0, 10.0)
        slope = between(rng, -0.30, 0.30)
        y0, y1 = level + thick - slope * feet, level + thick + slope * (NEAR - feet)
        _rod(rng, cloud, (-20.0, y0 - 20 * slope), (NEAR + 20.0, y1 + 20 * slope), thick, -8.0)
        for _ in range(int(rng.random() * 3)):  # twigs
            x = NEAR * rng.random()
            end = (x + between(rng, -70, 70), level + between(rng, -110, 60))
            _rod(rng, cloud, (x, level + thick + slope * (x - feet)), end, thick * 0.3, -160.0)
    elif shot.stay == "climbing":
        forward = 1.0 if math.cos(shot.yaw) > 0 else -1.0
        thick = between(rng, 20.0, 42.0)
        reach = view.pixels * 0.27
        middle = view.x + forward * (reach + thick)
        lean = forward * math.tan(0.32) * between(rng, 0.3, 0.9)
        start = (middle - lean * (NEAR + 20 - view.y), NEAR + 20.0)
        _rod(rng, cloud, start, (middle + lean * (view.y + 20), -20.0), thick, -60.0)


def _ground_shadow(image: Image.Image, extent, level: float) -> None:
    left, _, right, _ = extent
    rows, cols = np.arange(64)[:, None] * 4.0, np.arange(64)[None, :] * 4.0
    middle, half = (left + right) / 2, (right - left) * 0.36
    oval = ((cols - middle) / half) ** 2 + ((rows - level + 2) / (half * 0.22)) ** 2
    mask = Image.fromarray((noise.smoothstep(1.3, 0.1, oval) * 120).astype(np.uint8)).resize(image.size)
    image.paste((14, 14, 12), (0, 0), mask)


def _swim(rng, image: Image.Image, colours: np.ndarray, covered: np.ndarray, line: float, lamp: Lamp) -> None:
    """The bird down to the waterline, and under it its broken mirror image."""
    row = round(line)
    rows, cols = np.arange(NEAR)[:, None], np.arange(NEAR)[None, :]
    wave = (noise.field(rng, "soft", NEAR, NEAR, 2.0, 4.0) - 0.5) * 10.0
    edge = row + 0.25 * wave
    above = Image.fromarray((covered & (rows < edge)).astype(np.uint8) * 255)
    source = np.clip(np.round(2 * edge - rows + wave * np.clip((rows - row) / 20.0, 0, 1)), 0, NEAR - 1).astype(np.int64)
    shift = np.clip(np.round(cols + wave * 0.6), 0, NEAR - 1).astype(np.int64)
    mirrored, there = colours[source, shift], covered[source, shift] & (rows >= edge)
    fade = np.clip(0.62 - (rows - row) / 150.0, 0.0, 1.0) * there
    image.paste(Image.fromarray((mirrored * 0.8).astype(np.uint8)), (0, 0), Image.fromarray((fade * 255).astype(np.uint8)))
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
            x0, y0, angle, length, wide = NEAR * rng.random(), NEAR + 10.0, between(rng, -0.2, 0.2), between(rng, 90, 170), 3.5
        else:
            x0, y0 = NEAR * (0.5 + side * between(rng, 0.30, 0.55)), NEAR * rng.random()
            angle, length, wide = between(rng, -3.1, 3.1), between(rng, 35, 70), between(rng, 9, 16)
        half = wide * np.sin(math.pi * v**0.8) * u
        x = x0 + math.sin(angle) * v * length + math.cos(angle) * half + 20 * side * v * v
        y = y0 - math.cos(angle) * v * length + math.sin(angle) * half
        normals = np.stack([0.3 * u + 0 * v, 0 * u - 0.4 + 0 * v, 0.85 + 0 * u + 0 * v], axis=-1)
        shade = (0.8 + 0.2 * np.abs(u) + 0 * v)[..., None] * green * between(rng, 0.8, 1.2)
        cloud.add(np.stack([x, y, 0 * x], -1), normals, shade, _Screen(0.0), 0.3)
    colours, covered = cloud.render()
    mask = Image.fromarray((covered * 255).astype(np.uint8))
    layer = Image.merge("RGBA", (*Image.fromarray(colours).split(), mask)).convert("RGBa")
    layer = layer.resize((OUTPUT, OUTPUT), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(between(rng, 0.6, 1.8)))
    layer = layer.resize(image.size, Image.Resampling.BILINEAR).convert("RGBA")
    image.paste(layer, (0, 0), layer.getchannel("A"))
