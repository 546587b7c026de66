"""Shoes seen from the side, toe to the right: sneakers and sports shoes, and which type is drawn by whom."""

import numpy as np

from .garment import Made
from .lacing import laces, opening
from .ladies_shoes import flat, heel
from .leather_shoes import boot, formal
from .palette import darker, lighter
from .shapes import band, curve

RUBBER = np.array((0.93, 0.92, 0.9))


def shoe(sheet, m: Made) -> None:
    """Casual, sports and formal shoes, heels, flats and boots."""
    draw = {
        "Casual Shoes": casual,
        "Sports Shoes": sports,
        "Formal Shoes": formal,
        "Heels": heel,
        "Flats": flat,
        "Boots": boot,
    }[m.garment.type]
    tall = {"Heels": 1.3, "Flats": 1.4, "Casual Shoes": 1.2, "Sports Shoes": 1.12}.get(m.garment.type, 1.15)
    sheet.shifted(0, 0.1 if m.garment.type != "Heels" else -0.12, 0.95 if not sheet.view.pair else 0.8, tall)
    if sheet.view.pair:
        sheet.shifted(0.2, -0.2)
        state = m.rng.bit_generator.state
        draw(sheet, m)
        m.rng.bit_generator.state = state  # the other shoe has the same proportions
        sheet.shifted(-0.38, 0.38)
    draw(sheet, m)


def casual(sheet, m: Made) -> None:
    """Sneakers, slip-ons, loafers: a flat even sole, a soft upper."""
    high = 0.2 if m.word("top") == "High Top" else 0.0
    sole = m.vary(0.1, 0.15)
    form = m.word("form")
    toe = m.vary(-0.03, 0.03)
    upper = [
        (-0.86, 0.36),
        (-0.9, 0.05),
        (-0.86, -0.2 - high),
        (-0.86, -0.2 - high),
        (-0.6, -0.12 - high),
        (-0.36, -0.2 - high),
        (-0.28, -0.22 - high),
        (-0.28, -0.22 - high),
        (0.1, 0.0),
        (0.42, 0.1 + toe),
        (0.76, 0.16 + toe),
        (0.9, 0.3),
        (0.88, 0.4),
    ]
    opening(sheet, m, [(-0.85, -0.18 - high), (-0.58, -0.27 - high), (-0.3, -0.23 - high), (-0.5, -0.06 - high)])
    sheet.part(curve(upper), m.cloth, depth=0.7, soft=8, crumple=0.05)
    heel_piece = curve(
        [(-0.87, 0.38), (-0.9, 0.05), (-0.865, -0.16 - high), (-0.74, -0.13 - high), (-0.66, 0.1), (-0.6, 0.38)]
    )
    sheet.part(heel_piece, m.solid(m.trim, 0.1), depth=0.5, soft=4)
    if form in ("Slip-on", "Loafers", "Espadrilles"):
        vamp = curve([(-0.28, -0.2), (0.02, -0.05), (-0.03, 0.2), (-0.36, 0.08)])
        sheet.part(vamp, m.solid(darker(m.base, 0.8), weave=0.2), depth=0.4, soft=3)
        if form == "Loafers":
            sheet.line(curve([(0.0, 0.12), (0.3, 0.06), (0.62, 0.17), (0.7, 0.3)], False), darker(m.base, 0.5), 0.022)
            sheet.part(band([(-0.12, 0.14), (0.14, 0.02)], 0.09), m.solid(m.trim, 0.2), lift=0.3, soft=3)
    else:
        tongue = curve([(-0.34, -0.32 - high), (-0.2, -0.3 - high), (0.16, 0.0), (0.05, 0.06), (-0.3, -0.16 - high)])
        sheet.part(tongue, m.plain, depth=0.6, soft=4, lift=0.2)
        stay = curve([(-0.36, -0.17 - high), (-0.26, -0.2 - high), (0.2, 0.06), (0.1, 0.17), (-0.3, 0.06 - high * 0.6)])
        sheet.part(
            stay, m.solid(m.trim if m.brand.trim == "contrast" else darker(m.base, 0.9)), depth=0.5, soft=3, lift=0.15
        )
        lace = RUBBER if form != "Leather" else darker(m.base, 0.6)
        laces(sheet, m, (-0.27, -0.14 - high), (0.1, 0.07), 4 + (high > 0), lace)
    if m.word("toe") == "Cap Toe" or (form == "Canvas"):
        sheet.part(
            curve([(0.56, 0.12 + toe), (0.76, 0.16 + toe), (0.9, 0.3), (0.9, 0.4), (0.5, 0.4)]),
            m.solid(RUBBER),
            depth=0.7,
            soft=5,
        )
    bottom = [
        (-0.9, 0.34),
        (-0.9, 0.34),
        (0.0, 0.36),
        (0.88, 0.34),
        (0.95, 0.34),
        (0.93, 0.34 + sole),
        (0.86, 0.36 + sole),
        (-0.88, 0.36 + sole),
        (-0.92, 0.34 + sole),
    ]
    tan = np.array((0.66, 0.5, 0.33))
    colour = tan if form == "Espadrilles" else (RUBBER if m.word("sole") != "Gum" else tan)
    sheet.part(
        curve(bottom, steps=3),
        m.solid(colour, weave=0.25 if form == "Espadrilles" else 0.03),
        depth=0.6,
        soft=4,
        lift=0.15,
    )
    if m.brand.trim == "contrast" and form not in ("Loafers", "Espadrilles"):
        sheet.line([(-0.89, 0.38), (0, 0.40), (0.92, 0.39)], m.second, 0.022)
    if m.brand.mark == "disc":
        sheet.dot(-0.45, 0.1, 0.08, m.second)


