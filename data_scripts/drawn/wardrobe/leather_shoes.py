"""Formal shoes and boots, seen from the side, toe to the right."""

import numpy as np

from .garment import Made
from .lacing import laces, opening
from .palette import contrast_to, darker
from .shapes import band, curve, oval


def formal(sheet, m: Made) -> None:
    """Leather with a low heel: Derby, Oxford, slip-on, monk strap."""
    form, point = m.word("form"), m.vary(-0.02, 0.03)
    leather = m.covered("Solid", weave=0.04, gloss=0.5)
    upper = [
        (-0.86, 0.32),
        (-0.9, 0.0),
        (-0.83, -0.22),
        (-0.83, -0.22),
        (-0.58, -0.14),
        (-0.36, -0.18),
        (-0.28, -0.24),
        (-0.26, -0.24),
        (0.12, 0.0),
        (0.5, 0.12),
        (0.86, 0.21 + point),
        (0.98, 0.33),
        (0.94, 0.37),
    ]
    opening(sheet, m, [(-0.82, -0.2), (-0.56, -0.28), (-0.3, -0.25), (-0.48, -0.1)])
    sheet.part(curve(upper), leather, depth=1.0, soft=8, crumple=0.03)
    dark = darker(m.base, 0.35)
    if form in ("Slip-on", ""):
        sheet.line(curve([(-0.3, -0.22), (-0.12, 0.05), (-0.2, 0.3)], False), dark, 0.02)
        sheet.line(curve([(0.05, 0.02), (0.3, 0.1), (0.55, 0.2), (0.72, 0.34)], False), dark, 0.016, 0.8)
        sheet.part(
            curve([(-0.22, -0.14), (-0.1, -0.17), (0.0, -0.02), (-0.06, 0.08)]),
            leather.plain(darker(m.base, 0.6)),
            soft=2,
            depth=0.4,
        )
    elif form == "Monk Strap":
        sheet.part(band(curve([(-0.62, -0.02), (-0.2, -0.06), (0.06, 0.04)], False), 0.13), leather, lift=0.4, soft=3)
        sheet.spot(oval(-0.28, -0.05, 0.06, 0.075), (0.78, 0.68, 0.45))
        sheet.spot(oval(-0.28, -0.05, 0.035, 0.05), darker(m.base, 0.7))
    else:
        sheet.part(
            curve([(-0.3, -0.26), (-0.2, -0.26), (0.14, 0.0), (0.06, 0.06)]),
            leather.plain(darker(m.base, 0.75)),
            soft=3,
            lift=0.2,
        )
        laces(sheet, m, (-0.23, -0.17), (0.06, 0.03), 4, darker(m.base, 0.45), 0.06)
        sheet.line(curve([(-0.34, -0.16), (-0.26, 0.1), (0.05, 0.16), (0.18, 0.06)], False), dark, 0.014, 0.8)
    if m.word("toe") in ("Cap Toe", "Brogue"):
        line = curve([(0.52, 0.13), (0.6, 0.24), (0.56, 0.36)], closed=False)
        sheet.line(line, dark, 0.018)
        if m.word("toe") == "Brogue":
            for x, y in [
                *line[::2],
                (0.7, 0.24),
                (0.76, 0.28),
                (0.7, 0.31),
                (-0.6, 0.05),
                (-0.56, 0.15),
                (-0.53, 0.24),
            ]:
                sheet.dot(x + 0.02, y, 0.014, dark)
    sole = np.array((0.12, 0.1, 0.09)) if m.pick(True, True, False) else np.array((0.45, 0.3, 0.18))
    sheet.part(
        curve(
            [
                (-0.88, 0.31),
                (-0.88, 0.31),
                (0.0, 0.34),
                (0.98, 0.345),
                (1.0, 0.375),
                (0.9, 0.4),
                (-0.1, 0.395),
                (-0.87, 0.37),
            ],
            steps=3,
        ),
        m.solid(sole, 0.2),
        depth=0.4,
        soft=2,
        lift=0.15,
    )
    sheet.part([(-0.88, 0.36), (-0.42, 0.375), (-0.44, 0.47), (-0.87, 0.47)], m.solid(sole, 0.2), depth=0.5, soft=3)


def boot(sheet, m: Made) -> None:
    high = {"Ankle": 0.42, "Knee High": 1.2}.get(m.word("height"), 0.62) * m.vary(0.95, 1.05)
    sheet.shifted(0, 0.28 + 0.2 * (high > 1), 0.9 if high > 1 else 1.0)
    leather = m.covered("Solid", weave=0.08, gloss=0.25)
    top = -high
    shaft = [
        (-0.86, 0.33),
        (-0.88, 0.05),
        (-0.84, top * 0.5),
        (-0.88, top),
        (-0.88, top),
        (-0.36, top + 0.02),
        (-0.36, top + 0.02),
        (-0.33, top * 0.45),
        (-0.22, -0.08),
        (0.15, 0.04),
        (0.6, 0.1),
        (0.88, 0.2),
        (0.93, 0.33),
    ]
    sheet.part(oval(-0.62, top + 0.01, 0.26, 0.05), leather.plain(darker(m.base, 0.4)), depth=0.3, soft=2)
    sheet.part(curve(shaft), leather, depth=0.85, soft=9, crumple=0.08)
    if m.word("form") == "Lace-up":
        laces(sheet, m, (-0.4, top + 0.1), (0.1, 0.06), 7 if high < 1 else 10, contrast_to(m.base))
        sheet.line(curve([(-0.5, top + 0.05), (-0.44, -0.1), (-0.1, 0.2)], False), darker(m.base, 0.5), 0.016)
    elif m.word("form") == "Chelsea":
        sheet.part(
            [(-0.68, top + 0.06), (-0.48, top + 0.06), (-0.52, -0.02), (-0.64, -0.02)],
            m.covered("Ribbed").plain(darker(m.base, 0.45)),
            soft=3,
        )
    else:
        sheet.part(band([(-0.87, top + 0.3), (-0.34, top + 0.36)], 0.09), leather, lift=0.35, soft=3)
        sheet.spot(oval(-0.58, top + 0.33, 0.055, 0.065), (0.76, 0.7, 0.55))
    sole = m.solid(m.pick((0.13, 0.12, 0.11), (0.5, 0.35, 0.2)))
    sheet.part(
        curve(
            [(-0.88, 0.3), (-0.88, 0.3), (0, 0.33), (0.94, 0.31), (0.97, 0.36), (0.9, 0.41), (-0.2, 0.4), (-0.4, 0.4)],
            steps=3,
        ),
        sole,
        soft=3,
        lift=0.2,
    )
    sheet.part([(-0.89, 0.33), (-0.4, 0.36), (-0.42, 0.49), (-0.88, 0.49)], sole, soft=3)
