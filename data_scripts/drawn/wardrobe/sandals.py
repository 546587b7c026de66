"""Sandals and flip-flops: a pair from above."""

import numpy as np

from .garment import Made
from .palette import darker
from .prints import mark
from .shapes import band, curve, moved


def flip_flop(sheet, m: Made) -> None:
    """A pair from above, or sandals with more straps: soles are long ovals, straps run to the toes."""
    sandal = m.garment.type == "Sandals"
    sheet.shifted(0, 0.05, 0.92)
    bed = m.solid(m.base if not sandal else m.pick((0.55, 0.42, 0.3), (0.2, 0.18, 0.17), tuple(m.base)), weave=0.12)
    bed = m.covered(m.garment.pattern, weave=0.12) if not sandal and m.garment.pattern != "Solid" else bed
    strap_colour = m.second if not sandal else m.base
    strap = m.solid(strap_colour, 0.25)
    wide = m.vary(0.24, 0.29)
    straps = {"Two Strap": 2, "Gladiator": 5, "Cross Strap": 0, "Ankle Strap": 1}.get(m.word("form"), 1)
    for side in (-1, 1):
        x = side * 0.36
        sole = np.array(
            [
                (0.02, -0.86),
                (0.19, -0.72),
                (wide, -0.38),
                (0.2, 0.1),
                (0.21, 0.55),
                (0.1, 0.86),
                (-0.08, 0.86),
                (-0.19, 0.55),
                (-0.17, 0.1),
                (-wide * 0.95, -0.3),
                (-0.22, -0.62),
                (-0.12, -0.82),
            ]
        ) * (-side, 1) + (x, 0)
        edge = m.solid(darker(m.base, 0.55))
        sheet.part(moved(curve(sole), 0.02, 0.05), edge, depth=0.5, soft=3)
        sheet.part(curve(sole), bed, depth=0.35, soft=5)
        if not sandal:
            for to in (-1, 1):
                line = curve([(x - side * 0.02, -0.55), (x + to * 0.13, -0.33), (x + to * 0.23, 0.02)], closed=False)
                sheet.part(band(line, 0.06, 0.1), strap, depth=0.8, soft=3, lift=0.4)
            sheet.dot(x - side * 0.02, -0.55, 0.045, darker(strap_colour, 0.7))
            continue
        if m.word("form") == "Cross Strap":
            for to in (-1, 1):
                line = curve([(x - to * 0.26, -0.5), (x, -0.3), (x + to * 0.24, -0.02)], closed=False)
                sheet.part(band(line, 0.13), strap, depth=0.9, soft=4, lift=0.4)
        for i in range(straps):
            y = -0.42 + (0.26 if straps > 2 else 0.36) * i
            arc = curve([(x - 0.27, y + 0.06), (x, y - 0.06), (x + 0.27, y + 0.06)], closed=False)
            sheet.part(band(arc, 0.17 if straps <= 2 else 0.08), strap, depth=0.9, soft=4, lift=0.4)
            if straps <= 2:
                sheet.spot(
                    moved(np.array([(0.1, -0.05), (0.2, -0.03), (0.2, 0.05), (0.1, 0.03)]), x, y), (0.78, 0.72, 0.55)
                )
        heel_strap = curve([(x - 0.2, 0.42), (x - 0.1, 0.3), (x + 0.1, 0.3), (x + 0.2, 0.42)], closed=False)
        if m.word("form") in ("Ankle Strap", "Gladiator", "Cross Strap"):
            sheet.part(band(heel_strap, 0.09), strap, depth=0.9, soft=3, lift=0.4)
    if m.brand.mark == "disc" and not sandal:
        for side in (-1, 1):
            mark(sheet, m, side * 0.36, 0.5, 0.06, strap_colour)
