"""Socks and ties."""

from .garment import Made
from .palette import darker
from .prints import mark
from .shapes import band, curve, flip, limb, mirrored


def socks(sheet, m: Made) -> None:
    """A pair, one behind the other, toes to the right."""
    high = {"Ankle Length": 0.32, "Knee Length": 1.35}.get(m.word("length"), 0.8) * m.vary(0.95, 1.05)
    wide = m.vary(0.19, 0.23)
    sheet.shifted(-0.22, 0.1 + 0.35 * (high - 0.8), 1.0 if high < 1 else 0.85)
    for dx, dy in ((0.26, -0.12), (0.0, 0.06)):
        top = 0.25 - high + dy
        foot = [
            (dx - wide, top),
            (dx - wide, top),
            (dx + wide, top),
            (dx + wide, top),
            (dx + wide * 0.9, 0.16 + dy),
            (dx + 0.5, 0.34 + dy),
            (dx + 0.7, 0.47 + dy),
            (dx + 0.62, 0.62 + dy),
            (dx + 0.2, 0.62 + dy),
            (dx - wide * 0.9, 0.56 + dy),
            (dx - wide * 1.1, 0.36 + dy),
            (dx - wide * 0.85, 0.1 + dy),
        ]
        sheet.part(curve(foot), m.cloth, depth=0.7, soft=7, crumple=0.07, lift=0.35)
        trim = m.solid(m.second if m.word("toe") == "Contrast Toe" else m.trim, weave=0.2)
        sheet.part(band([(dx - wide, top + 0.06), (dx + wide, top + 0.06)], 0.13), trim, depth=0.6, soft=3)
        toe = curve(
            [
                (dx + 0.5, 0.36 + dy),
                (dx + 0.7, 0.47 + dy),
                (dx + 0.62, 0.62 + dy),
                (dx + 0.42, 0.625 + dy),
                (dx + 0.4, 0.45 + dy),
            ]
        )
        heel = curve(
            [
                (dx - wide * 1.0, 0.25 + dy),
                (dx - wide * 0.35, 0.4 + dy),
                (dx - wide * 0.2, 0.6 + dy),
                (dx - wide * 0.9, 0.56 + dy),
                (dx - wide * 1.1, 0.38 + dy),
            ]
        )
        if m.word("toe") == "Contrast Toe" or m.brand.trim == "contrast":
            for piece in (toe, heel):
                sheet.part(piece, trim, depth=0.5, soft=4)
        if m.brand.logo != "none":
            mark(sheet, m, dx + 0.02, 0.25 - high * 0.45 + dy, 0.06, m.second)


def tie(sheet, m: Made) -> None:
    slim = 0.7 if m.word("width") == "Slim" else 1.0
    w = 0.19 * slim * m.vary(0.95, 1.08)
    lean = m.vary(-0.05, 0.05)
    cloth = m.covered(m.garment.pattern, weave=0.12, gloss=0.25)
    if m.word("knot") != "Bow":
        tail = [(0.03, -0.9), (0.09 + lean, -0.85), (0.17 + lean, 0.78), (0.1 + lean, 0.9), (0.03 + lean, 0.8)]
        sheet.part(tail, cloth.plain(darker(m.base, 0.8)), depth=0.5, soft=4)
        blade = [(-0.065, -0.84), (0.065, -0.84), (lean + w, 0.82), (lean + 0.005, 1.08), (lean - w, 0.84)]
        sheet.part(blade, cloth, depth=0.55, soft=6, turn=38, lift=0.35, folds=0.05)
        sheet.part(
            curve(mirrored([(0, -1.08), (0.125, -1.06), (0.125, -1.06), (0.07, -0.82), (0.07, -0.82), (0, -0.8)])),
            cloth,
            depth=0.8,
            soft=5,
            turn=-30,
            lift=0.4,
        )
        loop = limb(0.06, -1.05, 0.28, 120, 0.12, 0.05)
        for piece in (loop, flip(loop)):
            sheet.part(piece, cloth.plain(darker(m.base, 0.9)), depth=0.5, soft=3)
        return
    sheet.shifted(0, 0, 1.2)
    wing = curve(
        [
            (0.05, -0.06),
            (0.35, -0.24),
            (0.62, -0.26),
            (0.62, -0.26),
            (0.6, 0.0),
            (0.62, 0.26),
            (0.62, 0.26),
            (0.35, 0.22),
            (0.05, 0.07),
        ]
    )
    for piece in (wing, flip(wing)):
        sheet.part(piece, cloth, depth=0.8, soft=6, crumple=0.08)
    sheet.part(curve([(-0.11, -0.13), (0.11, -0.13), (0.11, 0.14), (-0.11, 0.14)]), cloth, depth=0.8, soft=4, lift=0.4)
