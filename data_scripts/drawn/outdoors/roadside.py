"""What stands beside and over a highway: guard rails, signs, gantries, bridges, lamps, single trees."""

from itertools import pairwise

from ..brushes import plants
from ..brushes.clutter import paint_lamp
from ..brushes.light import between, chance, hazed, lit, pick, rgb


def rail(rng, canvas, camera, light, x: float) -> None:
    """A guard rail or a concrete wall."""
    wall = chance(rng, 0.35)
    tone = rgb(0.60, 0.60, 0.60) * between(rng, 0.7, 1.2)
    cuts = [1.2, 4, 9, 20, 45, 100, 220]
    for a, b in pairwise(cuts):
        ink = hazed(light, lit(light, tone, 0.4), (a * b) ** 0.5)
        low, high = (0.0, 0.85) if wall else (0.45, 0.75)
        canvas.polygon(camera.project([(x, low, a), (x, high, a), (x, high, b), (x, low, b)]), ink)
        if not wall:
            canvas.line(camera.project([(x, 0.6, a), (x, 0.6, b)]), ink * 0.7, max(1, 0.05 * camera.focal / a))
    if not wall:
        for k in range(22, 0, -1):
            z = k * 2.0 + 0.5
            ink = hazed(light, lit(light, tone * 0.6, 0.3), z)
            canvas.line(camera.project([(x, 0.0, z), (x, 0.5, z)]), ink, max(1, 0.12 * camera.focal / z))


def _sign(rng, canvas, camera, light, x, z, wide, high, bottom, posts) -> None:
    colour = pick(rng, {(0.05, 0.30, 0.16): 4, (0.06, 0.20, 0.45): 4, (0.88, 0.88, 0.86): 1.5})
    steel = hazed(light, lit(light, rgb(0.45, 0.46, 0.47), 0.3), z)
    for post in posts:
        canvas.line(camera.project([(post, 0, z), (post, bottom + high, z)]), steel, max(1, 0.25 * camera.focal / z))
    panel = hazed(light, lit(light, rgb(*colour), 0.5), z)
    canvas.polygon(
        camera.project([(x, bottom, z), (x + wide, bottom, z), (x + wide, bottom + high, z), (x, bottom + high, z)]),
        panel,
    )
    ink = (
        rgb(0.1, 0.1, 0.1)
        if colour[0] > 0.5
        else hazed(light, rgb(0.92, 0.92, 0.9) * (light.ambient + light.sun * 0.4), z)
    )
    for row in range(2 if high < 2 else 3):
        y = bottom + high * (0.75 - 0.28 * row)
        u = x + wide * 0.1
        while u < x + wide * between(rng, 0.5, 0.9):
            canvas.line(
                camera.project([(u, y, z), (u + wide * 0.05, y, z)]), ink, max(1, high * 0.10 * camera.focal / z)
            )
            u += wide * 0.09


def structures(rng, canvas, camera, light, season, left, right, shoulder) -> None:
    """Lamp posts, gantries, roadside signs, a bridge, single trees."""
    kind = rng.random()
    if kind < 0.16:  # a bridge over the road
        z = between(rng, 35, 90)
        tone = hazed(light, lit(light, rgb(0.55, 0.54, 0.52), 0.2 if light.behind else 0.5), z)
        for pier in (left - 1.5, right + shoulder + 1.0):
            canvas.polygon(
                camera.project([(pier - 0.7, 0, z), (pier + 0.7, 0, z), (pier + 0.7, 6, z), (pier - 0.7, 6, z)]),
                tone * 0.7,
            )
        canvas.polygon(camera.project([(-150, 5.4, z), (150, 5.4, z), (150, 6.8, z), (-150, 6.8, z)]), tone)
        canvas.polygon(
            camera.project([(-150, 5.4, z), (150, 5.4, z), (150, 5.4, z + 9), (-150, 5.4, z + 9)]), tone * 0.4
        )
    elif kind < 0.34:
        z = between(rng, 25, 70)
        wide = (right - left) * between(rng, 0.4, 0.9)
        _sign(rng, canvas, camera, light, right - wide, z, wide, between(rng, 2, 3.2), 5.4, (right + shoulder + 0.5,))
    elif kind < 0.6:
        x = right + shoulder + 1.5
        _sign(
            rng,
            canvas,
            camera,
            light,
            x,
            between(rng, 14, 45),
            between(rng, 1.5, 3.5),
            between(rng, 1.2, 2.4),
            1.8,
            (x + 0.3, x + 1.2),
        )
    if chance(rng, 0.35):
        reach = between(rng, 1.5, 3.0)
        for k in range(8, -1, -1):
            paint_lamp(rng, canvas, camera, light, right + shoulder + 1.2, 12 + 28 * k, -reach, 10.0)
    for _ in range(int(rng.random() * 9) if chance(rng, 0.7) else 0):
        z = between(rng, 25, 140)
        x = right + shoulder + between(rng, 5, 25) if chance(rng, 0.6) else left - between(rng, 18, 45)
        ((px, base),) = camera.project([(x, 0.0, z)])
        plants.tree(rng, canvas, light, season, px, base, between(rng, 6, 12) * camera.focal / z, z, 0.3)
