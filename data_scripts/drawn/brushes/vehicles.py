"""Cars, vans and lorries: a side profile pushed out to its width, so that they sit right in any perspective."""

from itertools import pairwise

import numpy as np

from .camera import Camera
from .canvas import Canvas
from .ground import puddle_shadow
from .light import Light, between, hazed, lit, pick, rgb

# profile (metres along, metres up), from the rear bumper over the roof to the front; True: the panel after it is glass
_BODIES = {
    "saloon": (
        [(0.0, 0.35), (0.0, 0.85), (0.7, 0.95), (1.3, 1.40), (2.6, 1.43), (3.3, 0.98), (4.3, 0.82), (4.4, 0.35)],
        {2, 4},
        1.72,
    ),
    "hatchback": (
        [(0.0, 0.35), (0.05, 0.95), (0.4, 1.45), (2.2, 1.50), (2.9, 1.02), (3.8, 0.85), (3.85, 0.35)],
        {1, 3},
        1.65,
    ),
    "van": ([(0.0, 0.40), (0.0, 2.0), (0.2, 2.2), (3.6, 2.2), (4.2, 1.3), (4.9, 1.1), (5.0, 0.40)], {3}, 1.95),
    "lorry": ([(0.0, 0.45), (0.0, 3.5), (7.0, 3.5), (7.0, 0.45)], set(), 2.5),
}
_PAINT = {
    (0.80, 0.80, 0.80): 4,
    (0.55, 0.57, 0.60): 4,
    (0.08, 0.08, 0.09): 3,
    (0.45, 0.08, 0.07): 2,
    (0.10, 0.18, 0.38): 2,
    (0.62, 0.55, 0.42): 1,
    (0.13, 0.28, 0.18): 1,
    (0.92, 0.91, 0.88): 3,
    (0.70, 0.58, 0.10): 0.5,
}


def paint_vehicle(
    rng, canvas: Canvas, camera: Camera, light: Light, x: float, z: float, heading: str, kind=None
) -> None:
    """A vehicle whose nearest corner region is around ground point (x, z).

    heading "away" (we see its tail), "toward" (its front), "right" or "left" (across the view).
    """
    kind = kind or pick(rng, {"saloon": 5, "hatchback": 5, "van": 1.5, "lorry": 0.4})
    profile, glass, wide = _BODIES[kind]
    paint = rgb(*pick(rng, _PAINT)) * between(rng, 0.8, 1.15)
    length = profile[-1][0]
    along, side = {
        "away": ((0, 1), (1, 0)),
        "toward": ((0, -1), (1, 0)),
        "right": ((1, 0), (0, 1)),
        "left": ((-1, 0), (0, 1)),
    }[heading]
    ox = x - (along[0] * length / 2) - side[0] * wide / 2
    oz = z + (length if heading == "toward" else 0.0) - (along[1] * 0.0)

    def at(s, y, t):
        return (ox + along[0] * s + side[0] * t, y, oz + along[1] * s + side[1] * t)

    def ink(albedo, facing):
        return hazed(light, lit(light, albedo, facing), z)

    centre = at(length / 2, 0, wide / 2)
    across = heading in ("left", "right")
    puddle_shadow(
        canvas,
        camera,
        light,
        centre[0],
        centre[2],
        (length if across else wide) * 1.12,
        (wide if across else length) * 1.25,
        0.6,
    )
    faces = []
    mirror = light.horizon * 0.35 + light.zenith * 0.25
    for k, ((s0, y0), (s1, y1)) in enumerate(pairwise(profile)):
        flat = abs(s1 - s0) / (abs(s1 - s0) + abs(y1 - y0) + 1e-9)
        colour = mirror * 0.75 + 0.03 if k in glass else ink(paint, 0.35 + 0.5 * flat)
        quad = [at(s0, y0, 0), at(s1, y1, 0), at(s1, y1, wide), at(s0, y0, wide)]
        faces.append((quad, colour, "panel", (s0, y0, s1, y1, k)))
    for t in (0.0, wide):
        faces.append(([at(s, y, t) for s, y in profile], ink(paint * 0.92, 0.35), "side", t))
    faces.sort(key=lambda f: -max(camera.depth(*p) for p in f[0]) - min(camera.depth(*p) for p in f[0]))
    for t in (0.0, wide):
        _wheels(canvas, camera, at, t, length, kind)
    for points, colour, sort, detail in faces:
        canvas.polygon(camera.project(points), colour)
        if sort == "side":
            _side(canvas, camera, at, detail, profile, glass, mirror, kind, light)
            _wheels(canvas, camera, at, detail, length, kind)
        else:
            _ends(rng, canvas, camera, at, detail, wide, length, kind, light, len(profile))


