"""Footwear seen from the side, toe to the right; sandals and flip-flops from obliquely above."""

import numpy as np

from .garment import Made
from .palette import contrast_to, darker, lighter
from .prints import mark
from .shapes import band, curve, oval

RUBBER = np.array((0.93, 0.92, 0.9))


def shoe(sheet, m: Made) -> None:
    """Casual, sports and formal shoes, heels, flats and boots."""
    draw = {"Casual Shoes": casual, "Sports Shoes": sports, "Formal Shoes": formal, "Heels": heel, "Flats": flat,
            "Boots": boot}[m.garment.type]  # fmt: skip
    tall = {"Heels": 1.3, "Flats": 1.4, "Casual Shoes": 1.2, "Sports Shoes": 1.12}.get(m.garment.type, 1.15)
    sheet.shifted(0, 0.1 if m.garment.type != "Heels" else -0.12, 0.95 if not sheet.view.pair else 0.8, tall)
    if sheet.view.pair:
        sheet.shifted(0.2, -0.2)
        state = m.rng.bit_generator.state
        draw(sheet, m)
        m.rng.bit_generator.state = state  # the other shoe has the same proportions
        sheet.shifted(-0.38, 0.38)
    draw(sheet, m)


def _opening(sheet, m: Made, points) -> None:
    sheet.part(curve(points), m.plain.plain(darker(m.base, 0.4)), depth=0.3, soft=3)


def _laces(sheet, m: Made, start, end, rows: int, colour, half: float = 0.075) -> None:
    """Rows of laces between two ends of the tongue's middle line, (x, y) each."""
    start, end = np.array(start), np.array(end)
    along = (end - start) / np.sqrt(((end - start) ** 2).sum())
    across = np.array((along[1], -along[0]))
    for i in range(rows):
        at = start + (end - start) * i / max(1, rows - 1)
        line = np.stack([at - across * half * 0.5, at + across * half])
        sheet.line(line + (0.008, 0.014), darker(m.base, 0.35), 0.026, 0.6)
        sheet.line(line, colour, 0.028)


def casual(sheet, m: Made) -> None:
    """Sneakers, slip-ons, loafers: a flat even sole, a soft upper."""
    high = 0.2 if m.word("top") == "High Top" else 0.0
    sole = m.vary(0.1, 0.15)
    form = m.word("form")
    toe = m.vary(-0.03, 0.03)
    upper = [(-0.86, 0.36), (-0.9, 0.05), (-0.86, -0.2 - high), (-0.86, -0.2 - high), (-0.6, -0.12 - high), (-0.36, -0.2 - high),
             (-0.28, -0.22 - high), (-0.28, -0.22 - high), (0.1, 0.0), (0.42, 0.1 + toe), (0.76, 0.16 + toe), (0.9, 0.3), (0.88, 0.4)]  # fmt: skip
    _opening(sheet, m, [(-0.85, -0.18 - high), (-0.58, -0.27 - high), (-0.3, -0.23 - high), (-0.5, -0.06 - high)])
    sheet.part(curve(upper), m.cloth, depth=0.7, soft=8, crumple=0.05)
    heel_piece = curve([(-0.87, 0.38), (-0.9, 0.05), (-0.865, -0.16 - high), (-0.74, -0.13 - high), (-0.66, 0.1), (-0.6, 0.38)])
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
        sheet.part(stay, m.solid(m.trim if m.brand.trim == "contrast" else darker(m.base, 0.9)), depth=0.5, soft=3, lift=0.15)
        lace = RUBBER if form != "Leather" else darker(m.base, 0.6)
        _laces(sheet, m, (-0.27, -0.14 - high), (0.1, 0.07), 4 + (high > 0), lace)
    if m.word("toe") == "Cap Toe" or (form == "Canvas"):
        sheet.part(curve([(0.56, 0.12 + toe), (0.76, 0.16 + toe), (0.9, 0.3), (0.9, 0.4), (0.5, 0.4)]), m.solid(RUBBER), depth=0.7, soft=5)
    bottom = [(-0.9, 0.34), (-0.9, 0.34), (0.0, 0.36), (0.88, 0.34), (0.95, 0.34), (0.93, 0.34 + sole), (0.86, 0.36 + sole), (-0.88, 0.36 + sole), (-0.92, 0.34 + sole)]
    tan = np.array((0.66, 0.5, 0.33))
    colour = tan if form == "Espadrilles" else (RUBBER if m.word("sole") != "Gum" else tan)
    sheet.part(curve(bottom, steps=3), m.solid(colour, weave=0.25 if form == "Espadrilles" else 0.03), depth=0.6, soft=4, lift=0.15)
    if m.brand.trim == "contrast" and form not in ("Loafers", "Espadrilles"):
        sheet.line([(-0.89, 0.38), (0, 0.40), (0.92, 0.39)], m.second, 0.022)
    if m.brand.mark == "disc":
        sheet.dot(-0.45, 0.1, 0.08, m.second)


