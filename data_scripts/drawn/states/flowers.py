"""Flowers in states: the plants of the flora world, whose surfaces are changed on their way into the picture."""

import math
from dataclasses import replace

import numpy as np
from PIL import Image

from ..brushes import noise
from ..brushes.cloud import Cloud
from ..brushes.light import between, rgb
from ..flora.picture import picture_of
from ..flora.shot import draw_shot
from ..flora.species import SPECIES, Species
from .fields import TILE, drop_tile

FLOWERS = {  # noun -> what its species have in common; several species each, so that no colour gives a noun away
    "rose": lambda s: s.rings == 4 and s.habit == "single" and s.shape != "pointed",
    "tulip": lambda s: s.form == "cup",
    "daisy": lambda s: s.shape == "strap" and s.form == "open",
    "lily": lambda s: s.petals == 6 and s.shape == "pointed" and s.form in ("open", "reflexed") and s.habit == "single",
    "bush": lambda s: s.habit in ("umbel", "ball"),
}
COLOURS = ("white", "cream", "yellow", "orange", "peach", "red", "pink", "magenta", "lavender", "purple")


class StateCloud(Cloud):
    """A cloud that colours, bends and wets what is added to it."""

    def treated(self, adjective: str, rng: np.random.Generator) -> "StateCloud":
        self.state, self.start = adjective, rng.random(2) * TILE
        self.strength = between(rng, 0.8, 1.15)
        return self

    def add(self, points, normals, colours, place, through=0.45, perspective=0.10) -> None:
        rod = place.pixels == 1.0  # stalks come in pixels of the screen, everything else in units of its bloom
        unit = points / 60.0 if rod else points
        if not rod and self.state in BENT:
            points, through = BENT[self.state](self, points), 0.95  # limp petals are thin, light comes from all sides
        if self.state in COLOURED:
            colours = COLOURED[self.state](self, unit, normals, np.broadcast_to(colours, points.shape), rod)
        super().add(points, normals, colours, place, through, perspective)

    def speckle(self, kind: str, points, scale: float) -> np.ndarray:
        x, y = points[..., 0] + 0.31 * points[..., 2], points[..., 1] - 0.27 * points[..., 2]
        return noise.sample(kind, x * scale + self.start[0], y * scale + self.start[1])


def _mix(colours, other, share):
    return colours + (other - colours) * share[..., None]


def _radius(points):
    return np.sqrt(points[..., 0] * points[..., 0] + points[..., 1] * points[..., 1])


def _limp(cloud, points):
    """Petals that hang back and together, crumpled."""
    r = _radius(points)
    fold = cloud.speckle("soft", points, 60.0) - 0.5
    narrow = 1.0 - 0.34 * np.minimum(r, 1.0)
    bent = np.stack(
        [points[..., 0] * narrow, points[..., 1] * narrow, points[..., 2] - 0.45 * r * r + 0.5 * fold * r], -1
    )
    return bent * 0.96


def _shrunk(cloud, points):
    """Petals that curl up as they dry."""
    r = _radius(points)
    fold = cloud.speckle("rough", points, 70.0) - 0.5
    narrow = 1.0 - 0.26 * np.minimum(r, 1.0)
    return np.stack(
        [points[..., 0] * narrow, points[..., 1] * narrow, points[..., 2] + (0.25 * r + 0.9 * fold) * r], -1
    )


def _browned(cloud, points, normals, colours, rod):
    edge = noise.smoothstep(0.50, 1.05, _radius(points) + 0.5 * (cloud.speckle("rough", points, 50.0) - 0.5))
    grey = colours.mean(-1, keepdims=True)
    faded = (colours * 0.65 + grey * 0.35) * 0.95
    return _mix(
        faded, rgb(0.38, 0.25, 0.11), np.clip(edge * 0.85 * cloud.strength, 0.0, 0.9) * (0.4 if rod else 1.0) + 0.12
    )


