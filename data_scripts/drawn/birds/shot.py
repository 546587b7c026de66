"""One photograph of a bird before it is painted: pose, place and view. Painter, captions and boxes all read it."""

import math
from dataclasses import dataclass

import numpy as np

from ..brushes.light import between, chance, pick
from .species import Species


@dataclass
class Shot:
    stay: str  # perched standing swimming flying climbing
    backdrop: str
    yaw: float  # radians; 0: the bird faces right, pi: left, in between it turns to the camera
    above: float  # radians that the camera looks down
    pitch: float  # radians that the body is raised
    turn: float  # radians that the head is turned to the camera's side, on top of the body
    nod: float
    flap: float  # spread wings: radians above the horizontal
    x: float  # centre of the bird, share of the frame
    y: float
    size: float  # longer side of the bird, share of the frame
    occluded: bool
    grey: bool  # a black and white photograph

    def sees_legs(self) -> bool:
        return self.stay in ("perched", "standing") and not self.occluded


_PLACES = {
    "perched": {"foliage": 8, "sky": 4, "blur": 5, "grass": 1},
    "standing": {"grass": 5, "rocks": 3, "soil": 3, "water": 2},
    "swimming": {"water": 1},
    "flying": {"sky": 7, "foliage": 1, "water": 1, "blur": 1},
    "climbing": {"foliage": 5, "blur": 4, "sky": 1},
}


def draw_shot(rng: np.random.Generator, kind: Species) -> Shot:
    family = kind.shape()
    stay = pick(rng, family.stays)
    backdrop = pick(rng, _PLACES[stay])
    if kind.family in ("heron", "wader", "gull") and stay == "standing":
        backdrop = pick(rng, {"water": 5, "rocks": 3, "soil": 2, "grass": 2})
    if kind.family == "hummingbird" and stay == "flying":
        backdrop = pick(rng, {"foliage": 5, "blur": 4, "sky": 1})
    toward = between(rng, -0.35, 0.9)  # mostly from the side, often a little towards the camera
    yaw = toward if chance(rng, 0.5) else math.pi - toward
    hover = kind.family == "hummingbird"
    flying = stay == "flying"
    posture = math.radians(family.posture) * (0.3 if flying and not hover else 1.0)
    return Shot(
        stay=stay,
        backdrop=backdrop,
        yaw=yaw,
        above=between(rng, -0.45, 0.35) if flying else between(rng, -0.10, 0.30),
        pitch=posture + between(rng, -0.20, 0.20) * (0.4 if stay == "swimming" else 1.0),
        turn=between(rng, -0.3, 0.75) * (1.0 if chance(rng, 0.6) else 0.2),
        nod=between(rng, -0.22, 0.20),
        flap=between(rng, -0.35, 0.95),
        x=between(rng, 0.43, 0.57),
        y=between(rng, 0.43, 0.54),
        size=between(rng, 0.62, 0.86) + (0.06 if family.legs > 0.4 else 0.0),
        occluded=chance(rng, 0.18) and not flying,
        grey=chance(rng, 0.012),
    )
