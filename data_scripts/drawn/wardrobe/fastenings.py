"""How garments close and what is set on them: collars, plackets, pockets, zips, hoods."""

import numpy as np

from .cut import Cut
from .garment import Made
from .palette import contrast_to, darker, lighter
from .shapes import band, curve, flip, mirrored, oval


def collar(sheet, m: Made, c: Cut, y: float, drop: float, colour, cloth=None) -> None:
    """A turned-down collar: the stand behind, then two points."""
    cloth = cloth or m.solid(colour, weave=0.1)
    sheet.part(
        curve(mirrored([(0, y - 0.075), (c.neck * 0.8, y - 0.065), (c.neck + 0.03, y + 0.0), (0, y + 0.05)])),
        cloth.plain(darker(colour, 0.72)),
        depth=0.4,
        soft=3,
    )
    point = [
        (c.neck * 0.72, y - 0.055),
        (c.neck + 0.045, y + 0.01),
        (c.neck + 0.06, y + drop * 0.75),
        (c.neck * 0.62, y + drop + 0.04),
        (0.012, y + 0.075),
        (c.neck * 0.5, y + 0.03),
    ]
    for piece in (point, flip(point)):
        sheet.part(piece, cloth, depth=0.6, soft=3, turn=35, lift=0.35)
        sheet.line(np.concatenate([piece, piece[:1]])[2:6], m.thread, 0.008, 0.35)


def placket(sheet, m: Made, y: float, length: float, buttons: int, patterned: bool = False) -> None:
    strip = [(-0.04, y), (0.04, y), (0.04, y + length), (-0.04, y + length)]
    sheet.part(strip, m.cloth if patterned else m.solid(m.trim, weave=0.08), depth=0.35, soft=2, lift=0.12)
    sheet.line([(0.04, y), (0.04, y + length)], darker(m.base, 0.5), 0.01, 0.5)
    button = m.pick((0.93, 0.92, 0.88), (0.2, 0.17, 0.15), tuple(m.second))
    for i in range(buttons):
        at = y + length * (i + 0.5) / buttons
        sheet.dot(0, at, 0.019, darker(np.array(button), 0.6))
        sheet.dot(-0.003, at - 0.004, 0.016, button)


def pocket(sheet, m: Made, c: Cut) -> None:
    x, y, w = 0.2 * c.chest / 0.45, c.top + 0.28, 0.11
    shape = [(x - w, y), (x + w, y), (x + w, y + 0.2), (x, y + 0.25), (x - w, y + 0.2)]
    sheet.part(shape, m.cloth, depth=0.3, soft=2, lift=0.15)
    sheet.line([*shape, shape[0]], m.thread, 0.009, 0.5)
    if m.word("pocket") == "Flap Pocket":
        sheet.part(
            [(x - w, y - 0.02), (x + w, y - 0.02), (x + w, y + 0.06), (x, y + 0.1), (x - w, y + 0.06)],
            m.cloth,
            lift=0.3,
            soft=2,
        )


def jacket(sheet, m: Made, c: Cut, y: float) -> None:
    front, dark = m.word("front"), darker(m.base, 0.5)
    metal = np.array((0.72, 0.72, 0.74))
    if front == "Quilted":
        for i in range(8):
            at = c.top + 0.2 + i * (c.bottom - c.top - 0.25) / 8
            sheet.line([(-c.waist * 1.02, at), (0, at + 0.02), (c.waist * 1.02, at)], dark, 0.022, 0.55)
            sheet.line([(-c.waist, at + 0.03), (0, at + 0.05), (c.waist, at + 0.03)], lighter(m.base), 0.018, 0.4)
    if front == "Denim":
        for side in (1, -1):
            x = side * 0.22
            sheet.line([(x, c.top + 0.3), (x * 0.72, c.bottom)], contrast_to(m.base), 0.012, 0.7)
            sheet.part(
                [
                    (x - 0.1, c.top + 0.3),
                    (x + 0.1, c.top + 0.3),
                    (x + 0.1, c.top + 0.38),
                    (x, c.top + 0.43),
                    (x - 0.1, c.top + 0.38),
                ],
                m.cloth,
                depth=0.4,
                soft=2,
                lift=0.3,
            )
        placket(sheet, m, y + 0.03, c.bottom - y - 0.05, 6)
    else:
        sheet.line([(0, y + c.scoop), (0, c.bottom)], dark, 0.035)
        sheet.line([(0, y + c.scoop), (0, c.bottom)], metal, 0.014)
        sheet.dot(0.0, y + c.scoop + 0.08, 0.025, metal)
    if front != "Denim":
        for side in (1, -1):
            slit = [(side * c.waist * 0.78, 0.2), (side * c.waist * 0.55, 0.46)]
            sheet.line(slit, dark, 0.028, 0.8)
            sheet.line(np.array(slit) + 0.012, lighter(m.base), 0.01, 0.5)
    if front == "Denim" or front == "":
        collar(sheet, m, c, y, 0.18, m.base, m.cloth)
    elif front != "Hooded":
        stand = mirrored([(0, y - 0.1), (c.neck, y - 0.09), (c.neck + 0.04, y + 0.05), (0.012, y + 0.08)])
        sheet.part(stand, m.solid(m.trim), depth=0.7, soft=4, lift=0.2)
        sheet.line([(0, y - 0.02), (0, y + 0.1)], dark, 0.02)
    if front == "Bomber":
        sheet.part(
            band([(-c.hem, c.bottom - 0.03), (0, c.bottom), (c.hem, c.bottom - 0.03)], 0.14),
            m.solid(m.trim, weave=0.25),
            depth=0.5,
            soft=3,
        )


def hood(sheet, m: Made, c: Cut, y: float) -> None:
    outer = curve(mirrored([(0, y - 0.26), (0.2, y - 0.22), (0.27, y - 0.02), (0.2, y + 0.14), (0.05, y + 0.2)]))
    sheet.part(outer, m.cloth, depth=0.8, soft=7, crumple=0.05, lift=0.25)
    sheet.part(oval(0, y - 0.06, 0.16, 0.13), m.plain.plain(darker(m.base, 0.42)), depth=0.4, soft=4)
    for side in (1, -1):
        sheet.line([(side * 0.06, y + 0.14), (side * 0.07, y + 0.36)], lighter(m.second, 0.2), 0.018)
    if m.garment.type == "Sweatshirts":
        pouch = mirrored([(0.2, 0.28), (0.27, 0.42), (0.28, 0.6)])
        sheet.part(pouch, m.cloth, depth=0.4, soft=3, lift=0.2)
        sheet.line([(0.2, 0.28), (0.27, 0.42), (0.28, 0.56)], m.thread, 0.01, 0.5)
