"""What a product is, apart from how it is drawn: the interface between the catalogue and the painters.

A `Garment` holds words only. Painters see it as a `Made` product, whose tones and proportions follow from the words
and the seed. The same garment in another colour or pattern is dataclasses.replace(garment, colour="Red"): nothing else
about it changes, and with the same view it stands in the picture exactly as before.
"""

from dataclasses import dataclass, field

import numpy as np

from ..brushes.light import between
from .brands import BRANDS, Brand
from .cloth import Cloth
from .palette import contrast_to, darker, lighter, tone

STRIPES_ALONG = ("Shirts", "Trousers", "Ties", "Kurtas", "Track Pants", "Shorts", "Skirts")
SMALL_PRINT = ("Shirts", "Tops", "Ties", "Socks", "Sweaters", "Flip Flops", "Flats", "Wallets", "Shorts")


@dataclass(frozen=True)
class Garment:
    """One product.

    type     article type, a key of `paint.PAINTERS`, e.g. "Tshirts"
    colour   name in `palette.COLOURS`; second: the colour of its pattern and trims
    pattern  one of `cloth.PATTERNS`, or "Graphic" (a motif on the chest), "Colourblocked", "Embroidered"
    details  part -> the shop's word for it, e.g. {"neck": "V-neck", "sleeve": "Full Sleeves"}; a part that is not
             named has the type's usual form
    seed     everything that no word says: exact tones, proportions, the place of a pattern
    """

    type: str
    colour: str
    pattern: str = "Solid"
    second: str = "White"
    gender: str = "Men"
    details: dict[str, str] = field(default_factory=dict)
    brand: str = ""
    seed: int = 0


class Made:
    """A garment with its tones; `vary` and `pick` draw the proportions, always in the painter's order."""

    def __init__(self, garment: Garment) -> None:
        self.garment, self.rng = garment, np.random.default_rng([11, garment.seed])
        self.brand: Brand = BRANDS.get(garment.brand, Brand())
        self.base = tone(self.rng, garment.colour, self.brand.spread)
        self.second = tone(self.rng, garment.second)
        if garment.type == "Jeans" or garment.details.get("front") == "Denim":  # indigo, never quite pure
            self.base = 0.72 * self.base + 0.28 * np.array((0.22, 0.27, 0.36))
        self.third = contrast_to(0.5 * (self.base + self.second))
        self.thread = contrast_to(self.base)
        self.trim = self.second if self.brand.trim == "contrast" else darker(self.base, 0.78)
        self.women = garment.gender in ("Women", "Girls")
        scale = 0.55 if garment.type in SMALL_PRINT else 1.0
        self.scale = scale * self.vary(0.75, 1.35)
        self.cloth = self.covered(garment.pattern)
        self.plain = self.cloth.plain()

    def covered(self, pattern: str, weave: float = 0.05, gloss: float = 0.0) -> Cloth:
        """Cloth in the garment's colours with this pattern; patterns that are painted on top leave it plain."""
        if pattern in ("Graphic", "Colourblocked", "Embroidered", "Quilted", "Printed", "Textured", "Distressed"):
            pattern = "Solid"
        second = self.second
        if pattern == "Washed":
            second = lighter(self.base, 0.6)
        elif pattern in ("Ribbed", "Cable Knit"):
            second = darker(self.base, 0.35) if self.base.sum() > 0.6 else lighter(self.base, 0.45)
        elif pattern == "Melange":
            second = lighter(self.base, 0.4) if self.base.sum() < 1.2 else darker(self.base, 0.55)
        along = self.garment.type in STRIPES_ALONG
        return Cloth(self.base, pattern, second, self.third, self.scale, along, gloss, weave)

    def solid(self, colour, gloss: float = 0.0, weave: float = 0.03) -> Cloth:
        return Cloth(np.asarray(colour, np.float64), gloss=gloss, weave=weave)

    def word(self, part: str) -> str:
        return self.garment.details.get(part, "")

    def vary(self, low: float, high: float) -> float:
        return between(self.rng, low, high)

    def pick(self, *options):
        return options[int(self.rng.integers(len(options)))]
