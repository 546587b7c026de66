"""Town houses, drawn flat in metres: walls, windows, balconies, cornices, shop fronts, doors, roofs.

The pictures are RGBA (clear above the roof) and are laid into the scene by a perspective transform.
"""

from .elevation import Elevation, glass_of, muted, wall_colour
from .light import between, chance, pick, rgb


def window(rng, wall: Elevation, x0, y0, x1, y1, style: dict) -> None:
    """One window with frame, sill, bars and, by style, shutters, arch, lintel or a balcony."""
    frame, trim = style["frame"], style["trim"]
    w, h = x1 - x0, y1 - y0
    if style["surround"]:
        wall.rect(x0 - 0.16 * w, y0 - 0.05, x1 + 0.16 * w, y1 + 0.16, trim)
    glass, glow = glass_of(rng, wall.light)
    if style["arched"]:
        wall.arch(x0, y1 - 0.3 * w, x1, y1 + 0.25 * w, glass)
    wall.rect(x0, y0, x1, y1, frame)
    f = 0.07 * w
    wall.rect(x0 + f, y0 + f, x1 - f, y1 - f, glass, glow)
    if not glow:  # the upper part mirrors the sky, curtains hang at the sides
        if rng.random() < 0.5:
            wall.rect(x0 + f, y0 + h * between(rng, 0.4, 0.75), x1 - f, y1 - f, glass * 0.6 + wall.light.horizon * 0.22)
        if rng.random() < 0.4:
            cloth, part = rgb(0.72, 0.69, 0.63) * between(rng, 0.4, 1.0), between(rng, 0.12, 0.3) * w
            wall.rect(x0 + f, y0 + f, x0 + f + part, y1 - f, cloth)
            wall.rect(x1 - f - part, y0 + f, x1 - f, y1 - f, cloth * 0.9)
    if rng.random() < 0.3:
        wall.rect(x0 + f, y0 + h * between(rng, 0.35, 0.8), x1 - f, y1 - f, frame * between(rng, 0.7, 1.0))  # blind
    if style["bars"]:
        wall.rect((x0 + x1 - f) / 2, y0, (x0 + x1 + f) / 2, y1, frame)
        wall.rect(x0, y0 + 0.62 * h, x1, y0 + 0.62 * h + 0.8 * f, frame)
    if style["shutters"] and rng.random() < 0.85:
        for a, b in ((x0 - 0.45 * w, x0), (x1, x1 + 0.45 * w)):
            wall.rect(a, y0, b, y1, style["shutter"])
            wall.rect(a, y0 + 0.48 * h, b, y0 + 0.52 * h, style["shutter"] * 0.7)
    wall.rect(x0 - 0.1 * w, y0 - 0.14, x1 + 0.1 * w, y0, trim)
    wall.rect(x0, y1 - 0.12, x1, y1, glass * 0.4)  # shade under the lintel
    if style["balcony"]:
        rail = style["rail"]
        wall.rect(x0 - 0.35 * w, y0 - 0.22, x1 + 0.35 * w, y0 - 0.05, trim * 0.9)
        step = 0.22
        k = x0 - 0.33 * w
        while k < x1 + 0.33 * w:
            wall.rect(k, y0 - 0.05, k + 0.05, y0 + 0.85, rail)
            k += step
        wall.rect(x0 - 0.35 * w, y0 + 0.80, x1 + 0.35 * w, y0 + 0.90, rail)


def _style(rng, colour) -> dict:
    trim = rgb(0.82, 0.80, 0.76) * between(rng, 0.7, 1.1) if chance(rng, 0.6) else colour * between(rng, 0.75, 1.2)
    return {
        "frame": rgb(0.86, 0.85, 0.82) if chance(rng, 0.6) else rgb(0.24, 0.20, 0.17),
        "trim": trim,
        "surround": chance(rng, 0.45),
        "arched": chance(rng, 0.15),
        "bars": chance(rng, 0.7),
        "shutters": chance(rng, 0.25),
        "shutter": muted(rng) * 0.7,
        "balcony": chance(rng, 0.3),
        "rail": rgb(0.12, 0.12, 0.13),
    }


