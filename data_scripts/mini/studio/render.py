"""From a scene to a picture: find what each pixel shows, light it, develop it."""

import numpy as np

from .grounds import ground_points, paint_backdrop, paint_ground
from .materials import surface
from .scene import F, Scene
from .trace import Body, window

FINE = 2  # each pixel is the mean of FINE x FINE


def visible(scene: Scene, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (int8 (size, size): index of the solid that a pixel's middle shows, -1 none; int64: pixels of each alone).

    Quick, since nothing is lit. Glass counts as hiding what is behind it.
    """
    rays = scene.camera.rays(size)
    front, shown, alone = np.full((size, size), np.inf, F), np.full((size, size), -1, np.int8), []
    for index, solid in enumerate(scene.solids):
        body = Body(solid)
        row, column, t = body.hit(scene.camera, rays, window(body, scene.camera, size))
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
    hits = [body.hit(camera, rays, window(body, camera, fine)) for body in bodies]
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
        picture[row, column] = _through(picture, bodies[i], row, column, colour) if clear[i] else colour[0]
    return _develop(picture, size)


def _stage(scene: Scene, bodies: list[Body], fine: int) -> np.ndarray:
    """Ground with the shadows of the solids on it, and the backdrop."""
    x, y, first = ground_points(scene, fine)
    picture = np.empty((fine, fine, 3), F)
    if first:
        picture[:first] = paint_backdrop(scene, first, fine)
    key = np.array(scene.light.key, F) * F(scene.light.direction[2] * 0.5)
    fill = np.array(scene.light.fill, F) * F(0.9)
    shape, x, y = x.shape, x.ravel(), y.ravel()
    share, open_ = _shadows(scene, bodies, (x, y, np.zeros_like(x)), -1)
    lit = key * share[:, None] + fill * open_[:, None]
    albedo = paint_ground(scene.setting, x.reshape(shape), y.reshape(shape))
    ground = albedo * lit.reshape(*shape, 3)
    if scene.setting.ground in ("sand", "studio") and first < fine and first:
        # no edge: the ground runs into what is behind it
        distance = np.clip((y.reshape(shape) - F(3)) * F(0.07), F(0), F(1))
        distance = (distance * distance * (F(3) - F(2) * distance))[..., None]
        ground = ground + (picture[first - 1] - ground) * distance
    picture[first:] = ground
    return picture


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
    """Return (colour (N, 3), normal, how straight the view falls on it) of one solid's visible points."""
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
    fine = len(picture)
    bend = F(0.10 * fine * body.solid.size)
    down = np.clip(row - np.rint(normal[2] * bend).astype(np.int64), 0, fine - 1)
    across = np.clip(column - np.rint(normal[0] * bend).astype(np.int64), 0, fine - 1)
    tint = np.array(body.solid.colour, F)
    tint = tint / F(max(body.solid.colour) * 0.9 + 0.1)
    thick = (F(1) - straight)[:, None]
    passed = picture[down, across] * tint * (F(1.0) - F(0.45) * thick * thick)
    return passed * F(0.8) + colour * F(0.55)


def _develop(picture: np.ndarray, size: int) -> np.ndarray:
    """Linear light (size * FINE)^2 -> uint8: mean, soft shoulder of the highlights, vignette, square root as gamma."""
    total = picture[0::2, 0::2] + picture[1::2, 0::2] + picture[0::2, 1::2] + picture[1::2, 1::2]
    mean = total * F(0.25)
    axis = (np.arange(size, dtype=F) + F(0.5)) * F(1 / size) - F(0.5)
    mean = mean * (F(1) - F(0.35) * (axis[None, :] ** 2 + axis[:, None] ** 2))[..., None]
    mean = np.maximum(mean, F(0))
    mean = mean * (F(1) + mean * F(0.16)) / (F(1) + mean * F(0.62)) * F(1.08)
    return (np.minimum(np.sqrt(mean), F(1)) * F(255) + F(0.5)).astype(np.uint8)
