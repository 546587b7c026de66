"""Invented brands. Each has habits that show a little: where the logo sits, how trims and tones are, how it is shot."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Brand:
    """logo: chest, middle, hem or none; trim: tonal or contrast; spread: how far tones stray;
    dressed: share of pictures on a mannequin."""

    logo: str = "none"
    trim: str = "tonal"
    spread: float = 1.0
    dressed: float = 0.4
    grey: float = 0.0  # how grey its photographs' background is
    mark: str = "bar"  # shape of the logo


BRANDS = {
    # clothes
    "Tarnell": Brand("chest", "tonal", 0.8, 0.9, 0.0, "disc"),
    "Brisk & Vale": Brand("hem", "contrast", 1.1, 0.15, 0.0, "bar"),
    "Odalane": Brand("none", "tonal", 1.2, 0.75, 0.04, "bar"),
    "Fenwright": Brand("chest", "contrast", 0.9, 0.1, 0.0, "shield"),
    "Mirabeth": Brand("none", "contrast", 1.2, 0.85, 0.0, "bar"),
    "Kestro": Brand("chest", "contrast", 1.0, 0.5, 0.0, "wing"),
    "Suvarna Loom": Brand("none", "contrast", 1.0, 0.8, 0.03, "bar"),
    "Pellworth": Brand("hem", "tonal", 0.7, 0.2, 0.0, "shield"),
    # sport and shoes
    "Voltane": Brand("middle", "contrast", 1.1, 0.4, 0.0, "wing"),
    "Ruddock": Brand("chest", "tonal", 1.0, 0.3, 0.0, "disc"),
    "Aerolith": Brand("chest", "contrast", 1.2, 0.6, 0.02, "bars"),
    "Calder Foot": Brand("none", "tonal", 0.8, 0.0, 0.0, "bar"),
    "Lunetta": Brand("none", "contrast", 1.1, 0.0, 0.02, "disc"),
    "Stridewell": Brand("none", "tonal", 0.9, 0.0, 0.0, "bars"),
    # bags, watches, small things
    "Harrow Lane": Brand("middle", "tonal", 0.9, 0.0, 0.0, "shield"),
    "Zephyrine": Brand("chest", "contrast", 1.1, 0.0, 0.0, "disc"),
    "Orbis Nord": Brand("middle", "tonal", 0.8, 0.0, 0.03, "bars"),
    "Quillon": Brand("chest", "contrast", 1.0, 0.0, 0.0, "bar"),
    "Marvane": Brand("none", "tonal", 1.0, 0.0, 0.0, "wing"),
}
FAMILIES = {
    "clothes": ("Tarnell", "Brisk & Vale", "Fenwright", "Kestro", "Pellworth"),
    "women": ("Odalane", "Mirabeth", "Brisk & Vale", "Kestro"),
    "ethnic": ("Suvarna Loom", "Odalane", "Mirabeth"),
    "sport": ("Voltane", "Ruddock", "Aerolith", "Kestro"),
    "shoes": ("Calder Foot", "Ruddock", "Stridewell", "Fenwright"),
    "ladies' shoes": ("Lunetta", "Calder Foot", "Mirabeth", "Stridewell"),
    "small": ("Harrow Lane", "Zephyrine", "Orbis Nord", "Quillon", "Marvane"),
}
