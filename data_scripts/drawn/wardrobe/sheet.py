"""The photograph while it is made: parts of a product, shaded as if they were slightly inflated, on white."""

import math
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from ..brushes.canvas import bytes_of
from .cloth import Cloth, window
from .view import View

WIDTH, HEIGHT = 90, 120  # of the finished picture
FINE = 2  # pixels of the sheet for one of the picture
UNIT = 42 * FINE  # pixels of the sheet for one unit of product coordinates


class Sheet:
    """WIDTH x HEIGHT, FINE times finer while it is painted. All positions are product coordinates (see `shapes`)."""

    def __init__(self, view: View, rng: np.random.Generator) -> None:
        self.view, self.rng = view, rng
        self.size = (WIDTH * FINE, HEIGHT * FINE)
        self.image = Image.new("RGB", self.size, (255, 255, 255))
        self.cover = Image.new("L", self.size)  # where the product is
        self._draw = ImageDraw.Draw(self.image, "RGBA")
        self._cover = ImageDraw.Draw(self.cover)
        turn, sign = math.radians(view.angle), -1.0 if view.mirror else 1.0
        k = UNIT * view.zoom
        c, s = math.cos(turn) * k, math.sin(turn) * k
        # pixel = M (x, y) + t
        self.m = (c * sign, c * view.slant - s, s * sign, s * view.slant + c)
        self.t = (self.size[0] / 2 + view.dx * UNIT, self.size[1] / 2 + view.dy * UNIT)

    def shifted(self, dx: float, dy: float, scale: float = 1.0, tall: float = 1.0) -> None:
        """Move the origin of product coordinates and scale them, `tall` in y alone."""
        a, b, c, d = self.m
        self.t = (self.t[0] + a * dx + b * dy, self.t[1] + c * dx + d * dy)
        self.m = (a * scale, b * scale * tall, c * scale, d * scale * tall)

    def place(self, points) -> np.ndarray:
        """Product coordinates (n, 2) -> pixels of the sheet (n, 2)."""
        p = np.asarray(points, np.float64)
        a, b, c, d = self.m
        return np.stack([a * p[:, 0] + b * p[:, 1] + self.t[0], c * p[:, 0] + d * p[:, 1] + self.t[1]], 1)

    def part(
        self,
        points,
        cloth: Cloth,
        *,
        depth: float = 0.5,
        soft: float = 6.0,
        folds: float = 0.0,
        crumple: float = 0.0,
        turn: float = 0.0,
        lift: float = 0.0,
        hole=None,
    ) -> None:
        """Paint one piece: its outline, filled with cloth.

        depth    how strongly its rim turns away from the light;  soft  width of that rim in pixels
        folds    strength of long folds downwards, crumple of short ones in any direction
        turn     degrees by which the cloth's pattern is turned (a sleeve's stripes run across the sleeve)
        lift     strength of the shadow on what lies below;  hole  an outline that is cut out
        """
        pixels = self.place(points)
        margin = 3 + int(lift > 0) * 5
        left, top = (max(0, math.floor(v) - margin) for v in pixels.min(0))
        right = min(self.size[0], math.ceil(pixels[:, 0].max()) + margin)
        bottom = min(self.size[1], math.ceil(pixels[:, 1].max()) + margin)
        if right - left < 2 or bottom - top < 2:
            return
        mask = Image.new("L", (2 * (right - left), 2 * (bottom - top)))  # Pillow's polygons have stairs: finer still
        draw = ImageDraw.Draw(mask)
        draw.polygon(((pixels - (left, top)) * 2).ravel().tolist(), fill=255)
        if hole is not None:
            draw.polygon(((self.place(hole) - (left, top)) * 2).ravel().tolist(), fill=0)
        mask = mask.reduce(2)
        if lift:
            self._contact(mask, left, top, lift)
        patch = self._lit(mask, cloth, left, top, depth, soft, folds, crumple, turn)
        self.image.paste(patch, (left, top), mask)
        self.cover.paste(255, (left, top), mask)

    def _contact(self, mask: Image.Image, left: int, top: int, lift: float) -> None:
        below = mask.filter(ImageFilter.BoxBlur(3)).point(_faded(lift))
        x, y = (round(-2.5 * v) for v in self.view.light)
        region = Image.new("L", mask.size)
        region.paste(below, (x, y))
        # only on the product: what falls on the background is the studio's shadow
        on = self.cover.crop((left, top, left + mask.width, top + mask.height))
        black = Image.new("L", mask.size)
        self.image.paste((25, 20, 25), (left, top), Image.composite(region, black, on))

    def _lit(self, mask, cloth, left, top, depth, soft, folds, crumple, turn) -> Image.Image:
        height, width = mask.height, mask.width
        a, b, c, d = self.m
        det = a * d - b * c
        x = (np.arange(width, dtype=np.float32) + np.float32(left + 0.5 - self.t[0]))[None, :]
        y = (np.arange(height, dtype=np.float32) + np.float32(top + 0.5 - self.t[1]))[:, None]
        u, v = x * np.float32(d / det) - y * np.float32(b / det), y * np.float32(a / det) - x * np.float32(c / det)
        if turn:
            cos, sin = np.float32(math.cos(math.radians(turn))), np.float32(math.sin(math.radians(turn)))
            u, v = u * cos + v * sin, v * cos - u * sin
        swell = np.asarray(_blurred(mask, soft), np.float32)
        shade = np.ones((height, width), np.float32)
        lx, ly = self.view.light
        k = depth * self.view.contrast * soft / 255.0
        shade[:, 1:-1] += (swell[:, :-2] - swell[:, 2:]) * np.float32(k * lx)
        shade[1:-1] += (swell[:-2] - swell[2:]) * np.float32(k * ly)
        shade += (swell - 255) * np.float32(0.25 * depth / 255.0)  # rims see less of the studio
        for kind, strength in (("drape", folds), ("crumple", crumple)):
            if strength:
                fold = window(self.rng, kind, height, width)
                shade += fold * np.float32(strength * self.view.contrast)
                u = u + fold * np.float32(0.014)  # the pattern goes along
                v = v + fold * np.float32(0.014)
        colours = cloth.colours(u, v, self.rng)
        np.clip(shade, 0.15, 1.75, out=shade)
        over = np.maximum(shade - 1, 0)
        colours = colours * (shade - over)[..., None]
        colours += (1.05 - colours) * (over * np.float32(0.35 + cloth.gloss))[..., None]  # light parts go to white
        return Image.fromarray(bytes_of(colours))

    def line(self, points, colour, width: float = 0.012, alpha: float = 1.0) -> None:
        pixels = [(float(x), float(y)) for x, y in self.place(points)]
        across = max(1, round(width * UNIT * self.view.zoom))
        self._draw.line(pixels, fill=_ink(colour, alpha), width=across, joint="curve")
        if alpha > 0.9:
            self._cover.line(pixels, fill=255, width=across)

    def stitches(self, points, colour, alpha: float = 0.5) -> None:
        """A dashed line; the points should be dense."""
        pixels = [(float(x), float(y)) for x, y in self.place(points)]
        for i in range(0, len(pixels) - 1, 4):
            self._draw.line(pixels[i : i + 3], fill=_ink(colour, alpha), width=1)

    def spot(self, points, colour, alpha: float = 1.0) -> None:
        """A flat area, for small things: buttons, prints, eyelets."""
        pixels = [(float(x), float(y)) for x, y in self.place(points)]
        if len(pixels) > 2:
            self._draw.polygon(pixels, fill=_ink(colour, alpha))
            if alpha > 0.9:
                self._cover.polygon(pixels, fill=255)

    def dot(self, x: float, y: float, radius: float, colour, alpha: float = 1.0) -> None:
        angles = [math.pi * i / 6 for i in range(12)]
        self.spot([(x + radius * math.cos(t), y + radius * math.sin(t)) for t in angles], colour, alpha)

    def develop(self) -> Image.Image:
        """Shadow on the ground, exposure, colour cast, reduction to WIDTH x HEIGHT, a trace of grain."""
        view, rng = self.view, self.rng
        small = self.cover.reduce(4)
        fall = Image.new("L", small.size)
        fall.paste(small, (round(-1.6 * view.light[0]), round(2.0)))
        fall = fall.filter(ImageFilter.GaussianBlur(1.8)).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
        image = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        if view.blur > 0:
            image = image.filter(ImageFilter.BoxBlur(view.blur))
        pixels = np.asarray(image, np.float32) / 255
        cover = np.asarray(self.cover.resize((WIDTH, HEIGHT), Image.Resampling.BOX), np.float32)[..., None] / 255
        dark = np.asarray(fall, np.float32)[..., None] / 255 * np.float32(view.shadow)
        ground = view.background * (1 - dark)
        product = pixels * np.asarray(view.cast, np.float32) * np.float32(view.exposure)
        grain = window(rng, "weave", HEIGHT, WIDTH)[..., None] * np.float32(0.012)
        # a part's edge is already mixed with white: on the ground it stays as it is
        pixels = product * cover + pixels * ground * (1 - cover) + grain * cover
        return Image.fromarray(bytes_of(pixels))


@cache
def _faded(strength: float) -> list[int]:
    return [round(i * strength) for i in range(256)]


def _blurred(mask: Image.Image, radius: float) -> Image.Image:
    """A Gaussian blur; large masks are blurred at half size, which nobody can tell."""
    if radius < 4 or min(mask.size) < 24:
        return mask.filter(ImageFilter.GaussianBlur(radius))
    small = mask.reduce(2).filter(ImageFilter.GaussianBlur(radius / 2))
    return small.resize(mask.size, Image.Resampling.BILINEAR)


def _ink(colour, alpha: float) -> tuple[int, int, int, int]:
    r, g, b = (min(255, max(0, round(float(v) * 255))) for v in colour)
    return r, g, b, round(255 * alpha)
