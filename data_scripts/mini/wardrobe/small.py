"""Watches, sunglasses, caps and earrings."""

import math

import numpy as np

from .garment import Made
from .palette import METALS, contrast_to, darker, lighter
from .prints import mark
from .shapes import band, curve, flip, mirrored, oval


def watch(sheet, m: Made) -> None:
    """From the front: strap, case, dial. The colour's name means the dial, as in shops; the strap is a word."""
    sheet.shifted(0, 0, (0.86 if m.women else 1.0) * m.vary(0.95, 1.05))
    strap, shape = m.word("strap"), m.word("dial") or "Round Dial"
    metal = np.array(METALS["Gold" if m.garment.second in ("Gold", "Brown", "Tan") and m.pick(True, False) else "Silver"])
    if m.word("case") == "Gold-Toned":
        metal = np.array(METALS["Gold"])
    rx, ry = (0.44, 0.44) if shape == "Round Dial" else (0.4, 0.44)
    wide = (0.24 if m.women else 0.29) * m.vary(0.95, 1.05)
    _strap(sheet, m, strap, wide, metal)
    _case(sheet, m, shape, rx, ry, metal)
    ink = contrast_to(m.base) if m.word("display") != "Digital" else np.array((0.1, 0.12, 0.1))
    ink = lighter(ink, 0.75) if m.base.sum() < 1.2 else np.array((0.15, 0.14, 0.14))
    if m.word("display") == "Digital":
        sheet.part(curve([(-0.26, -0.13), (-0.26, -0.13), (0.26, -0.13), (0.26, -0.13), (0.26, 0.15), (0.26, 0.15), (-0.26, 0.15), (-0.26, 0.15)], steps=2),
                   m.solid((0.66, 0.7, 0.62), 0.3), depth=0.4, soft=3)  # fmt: skip
        from .prints import _digit

        for i, digit in enumerate((1, 0, 0, 8)):
            _digit(sheet, -0.18 + 0.115 * i + 0.02 * (i > 1), 0.01, 0.036, 0.085, digit, (0.1, 0.12, 0.1), 0.02)
        for dy in (-0.24, 0.26):
            sheet.line([(-0.16, dy), (0.16, dy)], lighter(m.base, 0.6), 0.03, 0.7)
        return
    for i in range(12):
        a = math.radians(30 * i)
        c, s = math.cos(a), math.sin(a)
        k = 1.0 if shape == "Round Dial" else 1.0 / max(abs(c), abs(s)) * 0.95
        inner, outer = 0.72, 0.86 if i % 3 else 0.9
        sheet.line([(c * rx * k * inner * 0.86, s * ry * k * inner * 0.86), (c * rx * k * outer * 0.86, s * ry * k * outer * 0.86)], ink, 0.03 if i % 3 == 0 else 0.018)
    if m.word("display") == "Chronograph":
        for x, y in ((-0.15, 0.02), (0.15, 0.02), (0.0, 0.17)):
            sheet.part(oval(x, y, 0.09, 0.09, steps=16), m.solid(darker(m.base, 0.7) if m.base.sum() > 1 else lighter(m.base, 0.25)), depth=0.5, soft=2)
            sheet.line([(x, y), (x + 0.04, y - 0.05)], ink, 0.014)
    for length, width, turn in ((0.2, 0.036, -58), (0.29, 0.026, m.pick(-20, 40, 150, 210)), (0.3, 0.012, m.pick(75, 120, 250))):
        a = math.radians(turn)
        sheet.line([(-0.03 * math.cos(a), -0.03 * math.sin(a)), (length * math.cos(a), length * math.sin(a))], ink if width > 0.02 else (0.75, 0.2, 0.2), width)
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
                sheet.line([(-wide * 0.55, side * (0.62 + 0.14 * i)), (wide * 0.55, side * (0.62 + 0.14 * i))], darker(colour, 0.5), 0.04, 0.7)
        else:
            for x in (-1, 1):
                sheet.stitches(np.linspace((x * wide * 0.82, side * 0.5), (x * end * 0.82, side * 1.3), 26), lighter(colour, 0.5), 0.8)
            if side > 0:
                for i in range(4):
                    sheet.dot(0, 0.8 + 0.12 * i, 0.022, darker(colour, 0.4))


