"""Heels and flats, seen from the side, toe to the right."""

import numpy as np

from .garment import Made
from .palette import darker, lighter
from .shapes import band, curve, oval


def heel(sheet, m: Made) -> None:
    """Pumps, peep-toes, ankle straps on stilettos, block heels or wedges; the height is a word."""
    rise = {"High Heel": 0.66, "Mid Heel": 0.46, "Kitten Heel": 0.3}.get(m.word("height"), 0.52) * m.vary(0.95, 1.05)
    gloss = m.covered("Solid", weave=0.03, gloss=0.5) if m.garment.pattern == "Solid" else m.cloth
    ground, form, style = 0.5, m.word("heel"), m.word("form")
    y = ground - rise  # of the heel's seat
    toe = ground - 0.04
    arch = [(-0.8, y), (-0.45, y + 0.02), (-0.05, y + rise * 0.45), (0.3, toe - 0.03), (0.85, toe)]
    sole = curve(arch, closed=False)
    if form == "Wedge":
        sheet.part(
            np.concatenate([sole, [(0.8, ground), (-0.74, ground)]]),
            m.solid(m.pick((0.62, 0.46, 0.3), tuple(darker(m.base, 0.8)))),
            depth=0.6,
            soft=6,
        )
    elif form == "Block Heel":
        sheet.part(
            [(-0.82, y), (-0.5, y + 0.02), (-0.54, ground), (-0.78, ground)],
            gloss.plain(darker(m.base, 0.8)),
            depth=0.8,
            soft=4,
        )
    else:
        sheet.part(
            curve(
                [
                    (-0.82, y),
                    (-0.55, y + 0.03),
                    (-0.68, y + 0.2 * rise + 0.05),
                    (-0.7, ground),
                    (-0.7, ground),
                    (-0.75, ground),
                    (-0.75, ground),
                    (-0.78, y + 0.25 * rise),
                ]
            ),
            gloss.plain(darker(m.base, 0.75)),
            depth=0.8,
            soft=3,
        )
    if style in ("Ankle Strap", "Strappy"):
        sheet.part(band(sole, 0.05), m.solid((0.72, 0.6, 0.46)), depth=0.4, soft=2)
        ankle = oval(-0.62, y - 0.36, 0.2, 0.06)
        sheet.line(ankle, darker(m.base, 0.7), 0.05)
        counter = curve([(-0.84, y + 0.02), (-0.84, y - 0.38), (-0.76, y - 0.4), (-0.66, y - 0.05), (-0.56, y + 0.03)])
        sheet.part(counter, gloss, depth=0.8, soft=4)
        sheet.dot(-0.46, y - 0.35, 0.03, (0.8, 0.7, 0.45))
        for x, lift in ((0.5, 0.2), (0.28, 0.25), (0.1, 0.28))[: 3 if style == "Strappy" else 1]:
            base = np.interp(x, sole[:, 0], sole[:, 1])
            strap = curve([(x - 0.16, base - 0.01), (x - 0.02, base - lift), (x + 0.14, base + 0.02)], closed=False)
            sheet.part(band(strap, 0.13 if style == "Ankle Strap" else 0.085), gloss, depth=0.9, soft=4, lift=0.2)
        return
    top = [
        (-0.84, y + 0.03),
        (-0.88, y - 0.2),
        (-0.82, y - 0.28),
        (-0.82, y - 0.28),
        (-0.45, y - 0.09),
        (-0.05, y + rise * 0.35 - 0.13),
        (0.18, toe - 0.27),
        (0.26, toe - 0.29),
    ]
    tip = [(0.55, toe - 0.21), (0.84, toe - 0.1), (0.92, toe - 0.01), (0.86, toe + 0.02)]
    if style == "Peep Toe":
        tip = [(0.55, toe - 0.2), (0.72, toe - 0.12), (0.72, toe - 0.12), (0.66, toe - 0.0), (0.66, toe - 0.0)]
        sheet.part(band([(0.4, toe - 0.01), (0.88, toe + 0.01)], 0.06), m.solid((0.75, 0.62, 0.48)), depth=0.4, soft=2)
    inner = curve(
        [
            (-0.8, y - 0.24),
            (-0.6, y - 0.2),
            (-0.1, y + rise * 0.3 - 0.2),
            (0.22, toe - 0.32),
            (0.2, toe - 0.14),
            (-0.5, y + 0.02),
        ]
    )
    sheet.part(inner, m.solid((0.62, 0.5, 0.4)), depth=0.3, soft=3)
    below = [(x, v + 0.03) for x, v in sole[::-1] if x < 0.62]
    sheet.part(
        np.concatenate([curve(top, closed=False, steps=4), curve(tip, closed=False, steps=4), below]),
        gloss,
        depth=1.0,
        soft=7,
    )
    if m.word("trim") == "Bow":
        for side in (1, -1):
            sheet.part(
                curve([(0.38, toe - 0.2), (0.38 + side * 0.16, toe - 0.32), (0.38 + side * 0.18, toe - 0.14)]),
                m.solid(m.second, 0.2),
                lift=0.3,
                soft=3,
            )
        sheet.dot(0.38, toe - 0.21, 0.04, darker(m.second, 0.8))
    if form == "Platform" or m.word("sole") == "Platform":
        sheet.part(
            [(0.05, toe + 0.0), (0.88, toe + 0.0), (0.86, ground + 0.07), (0.1, ground + 0.07)],
            m.solid(darker(m.base, 0.7)),
            soft=4,
        )


def flat(sheet, m: Made) -> None:
    """Ballerinas and mules: low, open."""
    y = 0.3
    gloss = m.covered(m.garment.pattern, weave=0.05, gloss=0.2)
    inner = curve([(-0.86, 0.05), (-0.5, -0.05), (0.1, 0.02), (0.42, 0.1), (0.3, 0.2), (-0.7, 0.18)])
    sheet.part(inner, m.solid((0.7, 0.58, 0.45)), depth=0.3, soft=3)
    back = (-0.9, -0.03) if m.word("form") != "Mules" else (-0.45, 0.24)
    upper = [
        (-0.88, y),
        back,
        back,
        (-0.5, 0.14),
        (0.0, 0.17),
        (0.3, 0.1),
        (0.36, 0.06),
        (0.36, 0.06),
        (0.7, 0.1),
        (0.92, 0.2),
        (0.93, y + 0.03),
    ]
    sheet.part(curve(upper), gloss, depth=0.9, soft=6)
    sheet.line(curve(upper[1:8], False, 4)[3:], darker(m.base, 0.6), 0.025)
    sheet.part(
        curve(
            [(-0.88, y - 0.02), (0.0, y + 0.02), (0.93, y), (0.9, y + 0.06), (-0.1, y + 0.07), (-0.86, y + 0.07)],
            steps=3,
        ),
        m.solid((0.3, 0.22, 0.16)),
        depth=0.4,
        soft=2,
    )
    if m.word("trim") == "Bow":
        for side in (1, -1):
            sheet.part(
                curve([(0.5, 0.1), (0.5 + side * 0.15, -0.0), (0.5 + side * 0.17, 0.17)]),
                m.solid(m.second, 0.2),
                lift=0.35,
                soft=3,
            )
        sheet.dot(0.5, 0.1, 0.035, darker(m.second, 0.75))
    elif m.word("trim") == "Embellished":
        for i in range(9):
            sheet.dot(0.38 + 0.055 * i, 0.13 + 0.04 * (i % 2), 0.022, lighter(m.second, 0.4))
