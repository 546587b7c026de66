"""What the studio draws: solids, camera, light and setting, as plain numbers."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

Colour = tuple[float, float, float]
F = np.float32  # arrays of the studio


@dataclass(frozen=True)
class Solid:
    """One thing on the ground (or on another thing: z > 0).

    shape  a name of shapes.SHAPES, or a shapes.Shape of one's own
    skin   points of its own space x, y, z and the upward part of their normals, each (N,) -> (albedo (3, N), strength
           of the highlight (N,)): instead of one colour and the material's gloss
    """

    shape: object
    x: float
    y: float
    size: float  # half the width
    colour: Colour
    material: str = "rubber"
    turn: float = 0.0  # radians around the vertical
    z: float = 0.0  # height of the base
    grain: float = 0.0  # 0..1, where in its texture this solid begins
    skin: Callable | None = None


@dataclass(frozen=True)
class Camera:
    """A camera at `distance` from the point (aim, 0, lift), looking down at it by `down` radians."""

    distance: float = 9.0
    down: float = 0.45
    spread: float = 0.34  # tangent of half the angle of view
    aim: float = 0.0
    lift: float = 0.5

    @cached_property
    def axes(self) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
        """(position, forward, up); the right is always (1, 0, 0)."""
        cos, sin = math.cos(self.down), math.sin(self.down)
        return (self.aim, -self.distance * cos, self.lift + self.distance * sin), (0.0, cos, -sin), (0.0, sin, cos)

    def project(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """Return (across, down, depth) of a point: picture coordinates in 0..1 and the distance along the view."""
        (px, py, pz), (_, fy, fz), (_, uy, uz) = self.axes
        depth = (y - py) * fy + (z - pz) * fz
        across = (x - px) / (depth * self.spread)
        up = ((y - py) * uy + (z - pz) * uz) / (depth * self.spread)
        return 0.5 + 0.5 * across, 0.5 - 0.5 * up, depth

    def rays(self, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Unit directions through size x size pixel centres, row by row: three float32 arrays (size, size)."""
        _, (_, fy, fz), (_, uy, uz) = self.axes
        step = ((np.arange(size, dtype=np.float64) + 0.5) * (2.0 / size) - 1.0) * self.spread
        across, up = step[None, :], -step[:, None]
        y, z = fy + up * uy, fz + up * uz
        length = np.sqrt(across * across + y * y + z * z)
        return (across / length).astype(F), (y / length).astype(F), (z / length).astype(F)


@dataclass(frozen=True)
class Light:
    """A large lamp far away, and soft light from all around."""

    side: float = -0.7  # radians from straight behind the camera, negative: from the left
    height: float = 0.9  # radians above the ground
    key: Colour = (2.1, 2.05, 1.95)
    fill: Colour = (0.55, 0.58, 0.62)
    softness: float = 0.22  # tangent of half the lamp's apparent width

    @cached_property
    def direction(self) -> tuple[float, float, float]:
        """Unit vector from the ground to the lamp."""
        flat = math.cos(self.height)
        return math.sin(self.side) * flat, -math.cos(self.side) * flat, math.sin(self.height)


@dataclass(frozen=True)
class Setting:
    """The ground, and what is behind it."""

    ground: str = "studio"
    tone: Colour = (0.5, 0.5, 0.5)
    second: Colour = (0.4, 0.4, 0.4)  # joints, stripes, the other tiles
    backdrop: Colour = (0.5, 0.52, 0.55)
    turn: float = 0.0  # radians by which the ground's pattern is turned
    grain: float = 0.0  # 0..1, where in the texture the picture begins


@dataclass(frozen=True)
class Scene:
    solids: tuple[Solid, ...]
    camera: Camera = Camera()
    light: Light = Light()
    setting: Setting = Setting()
