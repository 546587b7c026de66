"""The mannequin that wears a garment: a matt figure without a face, and what it wears besides."""

import numpy as np

from .cloth import Cloth
from .palette import tone
from .shapes import curve, flip, limb, mirrored

TONES = (
    (0.86, 0.70, 0.58),
    (0.78, 0.58, 0.45),
    (0.62, 0.43, 0.32),
    (0.45, 0.30, 0.22),
    (0.80, 0.78, 0.75),
    (0.9, 0.76, 0.66),
)


class Figure:
    """One mannequin; `angle` is how far its arms hang outwards, in degrees."""

    def __init__(self, sheet, women: bool) -> None:
        rng = sheet.rng
        skin = np.array(TONES[int(rng.integers(len(TONES)))]) * (0.94 + 0.1 * rng.random())
        self.sheet, self.women = sheet, women  # a shop crops its models: the frame ends at the chin
        self.skin = Cloth(skin, weave=0.015)
        self.hair = Cloth(np.array((0.16, 0.11, 0.09)) * (0.6 + rng.random()), weave=0.2)
        self.angle = 7 + 9 * rng.random()
        names = ("Navy Blue", "Black", "Blue", "Khaki", "Grey", "Charcoal")
        self.other = Cloth(tone(rng, names[int(rng.integers(len(names)))]), weave=0.08)
        self.shirt = Cloth(
            tone(rng, ("White", "Grey", "Black", "Cream", "Navy Blue")[int(rng.integers(5))]), weave=0.04
        )

    def head(self, shoulder: float) -> None:
        """Neck and the lower half of a head; the frame cuts off the rest. `shoulder` is the y of the shoulders."""
        s, y = self.sheet, shoulder
        k = 0.9 if self.women else 1.0
        if self.women:
            s.part(
                curve(mirrored([(0, y - 0.78), (0.22, y - 0.7), (0.27, y - 0.3), (0.2, y + 0.1), (0, y + 0.12)])),
                self.hair,
                depth=0.6,
                soft=4,
            )
        s.part(
            mirrored([(0.115 * k, y - 0.34), (0.125 * k, y - 0.06), (0.3 * k, y + 0.07), (0.2, y + 0.35)]),
            self.skin,
            depth=0.7,
            soft=6,
        )
        s.part(
            curve(
                mirrored(
                    [(0, y - 0.82), (0.17 * k, y - 0.72), (0.185 * k, y - 0.45), (0.12 * k, y - 0.24), (0, y - 0.175)]
                )
            ),
            self.skin,
            depth=0.6,
            soft=6,
            lift=0.3,
        )
        for side in (1, -1):
            s.line([(side * 0.055 * k, y - 0.495), (side * 0.11 * k, y - 0.49)], (0.1, 0.07, 0.06), 0.024, 0.7)
        s.line([(-0.05, y - 0.31), (0.05, y - 0.31)], (0.6, 0.25, 0.22), 0.022, 0.6)
        s.line([(0.0, y - 0.45), (0.014, y - 0.385)], (0.3, 0.15, 0.1), 0.014, 0.3)
        if not self.women:
            s.part(
                curve(mirrored([(0, y - 0.86), (0.17, y - 0.8), (0.195, y - 0.56), (0.17, y - 0.6), (0, y - 0.66)])),
                self.hair,
                depth=0.5,
                soft=3,
            )
        else:
            s.part(
                curve(
                    [
                        (-0.02, y - 0.84),
                        (0.2, y - 0.74),
                        (0.17, y - 0.45),
                        (0.1, y - 0.68),
                        (0, y - 0.74),
                        (-0.12, y - 0.66),
                        (-0.18, y - 0.42),
                        (-0.2, y - 0.74),
                    ]
                ),
                self.hair,
                depth=0.5,
                soft=3,
            )

    def arms(self, x: float, y: float) -> None:
        k = 0.85 if self.women else 1.0
        for side in (1, -1):
            arm = limb(x, y + 0.03, 1.25, self.angle, 0.2 * k, 0.11 * k, -5)
            self.sheet.part(arm if side > 0 else flip(arm), self.skin, depth=0.8, soft=5)

    def hips(self, y: float, wide: float) -> None:
        """Trousers from y down and off the frame."""
        s = self.sheet
        leg = curve(
            [
                (0.0, y),
                (0.0, y),
                (wide, y),
                (wide, y),
                (wide * 1.05, y + 0.35),
                (wide * 0.95, y + 1.3),
                (wide * 0.95, y + 1.3),
                (0.1, y + 1.3),
                (0.1, y + 1.3),
                (0.02, y + 0.4),
            ]
        )
        for piece in (leg, flip(leg)):
            s.part(piece, self.other, depth=0.6, soft=7, folds=0.10)

    def legs(self, y: float, apart: float, down: float = 1.25) -> None:
        """Bare legs from y down to the ankles, and plain shoes."""
        k = 0.9 if self.women else 1.0
        for side in (1, -1):
            leg = curve(
                [
                    (apart - 0.14 * k, y),
                    (apart + 0.15 * k, y),
                    (apart + 0.1 * k, y + 0.5 * (down - y)),
                    (apart + 0.115 * k, y + 0.68 * (down - y)),
                    (apart + 0.055 * k, down),
                    (apart - 0.045 * k, down),
                    (apart - 0.09 * k, y + 0.66 * (down - y)),
                    (apart - 0.1 * k, y + 0.5 * (down - y)),
                ]
            )
            self.sheet.part(leg if side > 0 else flip(leg), self.skin, depth=0.8, soft=5)
        self.shoes(apart, down)

    def shoes(self, apart: float, down: float) -> None:
        for side in (1, -1):
            shoe = curve(
                [
                    (apart - 0.06, down - 0.02),
                    (apart + 0.06, down - 0.02),
                    (apart + 0.12, down + 0.1),
                    (apart + 0.05, down + 0.17),
                    (apart - 0.06, down + 0.14),
                ]
            )
            self.sheet.part(shoe if side > 0 else flip(shoe), self.other, depth=0.8, soft=3)

    def torso(self, waist: float, wide: float) -> None:
        """A plain shirt down to the waist, for pictures of trousers and skirts."""
        shape = mirrored([(wide * 1.15, waist - 1.2), (wide * 1.0, waist - 0.2), (wide * 1.05, waist + 0.12)])
        self.arms(wide * 1.15, waist - 0.85)
        self.sheet.part(shape, self.shirt, depth=0.5, soft=8, folds=0.10)