def sports(sheet, m: Made) -> None:
    """Running and training shoes: a thick curved sole, panels, mesh, the brand's stripes."""
    rise = m.vary(0.0, 0.06)
    thick = m.vary(0.14, 0.2)
    upper = [(-0.84, 0.3), (-0.92, 0.0), (-0.93, -0.26), (-0.93, -0.26), (-0.72, -0.13), (-0.5, -0.16), (-0.33, -0.3), (-0.3, -0.31),
             (0.05, -0.08), (0.45, 0.06), (0.8, 0.14), (0.95, 0.28), (0.9, 0.36)]  # fmt: skip
    _opening(sheet, m, [(-0.9, -0.22), (-0.6, -0.3), (-0.34, -0.31), (-0.52, -0.1)])
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
    _laces(sheet, m, (-0.29, -0.2), (0.13, 0.02), 5, lace)
    stripes(sheet, m)
    y = 0.32
    base = [(-0.93, y - 0.07), (-0.93, y - 0.07), (-0.5, y + 0.02), (0.1, y + 0.05), (0.75, y - 0.01), (1.0, y - 0.1 - rise), (1.0, y - 0.1 - rise),
            (0.97, y + 0.05), (0.78, y + thick), (0.2, y + thick), (-0.1, y + thick - 0.03), (-0.5, y + thick), (-0.93, y + thick)]  # fmt: skip
    sheet.part(curve(base, steps=3), m.solid(RUBBER), depth=0.7, soft=5, lift=0.2)
    tread = curve([(-0.93, y + thick - 0.06), (-0.2, y + thick - 0.07), (0.4, y + thick - 0.05), (0.97, y + 0.04), (0.8, y + thick + 0.01),
                   (0.0, y + thick + 0.01), (-0.92, y + thick + 0.01)], steps=3)  # fmt: skip
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


