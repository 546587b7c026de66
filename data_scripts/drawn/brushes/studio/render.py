"""From a scene to a picture: find what each pixel shows, light it, develop it."""

import math

import numpy as np

from .grounds import ground_points, paint_backdrop, paint_ground
from .materials import ink, surface
from .scene import F, Scene
from .trace import Body

FINE = 2  # each pixel is the mean of FINE x FINE


def visible(scene: Scene, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (int8 (size, size): index of the solid that a pixel's middle shows, -1 none; int64: pixels of each alone).

    Quick, since nothing is lit. Glass counts as hiding what is behind it.
    """
    rays = scene.camera.rays(size)
    front, shown, alone = np.full((size, size), np.inf, F), np.full((size, size), -1, np.int8), []
    for index, solid in enumerate(scene.solids):
        body = Body(solid)
        row, column, t = body.hit(scene.camera, rays)
        alone.append(len(t))
        nearer = t < front[row, column]
        front[row[nearer], column[nearer]] = t[nearer]
        shown[row[nearer], column[nearer]] = index
    return shown, np.array(alone, np.int64)


def render(scene: Scene, size: int = 128) -> np.ndarray:
    """Draw the scene: uint8 (size, size, 3)."""
    fine = size * FINE
    camera, rays = scene.camera, scene.camera.rays(fine)
    bodies = [Body(solid) for solid in scene.solids]
    picture = _stage(scene, bodies, fine)
    front = np.full((fine, fine), np.inf, F)
    hits = [body.hit(camera, rays) for body in bodies]
    clear = [body.solid.material == "glass" for body in bodies]
    for (row, column, t), glass in zip(hits, clear, strict=True):
        if not glass:
            front[row, column] = np.minimum(front[row, column], t)
    order = sorted(range(len(bodies)), key=lambda i: (clear[i], -camera.project(*bodies[i].middle)[2]))
    for i in order:  # glass comes last, the farthest first: it shows what was painted before
        row, column, t = hits[i]
        shown = t <= front[row, column]
        row, column, t = row[shown], column[shown], t[shown]
        if not len(t):
            continue
        front[row, column] = t
        colour = _light(scene, bodies, i, rays, row, column, t)
        flat = row * fine + column
        picture[:, flat] = _through(picture, bodies[i], row, column, colour) if clear[i] else colour[0]
    return _develop(picture.reshape(3, fine, fine), size)


def _stage(scene: Scene, bodies: list[Body], fine: int) -> np.ndarray:
    """Ground with the shadows of the solids on it, and the backdrop: (3, fine * fine)."""
    x, y, first = ground_points(scene, fine)
    picture = np.empty((3, fine * fine), F)
    picture[:, : first * fine] = paint_backdrop(scene, first, fine)
    key = ink(scene.light.key) * F(scene.light.direction[2] * 0.5)
    fill = ink(scene.light.fill) * F(0.9)
    share, open_ = _ground_shadows(scene, bodies, x.reshape(-1, fine), y.reshape(-1, fine))
    ground = paint_ground(scene.setting, x, y) * (key * share + fill * open_)
    if scene.setting.ground in ("sand", "studio") and first:
        # no edge: the ground runs into what is behind it
        distance = np.clip((y - F(3)) * F(0.07), F(0), F(1))
        distance = distance * distance * (F(3) - F(2) * distance)
        behind = np.tile(picture[:, (first - 1) * fine : first * fine], fine - first)
        ground += (behind - ground) * distance
    picture[:, first * fine :] = ground
    return picture


def _ground_shadows(scene: Scene, bodies: list[Body], x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`_shadows` of ground points (rows, columns), worked out at every other one: their edges are soft anyway."""
    rows, columns = x.shape
    coarse = x[::2, ::2].ravel(), y[::2, ::2].ravel()
    shadows = _shadows(scene, bodies, (*coarse, np.zeros_like(coarse[0])), -1)
    return tuple(_doubled(s.reshape(-1, (columns + 1) // 2), rows, columns).ravel() for s in shadows)


def _doubled(field: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Values at every other row and column -> all rows and columns, means in between."""
    tall = np.repeat(field, 2, axis=0)
    tall[1:-1:2] = (field[:-1] + field[1:]) * F(0.5)
    wide = np.repeat(tall, 2, axis=1)
    wide[:, 1:-1:2] = (tall[:, :-1] + tall[:, 1:]) * F(0.5)
    return wide[:rows, :columns]


def _shadows(scene: Scene, bodies: list[Body], points, itself: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (share of the lamp, openness to the surroundings) at points, (N,) each; `itself` owns them (-1: none)."""
    x, y, z = points
    share, open_ = np.ones(len(x), F), np.ones(len(x), F)
    for j, body in enumerate(bodies):
        glass = F(0.45) if body.solid.material == "glass" else F(1)
        if j != itself or body.shape.hollow:
            near, seen = body.lamp_share(points, scene.light.direction, scene.light.softness)
            share[near] = share[near] * (F(1) - glass * (F(1) - seen))
        if j == itself:
            continue
        mx, my, mz = (F(c) for c in body.middle)
        around = F(body.reach * 1.9)
        near = np.flatnonzero((x - mx) ** 2 + (y - my) ** 2 + (z - mz) ** 2 < around * around)
        if len(near):
            gap = body.distance(x[near], y[near], z[near]) * F(1.25 / body.solid.size)
            close = np.clip(F(1) - gap, F(0), F(1))
            open_[near] = open_[near] * (F(1) - F(0.72) * glass * close * close)
    return share, open_


def _light(scene: Scene, bodies: list[Body], i: int, rays, row, column, t):
    """Return (colour (3, N), normal, how straight the view falls on it) of one solid's visible points."""
    body = bodies[i]
    view = tuple(component[row, column] for component in rays)
    point = tuple(F(c) + v * t for c, v in zip(scene.camera.axes[0], view, strict=True))
    normal = body.normal(*point)
    lifted = tuple(p + n * F(0.02 * body.solid.size) for p, n in zip(point, normal, strict=True))
    share, open_ = _shadows(scene, bodies, lifted, i)
    own = body.own(*point)
    colour = surface(body.solid, scene.setting, scene.light, normal, view, own, point[2], share, open_)
    straight = np.clip(-(normal[0] * view[0] + normal[1] * view[1] + normal[2] * view[2]), F(0), F(1))
    return colour, normal, straight


def _through(picture: np.ndarray, body: Body, row, column, lit) -> np.ndarray:
    """Glass: what is behind it, bent and tinted, with the light on its surface above."""
    colour, normal, straight = lit
    fine = math.isqrt(picture.shape[1])
    bend = F(0.10 * fine * body.solid.size)
    down = np.clip(row - np.rint(normal[2] * bend).astype(np.int64), 0, fine - 1)
    across = np.clip(column - np.rint(normal[0] * bend).astype(np.int64), 0, fine - 1)
    tint = ink(body.solid.colour) / F(max(body.solid.colour) * 0.9 + 0.1)
    behind = picture[:, down * fine + across]
    grey = (behind[0] + behind[1] + behind[2]) * F(1 / 3)  # else yellow glass would be orange in front of pink
    thick = F(1) - straight
    passed = (behind + grey) * tint * (F(0.38) - F(0.17) * thick * thick)
    return passed + colour * F(0.6)


def _develop(picture: np.ndarray, size: int) -> np.ndarray:
    """Linear light (3, size * FINE, ..) -> uint8: mean, soft shoulder of the highlights, vignette, root as gamma."""
    total = picture[:, 0::2, 0::2] + picture[:, 1::2, 0::2] + picture[:, 0::2, 1::2] + picture[:, 1::2, 1::2]
    axis = (np.arange(size, dtype=F) + F(0.5)) * F(1 / size) - F(0.5)
    mean = total * (F(0.25) - F(0.09) * (axis[None, :] ** 2 + axis[:, None] ** 2))
    mean = np.maximum(mean, F(0))
    mean = mean * (F(1) + mean * F(0.16)) / (F(1) + mean * F(0.62)) * F(1.08)
    values = np.minimum(np.sqrt(mean), F(1)) * F(255) + F(0.5)
    return np.ascontiguousarray(values.astype(np.uint8).transpose(1, 2, 0))
