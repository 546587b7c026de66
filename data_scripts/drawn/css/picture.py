"""A scene of the grid as solids in the studio: circles are balls, rectangles cubes, triangles cones."""

import colorsys

import numpy as np

from ..brushes import studio
from ..brushes.light import between, pick
from .scenes import Scene

SIZE = 96
STEP = 1.62  # between the middles of two places, in the studio's units
HALF = {"small": 0.36, "large": 0.64}
SOLID = {"circle": "ball", "rectangle": "cube", "triangle": "cone"}
SMALLER = {"ball": 1.0, "cube": 0.92, "cone": 1.08}  # so that each takes about as much of the picture
TONES = {  # linear, as the studio has it
    "gray": (0.11, 0.11, 0.115),
    "red": (0.68, 0.035, 0.03),
    "blue": (0.03, 0.09, 0.56),
    "green": (0.03, 0.40, 0.03),
    "brown": (0.19, 0.075, 0.022),
    "purple": (0.23, 0.03, 0.46),
    "cyan": (0.03, 0.50, 0.52),
    "yellow": (0.88, 0.70, 0.05),
}
# hue, saturation and value of the floor; pale, so that no colour of a thing is lost on it
FLOORS = {
    (0.10, 0.10, 0.62): 3,
    (0.60, 0.09, 0.60): 3,
    (0.10, 0.22, 0.60): 2,
    (0.42, 0.08, 0.58): 1,
    (0.0, 0.0, 0.68): 3,
}


def studio_scene(rng: np.random.Generator, scene: Scene) -> studio.Scene:
    """Put the things on a floor; `rng` draws the camera, the light and the floor, all a little different each time."""
    tint = 1.0 + 0.10 * (rng.random(3) - 0.5)
    light = studio.Light(
        side=between(rng, -1.3, 1.3),
        height=between(rng, 0.75, 1.15),
        key=tuple(between(rng, 2.3, 2.9) * t for t in (1.03 * tint[0], 1.0, 0.94 * tint[2])),
        fill=tuple(between(rng, 0.46, 0.60) * t for t in (0.95, 1.0, 1.08)),
        softness=between(rng, 0.14, 0.26),
    )
    hue, saturation, value = pick(rng, FLOORS)
    floor = colorsys.hsv_to_rgb(hue, saturation * between(rng, 0.5, 1.3), value * between(rng, 0.9, 1.12))
    tone = tuple(c * c for c in floor)
    setting = studio.Setting("studio", tone=tone, backdrop=tone, grain=rng.random())
    camera = studio.Camera(
        distance=between(rng, 8.0, 8.5),
        down=between(rng, 0.98, 1.08),
        spread=0.345,
        aim=between(rng, -0.12, 0.12),
        lift=between(rng, 0.2, 0.4),
    )
    solids = []
    for thing in scene:
        row, column = divmod(thing.place, 3)
        shape = SOLID[thing.shape]
        shade = between(rng, 0.90, 1.10)
        solids.append(
            studio.Solid(
                shape,
                x=STEP * (column - 1 + thing.off[1]),
                y=STEP * (1 - row - thing.off[0]) * 1.06,
                size=HALF[thing.size] * SMALLER[shape],
                colour=tuple(c * shade for c in TONES[thing.color]),
                turn=thing.turn + between(rng, -0.1, 0.1),
                grain=rng.random(),
            )
        )
    return studio.Scene(tuple(solids), camera, light, setting)


def picture(rng: np.random.Generator, scene: Scene) -> np.ndarray:
    """Render a scene: uint8 (SIZE, SIZE, 3)."""
    return studio.render(studio_scene(rng, scene), SIZE)