def formal(sheet, m: Made) -> None:
    """Leather with a low heel: Derby, Oxford, slip-on, monk strap."""
    form, point = m.word("form"), m.vary(-0.02, 0.03)
    leather = m.covered("Solid", weave=0.04, gloss=0.5)
    upper = [(-0.86, 0.32), (-0.9, 0.0), (-0.83, -0.22), (-0.83, -0.22), (-0.58, -0.14), (-0.36, -0.18), (-0.28, -0.24), (-0.26, -0.24),
             (0.12, 0.0), (0.5, 0.12), (0.86, 0.21 + point), (0.98, 0.33), (0.94, 0.37)]  # fmt: skip
    _opening(sheet, m, [(-0.82, -0.2), (-0.56, -0.28), (-0.3, -0.25), (-0.48, -0.1)])
    sheet.part(curve(upper), leather, depth=1.0, soft=8, crumple=0.03)
    dark = darker(m.base, 0.35)
    if form in ("Slip-on", ""):
        sheet.line(curve([(-0.3, -0.22), (-0.12, 0.05), (-0.2, 0.3)], False), dark, 0.02)
        sheet.line(curve([(0.05, 0.02), (0.3, 0.1), (0.55, 0.2), (0.72, 0.34)], False), dark, 0.016, 0.8)
        sheet.part(curve([(-0.22, -0.14), (-0.1, -0.17), (0.0, -0.02), (-0.06, 0.08)]), leather.plain(darker(m.base, 0.6)), soft=2, depth=0.4)
    elif form == "Monk Strap":
        sheet.part(band(curve([(-0.62, -0.02), (-0.2, -0.06), (0.06, 0.04)], False), 0.13), leather, lift=0.4, soft=3)
        sheet.spot(oval(-0.28, -0.05, 0.06, 0.075), (0.78, 0.68, 0.45))
        sheet.spot(oval(-0.28, -0.05, 0.035, 0.05), darker(m.base, 0.7))
    else:
        sheet.part(curve([(-0.3, -0.26), (-0.2, -0.26), (0.14, 0.0), (0.06, 0.06)]), leather.plain(darker(m.base, 0.75)), soft=3, lift=0.2)
        _laces(sheet, m, (-0.23, -0.17), (0.06, 0.03), 4, darker(m.base, 0.45), 0.06)
        sheet.line(curve([(-0.34, -0.16), (-0.26, 0.1), (0.05, 0.16), (0.18, 0.06)], False), dark, 0.014, 0.8)
    if m.word("toe") in ("Cap Toe", "Brogue"):
        line = curve([(0.52, 0.13), (0.6, 0.24), (0.56, 0.36)], closed=False)
        sheet.line(line, dark, 0.018)
        if m.word("toe") == "Brogue":
            for x, y in [*line[::2], (0.7, 0.24), (0.76, 0.28), (0.7, 0.31), (-0.6, 0.05), (-0.56, 0.15), (-0.53, 0.24)]:
                sheet.dot(x + 0.02, y, 0.014, dark)
    sole = np.array((0.12, 0.1, 0.09)) if m.pick(True, True, False) else np.array((0.45, 0.3, 0.18))
    sheet.part(curve([(-0.88, 0.31), (-0.88, 0.31), (0.0, 0.34), (0.98, 0.345), (1.0, 0.375), (0.9, 0.4), (-0.1, 0.395), (-0.87, 0.37)], steps=3),
               m.solid(sole, 0.2), depth=0.4, soft=2, lift=0.15)  # fmt: skip
    sheet.part([(-0.88, 0.36), (-0.42, 0.375), (-0.44, 0.47), (-0.87, 0.47)], m.solid(sole, 0.2), depth=0.5, soft=3)


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
        sheet.part(np.concatenate([sole, [(0.8, ground), (-0.74, ground)]]), m.solid(m.pick((0.62, 0.46, 0.3), tuple(darker(m.base, 0.8)))),
                   depth=0.6, soft=6)  # fmt: skip
    elif form == "Block Heel":
        sheet.part([(-0.82, y), (-0.5, y + 0.02), (-0.54, ground), (-0.78, ground)], gloss.plain(darker(m.base, 0.8)), depth=0.8, soft=4)
    else:
        sheet.part(curve([(-0.82, y), (-0.55, y + 0.03), (-0.68, y + 0.2 * rise + 0.05), (-0.7, ground), (-0.7, ground), (-0.75, ground),
                          (-0.75, ground), (-0.78, y + 0.25 * rise)]), gloss.plain(darker(m.base, 0.75)), depth=0.8, soft=3)  # fmt: skip
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
    top = [(-0.84, y + 0.03), (-0.88, y - 0.2), (-0.82, y - 0.28), (-0.82, y - 0.28), (-0.45, y - 0.09), (-0.05, y + rise * 0.35 - 0.13),
           (0.18, toe - 0.27), (0.26, toe - 0.29)]  # fmt: skip
    tip = [(0.55, toe - 0.21), (0.84, toe - 0.1), (0.92, toe - 0.01), (0.86, toe + 0.02)]
    if style == "Peep Toe":
        tip = [(0.55, toe - 0.2), (0.72, toe - 0.12), (0.72, toe - 0.12), (0.66, toe - 0.0), (0.66, toe - 0.0)]
        sheet.part(band([(0.4, toe - 0.01), (0.88, toe + 0.01)], 0.06), m.solid((0.75, 0.62, 0.48)), depth=0.4, soft=2)
    inner = curve([(-0.8, y - 0.24), (-0.6, y - 0.2), (-0.1, y + rise * 0.3 - 0.2), (0.22, toe - 0.32), (0.2, toe - 0.14), (-0.5, y + 0.02)])
    sheet.part(inner, m.solid((0.62, 0.5, 0.4)), depth=0.3, soft=3)
    below = [(x, v + 0.03) for x, v in sole[::-1] if x < 0.62]
    sheet.part(np.concatenate([curve(top, closed=False, steps=4), curve(tip, closed=False, steps=4), below]), gloss, depth=1.0, soft=7)
    if m.word("trim") == "Bow":
        for side in (1, -1):
            sheet.part(curve([(0.38, toe - 0.2), (0.38 + side * 0.16, toe - 0.32), (0.38 + side * 0.18, toe - 0.14)]), m.solid(m.second, 0.2), lift=0.3, soft=3)
        sheet.dot(0.38, toe - 0.21, 0.04, darker(m.second, 0.8))
    if form == "Platform" or m.word("sole") == "Platform":
        sheet.part([(0.05, toe + 0.0), (0.88, toe + 0.0), (0.86, ground + 0.07), (0.1, ground + 0.07)], m.solid(darker(m.base, 0.7)), soft=4)


