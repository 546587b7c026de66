"""Small things that photographs are full of: walkers, fences, wires, lamp posts, twigs at the edge of the frame."""

from itertools import pairwise

from .camera import Camera
from .canvas import SIZE, Canvas
from .foliage import crown
from .ground import puddle_shadow
from .light import Light, between, chance, hazed, lit, rgb
from .plants import bare


def paint_person(rng, canvas: Canvas, camera: Camera, light: Light, x: float, z: float) -> None:
    """A walker of natural height at ground point (x, z)."""
    tall = between(rng, 1.5, 1.9)
    (px, foot), (_, head) = camera.project([(x, 0.0, z), (x, tall, z)])
    h = foot - head
    if h < 3:
        return
    puddle_shadow(canvas, camera, light, x, z, 0.7, 0.5, 0.35)

    def ink(colour):
        return hazed(light, lit(light, colour, 0.5), z)

    hue = rng.random(3)
    coat = ink((hue.sum() / 3 + (hue - hue.sum() / 3) * between(rng, 0.1, 0.7)) * between(rng, 0.15, 0.9) + 0.03)
    trousers = ink(rgb(0.12, 0.13, 0.18) * between(rng, 0.5, 2.2))
    skin = ink(rgb(0.62, 0.45, 0.36) * between(rng, 0.5, 1.2))
    stride = between(rng, 0.02, 0.12) * h
    canvas.line([(px, foot - 0.48 * h), (px - stride, foot)], trousers, 0.09 * h)
    canvas.line([(px, foot - 0.48 * h), (px + stride, foot)], trousers, 0.09 * h)
    canvas.polygon(
        [
            (px - 0.12 * h, foot - 0.80 * h),
            (px + 0.12 * h, foot - 0.80 * h),
            (px + 0.11 * h, foot - 0.42 * h),
            (px - 0.11 * h, foot - 0.42 * h),
        ],
        coat,
    )
    canvas.line(
        [(px - 0.11 * h, foot - 0.78 * h), (px - 0.16 * h - stride * 0.3, foot - 0.45 * h)], coat * 0.85, 0.06 * h
    )
    canvas.line(
        [(px + 0.11 * h, foot - 0.78 * h), (px + 0.16 * h + stride * 0.3, foot - 0.45 * h)], coat * 0.85, 0.06 * h
    )
    canvas.ellipse(px, foot - 0.91 * h, 0.065 * h, 0.085 * h, skin)
    canvas.ellipse(px, foot - 0.945 * h, 0.068 * h, 0.055 * h, skin * 0.3)


def paint_people(
    rng, canvas, camera, light, count: int, spread: tuple[float, float], depth: tuple[float, float]
) -> None:
    """Several walkers, far ones first; x = spread * z."""
    spots = sorted((between(rng, *depth), between(rng, *spread)) for _ in range(count))
    for z, ratio in reversed(spots):
        paint_person(rng, canvas, camera, light, ratio * z, z)


def paint_fence(rng, canvas: Canvas, camera: Camera, light: Light) -> None:
    """A post fence that recedes."""
    slope, x0 = between(rng, -0.9, 0.9), between(rng, -4.0, 4.0)
    tall, wood = between(rng, 0.9, 1.3), rgb(0.32, 0.27, 0.22) * between(rng, 0.5, 1.7)
    rails = 1 + int(rng.random() * 3)
    last = None
    for k in range(26, 0, -1):
        z = 2.5 + k * 2.2
        x = x0 + slope * z
        ink = hazed(light, lit(light, wood, 0.4), z)
        foot, head = camera.project([(x, 0.0, z), (x, tall, z)])
        canvas.line([foot, head], ink, max(1.0, 0.11 * camera.focal / z))
        if last is not None:
            for r in range(rails):
                t = 0.25 + 0.7 * (r + 0.5) / rails
                a = (foot[0] + (head[0] - foot[0]) * t, foot[1] + (head[1] - foot[1]) * t)
                b = (last[0][0] + (last[1][0] - last[0][0]) * t, last[0][1] + (last[1][1] - last[0][1]) * t)
                canvas.line([a, b], ink, max(1.0, 0.05 * camera.focal / z))
        last = (foot, head)


def paint_wires(rng, canvas: Canvas, camera: Camera, light: Light) -> None:
    """A row of telegraph poles with sagging wires."""
    side = between(rng, 3, 9) * (1 if chance(rng, 0.5) else -1)
    slope, tall = between(rng, -0.25, 0.25), between(rng, 6.5, 9.5)
    heads = []
    for k in range(9, -1, -1):
        z = 7.0 + 30.0 * k
        x = side + slope * z
        ink = hazed(light, lit(light, rgb(0.20, 0.16, 0.13), 0.3), z)
        foot, head, left, right = camera.project(
            [(x, 0, z), (x, tall, z), (x - 0.9, tall * 0.94, z), (x + 0.9, tall * 0.94, z)]
        )
        canvas.line([foot, head], ink, max(1.0, 0.24 * camera.focal / z))
        canvas.line([left, right], ink, max(1.0, 0.14 * camera.focal / z))
        heads.append((left, right, ink))
    for (l0, r0, ink), (l1, r1, _) in pairwise(heads):
        for a, b in ((l0, l1), (r0, r1)):
            sag = abs(b[1] - a[1]) * 0.10 + 2
            canvas.line([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + sag), b], ink, 1)


def paint_lamp(
    rng, canvas: Canvas, camera: Camera, light: Light, x: float, z: float, reach: float, tall: float
) -> None:
    """A street lamp with its arm out to `reach` metres."""
    ink = hazed(light, lit(light, rgb(0.22, 0.23, 0.24), 0.3), z)
    width = max(1.0, 0.13 * camera.focal / z)
    foot, head, knee, end = camera.project(
        [(x, 0, z), (x, tall, z), (x + reach * 0.5, tall * 1.05, z), (x + reach, tall * 1.05, z)]
    )
    canvas.line([foot, head, knee, end], ink, width)
    glow = rgb(1.0, 0.85, 0.55) if light.name in ("blue hour", "dusk") else ink * 1.2
    canvas.ellipse(*end, width * 1.4, width * 0.8, glow)


def paint_edge_branch(rng, canvas: Canvas, light: Light, season) -> None:
    """Leaves or bare twigs that hang into a corner of the frame."""
    x = -10.0 if chance(rng, 0.5) else SIZE + 10.0
    if season.snow or season.name == "autumn":
        bare(rng, canvas, light, x, SIZE * between(rng, 0.5, 1.0), SIZE * between(rng, 0.6, 0.9), 5.0)
        return
    for _ in range(3 + int(rng.random() * 4)):
        size = between(rng, 50, 120)
        crown(
            rng,
            canvas,
            light,
            season.leaf,
            x + between(rng, -30, 30),
            between(rng, -70, 40),
            size * 1.3,
            size,
            5.0,
            0.75,
        )
