"""Earrings, a pair from the front."""

import math

import numpy as np

from .garment import Made
from .palette import METALS, lighter
from .shapes import curve, mirrored, moved, oval


def earrings(sheet, m: Made) -> None:
    """A pair. The colour's name means the stones or the metal."""
    form = m.word("form") or "Drop"
    metal = np.array(METALS.get(m.garment.colour, METALS.get(m.garment.second, METALS["Gold"])))
    gold, gem = m.solid(metal, 0.7), m.solid(m.base, 0.7, 0.0)
    size = m.vary(0.9, 1.1)
    for side in (-1, 1):
        x = side * 0.42
        if form == "Stud":
            sheet.part(oval(x, 0, 0.25 * size, 0.25 * size), gold, depth=1.2, soft=4)
            sheet.part(oval(x, 0, 0.17 * size, 0.17 * size), gem, depth=1.3, soft=5)
            for a in range(0, 360, 45):
                sheet.dot(
                    x + 0.21 * size * math.cos(math.radians(a)),
                    0.21 * size * math.sin(math.radians(a)),
                    0.026,
                    lighter(metal, 0.6),
                )
            continue
        if form == "Hoop":
            sheet.part(
                oval(x, 0.1, 0.3 * size, 0.42 * size),
                gold,
                depth=1.2,
                soft=3,
                hole=oval(x, 0.1, 0.23 * size, 0.35 * size),
            )
            sheet.line([(x, -0.3 * size), (x, -0.42)], metal, 0.03)
            for a in range(20, 170, 30):
                sheet.dot(
                    x + 0.265 * size * math.cos(math.radians(a)),
                    0.1 + 0.385 * size * math.sin(math.radians(a)),
                    0.035,
                    m.base,
                )
            continue
        sheet.line(oval(x, -0.72, 0.07, 0.14, 90, 330, 12), metal, 0.026)
        sheet.part(oval(x, -0.5, 0.1, 0.1), gem if form == "Chandelier" else gold, depth=1.2, soft=3)
        sheet.line([(x, -0.42), (x, -0.2)], metal, 0.028)
        if form == "Drop":
            drop = curve(mirrored([(0, -0.26), (0, -0.26), (0.1, -0.02), (0.19 * size, 0.22), (0.12, 0.42), (0, 0.47)]))
            sheet.part(moved(drop, x, 0), gold, depth=1.2, soft=3)
            sheet.part((drop - (0, 0.15)) * 0.72 + (x, 0.17), gem, depth=1.3, soft=6)
        elif form == "Jhumka":
            bell = curve(
                mirrored(
                    [(0, -0.26), (0.1, -0.2), (0.24 * size, 0.08), (0.27 * size, 0.2), (0.27 * size, 0.2), (0, 0.25)]
                )
            )
            sheet.part(moved(bell, x, 0), gold, depth=1.3, soft=5)
            sheet.line([(x - 0.25 * size, 0.15), (x, 0.2), (x + 0.25 * size, 0.15)], m.base, 0.06)
            for k in range(-3, 4):
                sheet.dot(x + k * 0.08 * size, 0.28 - 0.008 * abs(k), 0.036, lighter(metal, 0.3) if k % 2 else m.base)
        else:  # Chandelier
            sheet.part(
                moved(curve(mirrored([(0, -0.26), (0.14, -0.16), (0.26, 0.04), (0, 0.12)])), x, 0),
                gold,
                depth=1.2,
                soft=4,
            )
            for k in (-2, -1, 0, 1, 2):
                end = 0.52 - 0.07 * abs(k)
                sheet.line([(x + k * 0.11, 0.04), (x + k * 0.12, end)], metal, 0.02)
                sheet.part(oval(x + k * 0.12, end, 0.05, 0.075, steps=12), gem, depth=1.2, soft=2)