def shop(rng, wall: Elevation, x0: float, x1: float, height: float) -> None:
    """A shop front: panes over a low sill, a door, a sign band with lettering, often an awning."""
    paint = muted(rng) * 0.7
    wall.rect(x0, 0, x1, height, paint)
    glass = rgb(0.14, 0.14, 0.14) + rgb(0.35, 0.30, 0.22) * rng.random()
    panes = max(1, round((x1 - x0) / 2.2))
    step = (x1 - x0 - 0.3) / panes
    door = int(rng.random() * panes)
    for k in range(panes):
        a = x0 + 0.2 + k * step
        wall.rect(a, 0.08 if k == door else 0.55, a + step - 0.15, height - 0.95, glass * between(rng, 0.7, 1.3))
        for _ in range(4):  # goods behind the glass
            gx, gy = a + rng.random() * (step - 0.6), 0.6 + rng.random() * 0.8
            wall.rect(gx, gy, gx + 0.3, gy + 0.3 + 0.4 * rng.random(), muted(rng) * 0.8)
    sign = muted(rng)
    wall.rect(x0 + 0.1, height - 0.8, x1 - 0.1, height - 0.15, sign)
    letters = rgb(0.95, 0.93, 0.85) if sign.max() < 0.55 else rgb(0.08, 0.07, 0.07)
    k = x0 + 0.2 * (x1 - x0)
    while k < x0 + 0.8 * (x1 - x0):
        wide = between(rng, 0.12, 0.34)
        wall.rect(k, height - 0.64, k + wide, height - between(rng, 0.28, 0.4), letters)
        k += wide + 0.12
    if chance(rng, 0.4):
        tone = muted(rng) * 1.1
        stripes = chance(rng, 0.5)
        bands = max(2, round((x1 - x0) / 0.5))
        for b in range(bands):
            a, c = x0 + (x1 - x0) * b / bands, x0 + (x1 - x0) * (b + 1) / bands
            wall.rect(a, height - 1.5, c, height - 0.7, rgb(0.9, 0.88, 0.84) if stripes and b % 2 else tone)
        wall.rect(x0, height - 1.75, x1, height - 1.5, tone * 0.35)


def house(rng, wall: Elevation, x0: float, x1: float, height: float, shops: float = 0.5) -> None:
    """One town house from x0 to x1, `height` metres to the cornice: storeys of windows over a ground floor."""
    colour = wall_colour(rng)
    style = _style(rng, colour)
    wall.rect(x0, 0, x1, height, colour)
    if chance(rng, 0.25):  # courses of stone or brick
        y = 0.0
        while y < height:
            wall.rect(x0, y, x1, y + 0.06, colour * 0.82)
            y += 0.45
    ground = between(rng, 3.2, 4.3)
    storeys = max(1, round((height - ground) / 3.3))
    storey = (height - ground - 0.4) / storeys
    bays = max(1, round((x1 - x0) / between(rng, 2.2, 3.6)))
    bay = (x1 - x0) / bays
    wide, tall = bay * between(rng, 0.34, 0.52), storey * between(rng, 0.48, 0.68)
    for s in range(storeys):
        y = ground + s * storey + (storey - tall) * 0.45
        if style["surround"] or s == 0:
            wall.rect(x0, ground + s * storey - 0.12, x1, ground + s * storey + 0.1, style["trim"])
        for b in range(bays):
            middle = x0 + (b + 0.5) * bay
            window(rng, wall, middle - wide / 2, y, middle + wide / 2, y + tall, style)
    if chance(rng, shops):
        shop(rng, wall, x0 + 0.3, x1 - 0.3, ground - 0.2)
    else:
        wall.rect(x0, 0, x1, ground - 0.2, colour * between(rng, 0.7, 1.05))
        wall.rect(x0, 0, x1, 0.6, colour * 0.6)
        door = int(rng.random() * bays)
        for b in range(bays):
            middle = x0 + (b + 0.5) * bay
            if b == door:
                timber = rgb(*rng.random(3)) * 0.3 + 0.06
                wall.rect(middle - 0.8, 0, middle + 0.8, 2.9, style["trim"])
                wall.arch(middle - 0.65, 2.4, middle + 0.65, 3.0, timber)
                wall.rect(middle - 0.65, 0, middle + 0.65, 2.5, timber)
                wall.rect(middle - 0.03, 0, middle + 0.03, 2.5, timber * 0.5)
            else:
                window(
                    rng,
                    wall,
                    middle - wide / 2,
                    1.0,
                    middle + wide / 2,
                    min(1.0 + tall, ground - 0.5),
                    {**style, "balcony": False},
                )
    wall.rect(x0, height - 0.5, x1, height, style["trim"])
    wall.rect(x0, height - 0.62, x1, height - 0.5, colour * 0.5)
    _roof(rng, wall, x0, x1, height)


def _roof(rng, wall: Elevation, x0: float, x1: float, height: float) -> None:
    tiles = rgb(*pick(rng, {(0.42, 0.24, 0.18): 3, (0.28, 0.29, 0.32): 4, (0.36, 0.32, 0.28): 2}))
    room = wall.height - height
    kind = rng.random()
    if room < 0.8 or kind < 0.45:
        return
    if kind < 0.88:  # mansard or eaves, with dormers
        up = min(room, between(rng, 1.2, 3.0))
        wall.polygon([(x0, height), (x1, height), (x1 - 0.5, height + up), (x0 + 0.5, height + up)], tiles)
        k = x0 + 1.2
        while up > 1.8 and k < x1 - 1.8:
            wall.rect(k, height + 0.3, k + 1.0, height + 1.6, rgb(0.75, 0.73, 0.7))
            wall.rect(k + 0.15, height + 0.4, k + 0.85, height + 1.4, rgb(0.1, 0.11, 0.13))
            k += 2.8
    else:  # gable towards the street
        wall.polygon([(x0, height), (x1, height), ((x0 + x1) / 2, height + min(room, (x1 - x0) * 0.3))], tiles * 1.2)
    if room > 2.5 and chance(rng, 0.5):
        c = between(rng, x0 + 0.5, x1 - 1.5)
        wall.rect(c, height, c + 0.8, min(wall.height, height + 3.2), tiles * 0.8)
