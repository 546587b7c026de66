"""From a garment to its photograph: the painter of each article type, and how products are usually shot."""

import numpy as np
from PIL import Image

from ..brushes.light import between, chance
from .bags import backpack, handbag
from .brands import BRANDS, Brand
from .earrings import earrings
from .garment import Garment, Made
from .headwear import cap, sunglasses
from .leather_goods import belt, wallet
from .lower import skirt, trousers
from .sandals import flip_flop
from .sheet import Sheet
from .shoes import shoe
from .socks_ties import socks, tie
from .upper import upper
from .view import View
from .watches import watch

PAINTERS = {
    **dict.fromkeys(("Tshirts", "Shirts", "Tops", "Kurtas", "Jackets", "Sweaters", "Sweatshirts", "Dresses"), upper),
    **dict.fromkeys(("Jeans", "Trousers", "Track Pants", "Shorts"), trousers),
    "Skirts": skirt,
    **dict.fromkeys(("Casual Shoes", "Sports Shoes", "Formal Shoes", "Heels", "Flats", "Boots"), shoe),
    **dict.fromkeys(("Sandals", "Flip Flops"), flip_flop),
    "Watches": watch,
    "Handbags": handbag,
    "Backpacks": backpack,
    "Wallets": wallet,
    "Belts": belt,
    "Sunglasses": sunglasses,
    "Caps": cap,
    "Ties": tie,
    "Earrings": earrings,
    "Socks": socks,
}
WORN = (
    "Tshirts",
    "Shirts",
    "Tops",
    "Kurtas",
    "Jackets",
    "Sweaters",
    "Sweatshirts",
    "Dresses",
    "Jeans",
    "Trousers",
    "Track Pants",
    "Shorts",
    "Skirts",
)
SHOES = ("Casual Shoes", "Sports Shoes", "Formal Shoes", "Heels", "Flats", "Boots")

# how products fill the frame: shift downwards, enlargement
FRAMING = {
    **dict.fromkeys(("Tshirts", "Tops"), (0.06, 1.4)),
    **dict.fromkeys(("Shirts", "Sweaters", "Sweatshirts", "Jackets"), (0.0, 1.28)),
    **dict.fromkeys(("Kurtas", "Dresses", "Jeans", "Trousers", "Track Pants"), (0.0, 1.12)),
    **dict.fromkeys(("Skirts", "Shorts"), (0.0, 1.3)),
    **dict.fromkeys(SHOES, (0.0, 1.08)),
    **dict.fromkeys(("Sandals", "Flip Flops"), (0.0, 1.2)),
    **dict.fromkeys(("Watches", "Ties"), (0.0, 1.1)),
    **dict.fromkeys(("Backpacks", "Wallets"), (0.06, 1.2)),
    "Handbags": (0.08, 1.3),
    **dict.fromkeys(("Belts", "Sunglasses", "Caps"), (0.0, 1.08)),
    "Earrings": (0.06, 1.2),
    "Socks": (0.0, 1.3),
}


def draw_view(rng: np.random.Generator, garment: Garment) -> View:
    """Draw pose, light and studio for one photograph of the garment; brands have their own studio."""
    brand, kind = BRANDS.get(garment.brand, Brand()), garment.type
    dressed = chance(rng, brand.dressed)
    tilt = 2.5 if kind in WORN or kind == "Watches" else 6.0
    side = 1.0 if chance(rng, 0.3) else -1.0
    return View(
        zoom=between(rng, 0.9, 1.06),
        angle=tilt * (between(rng, -1, 1) + between(rng, -1, 1)) - (5.0 if kind in SHOES else 0.0),
        dx=between(rng, -0.06, 0.06),
        dy=between(rng, -0.06, 0.06),
        mirror=chance(rng, 0.35 if kind in (*SHOES, "Caps", "Socks", "Handbags") else 0.5),
        slant=between(rng, -0.07, 0.07),
        light=(side * between(rng, 0.3, 0.8), -between(rng, 0.4, 0.9)),
        contrast=between(rng, 0.7, 1.25),
        shadow=between(rng, 0.1, 0.5),
        background=1.0 - brand.grey * between(rng, 0.5, 1.5) - (between(rng, 0.0, 0.08) if chance(rng, 0.05) else 0.0),
        exposure=between(rng, 0.9, 1.1),
        cast=(between(rng, 0.96, 1.04), 1.0, between(rng, 0.95, 1.05)),
        blur=between(rng, -0.5, 0.2),
        dressed=dressed and kind in WORN,
        pair=chance(rng, 0.15) and kind in SHOES and kind != "Boots",
    )


def photograph(garment: Garment, rng: np.random.Generator) -> Image.Image:
    """Return the product's picture, RGB, sheet.WIDTH x sheet.HEIGHT.

    All that belongs to the product follows from `garment`; `rng` draws the rest: view, folds, figure.
    Two garments that differ in a word, each with an equally seeded rng, differ in what that word says.
    """
    sheet = Sheet(draw_view(rng, garment), rng)
    sheet.shifted(0, *FRAMING.get(garment.type, (0, 1.15)))
    PAINTERS[garment.type](sheet, Made(garment))
    return sheet.develop()
