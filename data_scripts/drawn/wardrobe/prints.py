"""What is printed or sewn onto a garment: motifs on the chest, logos, embroidery."""

import math

import numpy as np

from .palette import lighter
from .shapes import curve, oval

MOTIFS = ("Star", "Heart", "Number", "Skull", "Mountain", "Wave", "Cat", "Typography", "Sun", "Anchor")


def star(x: float, y: float, radius: float, points: int = 5, inner: float = 0.42) -> list:
    steps = 2 * points
    return [
        (x + r * math.cos(a), y + r * math.sin(a))
        for i in range(steps)
        for a in [math.radians(-90 + 360 * i / steps)]
        for r in [radius if i % 2 == 0 else radius * inner]
    ]


def graphic(sheet, m, x: float, y: float, r: float) -> None:
    """A motif about 2 r across at (x, y); which one is the garment's word for "motif"."""
    motif, ink, more = m.word("motif") or MOTIFS[0], m.second, lighter(m.third, 0.3)
    r *= m.vary(0.85, 1.2)
    if motif == "Star":
        sheet.spot(star(x, y, r), ink)
        sheet.spot(star(x, y, r * 0.55), m.base)
    elif motif == "Heart":
        half = [(0, 0.9), (0.55, 0.35), (0.95, -0.2), (0.8, -0.68), (0.4, -0.75), (0, -0.4), (0, -0.4)]
        outline = curve([*half, *[(-a, b) for a, b in half[::-1]]])
        sheet.spot(outline * r + (x, y), ink)
    elif motif == "Number":
        wide = r * 0.3
        for offset, number in ((-0.55, m.pick(0, 1, 7)), (0.5, m.pick(3, 8, 2))):
            digit(sheet, x + offset * r, y, r * 0.42, r * 0.85, number, ink, wide)
    elif motif == "Skull":
        sheet.spot(oval(x, y - 0.15 * r, 0.75 * r, 0.72 * r), ink)
        sheet.spot(
            [
                (x - 0.4 * r, y + 0.3 * r),
                (x + 0.4 * r, y + 0.3 * r),
                (x + 0.33 * r, y + 0.9 * r),
                (x - 0.33 * r, y + 0.9 * r),
            ],
            ink,
        )
        for side in (-1, 1):
            sheet.spot(oval(x + side * 0.3 * r, y - 0.1 * r, 0.19 * r, 0.22 * r), m.base)
        for i in (-1, 0, 1):
            sheet.line([(x + i * 0.18 * r, y + 0.55 * r), (x + i * 0.18 * r, y + 0.9 * r)], m.base, 0.02)
    elif motif == "Mountain":
        sheet.spot(oval(x + 0.35 * r, y - 0.45 * r, 0.3 * r, 0.3 * r), more)
        sheet.spot(
            [
                (x - 1.1 * r, y + 0.7 * r),
                (x - 0.3 * r, y - 0.7 * r),
                (x + 0.2 * r, y + 0.1 * r),
                (x + 0.45 * r, y - 0.2 * r),
                (x + 1.1 * r, y + 0.7 * r),
            ],
            ink,
        )
        sheet.spot(
            [
                (x - 0.5 * r, y - 0.35 * r),
                (x - 0.3 * r, y - 0.7 * r),
                (x - 0.1 * r, y - 0.37 * r),
                (x - 0.3 * r, y - 0.2 * r),
            ],
            more,
        )
    elif motif == "Wave":
        for i in range(3):
            line = [
                (x + r * t, y + r * (0.5 * i - 0.5) + 0.22 * r * math.sin(5 * t + i))
                for t in np.linspace(-1.1, 1.1, 15)
            ]
            sheet.line(line, ink if i != 1 else more, 0.05)
    elif motif == "Cat":
        sheet.spot(oval(x, y + 0.1 * r, 0.75 * r, 0.62 * r), ink)
        for side in (-1, 1):
            sheet.spot(
                [(x + side * 0.7 * r, y), (x + side * 0.65 * r, y - 0.85 * r), (x + side * 0.1 * r, y - 0.4 * r)], ink
            )
            sheet.spot(oval(x + side * 0.3 * r, y + 0.02 * r, 0.12 * r, 0.15 * r), m.base)
        sheet.line([(x - 0.2 * r, y + 0.35 * r), (x, y + 0.42 * r), (x + 0.2 * r, y + 0.35 * r)], m.base, 0.022)
    elif motif == "Typography":
        for row, height in ((-0.62, 0.3), (0.0, 0.42), (0.62, 0.24)):
            at = -1.05
            while at < 0.9:
                step = m.vary(0.16, 0.34)
                kind = m.pick(0, 1, 2)
                a, b = x + at * r, y + row * r
                sheet.line([(a, b - height * r * 0.5), (a, b + height * r * 0.5)], ink if row == 0 else more, 0.034)
                if kind:
                    sheet.line(
                        [(a, b + (kind - 1.5) * height * r), (a + step * r * 0.6, b + (kind - 1.5) * height * r)],
                        ink,
                        0.026,
                    )
                at += step
    elif motif == "Sun":
        sheet.spot(star(x, y, r * 1.05, 12, 0.7), more)
        sheet.spot(oval(x, y, 0.6 * r, 0.6 * r), ink)
    else:  # Anchor
        sheet.line([(x, y - 0.6 * r), (x, y + 0.8 * r)], ink, 0.05)
        sheet.line([(x - 0.45 * r, y - 0.35 * r), (x + 0.45 * r, y - 0.35 * r)], ink, 0.04)
        sheet.line(oval(x, y + 0.1 * r, 0.75 * r, 0.72 * r, 10, 170, 14), ink, 0.05)
        sheet.line(oval(x, y - 0.78 * r, 0.16 * r, 0.16 * r), ink, 0.03)


