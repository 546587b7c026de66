"""What is worn above: T-shirts, shirts, tops, kurtas, jackets, sweaters, sweatshirts and dresses, from the front."""

import math
from dataclasses import dataclass

import numpy as np

from .figure import Figure
from .garment import Made
from .palette import contrast_to, darker, lighter
from .prints import embroidery, graphic, logo
from .shapes import band, curve, flip, limb, mirrored, oval


@dataclass
class Cut:
    """Half widths and heights in product coordinates; sleeve 0 means none, 1 down to the wrist."""

    shoulder: float = 0.50
    chest: float = 0.47
    waist: float = 0.45
    hem: float = 0.47
    top: float = -0.72  # y of the shoulders' ends
    bottom: float = 0.72
    neck: float = 0.17
    scoop: float = 0.12  # depth of the neckline
    vee: bool = False
    sleeve: float = 0.36
    wide: float = 0.34  # of the sleeve at the shoulder
    cuff: float = 0.27
    slope: float = 0.14  # the shoulder falls by


SLEEVES = {"Sleeveless": 0.0, "Cap Sleeves": 0.16, "Short Sleeves": 0.38, "Three-Quarter Sleeves": 0.72,
           "Full Sleeves": 1.04}  # fmt: skip
USUAL = {"Tshirts": 0.38, "Shirts": 1.04, "Tops": 0.34, "Kurtas": 0.72, "Jackets": 1.04, "Sweaters": 1.04,
         "Sweatshirts": 1.04, "Dresses": 0.0}  # fmt: skip


def cut_of(m: Made) -> Cut:
    """The form of the garment: its type's, the sex's, then what its words ask for, then a little chance."""
    kind = m.garment.type
    c = Cut(sleeve=SLEEVES.get(m.word("sleeve"), USUAL[kind]))
    if m.women:
        c.shoulder, c.chest, c.waist, c.hem, c.wide, c.cuff = 0.42, 0.40, 0.345, 0.42, 0.27, 0.20
        c.neck, c.scoop = 0.18, 0.17
    if m.garment.gender in ("Boys", "Girls"):
        c.bottom, c.sleeve = c.bottom - 0.14, c.sleeve * 0.9
    if kind in ("Shirts", "Jackets"):
        c.bottom, c.scoop, c.neck = c.bottom + 0.06, 0.06, 0.14
    if kind in ("Jackets", "Sweaters", "Sweatshirts"):
        c.shoulder, c.chest, c.waist, c.hem = (w + 0.03 for w in (c.shoulder, c.chest, c.waist, c.hem - 0.03))
        c.wide, c.cuff = c.wide + 0.03, c.cuff - 0.06
    if kind == "Kurtas":
        c.bottom, c.hem, c.neck, c.scoop = 1.16, c.hem + 0.10, 0.12, 0.08
    if kind == "Tops" and m.garment.pattern != "Striped":
        c.hem += m.pick(0.0, 0.05, 0.12)
    if c.sleeve > 0.6:
        c.wide, c.cuff = c.wide - 0.05, c.cuff - 0.09
    neck = m.word("neck")
    c.vee = neck == "V-neck"
    c.scoop = {"V-neck": 0.34, "Scoop Neck": 0.30, "Boat Neck": 0.07, "Strappy": 0.24, "Turtle Neck": 0.0}.get(neck, c.scoop)
    c.neck = {"Boat Neck": 0.29, "Scoop Neck": 0.22, "Strappy": 0.28, "Turtle Neck": 0.13}.get(neck, c.neck)
    fit = {"Slim Fit": 0.92, "Regular Fit": 1.03, "Loose Fit": 1.14}.get(m.word("fit"), 1.0)
    c.waist, c.hem, c.chest = c.waist * fit, c.hem * fit, c.chest * (1 + fit) / 2
    c.bottom += m.vary(-0.05, 0.06)
    c.hem *= m.vary(0.97, 1.04)
    c.scoop *= m.vary(0.85, 1.15)
    return c