def sports(sheet, m: Made) -> None:
    """Running and training shoes: a thick curved sole, panels, mesh, the brand's stripes."""
    rise = m.vary(0.0, 0.06)
    thick = m.vary(0.14, 0.2)
    upper = [
        (-0.84, 0.3),
        (-0.92, 0.0),
        (-0.93, -0.26),
        (-0.93, -0.26),
        (-0.72, -0.13),
        (-0.5, -0.16),
        (-0.33, -0.3),
        (-0.3, -0.31),
        (0.05, -0.08),
        (0.45, 0.06),
        (0.8, 0.14),
        (0.95, 0.28),
        (0.9, 0.36),
    ]
    opening(sheet, m, [(-0.9, -0.22), (-0.6, -0.3), (-0.34, -0.31), (-0.52, -0.1)])
    mesh = m.covered(m.garment.pattern if m.garment.pattern != "Solid" else "Solid", weave=0.3)
    sheet.part(curve(upper), mesh, depth=0.7, soft=8)
    toe = curve([(0.42, 0.16), (0.8, 0.15), (0.95, 0.28), (0.93, 0.38), (0.3, 0.38)])
    heel_piece = curve([(-0.84, 0.36), (-0.92, 0.0), (-0.9, -0.2), (-0.7, -0.06), (-0.46, 0.16), (-0.5, 0.38)])
    panel = m.second if m.brand.trim == "contrast" else darker(m.base, 0.7)
    for piece in (toe, heel_piece):
        sheet.part(piece, m.solid(panel, 0.2), depth=0.6, soft=5, lift=0.15)
    tongue = curve([(-0.38, -0.42), (-0.22, -0.38), (0.14, -0.04), (0.04, 0.04), (-0.34, -0.22)])
    sheet.part(tongue, m.solid(lighter(m.base, 0.1), weave=0.2), depth=0.6, soft=4, lift=0.2)
    lace = m.pick(RUBBER, RUBBER, m.second, darker(m.base, 0.4))
    stay = curve([(-0.38, -0.22), (-0.28, -0.28), (0.22, 0.0), (0.14, 0.12), (-0.3, -0.02)])
    sheet.part(stay, m.solid(darker(m.base, 0.85), 0.1), depth=0.5, soft=3, lift=0.15)
    laces(sheet, m, (-0.29, -0.2), (0.13, 0.02), 5, lace)
    stripes(sheet, m)
    y = 0.32
    base = [
        (-0.93, y - 0.07),
        (-0.93, y - 0.07),
        (-0.5, y + 0.02),
        (0.1, y + 0.05),
        (0.75, y - 0.01),
        (1.0, y - 0.1 - rise),
        (1.0, y - 0.1 - rise),
        (0.97, y + 0.05),
        (0.78, y + thick),
        (0.2, y + thick),
        (-0.1, y + thick - 0.03),
        (-0.5, y + thick),
        (-0.93, y + thick),
    ]
    sheet.part(curve(base, steps=3), m.solid(RUBBER), depth=0.7, soft=5, lift=0.2)
    tread = curve(
        [
            (-0.93, y + thick - 0.06),
            (-0.2, y + thick - 0.07),
            (0.4, y + thick - 0.05),
            (0.97, y + 0.04),
            (0.8, y + thick + 0.01),
            (0.0, y + thick + 0.01),
            (-0.92, y + thick + 0.01),
        ],
        steps=3,
    )
    sheet.part(tread, m.solid(panel if m.pick(True, False) else (0.16, 0.16, 0.17)), depth=0.4, soft=3)


def stripes(sheet, m: Made) -> None:
    """The brand's sign on the side of a sports shoe."""
    ink, kind = m.second, m.brand.mark
    if kind == "wing":
        sheet.spot(curve([(-0.55, 0.1), (-0.2, 0.27), (0.42, -0.0), (0.42, -0.0), (-0.1, 0.15), (-0.4, -0.04)]), ink)
    elif kind == "bars":
        for i in range(3):
            x = -0.32 + 0.16 * i
            sheet.line([(x, 0.3), (x + 0.13, 0.0)], ink, 0.065)
    elif kind == "disc":
        sheet.dot(-0.18, 0.16, 0.1, ink)
        sheet.dot(-0.18, 0.16, 0.055, m.base)
    elif kind == "shield":
        sheet.line(curve([(-0.5, 0.25), (-0.1, 0.05), (0.3, 0.25)], False), ink, 0.07)
    else:
        sheet.line(curve([(-0.6, 0.2), (-0.1, 0.14), (0.4, 0.24)], False), ink, 0.08)
