"""Watches from the front."""

import math

import numpy as np

from .garment import Made
from .palette import METALS, contrast_to, darker, lighter
from .prints import digit
from .shapes import curve, flip, oval


def watch(sheet, m: Made) -> None:
    """From the front: strap, case, dial. The colour's name means the dial, as in shops; the strap is a word."""
    sheet.shifted(0, 0, (0.86 if m.women else 1.0) * m.vary(0.95, 1.05))
    strap, shape = m.word("strap"), m.word("dial") or "Round Dial"
    metal = np.array(
        METALS["Gold" if m.garment.second in ("Gold", "Brown", "Tan") and m.pick(True, False) else "Silver"]
    )
    if m.word("case") == "Gold-Toned":
        metal = np.array(METALS["Gold"])
    rx, ry = (0.44, 0.44) if shape == "Round Dial" else (0.4, 0.44)
    wide = (0.24 if m.women else 0.29) * m.vary(0.95, 1.05)
    _strap(sheet, m, strap, wide, metal)
    _case(sheet, m, shape, rx, ry, metal)
    ink = contrast_to(m.base) if m.word("display") != "Digital" else np.array((0.1, 0.12, 0.1))
    ink = lighter(ink, 0.75) if m.base.sum() < 1.2 else np.array((0.15, 0.14, 0.14))
    if m.word("display") == "Digital":
        sheet.part(
            curve(
                [
                    (-0.26, -0.13),
                    (-0.26, -0.13),
                    (0.26, -0.13),
                    (0.26, -0.13),
                    (0.26, 0.15),
                    (0.26, 0.15),
                    (-0.26, 0.15),
                    (-0.26, 0.15),
                ],
                steps=2,
            ),
            m.solid((0.66, 0.7, 0.62), 0.3),
            depth=0.4,
            soft=3,
        )
        for i, number in enumerate((1, 0, 0, 8)):
            digit(sheet, -0.18 + 0.115 * i + 0.02 * (i > 1), 0.01, 0.036, 0.085, number, (0.1, 0.12, 0.1), 0.02)
        for dy in (-0.24, 0.26):
            sheet.line([(-0.16, dy), (0.16, dy)], lighter(m.base, 0.6), 0.03, 0.7)
        return
    for i in range(12):
        a = math.radians(30 * i)
        c, s = math.cos(a), math.sin(a)
        k = 1.0 if shape == "Round Dial" else 1.0 / max(abs(c), abs(s)) * 0.95
        inner, outer = 0.72, 0.86 if i % 3 else 0.9
        sheet.line(
            [
                (c * rx * k * inner * 0.86, s * ry * k * inner * 0.86),
                (c * rx * k * outer * 0.86, s * ry * k * outer * 0.86),
            ],
            ink,
            0.03 if i % 3 == 0 else 0.018,
        )
    if m.word("display") == "Chronograph":
        for x, y in ((-0.15, 0.02), (0.15, 0.02), (0.0, 0.17)):
            sheet.part(
                oval(x, y, 0.09, 0.09, steps=16),
                m.solid(darker(m.base, 0.7) if m.base.sum() > 1 else lighter(m.base, 0.25)),
                depth=0.5,
                soft=2,
            )
            sheet.line([(x, y), (x + 0.04, y - 0.05)], ink, 0.014)
    for length, width, turn in (
        (0.2, 0.036, -58),
        (0.29, 0.026, m.pick(-20, 40, 150, 210)),
        (0.3, 0.012, m.pick(75, 120, 250)),
    ):
        a = math.radians(turn)
        sheet.line(
            [(-0.03 * math.cos(a), -0.03 * math.sin(a)), (length * math.cos(a), length * math.sin(a))],
            ink if width > 0.02 else (0.75, 0.2, 0.2),
            width,
        )
    sheet.dot(0, 0, 0.026, metal)
    if m.word("case") == "Embellished":
        for x, y in oval(0, 0, rx * 1.0, ry * 1.0, steps=24):
            sheet.dot(x, y, 0.026, (0.97, 0.97, 1.0))
    sheet.spot(oval(-rx * 0.3, -ry * 0.35, rx * 0.42, ry * 0.3, 170, 300), (1, 1, 1), 0.16)


def _strap(sheet, m: Made, strap: str, wide: float, metal) -> None:
    colour = metal if strap == "Steel Strap" else m.second
    cloth = m.solid(colour, 0.5 if strap == "Steel Strap" else 0.15, 0.05 if strap == "Steel Strap" else 0.12)
    for side in (1, -1):
        end = wide * (0.72 if strap != "Steel Strap" else 0.8)
        piece = np.array([(-wide, 0.3), (wide, 0.3), (end, 1.32), (-end, 1.32)]) * (1, side)
        sheet.part(piece, cloth, depth=0.9, soft=6)
        if strap == "Steel Strap":
            for i in range(9):
                y = side * (0.5 + 0.1 * i)
                sheet.line([(-wide, y), (wide, y)], darker(colour, 0.45), 0.018, 0.8)
                sheet.line([(-wide, y + 0.022), (wide, y + 0.022)], lighter(colour, 0.7), 0.012, 0.6)
            for x in (-0.36, 0.36):
                sheet.line([(x * wide, side * 0.4), (x * wide * 0.85, side * 1.3)], darker(colour, 0.6), 0.018, 0.7)
        elif strap == "Rubber Strap":
            for i in range(5):
                sheet.line(
                    [(-wide * 0.55, side * (0.62 + 0.14 * i)), (wide * 0.55, side * (0.62 + 0.14 * i))],
                    darker(colour, 0.5),
                    0.04,
                    0.7,
                )
        else:
            for x in (-1, 1):
                sheet.stitches(
                    np.linspace((x * wide * 0.82, side * 0.5), (x * end * 0.82, side * 1.3), 26),
                    lighter(colour, 0.5),
                    0.8,
                )
            if side > 0:
                for i in range(4):
                    sheet.dot(0, 0.8 + 0.12 * i, 0.022, darker(colour, 0.4))


def _case(sheet, m: Made, shape: str, rx: float, ry: float, metal) -> None:
    steel = m.solid(metal, 0.7)
    for side in (1, -1):  # lugs and crown
        sheet.part(
            [(-0.3, side * 0.3), (0.3, side * 0.3), (0.27, side * 0.55), (-0.27, side * 0.55)], steel, depth=0.7, soft=3
        )
    sheet.part([(rx, -0.05), (rx + 0.1, -0.05), (rx + 0.1, 0.05), (rx, 0.05)], steel, soft=2)
    if m.word("display") == "Chronograph":
        for y in (-0.2, 0.2):
            sheet.part(
                [(rx - 0.02, y - 0.035), (rx + 0.07, y - 0.035), (rx + 0.07, y + 0.035), (rx - 0.02, y + 0.035)],
                steel,
                soft=2,
            )
    if shape == "Round Dial":
        outer, inner = oval(0, 0, rx * 1.1, ry * 1.1, steps=36), oval(0, 0, rx * 0.86, ry * 0.86, steps=32)
    else:
        r = 0.4 if shape == "Square Dial" else 0.33
        corner = curve([(r, -0.4), (r + 0.06, -0.36), (r + 0.08, 0), (r + 0.06, 0.36), (r, 0.4), (0, 0.44)], False)
        outer = np.concatenate([[(0, -0.44)], corner, flip(corner)[::-1]])
        inner = outer * 0.82
    sheet.part(outer, steel, depth=1.3, soft=5, lift=0.3)
    sheet.part(inner, m.solid(m.base, 0.2, 0.02), depth=-0.35, soft=5)