def upper(sheet, m: Made) -> None:
    """Paint any garment of this module."""
    c, kind = cut_of(m), m.garment.type
    if kind == "Dresses":
        return dress(sheet, m, c)
    scale = 0.84 if kind == "Kurtas" else 1.0
    sheet.shifted(0, 0.0 if kind != "Kurtas" else -0.06, scale)
    figure = wear(sheet, m, c) if sheet.view.dressed else None
    if figure:
        figure.hips(min(c.bottom, 0.62) - 0.15, c.hem * 0.92)
    body(sheet, m, c, figure)
    finish(sheet, m, c)


def wear(sheet, m: Made, c: Cut) -> Figure:
    sheet.shifted(0, 0.1, 1.0)
    figure = Figure(sheet, m.women)
    c.chest, c.waist, c.hem = c.chest * 0.9, c.waist * 0.88, c.hem * 0.9  # flat on a table it is wider than on a body
    figure.arms(c.shoulder + 0.045 - c.wide * 0.5, c.top + 0.10)
    return figure


def neckline(c: Cut) -> list:
    """Right half of the front neckline, from the middle outwards."""
    y = c.top - c.slope
    if c.vee:
        return [(0, y + c.scoop), (0, y + c.scoop), (c.neck * 0.62, y + c.scoop * 0.42), (c.neck, y), (c.neck, y)]
    return [(0, y + c.scoop), (c.neck * 0.55, y + c.scoop * 0.86), (c.neck * 0.93, y + c.scoop * 0.35), (c.neck, y),
            (c.neck, y)]  # fmt: skip


