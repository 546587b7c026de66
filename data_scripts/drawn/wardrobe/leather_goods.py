"""Wallets and belts."""

from itertools import pairwise

import numpy as np

from .garment import Made
from .palette import METALS, contrast_to, darker, lighter
from .prints import mark
from .shapes import curve, moved, oval


def wallet(sheet, m: Made) -> None:
    long = m.word("form") == "Long"
    w, h = (0.82, 0.4) if long else (0.62 * m.vary(0.95, 1.05), 0.46 * m.vary(0.95, 1.05))
    leather = m.covered(m.garment.pattern, weave=0.12, gloss=0.2)
    lean = m.vary(-0.03, 0.03)
    corners = [
        (-w, -h + lean),
        (-w, -h + lean),
        (w, -h),
        (w, -h),
        (w * 1.01, h + lean),
        (w * 1.01, h + lean),
        (-w * 0.99, h),
        (-w * 0.99, h),
    ]
    sheet.part(moved(curve(corners, steps=3), 0.025, 0.035), leather.plain(darker(m.base, 0.5)), depth=0.4, soft=3)
    sheet.part(curve(corners, steps=3), leather, depth=0.55, soft=7, crumple=0.04)
    inset = 0.05
    rim = np.array(
        [
            (-w + inset, -h + inset),
            (w - inset, -h + inset),
            (w - inset, h - inset),
            (-w + inset, h - inset),
            (-w + inset, -h + inset),
        ]
    )
    dense = np.concatenate([np.linspace(a, b, 18) for a, b in pairwise(rim)])
    sheet.stitches(dense, contrast_to(m.base), 0.75)
    if m.word("closure") == "Zip Around":
        sheet.line(curve(corners, steps=3)[2:-2] * 0.97, (0.74, 0.7, 0.6), 0.03, 0.9)
    elif m.word("closure") == "Flap" or long:
        y = 0.05
        sheet.part(
            curve(
                [(-w, -h), (-w, -h), (w, -h), (w, -h), (w * 0.99, y), (0.2, y + 0.1), (-0.2, y + 0.1), (-w * 0.99, y)],
                steps=3,
            ),
            leather,
            soft=5,
            lift=0.4,
        )
        sheet.dot(0, y + 0.03, 0.05, (0.8, 0.7, 0.45))
    else:
        sheet.line([(0.02, -h + 0.02), (0.02, h - 0.02)], darker(m.base, 0.6), 0.014, 0.5)
    if m.garment.pattern == "Textured":
        for i in range(-6, 7):
            sheet.line([(i * w / 6.5, -h), (i * w / 6.5 + 0.1, h)], darker(m.base, 0.7), 0.016, 0.45)
            sheet.line([(-w, i * h / 6.5), (w, i * h / 6.5)], darker(m.base, 0.7), 0.014, 0.35)
    if m.brand.logo != "none":
        mark(sheet, m, w * 0.62, h * 0.62, 0.06, lighter(m.base, 0.35))


def belt(sheet, m: Made) -> None:
    """Rolled up, buckle in front."""
    tall, w = m.vary(0.1, 0.15), m.vary(0.72, 0.82)
    leather = m.covered("Solid", weave=0.1, gloss=0.3)
    metal = METALS["Gold" if m.word("buckle") == "Gold Buckle" else "Silver"]
    inner = oval(0, -0.05, w, 0.3)
    sheet.part(
        np.concatenate([inner[14:], (moved(inner[14:], 0, 2 * tall))[::-1]]),
        leather.plain(darker(m.base, 0.5)),
        depth=0.5,
        soft=4,
    )
    second = oval(0.03, -0.03, w * 0.9, 0.24)
    sheet.part(
        np.concatenate([second[15:28], (moved(second[15:28], 0, 2 * tall))[::-1]]),
        leather.plain(darker(m.base, 0.65)),
        depth=0.5,
        soft=4,
    )
    front = oval(0, -0.05, w, 0.3, -8, 188)
    cloth = leather
    if m.word("form") == "Braided":
        cloth = m.covered("Cable Knit", weave=0.25)
    sheet.part(np.concatenate([front, (moved(front, 0, 2 * tall))[::-1]]), cloth, depth=1.0, soft=5, crumple=0.03)
    if m.word("form") != "Braided":
        sheet.stitches(curve(moved(front[1:-1], 0, 0.035), False, 3), contrast_to(m.base), 0.8)
        sheet.stitches(curve(moved(front[1:-1], 0, 2 * tall - 0.035), False, 3), contrast_to(m.base), 0.8)
        for i in range(5):
            x, y = front[20 + i]
            sheet.dot(x, y + tall, 0.02, darker(m.base, 0.35))
    x, y, b = -0.02, 0.25 + tall, tall + 0.07
    if m.word("buckle") == "Plate Buckle":
        sheet.part(
            [(x - 0.16, y - b), (x + 0.16, y - b), (x + 0.16, y + b), (x - 0.16, y + b)],
            m.solid(metal, 0.6),
            depth=0.9,
            soft=4,
            lift=0.4,
        )
        mark(sheet, m, x, y, 0.07, darker(np.array(metal), 0.5))
    else:
        frame = [(x - 0.15, y - b), (x + 0.15, y - b), (x + 0.15, y + b), (x - 0.15, y + b)]
        hole = [(x - 0.1, y - b + 0.05), (x + 0.1, y - b + 0.05), (x + 0.1, y + b - 0.05), (x - 0.1, y + b - 0.05)]
        sheet.part(frame, m.solid(metal, 0.6), depth=0.9, soft=3, lift=0.4, hole=hole)
        sheet.line([(x - 0.12, y), (x + 0.13, y)], metal, 0.045)
        sheet.part(
            [(x + 0.26, y - b + 0.03), (x + 0.34, y - b + 0.02), (x + 0.34, y + b - 0.03), (x + 0.26, y + b - 0.02)],
            leather,
            lift=0.3,
            soft=2,
        )
