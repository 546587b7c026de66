"""The body of a garment from the front: back of the neck, sleeves, torso; with or without a mannequin in it."""

import math

import numpy as np

from .cut import Cut, neckline
from .figure import Figure
from .garment import Made
from .palette import darker, lighter
from .shapes import band, curve, flip, limb, mirrored


def wear(sheet, m: Made, c: Cut) -> Figure:
    sheet.shifted(0, 0.1, 1.0)
    figure = Figure(sheet, m.women)
    c.chest, c.waist, c.hem = c.chest * 0.9, c.waist * 0.88, c.hem * 0.9  # flat on a table it is wider than on a body
    figure.arms(c.shoulder + 0.045 - c.wide * 0.5, c.top + 0.10)
    return figure


def body(sheet, m: Made, c: Cut, figure: Figure | None) -> None:
    """Back of the neck, sleeves, torso."""
    kind, y = m.garment.type, c.top - c.slope
    crumple = 0.07 if kind in ("Shirts", "Tops", "Kurtas", "Dresses") else 0.05
    if figure:
        figure.head(c.top)
    elif m.word("neck") != "Strappy":
        inside = mirrored([(0, y - 0.02), (c.neck, y), (c.neck * 0.9, y + c.scoop * 0.6), (0, y + c.scoop + 0.02)])
        sheet.part(inside, m.plain.plain(darker(m.base, 0.55)), depth=0.3, soft=4)
        sheet.spot(
            mirrored([(0, y + 0.03), (0.035, y + 0.03), (0.035, y + 0.075), (0, y + 0.075)]), lighter(m.base, 0.7), 0.8
        )
    angle = figure.angle if figure else (m.vary(12, 24) if c.sleeve > 0.6 else m.vary(24, 38))
    if c.sleeve:
        cloth = m.solid(m.second) if m.garment.pattern == "Colourblocked" else m.cloth
        long = c.sleeve * (1.0 if c.sleeve < 0.6 else 1.08)
        x = (
            c.shoulder + (0.055 if figure else 0.02) - c.wide * 0.5 * math.cos(math.radians(angle))
        )  # its upper edge goes on the shoulder's line
        for side in (1, -1):
            sleeve = limb(
                x,
                c.top - 0.005 + c.wide * 0.5 * math.sin(math.radians(angle)),
                long + 0.04,
                angle,
                c.wide,
                c.cuff,
                -5 if c.sleeve > 0.6 else 0,
            )
            if side < 0:
                sleeve = flip(sleeve)
            sheet.part(sleeve, cloth, depth=0.5, soft=6, folds=0.09, crumple=crumple, turn=-side * angle, lift=0.15)
            end = sleeve[len(sleeve) // 2 - 1 : len(sleeve) // 2 + 1]
            _cuff(sheet, m, kind, end, c)
    round_off = 0.03 if c.sleeve else 0.0
    right = [
        *neckline(c),
        (c.shoulder - 2 * round_off, c.top - 0.015 * (c.sleeve > 0)),
        (c.shoulder - 0.2 * round_off, c.top + 2 * round_off),
    ]
    if m.word("neck") == "Strappy":
        right = [(0, y + c.scoop), (c.neck * 0.9, y + c.scoop * 0.9), (c.neck, y + 0.12), (c.neck, y + 0.12)]
    armhole = c.chest * (0.98 if c.sleeve else 0.86)
    right += [
        (armhole, c.top + 0.18),
        (c.chest, c.top + 0.40),
        (c.waist, 0.08),
        (c.hem, c.bottom - 0.06),
        (c.hem, c.bottom),
        (c.hem, c.bottom),
        (c.hem * 0.5, c.bottom + 0.025),
        (0, c.bottom + 0.03),
    ]
    outline = curve(right, closed=False, steps=4)
    sheet.part(
        mirrored(outline), m.cloth, depth=0.36, soft=9, folds=0.16, crumple=crumple, lift=0.14 if c.sleeve else 0.1
    )
    if m.word("neck") == "Strappy":
        for side in (1, -1):
            strap = np.array(
                [(side * c.neck, y + 0.14), (side * (c.neck - 0.04), y - 0.06), (side * (c.neck - 0.1), y - 0.12)]
            )
            sheet.line(strap, darker(m.base, 0.85), 0.035)


def _cuff(sheet, m: Made, kind: str, end, c: Cut) -> None:
    inner = end * 0.94 + np.array((0.0, -0.02))
    if kind in ("Sweaters", "Sweatshirts", "Jackets"):
        sheet.part(band(np.stack([end[0], end[1]]), 0.10), m.solid(darker(m.trim, 0.9), weave=0.2), depth=0.5, soft=3)
    elif kind == "Shirts" and c.sleeve > 0.6:
        sheet.part(band(np.stack([end[0], end[1]]), 0.11), m.cloth, depth=0.6, soft=3, lift=0.2)
    elif m.brand.trim == "contrast" and kind == "Tshirts":
        sheet.part(band(np.stack([end[0], end[1]]), 0.05), m.solid(m.second), depth=0.4, soft=3)
    else:
        sheet.line(inner, m.thread, 0.012, 0.45)
