"""Buildings in the world: textured walls laid into perspective, street fronts, boxes with two visible faces."""

import numpy as np
from PIL import Image

from . import noise
from .camera import Camera
from .canvas import SIZE, Canvas, bytes_of
from .elevation import Elevation
from .facades import house
from .light import Light, between, hazed, lit
from .towers import tower, tower_style


def lay(
    canvas: Canvas, camera: Camera, light: Light, image: Image.Image, scale: float, corner, along, far: float
) -> None:
    """Paint an RGBA elevation with its lower left corner at `corner`, running in the unit direction `along` (x, z).

    `far` is the distance in metres used for the haze; the texture is reduced first where it would be minified.
    """
    width, height = image.width / scale, image.height / scale
    x, y, z = corner
    ends = [(x + along[0] * t, y + v, z + along[1] * t) for t in (0.0, width) for v in (0.0, height)]
    if min(camera.depth(*e) for e in ends) < 0.4:
        left, top, right, bottom = 0, 0, SIZE, SIZE
    else:
        pixels = camera.project(ends)
        left, right = min(p[0] for p in pixels), max(p[0] for p in pixels)
        top, bottom = min(p[1] for p in pixels), max(p[1] for p in pixels)
        shrink = int(image.height / max(bottom - top, 1.0))
        if shrink >= 2:
            shrink = min(shrink, 8)
            image = image.reduce(shrink)
        left, top = max(0, int(left) - 1), max(0, int(top) - 1)
        right, bottom = min(SIZE, int(right) + 2), min(SIZE, int(bottom) + 2)
    if right - left < 1 or bottom - top < 1:
        return
    across, down = width / image.width, height / image.height
    step = (along[0] * across, 0.0, along[1] * across)
    a, b, c, d, e, f, g, h, i = camera.plane((x, y + height, z), step, (0.0, -down, 0.0))
    c, f, w = c + a * left + b * top, f + d * left + e * top, i + g * left + h * top
    if abs(w) < 1e-12:  # the wall is seen exactly edge-on
        return
    matrix = tuple(v / w for v in (a, b, c, d, e, f, g, h))
    patch = image.transform(
        (right - left, bottom - top), Image.Transform.PERSPECTIVE, matrix, Image.Resampling.BILINEAR
    )
    if far > 0:
        pixels = np.asarray(patch, np.float64) / 255.0
        colours = bytes_of(hazed(light, pixels[..., :3], far))
        patch = Image.fromarray(np.dstack([colours, np.asarray(patch)[..., 3]]))
    canvas.picture(patch, left, top)


def front(
    rng, light: Light, length: float, tall: tuple[float, float], scale: float, facing: float, shops: float
) -> Image.Image:
    """A row of town houses `length` metres long, as one RGBA elevation."""
    wall = Elevation(length, tall[1] + 4.0, scale, light, facing)
    x = 0.0
    while x < length:
        wide = between(rng, 6.0, 17.0)
        house(rng, wall, x, min(x + wide, length), between(rng, *tall), shops)
        x += wide
    return wall.image


def box(
    rng, canvas: Canvas, camera: Camera, light: Light, x, z, width, depth, height, style=None, far=None, base=0.0
) -> None:
    """A tower with corners (x, z) and (x + width, z + depth): front, visible side and, if seen from above, roof."""
    style = style or tower_style(rng, light)
    far = z if far is None else far
    scale = min(max(1.3 * camera.focal / max(z, 1.0), 0.4), 6.0)
    cell = 3.6 * max(z, 1.0) / camera.focal
    front_facing, side_facing = (0.75, 0.2) if light.behind else (0.55, 0.85)
    if x + width / 2 > 0:
        side, side_facing = (x, (0.0, 1.0)), side_facing if light.side < 0 else 0.1
    else:
        side, side_facing = (x + width, (0.0, 1.0)), side_facing if light.side > 0 else 0.1
    if light.behind:
        front_facing = 0.08
    if x > 0 or x + width < 0 or camera.yaw:
        wall = Elevation(depth, height, scale, light, side_facing)
        tower(rng, wall, style, cell)
        lay(canvas, camera, light, wall.image, scale, (side[0], base, z), side[1], far + depth / 2)
    if camera.height > base + height:
        corners = [
            (x, base + height, z),
            (x + width, base + height, z),
            (x + width, base + height, z + depth),
            (x, base + height, z + depth),
        ]
        canvas.polygon(camera.project(corners), hazed(light, lit(light, style["colour"] * 0.8, 0.8), far))
    wall = Elevation(width, height, scale, light, front_facing)
    tower(rng, wall, style, cell)
    lay(canvas, camera, light, wall.image, scale, (x, base, z), (1.0, 0.0), far)


def grime(rng, canvas: Canvas, strength: float = 0.16) -> None:
    """Soot, streaks and uneven light over everything painted so far; keeps flat walls from looking printed."""
    soft = noise.field(rng, "fbm", SIZE, SIZE, between(rng, 0.6, 1.6), 0.6)
    fine = noise.field(rng, "rough", SIZE, SIZE, between(rng, 1.0, 2.2))
    gain = 1.0 + strength * 1.6 * (soft - 0.5) + strength * (fine - 0.5)
    canvas.texture(canvas.array() * gain[..., None])
