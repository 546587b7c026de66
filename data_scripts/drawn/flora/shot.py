"""One photograph of a plant before it is painted: everything that differs between two pictures of one species.

Painter and captions both read the same Shot, so that a caption speaks of what its picture shows.
"""

import math
from dataclasses import dataclass

import numpy as np

from ..brushes.light import between, chance, pick
from .species import Species


@dataclass
class Shot:
    backdrop: str
    blooms: int  # stems with a bloom (or a head of blooms) in focus
    x: float
    y: float
    size: float  # radius of the main bloom or half the height of the head, share of the frame
    tilt: float  # how far the main bloom looks away from the camera, radians
    toward: float  # where it looks to on screen, radians from right to down
    leaves: int  # leaves in view
    occluded: bool  # something blurred in front
    behind: int  # blooms out of focus in the background
    bud: bool

    def sees_centre(self, kind: Species) -> bool:
        return (
            kind.centre != "hidden" and self.tilt < 0.95 and kind.form != "bell" and kind.habit in ("single", "umbel")
        )


def draw_shot(rng: np.random.Generator, kind: Species) -> Shot:
    single = kind.habit == "single"
    blooms = pick(rng, {1: 6, 2: 2, 3: 1}) if single else 1
    low, high = {1: (0.25, 0.40), 2: (0.20, 0.27), 3: (0.16, 0.21)}[blooms]
    steep = {"bell": (0.9, 1.4), "trumpet": (0.15, 1.0), "cup": (0.25, 1.15), "reflexed": (0.4, 1.1)}
    tilt = between(rng, *steep.get(kind.form, (0.0, 0.95)))
    toward = -math.pi / 2 + between(rng, -1.2, 1.2)  # mostly upwards
    if kind.form in ("open", "bowl") and chance(rng, 0.3):
        toward = rng.random() * 2 * math.pi
    return Shot(
        backdrop=pick(rng, {"foliage": 8, "grass": 5, "blur": 5, "soil": 3, "sky": 2}),
        blooms=blooms,
        x=between(rng, 0.42, 0.58) if blooms == 1 else between(rng, 0.30, 0.42),
        y=between(rng, 0.40, 0.52) if blooms == 1 else between(rng, 0.32, 0.45),
        size=between(rng, low, high) if single else between(rng, 0.30, 0.40),
        tilt=tilt,
        toward=toward,
        leaves=pick(rng, {0: 2, 1: 2, 2: 4, 3: 3}),
        occluded=chance(rng, 0.22),
        behind=pick(rng, {0: 5, 1: 2, 2: 2}) if single else 0,
        bud=chance(rng, 0.25),
    )
