"""What a thing is before a state is put on it: its body, its skin, and what it is like inside."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..brushes.studio.scene import F
from .fields import colour, mix

Field = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Form:
    """A body in its own space, where it stands on z = 0 and is about 2 wide.

    distance  signed distance, never more than the way to the surface
    skin      albedo (3, N) of points on it;  flesh  of points inside, where it is cut or peeled
    apart     where (0..1) a part is something else that no state of the skin changes in colour: a stalk, leaves
    relief    fine ups and downs, seen in the light only
    """

    distance: Field
    skin: Field
    flesh: Field
    height: float
    reach: float
    gloss: float = 0.3
    relief: Field | None = None
    apart: Field | None = None
    green: tuple[float, float, float] = (0.06, 0.17, 0.025)  # colour of that part
    size: float = 1.0  # half width in the picture, of an apple's
    lies: bool = False  # longer than high

    def dressed(self) -> "Form":
        """With the part that is apart in its own colour."""
        if self.apart is None:
            return self
        return replace(self, skin=lambda x, y, z: mix(self.skin(x, y, z), self.green, self.apart(x, y, z)))


def plain(rgb) -> Field:
    """One colour everywhere."""
    ink = colour(rgb)
    return lambda x, y, z: np.broadcast_to(ink, (3, len(x)))


def smooth_min(a: np.ndarray, b: np.ndarray, width: float) -> np.ndarray:
    """The smaller of two distances (both bodies together), with a rounded seam."""
    overlap = np.maximum(F(width) - np.abs(a - b), F(0))
    return np.minimum(a, b) - overlap * overlap * F(0.25 / width)


def ellipsoid(x, y, z, a: float, b: float, c: float) -> np.ndarray:
    """About the distance to an ellipsoid around the origin, on the safe side."""
    u, v, w = x * F(1 / a), y * F(1 / b), z * F(1 / c)
    k = np.sqrt(u * u + v * v + w * w)
    u, v, w = u * F(1 / a), v * F(1 / b), w * F(1 / c)
    slope = np.sqrt(u * u + v * v + w * w)
    far = k * (k - F(1)) / np.maximum(slope, F(1e-4))
    return np.where(k < F(0.3), F(-0.5 * min(a, b, c)), far * F(0.85))


def rod(x, y, z, start, end, radius: float) -> np.ndarray:
    """Distance to a rod with round ends."""
    (ax, ay, az), (bx, by, bz) = start, end
    dx, dy, dz = bx - ax, by - ay, bz - az
    scale = F(1 / (dx * dx + dy * dy + dz * dz))
    t = np.clip(((x - F(ax)) * F(dx) + (y - F(ay)) * F(dy) + (z - F(az)) * F(dz)) * scale, F(0), F(1))
    px, py, pz = x - F(ax) - t * F(dx), y - F(ay) - t * F(dy), z - F(az) - t * F(dz)
    return np.sqrt(px * px + py * py + pz * pz) - F(radius)
