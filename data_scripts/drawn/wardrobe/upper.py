"""What is worn above: T-shirts, shirts, tops, kurtas, jackets, sweaters, sweatshirts and dresses, from the front."""

import numpy as np

from .cut import Cut, cut_of, neckline
from .dress import dress
from .fastenings import collar, hood, jacket, placket, pocket
from .garment import Made
from .palette import darker
from .prints import embroidery, graphic, logo
from .shapes import band, curve, flip, mirrored
from .torso import body, wear


def upper(sheet, m: Made) -> None:
    """Paint any garment of this module."""
    c, kind = cut_of(m), m.garment.type
    if kind == "Dresses":
        return dress(sheet, m, c)
    if kind == "Kurtas":
        sheet.shifted(0, -0.06, 0.84)
    figure = wear(sheet, m, c) if sheet.view.dressed else None
    if figure:
        figure.hips(min(c.bottom, 0.62) - 0.15, c.hem * 0.92)
    body(sheet, m, c, figure)
    finish(sheet, m, c)


def finish(sheet, m: Made, c: Cut) -> None:
    """Collar or neck band, front opening, pockets, prints and seams: what tells the types apart at a second look."""
    kind, y, neck = m.garment.type, c.top - c.slope, m.word("neck")
    edge = curve(neckline(c), closed=False, steps=6)
    ring = np.concatenate([edge[::-1], flip(edge)])
    if kind != "Kurtas":
        sheet.line(
            [(-c.hem * 0.98, c.bottom - 0.04), (0, c.bottom - 0.012), (c.hem * 0.98, c.bottom - 0.04)],
            m.thread,
            0.01,
            0.4,
        )
    if kind in ("Tshirts", "Tops") and neck not in ("Polo", "Strappy"):
        sheet.part(band(ring, 0.05), m.solid(m.trim if kind == "Tshirts" else m.base, weave=0.12), depth=0.5, soft=2)
    if kind in ("Sweaters", "Sweatshirts"):
        sheet.part(band(ring, 0.09), m.solid(darker(m.trim, 0.92), weave=0.2), depth=0.6, soft=3, lift=0.15)
        hem = [(-c.hem, c.bottom - 0.06), (0, c.bottom - 0.04), (c.hem, c.bottom - 0.06)]
        sheet.part(band(hem, 0.13), m.solid(darker(m.trim, 0.92), weave=0.25), depth=0.5, soft=4)
    if neck == "Turtle Neck":
        sheet.part(
            curve(mirrored([(0, y - 0.15), (c.neck * 0.95, y - 0.14), (c.neck * 1.1, y + 0.05), (0, y + 0.09)])),
            m.covered("Ribbed"),
            depth=0.8,
            soft=5,
            lift=0.2,
        )
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
        collar(
            sheet, m, c, y, 0.17, m.base if m.brand.trim == "tonal" or m.garment.pattern != "Solid" else m.trim, m.cloth
        )
    if kind == "Kurtas":
        if neck != "V-neck":
            sheet.part(band(ring, 0.075), m.solid(m.trim), depth=0.6, soft=3, lift=0.2)
        placket(sheet, m, y + c.scoop + 0.02, 0.42, 4)
        if m.women and m.garment.pattern != "Solid":
            border = [(-c.hem, c.bottom - 0.03), (0, c.bottom), (c.hem, c.bottom - 0.03)]
            sheet.part(band(border, 0.12), m.solid(m.second, weave=0.2), depth=0.3, soft=3)
        for side in (1, -1):
            sheet.line(
                [(side * c.hem * 0.96, c.bottom), (side * c.waist * 1.04, 0.42)], darker(m.base, 0.5), 0.014, 0.6
            )
    if kind == "Jackets":
        jacket(sheet, m, c, y)
    if m.word("front") == "Hooded":
        hood(sheet, m, c, y)
    if kind in ("Tshirts", "Shirts", "Sweaters", "Sweatshirts", "Jackets"):
        logo(sheet, m, 0.22 * (c.chest / 0.45), c.top + 0.30, c.hem * 0.75, c.bottom - 0.14)
