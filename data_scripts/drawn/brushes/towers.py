"""Faces of skyscrapers: grids, ribbons, columns of windows and curtain walls."""

from .elevation import Elevation, glass_of, wall_colour
from .light import Light, between, pick, rgb


def tower(rng, wall: Elevation, style: dict, cell: float = 0.0) -> None:
    """Fill the elevation with one skyscraper face; windows are at least `cell` metres apart."""
    w, h, colour, kind = wall.width, wall.height, style["colour"], style["kind"]
    wall.rect(0, 0, w, h, colour)
    glass = style["glass"]
    storeys = max(3, round(h / max(style["storey"], cell)))
    bays = max(2, round(w / max(style["bay"], cell)))
    dy, dx = h * style["body"] / storeys, w / bays
    for s in range(storeys):
        y = s * dy
        if kind == "ribbon":
            wall.rect(0.02 * w, y + 0.35 * dy, 0.98 * w, y + 0.9 * dy, glass * between(rng, 0.75, 1.2))
        for b in range(bays):
            x = b * dx
            tone, glow = glass_of(rng, wall.light) if rng.random() < 0.35 else (glass * between(rng, 0.7, 1.3), 0.0)
            if kind == "grid":
                wall.rect(x + 0.22 * dx, y + 0.25 * dy, x + 0.78 * dx, y + 0.85 * dy, tone, glow)
            elif kind == "column":
                wall.rect(x + 0.3 * dx, y + 0.12 * dy, x + 0.75 * dx, y + 0.95 * dy, tone, glow)
            elif kind == "curtain":
                wall.rect(x + 0.06 * dx, y + 0.08 * dy, x + 0.96 * dx, y + 0.95 * dy, tone, glow)
            elif rng.random() < 0.2:
                wall.rect(x + 0.1 * dx, y + 0.35 * dy, x + 0.9 * dx, y + 0.9 * dy, tone, glow)
    for band in style["bands"]:
        wall.rect(0, h * band, w, h * band + 0.6 * dy, colour * 0.7)


def tower_style(rng, light: Light) -> dict:
    """Pick material, pattern and proportions; both faces of a tower share them."""
    kind = pick(rng, {"grid": 4, "ribbon": 3, "column": 3, "curtain": 3})
    colour = wall_colour(rng)
    glass = rgb(0.12, 0.13, 0.15) * between(rng, 0.6, 1.6)
    if kind == "curtain":
        colour = rgb(0.3, 0.33, 0.36) * between(rng, 0.4, 1.5)
        glass = light.zenith * between(rng, 0.4, 0.8) + rgb(0.05, 0.08, 0.09)
    return {
        "kind": kind,
        "colour": colour,
        "glass": glass,
        "storey": between(rng, 3.3, 5.5),
        "bay": between(rng, 2.0, 5.0),
        "body": between(rng, 0.93, 1.0),
        "bands": [rng.random() for _ in range(int(rng.random() * 4))],
    }