def _wheels(canvas: Canvas, camera: Camera, at, t: float, length: float, kind: str) -> None:
    r = 0.48 if kind == "lorry" else 0.32
    places = (0.19, 0.80) if kind != "lorry" else (0.12, 0.28, 0.86)
    angles = [k * 0.5236 for k in range(12)]
    for place in places:
        for radius, tone in ((r, 0.04), (r * 0.55, 0.32)):
            rim = [at(length * place + radius * float(np.cos(a)), r + radius * float(np.sin(a)), t) for a in angles]
            canvas.polygon(camera.project(rim), rgb(tone, tone, tone * 1.05))


def _side(canvas, camera, at, t, profile, glass, mirror, kind, light) -> None:
    if kind == "lorry":
        return
    roof = [p for p in profile if p[1] > 1.2]
    sill = 0.98 if kind != "van" else 1.35
    back, ahead = min(p[0] for p in roof), max(p[0] for p in roof)
    if kind == "van":
        back = ahead - 1.2
    top = max(p[1] for p in roof) - 0.10
    spread = 0.45 if kind == "saloon" else 0.15
    pane = [(back - spread + 0.1, sill), (ahead + 0.45, sill), (ahead - 0.05, top), (back + 0.12, top)]
    canvas.polygon(camera.project([at(s, y, t) for s, y in pane]), mirror * 0.55 + 0.02)
    middle = (back + ahead) / 2
    post = [(middle - 0.05, sill), (middle + 0.05, sill), (middle + 0.05, top), (middle - 0.05, top)]
    canvas.polygon(camera.project([at(s, y, t) for s, y in post]), light.ambient * 0.3)


def _ends(rng, canvas, camera, at, detail, wide, length, kind, light, count) -> None:
    """Lamps, number plate and bumper on the rear (first panel) and the front (last panel)."""
    s0, y0, s1, y1, k = detail
    rear, ahead = k == 0, k == count - 2
    if not (rear or ahead):
        return
    s = (s0 if rear else s1) + (-0.02 if rear else 0.02)
    low, high = min(y0, y1), max(y0, y1)

    def patch(t0, t1, v0, v1, colour):
        canvas.polygon(camera.project([at(s, v, t) for t, v in ((t0, v0), (t1, v0), (t1, v1), (t0, v1))]), colour)

    if kind in ("van", "lorry") and rear:
        patch(wide * 0.48, wide * 0.52, low, high, rgb(0.2, 0.2, 0.2))
        patch(wide * 0.1, wide * 0.9, low, low + 0.2, rgb(0.08, 0.08, 0.08))
    lamp = rgb(0.70, 0.07, 0.05) if rear else rgb(0.95, 0.94, 0.85)
    top = low + 0.72 * min(high - low, 0.6)
    for t0, t1 in ((0.06, 0.34), (wide - 0.34, wide - 0.06)):
        patch(t0, t1, top - 0.2, top, lamp)
    patch(wide * 0.36, wide * 0.64, low + 0.10, low + 0.24, rgb(0.85, 0.84, 0.70))
    patch(0, wide, low - 0.08, low + 0.05, rgb(0.10, 0.10, 0.11))