def _case(sheet, m: Made, shape: str, rx: float, ry: float, metal) -> None:
    steel = m.solid(metal, 0.7)
    for side in (1, -1):  # lugs and crown
        sheet.part([(-0.3, side * 0.3), (0.3, side * 0.3), (0.27, side * 0.55), (-0.27, side * 0.55)], steel, depth=0.7, soft=3)
    sheet.part([(rx, -0.05), (rx + 0.1, -0.05), (rx + 0.1, 0.05), (rx, 0.05)], steel, soft=2)
    if m.word("display") == "Chronograph":
        for y in (-0.2, 0.2):
            sheet.part([(rx - 0.02, y - 0.035), (rx + 0.07, y - 0.035), (rx + 0.07, y + 0.035), (rx - 0.02, y + 0.035)], steel, soft=2)
    if shape == "Round Dial":
        outer, inner = oval(0, 0, rx * 1.1, ry * 1.1, steps=36), oval(0, 0, rx * 0.86, ry * 0.86, steps=32)
    else:
        r = 0.4 if shape == "Square Dial" else 0.33
        corner = curve([(r, -0.4), (r + 0.06, -0.36), (r + 0.08, 0), (r + 0.06, 0.36), (r, 0.4), (0, 0.44)], False)
        outer = np.concatenate([[(0, -0.44)], corner, flip(corner)[::-1]])
        inner = outer * 0.82
    sheet.part(outer, steel, depth=1.3, soft=5, lift=0.3)
    sheet.part(inner, m.solid(m.base, 0.2, 0.02), depth=-0.35, soft=5)


def sunglasses(sheet, m: Made) -> None:
    form = m.word("form") or "Wayfarer"
    frame, lens = m.second, m.base
    wire = form in ("Aviator", "Round")
    metal = METALS[m.pick("Gold", "Silver", "Black")] if wire else tuple(frame)
    r = m.vary(0.95, 1.06)
    shapes = {
        "Aviator": [(-0.32, -0.16), (0.05, -0.24), (0.3, -0.17), (0.36, 0.02), (0.24, 0.24), (0.02, 0.3), (-0.2, 0.18), (-0.32, -0.02)],
        "Wayfarer": [(-0.34, -0.17), (-0.3, -0.2), (0.38, -0.24), (0.41, -0.16), (0.34, 0.12), (0.2, 0.22), (-0.14, 0.22), (-0.3, 0.08)],
        "Rectangle": [(-0.36, -0.13), (-0.36, -0.13), (0.38, -0.15), (0.38, -0.15), (0.37, 0.12), (0.32, 0.15), (-0.3, 0.15), (-0.36, 0.1)],
        "Round": [(0.31 * math.cos(a), 0.31 * math.sin(a)) for a in [math.tau * i / 12 for i in range(12)]],
        "Oversized": [(-0.38, -0.2), (0.0, -0.32), (0.36, -0.26), (0.45, -0.02), (0.34, 0.28), (0.05, 0.38), (-0.26, 0.3), (-0.39, 0.05)],
        "Sporty": [(-0.4, -0.08), (-0.1, -0.17), (0.42, -0.2), (0.5, -0.12), (0.36, 0.1), (0.0, 0.18), (-0.28, 0.12), (-0.4, 0.02)],
    }
    shape = curve(np.array(shapes[form]) * r, steps=4)
    sheet.shifted(0, 0, 0.96)
    near = sheet.view.slant * 2.0
    for side in (1, -1):  # temples, going back
        line = curve([(side * 0.8, -0.14), (side * (0.84 - near), -0.3), (side * (0.62 - near), -0.42), (side * 0.4, -0.46)], closed=False)
        sheet.part(band(line, 0.045 if wire else 0.08, 0.035), m.solid(darker(np.array(metal), 0.7), 0.4), depth=0.8, soft=2)
    for side in (-1, 1):
        outline = (shape if side > 0 else flip(shape)) + (side * 0.43, 0.0)
        grow = 1.07 if wire else 1.22
        rim = (outline - (side * 0.43, 0)) * grow + (side * 0.43, 0)
        sheet.part(rim, m.solid(metal, 0.6), depth=0.9, soft=3, lift=0.2)
        sheet.part(outline, m.solid(darker(lens, 0.75), 0.8, 0.0), depth=-0.5, soft=6)
        low = (outline - (side * 0.43, 0.16)) * (0.8, 0.52) + (side * 0.43, 0.15)
        sheet.spot(low, lighter(lens, 0.45), 0.4)
        sheet.line(np.array([(-0.14, -0.1), (-0.02, -0.15)]) + (side * 0.43, 0), (1, 1, 1), 0.03, 0.5)
    sheet.line(curve([(-0.12, -0.06), (0, -0.13), (0.12, -0.06)], False), metal, 0.04 if wire else 0.08)
    if form == "Aviator":
        sheet.line([(-0.2, -0.2), (0.2, -0.2)], metal, 0.03)
    if m.brand.logo != "none" and not wire:
        sheet.dot(0.83, -0.17, 0.03, (0.85, 0.8, 0.6))


