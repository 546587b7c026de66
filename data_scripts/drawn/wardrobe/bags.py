"""Handbags and backpacks."""

import numpy as np

from .garment import Made
from .palette import METALS, darker, lighter
from .prints import mark
from .shapes import band, curve, mirrored, moved, oval


def handbag(sheet, m: Made) -> None:
    """Totes, satchels, hobos, slings and clutches; the form is a word."""
    form = m.word("form") or "Tote"
    leather = m.covered(m.garment.pattern, weave=0.09, gloss=0.2)
    metal = METALS[m.pick("Gold", "Silver", "Silver")]
    dark, w = darker(m.base, 0.55), m.vary(0.93, 1.07)
    handle = m.trim if m.brand.trim == "contrast" else darker(m.base, 0.8)
    if form in ("Tote", "Satchel"):
        for y, k in ((-0.02, 0.9), (0.02, 1.0)):
            arc = curve(
                [
                    (-0.34 * k, -0.1 + y),
                    (-0.3 * k, -0.55 + y),
                    (0, -0.78 * k + y),
                    (0.3 * k, -0.55 + y),
                    (0.34 * k, -0.1 + y),
                ],
                closed=False,
            )
            sheet.part(band(arc, 0.06), m.solid(darker(handle, 0.75 if k < 1 else 1.0), 0.2), depth=0.8, soft=3)
        shape = {
            "Tote": [
                (0, -0.2),
                (0.62 * w, -0.2),
                (0.62 * w, -0.2),
                (0.6 * w, 0.3),
                (0.5 * w, 0.68),
                (0.44, 0.7),
                (0, 0.7),
            ],
            "Satchel": [
                (0, -0.2),
                (0.5 * w, -0.2),
                (0.56 * w, -0.16),
                (0.72 * w, 0.45),
                (0.7 * w, 0.58),
                (0.6 * w, 0.6),
                (0, 0.61),
            ],
        }[form]
        sheet.part(mirrored(curve(shape, closed=False)), leather, depth=0.8, soft=9, crumple=0.06, lift=0.1)
        sheet.line([(-0.58 * w, -0.14), (0.58 * w, -0.14)], dark, 0.02, 0.7)
        if form == "Satchel":
            flap = curve(
                [(0, -0.22), (0.5 * w, -0.2), (0.5 * w, -0.2), (0.56 * w, 0.14), (0.4 * w, 0.22), (0, 0.24)],
                closed=False,
            )
            sheet.part(mirrored(flap), leather, depth=0.7, soft=5, lift=0.35)
            sheet.part([(-0.07, 0.1), (0.07, 0.1), (0.07, 0.34), (-0.07, 0.34)], m.solid(handle, 0.2), lift=0.3, soft=2)
            sheet.spot([(-0.05, 0.2), (0.05, 0.2), (0.05, 0.28), (-0.05, 0.28)], metal)
        else:
            for side in (1, -1):
                sheet.dot(side * 0.35, -0.08, 0.04, metal)
                sheet.line([(side * 0.35, -0.06), (side * 0.42, 0.66)], dark, 0.016, 0.5)
    elif form == "Hobo":
        strap = curve([(-0.6, 0.05), (-0.45, -0.5), (0, -0.78), (0.45, -0.5), (0.6, 0.05)], closed=False)
        sheet.part(band(strap, 0.11), leather.plain(), depth=0.8, soft=4)
        pouch = [
            (-0.66, -0.02),
            (-0.3, 0.1),
            (0.0, 0.13),
            (0.3, 0.1),
            (0.66, -0.02),
            (0.74, 0.35),
            (0.5, 0.68),
            (0, 0.76),
            (-0.5, 0.68),
            (-0.74, 0.35),
        ]
        sheet.part(curve(pouch), leather, depth=0.9, soft=10, crumple=0.12, folds=0.07, lift=0.1)
        sheet.line(curve([(-0.6, 0.04), (0, 0.17), (0.6, 0.04)], False), metal, 0.02)
    elif form == "Sling":
        loop = curve(
            [(-0.5, 0.1), (-0.44, -0.45), (-0.2, -0.8), (0.05, -0.86), (0.28, -0.74), (0.44, -0.4), (0.5, 0.1)],
            closed=False,
        )
        sheet.part(band(loop, 0.055), m.solid(handle), depth=0.7, soft=2)
        box = [(0, 0.0), (0.5 * w, 0.0), (0.55 * w, 0.06), (0.55 * w, 0.55), (0.46 * w, 0.63), (0, 0.64)]
        sheet.part(mirrored(curve(box, closed=False)), leather, depth=0.8, soft=7, crumple=0.05)
        sheet.part(
            mirrored(curve([(0, -0.01), (0.5 * w, 0.0), (0.56 * w, 0.06), (0.5 * w, 0.3), (0, 0.42)], closed=False)),
            leather,
            soft=5,
            lift=0.4,
        )
        sheet.dot(0, 0.36, 0.055, metal)
        sheet.dot(0, 0.36, 0.03, darker(np.array(metal), 0.6))
    else:  # Clutch
        box = [(0, -0.26), (0.74 * w, -0.26), (0.78 * w, -0.2), (0.76 * w, 0.3), (0.7 * w, 0.34), (0, 0.35)]
        sheet.part(mirrored(curve(box, closed=False)), leather, depth=0.9, soft=8, crumple=0.05)
        sheet.part([(-0.76 * w, -0.25), (0.76 * w, -0.25), (0.0, 0.17)], leather, depth=0.6, soft=5, lift=0.4)
        sheet.dot(0, 0.13, 0.05, metal)
    if form in ("Tote", "Hobo") and m.brand.logo != "none":
        mark(sheet, m, 0.0, 0.22, 0.07, metal)
    if m.word("trim") == "Buckled":
        for side in (1, -1):
            x = side * 0.3 * w
            sheet.part(
                [(x - 0.05, -0.1), (x + 0.05, -0.1), (x + 0.05, 0.5), (x - 0.05, 0.5)],
                m.solid(handle, 0.1),
                soft=2,
                lift=0.3,
            )
            sheet.line(
                moved(np.array([(-0.065, 0), (0.065, 0), (0.065, 0.1), (-0.065, 0.1), (-0.065, 0)]), x, 0.28),
                metal,
                0.026,
            )
    if m.word("trim") == "Tassel":
        x = 0.38
        sheet.line([(x, -0.06), (x + 0.02, 0.2)], handle, 0.03)
        sheet.part(
            [(x - 0.03, 0.18), (x + 0.07, 0.18), (x + 0.1, 0.46), (x - 0.06, 0.46)],
            m.solid(handle, weave=0.4),
            lift=0.4,
            soft=3,
        )


