"""Sunglasses and caps."""

import math

import numpy as np

from .garment import Made
from .palette import METALS, darker, lighter
from .prints import mark
from .shapes import band, curve, flip, moved


def sunglasses(sheet, m: Made) -> None:
    form = m.word("form") or "Wayfarer"
    frame, lens = m.second, m.base
    wire = form in ("Aviator", "Round")
    metal = METALS[m.pick("Gold", "Silver", "Black")] if wire else tuple(frame)
    r = m.vary(0.95, 1.06)
    shapes = {
        "Aviator": [
            (-0.32, -0.16),
            (0.05, -0.24),
            (0.3, -0.17),
            (0.36, 0.02),
            (0.24, 0.24),
            (0.02, 0.3),
            (-0.2, 0.18),
            (-0.32, -0.02),
        ],
        "Wayfarer": [
            (-0.34, -0.17),
            (-0.3, -0.2),
            (0.38, -0.24),
            (0.41, -0.16),
            (0.34, 0.12),
            (0.2, 0.22),
            (-0.14, 0.22),
            (-0.3, 0.08),
        ],
        "Rectangle": [
            (-0.36, -0.13),
            (-0.36, -0.13),
            (0.38, -0.15),
            (0.38, -0.15),
            (0.37, 0.12),
            (0.32, 0.15),
            (-0.3, 0.15),
            (-0.36, 0.1),
        ],
        "Round": [(0.31 * math.cos(a), 0.31 * math.sin(a)) for a in [math.tau * i / 12 for i in range(12)]],
        "Oversized": [
            (-0.38, -0.2),
            (0.0, -0.32),
            (0.36, -0.26),
            (0.45, -0.02),
            (0.34, 0.28),
            (0.05, 0.38),
            (-0.26, 0.3),
            (-0.39, 0.05),
        ],
        "Sporty": [
            (-0.4, -0.08),
            (-0.1, -0.17),
            (0.42, -0.2),
            (0.5, -0.12),
            (0.36, 0.1),
            (0.0, 0.18),
            (-0.28, 0.12),
            (-0.4, 0.02),
        ],
    }
    shape = curve(np.array(shapes[form]) * r, steps=4)
    sheet.shifted(0, 0, 0.96)
    near = sheet.view.slant * 2.0
    for side in (1, -1):  # temples, going back
        line = curve(
            [(side * 0.8, -0.14), (side * (0.84 - near), -0.3), (side * (0.62 - near), -0.42), (side * 0.4, -0.46)],
            closed=False,
        )
        sheet.part(
            band(line, 0.045 if wire else 0.08, 0.035), m.solid(darker(np.array(metal), 0.7), 0.4), depth=0.8, soft=2
        )
    for side in (-1, 1):
        outline = (shape if side > 0 else flip(shape)) + (side * 0.43, 0.0)
        grow = 1.07 if wire else 1.22
        rim = (outline - (side * 0.43, 0)) * grow + (side * 0.43, 0)
        sheet.part(rim, m.solid(metal, 0.6), depth=0.9, soft=3, lift=0.2)
        sheet.part(outline, m.solid(darker(lens, 0.75), 0.8, 0.0), depth=-0.5, soft=6)
        low = (outline - (side * 0.43, 0.16)) * (0.8, 0.52) + (side * 0.43, 0.15)
        sheet.spot(low, lighter(lens, 0.45), 0.4)
        sheet.line(moved(np.array([(-0.14, -0.1), (-0.02, -0.15)]), side * 0.43, 0), (1, 1, 1), 0.03, 0.5)
    sheet.line(curve([(-0.12, -0.06), (0, -0.13), (0.12, -0.06)], False), metal, 0.04 if wire else 0.08)
    if form == "Aviator":
        sheet.line([(-0.2, -0.2), (0.2, -0.2)], metal, 0.03)
    if m.brand.logo != "none" and not wire:
        sheet.dot(0.83, -0.17, 0.03, (0.85, 0.8, 0.6))


def cap(sheet, m: Made) -> None:
    """From the side, visor to the right."""
    sheet.shifted(-0.16, 0.1, 1.0)
    fabric = m.covered(m.garment.pattern, weave=0.14)
    h = m.vary(0.58, 0.68)
    dome = [
        (-0.62, 0.28),
        (-0.62, 0.28),
        (-0.64, 0.0),
        (-0.5, -h * 0.72),
        (-0.05, -h),
        (0.36, -h * 0.7),
        (0.52, 0.0),
        (0.54, 0.2),
        (0.54, 0.2),
        (0.0, 0.32),
    ]
    visor_cloth = m.solid(m.second if m.word("visor") == "Contrast Visor" else m.base, weave=0.14)
    brim = curve([(0.1, 0.26), (0.3, 0.1), (0.56, 0.1), (0.95, 0.24), (1.08, 0.38), (0.85, 0.4), (0.45, 0.34)])
    if m.word("form") == "Beanie":
        sheet.shifted(0.16, 0)
        knit = m.covered("Striped" if m.garment.pattern == "Striped" else "Cable Knit", weave=0.25)
        sheet.part(
            curve([(-0.56, 0.3), (-0.54, -0.1), (-0.35, -0.55), (0, -0.7), (0.35, -0.55), (0.54, -0.1), (0.56, 0.3)]),
            knit,
            depth=0.9,
            soft=9,
        )
        sheet.part(
            curve([(-0.6, 0.12), (0, 0.17), (0.6, 0.12), (0.6, 0.44), (0, 0.5), (-0.6, 0.44)]),
            m.solid(m.trim, weave=0.35),
            depth=0.8,
            soft=6,
            lift=0.3,
        )
        return
    sheet.part(moved(brim, 0.0, 0.035), m.solid(darker(m.base, 0.45)), depth=0.3, soft=3)
    sheet.part(curve(dome), fabric, depth=0.9, soft=10, crumple=0.05)
    if m.garment.pattern == "Colourblocked":
        sheet.part(
            curve([(0.05, 0.3), (0.0, -0.2), (0.05, -h * 0.98), (0.36, -h * 0.7), (0.52, 0.0), (0.54, 0.2)]),
            m.solid(m.second, weave=0.14),
            depth=0.8,
            soft=8,
        )
    for seam in ([(-0.05, -h), (-0.16, -0.25), (-0.12, 0.3)], [(-0.05, -h), (0.22, -0.3), (0.3, 0.26)]):
        sheet.line(curve(seam, False), darker(m.base, 0.6), 0.014, 0.7)
    sheet.dot(-0.05, -h, 0.045, darker(m.base, 0.75))
    for x, y in ((-0.32, -0.34), (0.06, -0.4)):
        sheet.dot(x, y, 0.022, darker(m.base, 0.4))
    sheet.part(brim, visor_cloth, depth=0.8, soft=5, lift=0.35)
    sheet.stitches(curve([(0.36, 0.18), (0.6, 0.16), (0.9, 0.27), (0.98, 0.35)], False, 8), m.thread, 0.7)
    mark(
        sheet,
        m,
        0.34,
        -0.12,
        0.13 if m.brand.logo == "middle" else 0.09,
        m.second if m.garment.pattern != "Colourblocked" else m.base,
    )