def cap(sheet, m: Made) -> None:
    """From the side, visor to the right."""
    sheet.shifted(-0.16, 0.1, 1.0)
    fabric = m.covered(m.garment.pattern, weave=0.14)
    h = m.vary(0.58, 0.68)
    dome = [(-0.62, 0.28), (-0.62, 0.28), (-0.64, 0.0), (-0.5, -h * 0.72), (-0.05, -h), (0.36, -h * 0.7), (0.52, 0.0), (0.54, 0.2), (0.54, 0.2), (0.0, 0.32)]
    visor_cloth = m.solid(m.trim if m.word("visor") == "Contrast Visor" else m.base, weave=0.14)
    brim = curve([(0.1, 0.26), (0.3, 0.1), (0.56, 0.1), (0.95, 0.24), (1.08, 0.38), (0.85, 0.4), (0.45, 0.34)])
    sheet.part(brim + (0.0, 0.035), m.solid(darker(m.base, 0.45)), depth=0.3, soft=3)
    if m.word("form") == "Beanie":
        sheet.shifted(0.2, 0)
        knit = m.covered("Striped" if m.garment.pattern == "Striped" else "Cable Knit", weave=0.25)
        sheet.image.paste((255, 255, 255), (0, 0, *sheet.size))
        sheet.cover.paste(0, (0, 0, *sheet.size))
        sheet.part(curve([(-0.56, 0.3), (-0.54, -0.1), (-0.35, -0.55), (0, -0.7), (0.35, -0.55), (0.54, -0.1), (0.56, 0.3)]), knit, depth=0.9, soft=9)
        sheet.part(curve([(-0.6, 0.12), (0, 0.17), (0.6, 0.12), (0.6, 0.44), (0, 0.5), (-0.6, 0.44)]), m.solid(m.trim, weave=0.35), depth=0.8, soft=6, lift=0.3)
        return
    sheet.part(curve(dome), fabric, depth=0.9, soft=10, crumple=0.05)
    if m.garment.pattern == "Colourblocked":
        sheet.part(curve([(0.05, 0.3), (0.0, -0.2), (0.05, -h * 0.98), (0.36, -h * 0.7), (0.52, 0.0), (0.54, 0.2)]), m.solid(m.second, weave=0.14), depth=0.8, soft=8)
    for seam in ([(-0.05, -h), (-0.16, -0.25), (-0.12, 0.3)], [(-0.05, -h), (0.22, -0.3), (0.3, 0.26)]):
        sheet.line(curve(seam, False), darker(m.base, 0.6), 0.014, 0.7)
    sheet.dot(-0.05, -h, 0.045, darker(m.base, 0.75))
    for x, y in ((-0.32, -0.34), (0.06, -0.4)):
        sheet.dot(x, y, 0.022, darker(m.base, 0.4))
    sheet.part(brim, visor_cloth, depth=0.8, soft=5, lift=0.35)
    sheet.stitches(curve([(0.36, 0.18), (0.6, 0.16), (0.9, 0.27), (0.98, 0.35)], False, 8), m.thread, 0.7)
    mark(sheet, m, 0.34, -0.12, 0.13 if m.brand.logo == "middle" else 0.09, m.second if m.garment.pattern != "Colourblocked" else m.base)


