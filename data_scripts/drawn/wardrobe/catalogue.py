"""The shop's products: which there are, what each looks like, what it is called. Every product has its own seed."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from ..brushes.light import chance, pick
from .brands import FAMILIES
from .garment import Garment
from .names import name_of
from .prints import MOTIFS
from .shop import GROUPS, KINDS, LEATHERS, PALETTES, SEASON_OF, SEASONS, SECONDS

SEED = 60
FIRST_ID = 10001
TAIL = 340  # products outside the large groups
TRAVEL = ("Backpacks", "Handbags")
PER_GROUP = (41, 43)


@dataclass(frozen=True)
class Product:
    """One row of the shop's table; attributes in the order of its columns."""

    id: int
    gender: str
    master: str
    sub: str
    type: str
    colour: str
    season: str
    year: int
    usage: str
    name: str
    garment: Garment


@cache
def groups() -> list[tuple[str, str, str, str, str]]:
    """Return the large attribute groups: (gender, type, usage, colour, season)."""
    found = []
    for line in GROUPS.strip().splitlines():
        head, _, tail = line.partition(": ")
        for word in tail.split():
            colour, _, season = word.replace("_", " ").partition("/")
            found.append((*head.split("|"), colour, season))
    return found


@cache
def plan() -> dict[int, int]:
    """Return id -> its group's number, or -1 for one of the tail; ids are in a seeded random order."""
    rng = np.random.default_rng([SEED, 0])
    members = [g for g in range(len(groups())) for _ in range(int(rng.integers(*PER_GROUP, endpoint=True)))] + [
        -1
    ] * TAIL
    gaps = rng.integers(1, 4, len(members))  # as in a shop, some numbers are not in use
    ids = FIRST_ID + np.cumsum(gaps)
    return {int(i): int(g) for i, g in zip(ids, rng.permutation(members), strict=True)}


def _tail(rng: np.random.Generator) -> tuple[str, str, str, str, str]:
    """A product of no large group: rarer colours, types and uses."""
    gender, kind, usage, _, season = groups()[int(rng.integers(len(groups())))]
    if chance(rng, 0.1) and kind in ("Tshirts", "Caps", "Backpacks", "Sunglasses", "Flip Flops", "Socks"):
        gender = "Unisex"
    palette = PALETTES["Women" if gender in ("Women", "Girls") else "Men"]
    colour = palette[int(len(palette) * rng.random() ** 0.7)]
    season = SEASON_OF.get(kind, season) if chance(rng, 0.7) else SEASONS[int(rng.integers(4))]
    if chance(rng, 0.08):
        usage = "NA" if chance(rng, 0.5) else ("Travel" if kind in TRAVEL else "Smart Casual")
    return gender, kind, usage, colour, season


def product(id: int) -> Product:
    """Return one product; it depends on the id alone."""
    rng = np.random.default_rng([SEED, 1, id])
    number = plan()[id]
    gender, kind, usage, colour, season = groups()[number] if number >= 0 else _tail(rng)
    garment = design(rng, kind, gender, colour, usage, season, seed=id)
    year = int(2011 + pick(rng, {0: 3, 1: 5, 2: 4, 3: 2, 4: 1, 5: 1, 6: 1}))
    name = name_of(rng, garment, usage)
    about = KINDS[kind]
    return Product(id, gender, about.master, about.sub, kind, colour, season, year, usage, name, garment)


def design(
    rng: np.random.Generator, kind: str, gender: str, colour: str, usage: str, season: str, seed: int
) -> Garment:
    """Draw the look of a product with these attributes: brand, pattern, second colour and the words of its parts."""
    about, women = KINDS[kind], gender in ("Women", "Girls")
    family = about.family
    if usage == "Sports" and family == "clothes":
        family = "sport"
    if women and family in ("clothes", "shoes"):
        family = "women" if family == "clothes" else "ladies' shoes"
    brands = FAMILIES[family]
    brand = brands[int(len(brands) * rng.random() ** 1.4)]  # some sell more than others
    patterns = dict(about.ladies if women and about.ladies else about.patterns)
    if usage == "Formal":
        patterns = {
            k: w * (4 if k in ("Solid", "Pinstriped") else 1)
            for k, w in patterns.items()
            if k not in ("Floral", "Checked")
        }
    if usage == "Sports" and "Graphic" in patterns:
        patterns = {"Solid": 3, "Colourblocked": 3, "Striped": 1, "Graphic": 1}
    details = {}
    for part, words in (about.parts | about.ladies_parts if women else about.parts).items():
        weights = dict(words)
        if season in ("Fall", "Winter") and "Full Sleeves" in weights:
            weights["Full Sleeves"] *= 3
        if usage == "Party" and "Maxi" in weights:
            weights["Maxi"] *= 2
        details[part] = pick(rng, weights)
    if details.get("form") in ("Slip-on", "Loafers", "Espadrilles"):
        details.pop("top", None)  # low by nature
    if details.get("form") in ("Ankle Strap", "Strappy"):
        details.pop("trim", None)  # no room for a bow
    pattern = pick(rng, patterns)
    if details.get("neck") in ("Polo", "Henley") and pattern == "Graphic":
        pattern = "Striped"
    if pattern == "Graphic":
        details["motif"] = MOTIFS[int(len(MOTIFS) * rng.random())]
    return Garment(
        kind, colour, pattern, _second(rng, kind, colour), gender, {k: v for k, v in details.items() if v}, brand, seed
    )


def _second(rng: np.random.Generator, kind: str, colour: str) -> str:
    choices = LEATHERS if kind in ("Watches", "Sunglasses", "Handbags", "Wallets") else SECONDS
    if kind == "Shirts":
        choices = ("White", "White", "Navy Blue", "Black", "Red", "Blue", "Grey")
    choices = [c for c in choices if c != colour]
    return choices[int(len(choices) * rng.random() ** 1.3)]