def flat(sheet, m: Made) -> None:
    """Ballerinas and mules: low, open."""
    y = 0.3
    gloss = m.covered(m.garment.pattern, weave=0.05, gloss=0.2)
    inner = curve([(-0.86, 0.05), (-0.5, -0.05), (0.1, 0.02), (0.42, 0.1), (0.3, 0.2), (-0.7, 0.18)])
    sheet.part(inner, m.solid((0.7, 0.58, 0.45)), depth=0.3, soft=3)
    back = (-0.9, -0.03) if m.word("form") != "Mules" else (-0.45, 0.24)
    upper = [(-0.88, y), back, back, (-0.5, 0.14), (0.0, 0.17), (0.3, 0.1), (0.36, 0.06), (0.36, 0.06), (0.7, 0.1), (0.92, 0.2), (0.93, y + 0.03)]
    sheet.part(curve(upper), gloss, depth=0.9, soft=6)
    sheet.line(curve(upper[1:8], False, 4)[3:], darker(m.base, 0.6), 0.025)
    sheet.part(curve([(-0.88, y - 0.02), (0.0, y + 0.02), (0.93, y), (0.9, y + 0.06), (-0.1, y + 0.07), (-0.86, y + 0.07)], steps=3),
               m.solid((0.3, 0.22, 0.16)), depth=0.4, soft=2)  # fmt: skip
    if m.word("trim") == "Bow":
        for side in (1, -1):
            sheet.part(curve([(0.5, 0.1), (0.5 + side * 0.15, -0.0), (0.5 + side * 0.17, 0.17)]), m.solid(m.second, 0.2), lift=0.35, soft=3)
        sheet.dot(0.5, 0.1, 0.035, darker(m.second, 0.75))
    elif m.word("trim") == "Embellished":
        for i in range(9):
            sheet.dot(0.38 + 0.055 * i, 0.13 + 0.04 * (i % 2), 0.022, lighter(m.second, 0.4))


def boot(sheet, m: Made) -> None:
    high = {"Ankle": 0.42, "Knee High": 1.2}.get(m.word("height"), 0.62) * m.vary(0.95, 1.05)
    sheet.shifted(0, 0.28 + 0.2 * (high > 1), 0.9 if high > 1 else 1.0)
    leather = m.covered("Solid", weave=0.08, gloss=0.25)
    top = -high
    shaft = [(-0.86, 0.33), (-0.88, 0.05), (-0.84, top * 0.5), (-0.88, top), (-0.88, top), (-0.36, top + 0.02), (-0.36, top + 0.02), (-0.33, top * 0.45),
             (-0.22, -0.08), (0.15, 0.04), (0.6, 0.1), (0.88, 0.2), (0.93, 0.33)]  # fmt: skip
    sheet.part(oval(-0.62, top + 0.01, 0.26, 0.05), leather.plain(darker(m.base, 0.4)), depth=0.3, soft=2)
    sheet.part(curve(shaft), leather, depth=0.85, soft=9, crumple=0.08)
    if m.word("form") == "Lace-up":
        _laces(sheet, m, (-0.4, top + 0.1), (0.1, 0.06), 7 if high < 1 else 10, contrast_to(m.base))
        sheet.line(curve([(-0.5, top + 0.05), (-0.44, -0.1), (-0.1, 0.2)], False), darker(m.base, 0.5), 0.016)
    elif m.word("form") == "Chelsea":
        sheet.part([(-0.68, top + 0.06), (-0.48, top + 0.06), (-0.52, -0.02), (-0.64, -0.02)], m.covered("Ribbed").plain(darker(m.base, 0.45)), soft=3)
    else:
        sheet.part(band([(-0.87, top + 0.3), (-0.34, top + 0.36)], 0.09), leather, lift=0.35, soft=3)
        sheet.spot(oval(-0.58, top + 0.33, 0.055, 0.065), (0.76, 0.7, 0.55))
    sole = m.solid(m.pick((0.13, 0.12, 0.11), (0.5, 0.35, 0.2)))
    sheet.part(curve([(-0.88, 0.3), (-0.88, 0.3), (0, 0.33), (0.94, 0.31), (0.97, 0.36), (0.9, 0.41), (-0.2, 0.4), (-0.4, 0.4)], steps=3), sole, soft=3, lift=0.2)
    sheet.part([(-0.89, 0.33), (-0.4, 0.36), (-0.42, 0.49), (-0.88, 0.49)], sole, soft=3)