def body(sheet, m: Made, c: Cut, figure: Figure | None) -> None:
    """Back of the neck, sleeves, torso."""
    kind, y = m.garment.type, c.top - c.slope
    crumple = 0.07 if kind in ("Shirts", "Tops", "Kurtas", "Dresses") else 0.05
    if figure:
        figure.head(c.top)
    elif m.word("neck") != "Strappy":
        inside = mirrored([(0, y - 0.02), (c.neck, y), (c.neck * 0.9, y + c.scoop * 0.6), (0, y + c.scoop + 0.02)])
        sheet.part(inside, m.plain.plain(darker(m.base, 0.55)), depth=0.3, soft=4)
        sheet.spot(mirrored([(0, y + 0.03), (0.035, y + 0.03), (0.035, y + 0.075), (0, y + 0.075)]), lighter(m.base, 0.7), 0.8)
    angle = figure.angle if figure else (m.vary(12, 24) if c.sleeve > 0.6 else m.vary(24, 38))
    if c.sleeve:
        cloth = m.solid(m.second) if m.garment.pattern == "Colourblocked" else m.cloth
        long = c.sleeve * (1.0 if c.sleeve < 0.6 else 1.08)
        x = c.shoulder + (0.055 if figure else 0.02) - c.wide * 0.5 * math.cos(math.radians(angle))  # its upper edge goes on the shoulder's line
        for side in (1, -1):
            sleeve = limb(x, c.top - 0.005 + c.wide * 0.5 * math.sin(math.radians(angle)), long + 0.04, angle, c.wide, c.cuff, -5 if c.sleeve > 0.6 else 0)
            if side < 0:
                sleeve = flip(sleeve)
            sheet.part(sleeve, cloth, depth=0.5, soft=6, folds=0.09, crumple=crumple, turn=-side * angle, lift=0.15)
            end = sleeve[len(sleeve) // 2 - 1 : len(sleeve) // 2 + 1]
            _cuff(sheet, m, kind, end, c)
    round_off = 0.03 if c.sleeve else 0.0
    right = [*neckline(c), (c.shoulder - 2 * round_off, c.top - 0.015 * (c.sleeve > 0)), (c.shoulder - 0.2 * round_off, c.top + 2 * round_off)]
    if m.word("neck") == "Strappy":
        right = [(0, y + c.scoop), (c.neck * 0.9, y + c.scoop * 0.9), (c.neck, y + 0.12), (c.neck, y + 0.12)]
    armhole = c.chest * (0.98 if c.sleeve else 0.86)
    right += [(armhole, c.top + 0.18), (c.chest, c.top + 0.40), (c.waist, 0.08), (c.hem, c.bottom - 0.06),
              (c.hem, c.bottom), (c.hem, c.bottom), (c.hem * 0.5, c.bottom + 0.025), (0, c.bottom + 0.03)]  # fmt: skip
    outline = curve(right, closed=False, steps=4)
    sheet.part(mirrored(outline), m.cloth, depth=0.36, soft=9, folds=0.16, crumple=crumple, lift=0.14 if c.sleeve else 0.1)
    if m.word("neck") == "Strappy":
        for side in (1, -1):
            strap = np.array([(side * c.neck, y + 0.14), (side * (c.neck - 0.04), y - 0.06), (side * (c.neck - 0.1), y - 0.12)])
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


def finish(sheet, m: Made, c: Cut) -> None:
    """Collar or neck band, front opening, pockets, prints and seams: what tells the types apart at a second look."""
    kind, y, neck = m.garment.type, c.top - c.slope, m.word("neck")
    edge = curve(neckline(c), closed=False, steps=6)
    ring = np.concatenate([edge[::-1], flip(edge)])
    seam = mirrored([(c.hem * 0.985, c.bottom - 0.045), (0, c.bottom - 0.015)])[1:-1] if kind != "Kurtas" else None
    if seam is not None:
        sheet.line([(-c.hem * 0.98, c.bottom - 0.04), (0, c.bottom - 0.012), (c.hem * 0.98, c.bottom - 0.04)], m.thread, 0.01, 0.4)
    if kind in ("Tshirts", "Tops") and neck not in ("Polo", "Strappy"):
        sheet.part(band(ring, 0.05), m.solid(m.trim if kind == "Tshirts" else m.base, weave=0.12), depth=0.5, soft=2)
    if kind in ("Sweaters", "Sweatshirts"):
        sheet.part(band(ring, 0.09), m.solid(darker(m.trim, 0.92), weave=0.2), depth=0.6, soft=3, lift=0.15)
        hem = [(-c.hem, c.bottom - 0.06), (0, c.bottom - 0.04), (c.hem, c.bottom - 0.06)]
        sheet.part(band(hem, 0.13), m.solid(darker(m.trim, 0.92), weave=0.25), depth=0.5, soft=4)
    if neck == "Turtle Neck":
        sheet.part(curve(mirrored([(0, y - 0.15), (c.neck * 0.95, y - 0.14), (c.neck * 1.1, y + 0.05), (0, y + 0.09)])),
                   m.covered("Ribbed"), depth=0.8, soft=5, lift=0.2)  # fmt: skip
    if m.garment.pattern == "Graphic":
        graphic(sheet, m, 0.0, c.top + 0.48, 0.25 if kind == "Tshirts" else 0.21)
    if m.garment.pattern == "Embroidered":
        embroidery(sheet, m, c, y)
    if neck == "Polo":
        placket(sheet, m, y + c.scoop * 0.5, 0.3, 3)
        collar(sheet, m, c, y, 0.14, m.trim)
    elif neck == "Henley":
        placket(sheet, m, y + c.scoop, 0.26, 3)
    if kind == "Shirts":
        placket(sheet, m, y + 0.05, c.bottom - y - 0.07, 7, patterned=True)
        if m.word("pocket") or m.pick(True, False):
            pocket(sheet, m, c)
        collar(sheet, m, c, y, 0.17, m.base if m.brand.trim == "tonal" or m.garment.pattern != "Solid" else m.trim, m.cloth)
    if kind == "Kurtas":
        if neck != "V-neck":
            sheet.part(band(ring, 0.075), m.solid(m.trim), depth=0.6, soft=3, lift=0.2)
        placket(sheet, m, y + c.scoop + 0.02, 0.42, 4)
        if m.women and m.garment.pattern != "Solid":
            border = [(-c.hem, c.bottom - 0.03), (0, c.bottom), (c.hem, c.bottom - 0.03)]
            sheet.part(band(border, 0.12), m.solid(m.second, weave=0.2), depth=0.3, soft=3)
        for side in (1, -1):
            sheet.line([(side * c.hem * 0.96, c.bottom), (side * c.waist * 1.04, 0.42)], darker(m.base, 0.5), 0.014, 0.6)
    if kind == "Jackets" or m.word("front"):
        jacket(sheet, m, c, y)
    if m.word("hood") or m.garment.type == "Sweatshirts" and m.word("front") == "Hooded":
        hood(sheet, m, c, y)
    if kind in ("Tshirts", "Shirts", "Sweaters", "Sweatshirts", "Jackets"):
        logo(sheet, m, 0.22 * (c.chest / 0.45), c.top + 0.30, c.hem * 0.75, c.bottom - 0.14)


def collar(sheet, m: Made, c: Cut, y: float, drop: float, colour, cloth=None) -> None:
    """A turned-down collar: the stand behind, then two points."""
    cloth = cloth or m.solid(colour, weave=0.1)
    sheet.part(curve(mirrored([(0, y - 0.075), (c.neck * 0.8, y - 0.065), (c.neck + 0.03, y + 0.0), (0, y + 0.05)])),
               cloth.plain(darker(colour, 0.72)), depth=0.4, soft=3)  # fmt: skip
    point = [(c.neck * 0.72, y - 0.055), (c.neck + 0.045, y + 0.01), (c.neck + 0.06, y + drop * 0.75),
             (c.neck * 0.62, y + drop + 0.04), (0.012, y + 0.075), (c.neck * 0.5, y + 0.03)]  # fmt: skip
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
        sheet.part([(x - w, y - 0.02), (x + w, y - 0.02), (x + w, y + 0.06), (x, y + 0.1), (x - w, y + 0.06)], m.cloth, lift=0.3, soft=2)


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
            sheet.part([(x - 0.1, c.top + 0.3), (x + 0.1, c.top + 0.3), (x + 0.1, c.top + 0.38), (x, c.top + 0.43),
                        (x - 0.1, c.top + 0.38)], m.cloth, depth=0.4, soft=2, lift=0.3)  # fmt: skip
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
        sheet.part(band([(-c.hem, c.bottom - 0.03), (0, c.bottom), (c.hem, c.bottom - 0.03)], 0.14),
                   m.solid(m.trim, weave=0.25), depth=0.5, soft=3)  # fmt: skip
    if front == "Hooded":
        hood(sheet, m, c, y)


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
    right = [(0, 0.02), (c.waist * 0.98, 0.02), (c.waist * 0.98, 0.02), (c.waist * (0.6 + 0.45 * flare) * 1.02, 0.1 + length * 0.35),
             (hem, end - 0.04), (hem, end - 0.04), (hem * 0.55, end + 0.03), (0, end + 0.05)]  # fmt: skip
    skirt = mirrored(curve(right, closed=False, steps=4))
    cloth = m.solid(m.second) if m.garment.pattern == "Colourblocked" else m.cloth
    sheet.part(skirt, cloth, depth=0.5, soft=9, folds=0.08 + 0.09 * (flare > 1.3), crumple=0.04)
    body(sheet, m, c, figure)
    edge = curve(neckline(c), closed=False, steps=6)
    if m.word("neck") != "Strappy":
        sheet.line(np.concatenate([edge[::-1], flip(edge)]), darker(m.base, 0.7), 0.018, 0.8)
    sheet.line([(-hem * 0.98, end - 0.06), (0, end + 0.02), (hem * 0.98, end - 0.06)], m.thread, 0.01, 0.4)
    if m.word("waist") == "Belted":
        sheet.part(band([(-c.waist, 0.05), (0, 0.075), (c.waist, 0.05)], 0.09), m.solid(m.second, 0.4), depth=0.6, soft=3, lift=0.3)
        sheet.spot([(-0.05, 0.035), (0.05, 0.035), (0.05, 0.115), (-0.05, 0.115)], (0.8, 0.68, 0.4))
    else:
        sheet.line([(-c.waist, 0.05), (0, 0.075), (c.waist, 0.05)], darker(m.base, 0.6), 0.014, 0.5)
    if m.garment.pattern == "Embroidered":
        embroidery(sheet, m, c, c.top - c.slope)
