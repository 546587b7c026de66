"""What is worn below: jeans, trousers, track pants, shorts and skirts from the front."""

import numpy as np

from .figure import Figure
from .garment import Made
from .palette import contrast_to, darker, lighter
from .prints import mark
from .shapes import band, curve, flip, mirrored

WAIST = -0.86


def trousers(sheet, m: Made) -> None:
    """Jeans, Trousers, Track Pants and Shorts: two legs, a waistband, pockets, and what the type adds."""
    kind, fit = m.garment.type, m.word("fit")
    short = kind == "Shorts"
    length = {"Knee Length": 1.08, "Cropped": 1.45}.get(m.word("length"), 0.86 if short else 1.9) * m.vary(0.96, 1.04)
    waist = (0.31 if m.women else 0.35) * m.vary(0.97, 1.04)
    hip = waist * (1.2 if m.women else 1.12)
    ankle = {
        "Skinny": 0.125,
        "Slim Fit": 0.15,
        "Straight": 0.19,
        "Regular Fit": 0.215,
        "Bootcut": 0.24,
        "Loose Fit": 0.235,
    }.get(fit, 0.185)
    if short:
        ankle = 0.215 if fit != "Loose Fit" else 0.255
        sheet.shifted(0, 0.5, 1.2)
    if sheet.view.dressed:
        sheet.shifted(0, 0.06, 0.92)
        figure = Figure(sheet, m.women)
        figure.legs(WAIST + 0.5, 0.2, 1.2) if short else figure.shoes(0.2, WAIST + length)
        figure.torso(WAIST, waist)
    else:
        back = mirrored([(0, WAIST + 0.02), (waist * 0.97, WAIST - 0.02), (waist, WAIST + 0.1), (0, WAIST + 0.12)])
        sheet.part(back, m.plain.plain(darker(m.base, 0.55)), depth=0.3, soft=3)
    split = m.vary(0.02, 0.06)
    end = WAIST + length
    knee = WAIST + 0.36 + 0.5 * (length - 0.36)
    centre = hip * 0.55 + (0.03 if not short else 0.05)
    leg = [
        (0, WAIST + 0.05),
        (0, WAIST + 0.05),
        (waist, WAIST),
        (waist, WAIST),
        (hip, WAIST + 0.34),
        (centre + 0.5 * (ankle + hip * 0.55), knee),
        (centre + ankle, end),
        (centre + ankle, end),
        (centre - ankle * 0.9, end + 0.015),
        (centre - ankle * 0.9, end + 0.015),
        (max(split, centre - 0.5 * (ankle + hip * 0.55)), knee),
        (0.012, WAIST + 0.54),
        (0.0, WAIST + 0.5),
    ]
    crumple = {"Jeans": 0.09, "Track Pants": 0.07}.get(kind, 0.045)
    outline = curve(leg)
    for piece in (flip(outline), outline):
        sheet.part(piece, m.cloth, depth=0.45, soft=8, folds=0.12, crumple=crumple)
    if kind == "Trousers":  # the crease
        for side in (1, -1):
            sheet.line([(side * centre, WAIST + 0.3), (side * centre, end - 0.02)], lighter(m.base, 0.25), 0.014, 0.5)
    if kind == "Track Pants" or m.word("side") == "Side Stripes":
        side_line = curve(
            [
                (waist, WAIST + 0.1),
                (hip, WAIST + 0.34),
                (centre + 0.5 * (ankle + hip * 0.55), knee),
                (centre + ankle, end),
            ],
            closed=False,
        )
        for k in range(m.pick(1, 2, 3) if m.word("side") else 0):
            stripe = side_line - (0.035 + 0.045 * k, 0)
            for piece in (stripe, flip(stripe)):
                sheet.line(piece, m.second, 0.022)
    details(sheet, m, waist, hip, centre, end, ankle)


