"""Where rays meet a solid, how its surface is turned there, and how much of the lamp it hides."""

import math

import numpy as np

from .scene import Camera, F, Solid
from .shapes import SHAPES

NEAR = F(0.008)  # of a solid's half width: this close counts as touching
STEPS = 21
BLOCK = 4  # pixels of a side that share the first part of their way, in pictures of at least MANY pixels a side
MANY = 200
SHADOW_STEPS = 11


class Body:
    """A solid together with the turn from the studio's space into its own, where its half width is 1."""

    def __init__(self, solid: Solid):
        self.solid = solid
        self.shape = SHAPES[solid.shape] if isinstance(solid.shape, str) else solid.shape
        self.cos, self.sin = F(math.cos(solid.turn)), F(math.sin(solid.turn))
        self.middle = (solid.x, solid.y, solid.z + solid.size * self.shape.height / 2)
        self.reach = solid.size * self.shape.reach

    def turned(self, x, y, z):
        """A direction in the solid's own space."""
        return x * self.cos + y * self.sin, y * self.cos - x * self.sin, z

    def own(self, x, y, z):
        """A point in the solid's own space."""
        scale = F(1.0 / self.solid.size)
        x, y, z = (x - F(self.solid.x)) * scale, (y - F(self.solid.y)) * scale, (z - F(self.solid.z)) * scale
        return self.turned(x, y, z)

    def distance(self, x, y, z) -> np.ndarray:
        """Signed distance of points of the studio, in the studio's units."""
        return self.shape.distance(*self.own(x, y, z)) * F(self.solid.size)

    def hit(self, camera: Camera, rays) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return (row, column, distance) of the pixels whose `rays`, camera.rays(size), meet the solid.

        In large pictures one cone for each block of BLOCK x BLOCK pixels goes first, as far as nothing is in its way;
        only the rays of the blocks that come near the solid go on from there.
        """
        size = len(rays[0])
        block = BLOCK if size >= MANY else 1
        coarse = camera.rays(size // block) if block > 1 else rays
        (px, py, pz), (mx, my, mz) = camera.axes[0], self.middle
        view = window(self, camera, size // block)
        dx, dy, dz = (component[view] for component in coarse)
        ahead = dx * F(mx - px) + dy * F(my - py) + dz * F(mz - pz)
        missed = F((mx - px) ** 2 + (my - py) ** 2 + (mz - pz) ** 2) - ahead * ahead
        cone = 1.42 * camera.spread * block / size if block > 1 else 0.0  # half a block's diagonal, at distance 1
        wide = self.reach + cone * math.sqrt((mx - px) ** 2 + (my - py) ** 2 + (mz - pz) ** 2)
        row, column = np.nonzero(missed < F(wide**2))
        ahead, half = ahead[row, column], np.sqrt(F(wide**2) - missed[row, column])
        scale, origin = F(1.0 / self.solid.size), self.own(*(np.full(1, c, F) for c in camera.axes[0]))
        direction = self.turned(*(component[row, column] for component in (dx, dy, dz)))
        far = (ahead + half) * scale
        t, near = _march(self.shape.distance, origin, direction, (ahead - half) * scale, far, cone)
        if block == 1:
            return row[near] + view[0].start, column[near] + view[1].start, t[near] * F(self.solid.size)
        step = np.arange(BLOCK)
        row = ((row[near] + view[0].start) * BLOCK)[:, None, None] + step[:, None]
        column = ((column[near] + view[1].start) * BLOCK)[:, None, None] + step
        row, column = (np.broadcast_to(a, (len(a), BLOCK, BLOCK)).ravel() for a in (row, column))
        direction = self.turned(*(component[row, column] for component in rays))
        t, far = np.repeat(t[near], BLOCK**2), np.repeat(far[near], BLOCK**2)
        t, met = _march(self.shape.distance, origin, direction, t, far)
        return row[met], column[met], t[met] * F(self.solid.size)

    def normal(self, x, y, z) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Unit normal at surface points of the studio, from four distances around each."""
        x, y, z = self.own(x, y, z)
        total = [F(0), F(0), F(0)]
        for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
            a, b, c = (F(0.012 * sign) for sign in corner)
            d = self.shape.distance(x + a, y + b, z + c)
            if self.shape.relief is not None:
                d = d - self.shape.relief(x + a, y + b, z + c)
            total = [sum_ + d * F(sign) for sum_, sign in zip(total, corner, strict=True)]
        nx, ny, nz = total
        scale = F(1) / np.maximum(np.sqrt(nx * nx + ny * ny + nz * nz), F(1e-6))
        nx, ny, nz = nx * scale, ny * scale, nz * scale
        return nx * self.cos - ny * self.sin, ny * self.cos + nx * self.sin, nz

    def lamp_share(self, points, lamp, softness: float) -> tuple[np.ndarray, np.ndarray]:
        """Return (indices of the points that may lie in this solid's shadow, share of the lamp that each sees).

        The narrowest gap that a ray to the lamp leaves, beside the width of the lamp's cone there, says how much is
        hidden; at -1 the whole cone is.
        """
        x, y, z = points
        mx, my, mz = self.middle
        toward = (F(mx) - x) * F(lamp[0]) + (F(my) - y) * F(lamp[1]) + (F(mz) - z) * F(lamp[2])
        apart = (F(mx) - x) ** 2 + (F(my) - y) ** 2 + (F(mz) - z) ** 2 - toward * toward
        wide = F(self.reach) + np.maximum(toward, F(0)) * F(softness)
        near = np.flatnonzero((toward > F(-self.reach)) & (apart < wide * wide))
        if not len(near):
            return near, np.ones(0, F)
        scale = F(1.0 / self.solid.size)
        x, y, z = self.own(x[near], y[near], z[near])
        lx, ly, lz = self.turned(*(F(c) for c in lamp))
        reach = F(self.shape.reach * 1.15)
        t = np.maximum(toward[near] * scale - reach, F(0.05))
        gap = np.ones(len(t), F)
        for _ in range(SHADOW_STEPS):
            d = self.shape.distance(x + lx * t, y + ly * t, z + lz * t)
            gap = np.minimum(gap, d / (t * F(softness)))
            t = t + np.maximum(d, F(0.16))
        gap = np.maximum(gap, F(-1))
        return near, F(0.25) * (F(1) + gap) * (F(1) + gap) * (F(2) - gap)