def flip_flop(sheet, m: Made) -> None:
    """A pair from above, or sandals with more straps: soles are long ovals, straps run to the toes."""
    sandal = m.garment.type == "Sandals"
    sheet.shifted(0, 0.05, 0.92)
    bed = m.solid(m.base if not sandal else m.pick((0.55, 0.42, 0.3), (0.2, 0.18, 0.17), tuple(m.base)), weave=0.12)
    bed = m.covered(m.garment.pattern, weave=0.12) if not sandal and m.garment.pattern != "Solid" else bed
    strap_colour = m.second if not sandal else m.base
    strap = m.solid(strap_colour, 0.25)
    wide = m.vary(0.24, 0.29)
    straps = {"Two Strap": 2, "Gladiator": 5, "Cross Strap": 0, "Ankle Strap": 1}.get(m.word("form"), 1)
    for side in (-1, 1):
        x = side * 0.36
        sole = np.array([(0.02, -0.86), (0.19, -0.72), (wide, -0.38), (0.2, 0.1), (0.21, 0.55), (0.1, 0.86), (-0.08, 0.86), (-0.19, 0.55),
                         (-0.17, 0.1), (-wide * 0.95, -0.3), (-0.22, -0.62), (-0.12, -0.82)]) * (-side, 1) + (x, 0)  # fmt: skip
        edge = m.solid(darker(m.base, 0.55))
        sheet.part(curve(sole) + (0.02, 0.05), edge, depth=0.5, soft=3)
        sheet.part(curve(sole), bed, depth=0.35, soft=5)
        if not sandal:
            for to in (-1, 1):
                line = curve([(x - side * 0.02, -0.55), (x + to * 0.13, -0.33), (x + to * 0.23, 0.02)], closed=False)
                sheet.part(band(line, 0.06, 0.1), strap, depth=0.8, soft=3, lift=0.4)
            sheet.dot(x - side * 0.02, -0.55, 0.045, darker(strap_colour, 0.7))
            continue
        if m.word("form") == "Cross Strap":
            for to in (-1, 1):
                line = curve([(x - to * 0.26, -0.5), (x, -0.3), (x + to * 0.24, -0.02)], closed=False)
                sheet.part(band(line, 0.13), strap, depth=0.9, soft=4, lift=0.4)
        for i in range(straps):
            y = -0.42 + (0.26 if straps > 2 else 0.36) * i
            arc = curve([(x - 0.27, y + 0.06), (x, y - 0.06), (x + 0.27, y + 0.06)], closed=False)
            sheet.part(band(arc, 0.17 if straps <= 2 else 0.08), strap, depth=0.9, soft=4, lift=0.4)
            if straps <= 2:
                sheet.spot(np.array([(0.1, -0.05), (0.2, -0.03), (0.2, 0.05), (0.1, 0.03)]) + (x, y), (0.78, 0.72, 0.55))
        heel_strap = curve([(x - 0.2, 0.42), (x - 0.1, 0.3), (x + 0.1, 0.3), (x + 0.2, 0.42)], closed=False)
        if m.word("form") in ("Ankle Strap", "Gladiator", "Cross Strap"):
            sheet.part(band(heel_strap, 0.09), strap, depth=0.9, soft=3, lift=0.4)
    if m.brand.mark == "disc" and not sandal:
        for side in (-1, 1):
            mark(sheet, m, side * 0.36, 0.5, 0.06, strap_colour)