def details(sheet, m: Made, waist, hip, centre, end, ankle) -> None:
    kind = m.garment.type
    gold = np.array((0.82, 0.58, 0.25)) if kind == "Jeans" else m.thread
    top = [(-waist, WAIST + 0.03), (0, WAIST + 0.075), (waist, WAIST + 0.03)]
    if kind == "Track Pants" or m.word("waist") == "Drawstring":
        sheet.part(band(top, 0.11), m.covered("Ribbed", weave=0.15), depth=0.6, soft=3)
        for side in (1, -1):
            sheet.line([(side * 0.03, WAIST + 0.08), (side * 0.05, WAIST + 0.34)], lighter(m.second, 0.3), 0.018)
    else:
        sheet.part(band(top, 0.10), m.plain, depth=0.5, soft=3, lift=0.15)
        for x in (-0.75, -0.3, 0.3, 0.75):
            sheet.line([(x * waist, WAIST + 0.0), (x * waist, WAIST + 0.13)], darker(m.base, 0.65), 0.028, 0.8)
        sheet.dot(0, WAIST + 0.07, 0.024, (0.75, 0.62, 0.4) if kind == "Jeans" else darker(m.base, 0.4))
        sheet.line(curve([(0.035, WAIST + 0.12), (0.05, WAIST + 0.36), (0.0, WAIST + 0.48)], False), gold, 0.01, 0.6)
    sheet.line([(0, WAIST + 0.12), (0, WAIST + 0.5)], darker(m.base, 0.5), 0.014, 0.7)
    for side in (1, -1):
        if kind == "Jeans":
            pocket = curve(
                [(0.35 * waist, WAIST + 0.13), (0.45 * waist, WAIST + 0.24), (hip * 0.97, WAIST + 0.28)], closed=False
            )
        else:
            pocket = np.array([(waist * 0.72, WAIST + 0.12), (hip * 0.97, WAIST + 0.38)])
        sheet.line(pocket * (side, 1), darker(m.base, 0.5), 0.016, 0.7)
        sheet.line(pocket * (side, 1) + (0, 0.025), gold, 0.009, 0.7)
        hem = [(side * (centre - ankle * 0.85), end - 0.045), (side * (centre + ankle * 0.95), end - 0.06)]
        sheet.line(hem, gold, 0.012, 0.6)
        if m.word("pocket") == "Cargo":
            x, y = side * (centre + 0.11), WAIST + 0.62 if kind != "Shorts" else WAIST + 0.36
            box = [(x - 0.11, y), (x + 0.11, y), (x + 0.11, y + 0.22), (x - 0.11, y + 0.22)]
            sheet.part(box, m.cloth, depth=0.4, soft=2, lift=0.35)
            sheet.part(
                [(x - 0.12, y - 0.02), (x + 0.12, y - 0.02), (x + 0.12, y + 0.07), (x - 0.12, y + 0.07)],
                m.cloth,
                lift=0.35,
                soft=2,
            )
    if m.word("wash") == "Distressed":
        for _ in range(5):
            x, y = m.pick(-1, 1) * centre + m.vary(-0.09, 0.09), m.vary(WAIST + 0.7, WAIST + 1.4)
            wide = m.vary(0.05, 0.1)
            for k in range(3):
                sheet.line(
                    [(x - wide, y + 0.03 * k), (x + wide, y + 0.03 * k + m.vary(-0.01, 0.01))],
                    lighter(m.base, 0.7),
                    0.014,
                    0.85,
                )
    if m.brand.logo != "none" and kind in ("Shorts", "Track Pants"):
        mark(sheet, m, -centre - 0.08, WAIST + 0.32 if kind == "Track Pants" else end - 0.16, 0.045, m.second)


def skirt(sheet, m: Made) -> None:
    length = {"Mini": 0.8, "Knee Length": 1.12, "Maxi": 1.85}.get(m.word("length"), 1.0) * m.vary(0.95, 1.05)
    fit = m.word("fit")
    flare = {"Pencil": 1.15, "A-line": 2.0, "Pleated": 2.1, "Tiered": 1.9}.get(fit, 1.6) * m.vary(0.95, 1.05)
    top, waist = -0.45 * length, 0.36
    sheet.shifted(0, 0.05, min(1.15, 2.0 / (length + 0.35)))
    if sheet.view.dressed:
        sheet.shifted(0, 0.12, 0.9)
        figure = Figure(sheet, True)
        figure.legs(top + length - 0.1, 0.16, top + max(length + 0.5, 1.5))
        figure.torso(top, waist * 0.9)
    hem, end = waist * flare, top + length
    hip = max(waist * 1.25, waist + (hem - waist) * 0.45)
    right = [
        (0, top + 0.03),
        (waist, top),
        (waist, top),
        (hip, top + 0.38 * length),
        (hem, end - 0.04),
        (hem, end - 0.04),
        (hem * 0.5, end + 0.03),
        (0, end + 0.05),
    ]
    shape = mirrored(curve(right, closed=False, steps=4))
    sheet.part(shape, m.cloth, depth=0.55, soft=9, folds=0.06 + 0.12 * (fit in ("A-line", "Tiered", "")), crumple=0.03)
    if fit == "Pleated":
        for i in range(-5, 6):
            x = i / 5.5
            sheet.line([(x * waist, top + 0.05), (x * hem, end)], darker(m.base, 0.45), 0.022, 0.5)
            sheet.line([(x * waist + 0.02, top + 0.05), (x * hem + 0.035, end)], lighter(m.base, 0.5), 0.016, 0.35)
    if fit == "Tiered":
        for k in (1, 2):
            y, w = (
                top + length * k / 3,
                waist + (hip - waist) * min(1.0, k / 3 / 0.38) + (hem - hip) * max(0, k / 3 - 0.38) / 0.62,
            )
            sheet.line([(-w, y - 0.02), (0, y + 0.03), (w, y - 0.02)], darker(m.base, 0.5), 0.028, 0.6)
    sheet.part(
        band([(-waist, top + 0.02), (0, top + 0.05), (waist, top + 0.02)], 0.09),
        m.solid(m.second if m.word("waist") == "Belted" else m.base, weave=0.1),
        depth=0.5,
        soft=3,
        lift=0.2,
    )
    sheet.line([(-hem * 0.98, end - 0.09), (0, end + 0.0), (hem * 0.98, end - 0.09)], m.thread, 0.01, 0.4)
    if m.word("front") == "Button Front":
        for i in range(5):
            sheet.dot(0, top + 0.18 + i * (length - 0.25) / 5, 0.026, contrast_to(m.base))
