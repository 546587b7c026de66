"""Dresses: a bodice as other tops have it, and a skirt."""

import numpy as np

from .cut import Cut, neckline
from .figure import Figure
from .garment import Made
from .palette import darker
from .prints import embroidery
from .shapes import band, curve, flip, mirrored
from .torso import body


def dress(sheet, m: Made, c: Cut) -> None:
    """Bodice and skirt; the length is a word of its own."""
    length = {"Mini": 0.62, "Midi": 1.02, "Maxi": 1.46}.get(m.word("length"), 0.82) * m.vary(0.95, 1.05)
    flare = {"Bodycon": 0.98, "A-line": 1.75, "Skater": 2.1}.get(m.word("fit"), 1.45)
    scale = min(1.05, 2.2 / (length + 1.0))
    sheet.shifted(0, 0.42 - 0.48 * length, scale)
    c.bottom, c.hem = 0.12, c.waist
    figure = None
    if sheet.view.dressed:
        sheet.shifted(0, 0.08, 0.9)
        figure = Figure(sheet, True)
        figure.arms(c.shoulder - 0.07, c.top + 0.10)
        figure.legs(min(0.1 + length - 0.1, 1.2), 0.15, 1.95)
    hem = c.waist * flare
    end = 0.1 + length
    right = [
        (0, 0.02),
        (c.waist * 0.98, 0.02),
        (c.waist * 0.98, 0.02),
        (c.waist * (0.6 + 0.45 * flare) * 1.02, 0.1 + length * 0.35),
        (hem, end - 0.04),
        (hem, end - 0.04),
        (hem * 0.55, end + 0.03),
        (0, end + 0.05),
    ]
    skirt = mirrored(curve(right, closed=False, steps=4))
    cloth = m.solid(m.second) if m.garment.pattern == "Colourblocked" else m.cloth
    sheet.part(skirt, cloth, depth=0.5, soft=9, folds=0.08 + 0.09 * (flare > 1.3), crumple=0.04)
    body(sheet, m, c, figure)
    edge = curve(neckline(c), closed=False, steps=6)
    if m.word("neck") != "Strappy":
        sheet.line(np.concatenate([edge[::-1], flip(edge)]), darker(m.base, 0.7), 0.018, 0.8)
    sheet.line([(-hem * 0.98, end - 0.06), (0, end + 0.02), (hem * 0.98, end - 0.06)], m.thread, 0.01, 0.4)
    if m.word("waist") == "Belted":
        sheet.part(
            band([(-c.waist, 0.05), (0, 0.075), (c.waist, 0.05)], 0.09),
            m.solid(m.second, 0.4),
            depth=0.6,
            soft=3,
            lift=0.3,
        )
        sheet.spot([(-0.05, 0.035), (0.05, 0.035), (0.05, 0.115), (-0.05, 0.115)], (0.8, 0.68, 0.4))
    else:
        sheet.line([(-c.waist, 0.05), (0, 0.075), (c.waist, 0.05)], darker(m.base, 0.6), 0.014, 0.5)
    if m.garment.pattern == "Embroidered":
        embroidery(sheet, m, c, c.top - c.slope)