def _dried(cloud, points, normals, colours, rod):
    grey = colours.mean(-1, keepdims=True)
    straw = rgb(0.66, 0.50, 0.28) * (0.55 + 0.7 * grey)
    crisp = cloud.speckle("rough", points, 90.0)
    return _mix(colours, straw, np.full(points.shape[:-1], 0.80)) * (0.55 + 0.75 * crisp)[..., None]


def _frosted(cloud, points, normals, colours, rod):
    crystals = cloud.speckle("white", points, 150.0)
    patches = cloud.speckle("rough", points, 45.0)
    share = noise.smoothstep(0.35, 0.75, patches + 0.35 * crystals - 0.12 + 0.15 * cloud.strength)
    return _mix(colours * 0.85, rgb(0.92, 0.97, 1.05), np.clip(0.15 + share * (0.4 + 0.6 * crystals), 0.0, 0.95))


def _charred(cloud, points, normals, colours, rod):
    near = (
        _radius(points) * (0.3 if rod else 0.75)
        + 0.9 * (cloud.speckle("rough", points, 40.0) - 0.5)
        + 0.12 * cloud.strength
    )
    scorched = _mix(colours, rgb(0.28, 0.13, 0.04), noise.smoothstep(0.20, 0.40, near))
    black = _mix(scorched, rgb(0.035, 0.03, 0.03), noise.smoothstep(0.36, 0.52, near))
    ash = noise.smoothstep(0.86, 0.95, cloud.speckle("white", points, 110.0)) * noise.smoothstep(0.5, 0.6, near)
    return _mix(black, rgb(0.5, 0.48, 0.46), ash)


def _dewy(cloud, points, normals, colours, rod):
    u, v = points[..., 0] * 95.0 + cloud.start[0], points[..., 1] * 95.0 + cloud.start[1]
    field = drop_tile()

    def height(du, dv):
        column, row = np.floor(u + du).astype(np.int64) & (TILE - 1), np.floor(v + dv).astype(np.int64) & (TILE - 1)
        return field.take(row * TILE + column).astype(np.float64)

    here = height(0, 0)
    slope = height(5, 5) - height(-5, -5)  # rises to the lower right: bright on the upper left, as under a sky
    drop = noise.smoothstep(0.02, 0.2, here)
    out = colours * (0.80 - 0.12 * drop)[..., None]
    out = out * (1.0 + np.clip(-slope, -0.5, 0.5) * 0.9)[..., None]
    return out + (noise.smoothstep(0.28, 0.5, slope) * drop)[..., None] * rgb(0.85, 0.9, 1.0)


BENT = {"wilted": _limp, "dry": _shrunk}
COLOURED = {"wilted": _browned, "dry": _dried, "frozen": _frosted, "burnt": _charred, "wet": _dewy}
STATES = ("fresh", *COLOURED)


def _recoloured(rng: np.random.Generator, kind: Species) -> Species:
    """The species in another colour: gardeners have bred them all."""
    colour = COLOURS[rng.integers(len(COLOURS))]
    if kind.pattern == "plain":
        return replace(kind, colour=colour, second=colour)
    return replace(kind, colour=colour)


def flower(rng: np.random.Generator, adjective: str, noun: str, size: int) -> Image.Image:
    """Paint a flower in a state: RGB, size x size."""
    species = [kind for kind in SPECIES if FLOWERS[noun](kind)]
    kind = _recoloured(rng, species[rng.integers(len(species))])
    shot = draw_shot(rng, kind)
    shot.behind = 0
    shot.occluded = False
    if adjective in BENT and kind.habit == "single":  # it hangs its head
        shot.blooms = 1
        shot.size = between(rng, 0.30, 0.38)
        shot.tilt, shot.toward = between(rng, 0.70, 0.98), math.pi / 2 + between(rng, -0.5, 0.5)
    image = picture_of(rng, kind, shot, lambda lamp: StateCloud(lamp).treated(adjective, rng))
    return image.resize((size, size), Image.Resampling.LANCZOS)
