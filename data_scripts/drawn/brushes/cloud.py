"""Dense clouds of coloured points: curved surfaces in space, shaded, with the nearest point on top."""

from dataclasses import dataclass, field

import numpy as np

from .canvas import bytes_of
from .close_up import NEAR, Lamp


def turned(vectors: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """(..., 3) vectors of the bloom's space on screen; sums written out, so that no library decides their order."""
    return vectors[..., :1] * axes[0] + vectors[..., 1:2] * axes[1] + vectors[..., 2:] * axes[2]


@dataclass
class Cloud:
    """Coloured points with a depth; the nearest one wins when they are put on the canvas."""

    lamp: Lamp
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list)

    def add(self, points, normals, colours, place, through=0.45, perspective=0.10) -> None:
        """Add surfaces (any leading shape) with albedo `colours` in 0..1.

        `place` puts their space on the canvas: its x, y, pixels (a unit), depth, and axes() on screen.
        """
        axes = place.axes()
        screen = turned(points, axes)
        light = self.lamp.shine(normals, through, turned(self.lamp.direction, axes.T))
        scale = place.pixels * (1.0 + perspective * screen[..., 2])  # what is nearer looks larger
        col = np.floor(place.x + screen[..., 0] * scale).astype(np.int64)
        row = np.floor(place.y + screen[..., 1] * scale).astype(np.int64)
        shaded = bytes_of(colours * light).astype(np.int64)
        packed = (shaded[..., 0] << 16) | (shaded[..., 1] << 8) | shaded[..., 2]
        inside = (col >= 0) & (col < NEAR - 1) & (row >= 0) & (row < NEAR - 1)
        depth = screen[..., 2] * place.pixels + place.depth
        self.parts.append(((row * NEAR + col)[inside], depth[inside], packed[inside]))

    def render(self) -> tuple[np.ndarray, np.ndarray]:
        """Return uint8 (NEAR, NEAR, 3) colours and a mask (NEAR, NEAR) of what is covered."""
        at, depth, packed = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        # hundredths of a pixel as 16-bit numbers sort in linear time
        order = np.argsort(np.clip(np.round(depth * 100.0), -32000, 32000).astype(np.int16), kind="stable")
        at, packed = at[order], packed[order]
        flat = np.full(NEAR * NEAR, -1, np.int64)
        # each point covers 2 x 2 pixels; repeated in depth order, so that later ones stay on top
        flat[(at[:, None] + np.array([0, 1, NEAR, NEAR + 1])).reshape(-1)] = np.repeat(packed, 4)
        flat = flat.reshape(NEAR, NEAR)
        covered = flat >= 0
        flat = np.where(covered, flat, 0)
        return np.stack([flat >> 16, (flat >> 8) & 255, flat & 255], axis=-1).astype(np.uint8), covered