SEGMENTS = {0: "abcdef", 1: "bc", 2: "abged", 3: "abgcd", 7: "abc", 8: "abcdefg"}
PLACES = {
    "a": (-1, -1, 1, -1),
    "b": (1, -1, 1, 0),
    "c": (1, 0, 1, 1),
    "d": (-1, 1, 1, 1),
    "e": (-1, 0, -1, 1),
    "f": (-1, -1, -1, 0),
    "g": (-1, 0, 1, 0),
}


def digit(sheet, x, y, rx, ry, number, colour, width) -> None:
    """One figure of seven segments."""
    for name in SEGMENTS[number]:
        x0, y0, x1, y1 = PLACES[name]
        sheet.line([(x + x0 * rx * 0.8, y + y0 * ry), (x + x1 * rx * 0.8, y + y1 * ry)], colour, width * 0.9)


def logo(sheet, m, chest_x: float, chest_y: float, hem_x: float, hem_y: float) -> None:
    """The brand's small mark at its usual place; garments with a large motif carry none on the chest."""
    place = m.brand.logo
    if place == "none" or (place in ("chest", "middle") and m.garment.pattern == "Graphic"):
        return
    x, y = {"chest": (chest_x, chest_y), "middle": (0.0, chest_y + 0.06), "hem": (hem_x, hem_y)}[place]
    mark(sheet, m, x, y, 0.05 if place != "middle" else 0.08, m.second if m.garment.pattern == "Solid" else m.third)


def mark(sheet, m, x: float, y: float, r: float, colour) -> None:
    """The brand's mark, about 2 r across."""
    kind = m.brand.mark
    if kind == "disc":
        sheet.dot(x, y, r * 0.8, colour)
    elif kind == "shield":
        sheet.spot(
            [
                (x - r * 0.8, y - r),
                (x + r * 0.8, y - r),
                (x + r * 0.7, y + 0.2 * r),
                (x, y + r),
                (x - r * 0.7, y + 0.2 * r),
            ],
            colour,
        )
    elif kind == "wing":
        sheet.spot(
            [
                (x - 1.3 * r, y - 0.2 * r),
                (x - 0.3 * r, y + 0.6 * r),
                (x + 1.4 * r, y - 0.9 * r),
                (x - 0.2 * r, y + 0.1 * r),
            ],
            colour,
        )
    elif kind == "bars":
        for i in (-1, 0, 1):
            sheet.line([(x + i * 0.6 * r - 0.3 * r, y + r), (x + i * 0.6 * r + 0.3 * r, y - r)], colour, r * 0.35)
    else:
        sheet.spot(
            [
                (x - 1.4 * r, y - 0.45 * r),
                (x + 1.4 * r, y - 0.45 * r),
                (x + 1.4 * r, y + 0.45 * r),
                (x - 1.4 * r, y + 0.45 * r),
            ],
            colour,
        )


def embroidery(sheet, m, c, y: float) -> None:
    """Rows of small stitched flowers around the neckline and down the front."""
    for row in range(2):
        rx, ry = c.neck + 0.07 + 0.07 * row, c.scoop + 0.07 + 0.09 * row
        for px, py in oval(0, y, rx, ry, 12, 168, 10 + 2 * row):
            sheet.dot(px, py, 0.02, m.second if row == 0 else m.third)
    for i in range(5):
        at = y + c.scoop + 0.2 + 0.1 * i
        for dx in (-0.09, 0.0, 0.09):
            sheet.dot(dx, at + 0.05 * (dx == 0), 0.02, m.second)
