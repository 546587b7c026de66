"""The cut of what is worn above: half widths, heights and necklines in product coordinates."""

from dataclasses import dataclass

from .garment import Made


@dataclass
class Cut:
    """Half widths and heights in product coordinates; sleeve 0 means none, 1 down to the wrist."""

    shoulder: float = 0.50
    chest: float = 0.47
    waist: float = 0.45
    hem: float = 0.47
    top: float = -0.72  # y of the shoulders' ends
    bottom: float = 0.72
    neck: float = 0.17
    scoop: float = 0.12  # depth of the neckline
    vee: bool = False
    sleeve: float = 0.36
    wide: float = 0.34  # of the sleeve at the shoulder
    cuff: float = 0.27
    slope: float = 0.14  # the shoulder falls by


SLEEVES = {
    "Sleeveless": 0.0,
    "Cap Sleeves": 0.16,
    "Short Sleeves": 0.38,
    "Three-Quarter Sleeves": 0.72,
    "Full Sleeves": 1.04,
}
USUAL = {
    "Tshirts": 0.38,
    "Shirts": 1.04,
    "Tops": 0.34,
    "Kurtas": 0.72,
    "Jackets": 1.04,
    "Sweaters": 1.04,
    "Sweatshirts": 1.04,
    "Dresses": 0.0,
}


def cut_of(m: Made) -> Cut:
    """The form of the garment: its type's, the sex's, then what its words ask for, then a little chance."""
    kind = m.garment.type
    c = Cut(sleeve=SLEEVES.get(m.word("sleeve"), USUAL[kind]))
    if m.women:
        c.shoulder, c.chest, c.waist, c.hem, c.wide, c.cuff = 0.42, 0.40, 0.345, 0.42, 0.27, 0.20
        c.neck, c.scoop = 0.18, 0.17
    if m.garment.gender in ("Boys", "Girls"):
        c.bottom, c.sleeve = c.bottom - 0.14, c.sleeve * 0.9
    if kind in ("Shirts", "Jackets"):
        c.bottom, c.scoop, c.neck = c.bottom + 0.06, 0.06, 0.14
    if kind in ("Jackets", "Sweaters", "Sweatshirts"):
        c.shoulder, c.chest, c.waist, c.hem = (w + 0.03 for w in (c.shoulder, c.chest, c.waist, c.hem - 0.03))
        c.wide, c.cuff = c.wide + 0.03, c.cuff - 0.06
    if kind == "Kurtas":
        c.bottom, c.hem, c.neck, c.scoop = 1.16, c.hem + 0.10, 0.12, 0.08
    if kind == "Tops" and m.garment.pattern != "Striped":
        c.hem += m.pick(0.0, 0.05, 0.12)
    if c.sleeve > 0.6:
        c.wide, c.cuff = c.wide - 0.05, c.cuff - 0.09
    neck = m.word("neck")
    c.vee = neck == "V-neck"
    c.scoop = {"V-neck": 0.34, "Scoop Neck": 0.30, "Boat Neck": 0.07, "Strappy": 0.24, "Turtle Neck": 0.0}.get(
        neck, c.scoop
    )
    c.neck = {"Boat Neck": 0.29, "Scoop Neck": 0.22, "Strappy": 0.28, "Turtle Neck": 0.13}.get(neck, c.neck)
    fit = {"Slim Fit": 0.92, "Regular Fit": 1.03, "Loose Fit": 1.14}.get(m.word("fit"), 1.0)
    c.waist, c.hem, c.chest = c.waist * fit, c.hem * fit, c.chest * (1 + fit) / 2
    c.bottom += m.vary(-0.05, 0.06)
    c.hem *= m.vary(0.97, 1.04)
    c.scoop *= m.vary(0.85, 1.15)
    return c


def neckline(c: Cut) -> list:
    """Right half of the front neckline, from the middle outwards."""
    y = c.top - c.slope
    if c.vee:
        return [(0, y + c.scoop), (0, y + c.scoop), (c.neck * 0.62, y + c.scoop * 0.42), (c.neck, y), (c.neck, y)]
    return [
        (0, y + c.scoop),
        (c.neck * 0.55, y + c.scoop * 0.86),
        (c.neck * 0.93, y + c.scoop * 0.35),
        (c.neck, y),
        (c.neck, y),
    ]