def backpack(sheet, m: Made) -> None:
    w, h = m.vary(0.5, 0.58), m.vary(0.8, 0.92)
    fabric = m.covered(m.garment.pattern, weave=0.15)
    trim = m.solid(m.trim, weave=0.12)
    sheet.part(band(oval(0, -h - 0.02, 0.13, 0.14, 180, 360, 12), 0.05), trim, depth=0.7, soft=3)
    for side in (1, -1):
        strap = curve(
            [(side * 0.2, -h + 0.05), (side * (w + 0.05), -h * 0.55), (side * (w + 0.1), 0.2), (side * w, 0.62)],
            closed=False,
        )
        sheet.part(band(strap, 0.09), m.solid(darker(m.base, 0.7)), depth=0.7, soft=3)
        mesh = curve(
            [(side * (w - 0.05), 0.3), (side * (w + 0.09), 0.34), (side * (w + 0.07), h), (side * (w - 0.06), h)]
        )
        sheet.part(mesh, m.solid(darker(m.base, 0.55), weave=0.4), depth=0.6, soft=4)
    main = [
        (0, -h),
        (w * 0.7, -h * 0.96),
        (w, -h * 0.6),
        (w * 1.02, 0.4),
        (w * 0.98, h * 0.95),
        (w * 0.8, h),
        (0, h + 0.01),
    ]
    sheet.part(mirrored(curve(main, closed=False)), fabric, depth=0.85, soft=10, crumple=0.06)
    zipper = darker(m.base, 0.4)
    arch = curve(
        [(-w * 0.92, 0.15), (-w * 0.86, -h * 0.5), (0, -h * 0.84), (w * 0.86, -h * 0.5), (w * 0.92, 0.15)], closed=False
    )
    sheet.line(arch, zipper, 0.03, 0.9)
    sheet.line(moved(arch, 0, 0.02), lighter(m.base, 0.4), 0.012, 0.5)
    form = m.word("form")
    top = 0.08 if form != "Laptop" else -0.05
    front = m.solid(m.second, weave=0.15) if m.garment.pattern == "Colourblocked" else fabric
    sheet.part(
        mirrored(
            curve(
                [
                    (0, top),
                    (w * 0.8, top + 0.01),
                    (w * 0.86, top + 0.1),
                    (w * 0.86, h * 0.86),
                    (w * 0.7, h * 0.92),
                    (0, h * 0.93),
                ],
                closed=False,
            )
        ),
        front,
        depth=0.8,
        soft=7,
        crumple=0.06,
        lift=0.35,
    )
    sheet.line([(-w * 0.74, top + 0.1), (w * 0.74, top + 0.1)], zipper, 0.026, 0.9)
    sheet.part(
        [(w * 0.5, top + 0.1), (w * 0.56, top + 0.1), (w * 0.55, top + 0.24), (w * 0.51, top + 0.24)], trim, soft=2
    )
    if form == "Rucksack":
        sheet.part(
            mirrored(
                curve(
                    [(0, -h * 0.98), (w * 0.8, -h * 0.9), (w * 0.95, -h * 0.5), (w * 0.85, -h * 0.3), (0, -h * 0.26)],
                    closed=False,
                )
            ),
            trim,
            depth=0.8,
            soft=7,
            lift=0.4,
        )
        for side in (1, -1):
            sheet.line([(side * w * 0.45, -h * 0.4), (side * w * 0.45, top + 0.3)], darker(m.base, 0.45), 0.05)
    if m.brand.logo != "none":
        mark(
            sheet,
            m,
            0,
            top + 0.32 if form != "Rucksack" else top + 0.38,
            0.09,
            m.second if m.garment.pattern != "Colourblocked" else m.base,
        )