def earrings(sheet, m: Made) -> None:
    """A pair. The colour's name means the stones or the metal."""
    form = m.word("form") or "Drop"
    metal = np.array(METALS.get(m.garment.colour, METALS.get(m.garment.second, METALS["Gold"])))
    gold, gem = m.solid(metal, 0.7), m.solid(m.base, 0.7, 0.0)
    size = m.vary(0.9, 1.1)
    for side in (-1, 1):
        x = side * 0.42
        if form == "Stud":
            sheet.part(oval(x, 0, 0.25 * size, 0.25 * size), gold, depth=1.2, soft=4)
            sheet.part(oval(x, 0, 0.17 * size, 0.17 * size), gem, depth=1.3, soft=5)
            for a in range(0, 360, 45):
                sheet.dot(x + 0.21 * size * math.cos(math.radians(a)), 0.21 * size * math.sin(math.radians(a)), 0.026, lighter(metal, 0.6))
            continue
        if form == "Hoop":
            sheet.part(oval(x, 0.1, 0.3 * size, 0.42 * size), gold, depth=1.2, soft=3, hole=oval(x, 0.1, 0.23 * size, 0.35 * size))
            sheet.line([(x, -0.3 * size), (x, -0.42)], metal, 0.03)
            for a in range(20, 170, 30):
                sheet.dot(x + 0.265 * size * math.cos(math.radians(a)), 0.1 + 0.385 * size * math.sin(math.radians(a)), 0.035, m.base)
            continue
        sheet.line(oval(x, -0.72, 0.07, 0.14, 90, 330, 12), metal, 0.026)
        sheet.part(oval(x, -0.5, 0.1, 0.1), gem if form == "Chandelier" else gold, depth=1.2, soft=3)
        sheet.line([(x, -0.42), (x, -0.2)], metal, 0.028)
        if form == "Drop":
            drop = curve(mirrored([(0, -0.26), (0, -0.26), (0.1, -0.02), (0.19 * size, 0.22), (0.12, 0.42), (0, 0.47)]))
            sheet.part(drop + (x, 0), gold, depth=1.2, soft=3)
            sheet.part((drop - (0, 0.15)) * 0.72 + (x, 0.17), gem, depth=1.3, soft=6)
        elif form == "Jhumka":
            bell = curve(mirrored([(0, -0.26), (0.1, -0.2), (0.24 * size, 0.08), (0.27 * size, 0.2), (0.27 * size, 0.2), (0, 0.25)]))
            sheet.part(bell + (x, 0), gold, depth=1.3, soft=5)
            sheet.line([(x - 0.25 * size, 0.15), (x, 0.2), (x + 0.25 * size, 0.15)], m.base, 0.06)
            for k in range(-3, 4):
                sheet.dot(x + k * 0.08 * size, 0.28 - 0.008 * abs(k), 0.036, lighter(metal, 0.3) if k % 2 else m.base)
        else:  # Chandelier
            sheet.part(curve(mirrored([(0, -0.26), (0.14, -0.16), (0.26, 0.04), (0, 0.12)])) + (x, 0), gold, depth=1.2, soft=4)
            for k in (-2, -1, 0, 1, 2):
                end = 0.52 - 0.07 * abs(k)
                sheet.line([(x + k * 0.11, 0.04), (x + k * 0.12, end)], metal, 0.02)
                sheet.part(oval(x + k * 0.12, end, 0.05, 0.075, steps=12), gem, depth=1.2, soft=2)