def _march(distance, origin, direction, t, far, cone=0.0) -> tuple[np.ndarray, np.ndarray]:
    """Walk along rays, or cones of half width cone * t, as far as is surely free; return (t, came to the surface)."""
    (ox, oy, oz), (dx, dy, dz) = origin, direction
    result, met = t.copy(), np.zeros(len(t), bool)
    active, cone = np.arange(len(t)), F(cone)
    for step in range(STEPS):
        d = distance(ox + dx * t, oy + dy * t, oz + dz * t) - cone * t
        t = t + np.maximum(d, F(0)) if cone else t + d
        if step % 3 == 2 or step == STEPS - 1:  # put the finished rays away, now and then: it costs time itself
            there, gone = d < NEAR + cone * t, t > far
            if step == STEPS - 1:  # what slips along the surface would take for ever: near enough is there
                there = ~gone if cone else d < F(2) * NEAR
            result[active[there]], met[active[there]] = t[there], True
            on = ~(there | gone)
            if not on.any():
                break
            active, t, far, dx, dy, dz = active[on], t[on], far[on], dx[on], dy[on], dz[on]
    return result, met


def window(body: Body, camera: Camera, size: int) -> tuple[slice, slice]:
    """The rows and columns of a size x size picture that can show the solid."""
    across, down, depth = camera.project(*body.middle)
    radius = body.reach / (math.sqrt(max(depth * depth - body.reach**2, 1e-6)) * camera.spread) * 0.5 * 1.12
    top, bottom = math.floor((down - radius) * size), math.ceil((down + radius) * size)
    left, right = math.floor((across - radius) * size), math.ceil((across + radius) * size)
    return slice(min(max(top, 0), size), min(max(bottom, 0), size)), slice(
        min(max(left, 0), size), min(max(right, 0), size)
    )
