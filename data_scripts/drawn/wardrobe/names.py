"""Product names as shops write them: brand, for whom, a model's name, what one sees, the colour, the thing."""

import numpy as np

from ..brushes.light import chance
from .garment import Garment
from .shop import KINDS, MODELS

PATTERN_WORDS = {
    "Solid": ("Solid",),
    "Striped": ("Striped", "Striped", "Stripes"),
    "Pinstriped": ("Pinstriped",),
    "Checked": ("Checked", "Checked", "Check"),
    "Melange": ("Melange",),
    "Washed": ("Washed", "Faded"),
    "Cable Knit": ("Cable Knit",),
    "Ribbed": ("Ribbed",),
    "Polka Dots": ("Polka Dot",),
    "Floral": ("Floral Print", "Floral"),
    "Animal Print": ("Animal Print",),
    "Abstract Print": ("Printed", "Abstract Print"),
    "Camouflage": ("Camouflage",),
    "Colourblocked": ("Colourblocked",),
    "Embroidered": ("Embroidered",),
    "Textured": ("Textured",),
    "Graphic": ("Graphic", "Printed"),
}
FIRST = ("fit", "length", "front", "height", "wash", "top")  # said before the colour
LAST = (
    "neck",
    "sleeve",
    "form",
    "heel",
    "toe",
    "strap",
    "dial",
    "display",
    "case",
    "buckle",
    "closure",
    "knot",
    "width",
    "waist",
    "pocket",
    "side",
    "trim",
    "visor",
    "sole",
)
SAID = 0.8  # how often a visible detail is in the name


def describing_words(rng: np.random.Generator, garment: Garment, said: float = SAID) -> tuple[list[str], list[str]]:
    """Return what a name says before and after the colour; every word is something that the picture shows."""
    details = garment.details
    first = [details[part] for part in FIRST if part in details and chance(rng, said)]
    words = PATTERN_WORDS[garment.pattern]
    pattern = words[int(rng.integers(len(words)))]
    if garment.pattern == "Graphic" and chance(rng, said):
        pattern = f"{details['motif']} {pattern}"
    if chance(rng, said * (0.45 if garment.pattern == "Solid" else 1.1)):
        first.append(pattern)
    return first, [details[part] for part in LAST if part in details and chance(rng, said)]


def name_of(rng: np.random.Generator, garment: Garment, usage: str) -> str:
    """Write a product's name, e.g. "Tarnell Men Striped Navy Blue Polo T-shirt"."""
    first, last = describing_words(rng, garment)
    nouns = KINDS[garment.type].nouns
    noun = nouns[int(len(nouns) * rng.random() ** 2)]
    words = [garment.brand]
    if chance(rng, 0.93):
        words.append(garment.gender + ("'s" if garment.gender == "Men" and chance(rng, 0.12) else ""))
    if chance(rng, 0.3):
        words.append(MODELS[int(rng.integers(len(MODELS)))])
    words += first
    if chance(rng, 0.88):
        words.append(garment.colour)
    if usage in ("Party", "Travel") and chance(rng, 0.5):
        words.append(usage)
    return " ".join([*words, *last, noun])
