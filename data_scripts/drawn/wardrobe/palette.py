"""Colour names and the tones that go under them: names overlap, as a shop's do."""

import numpy as np

COLOURS = {
    "Black": (0.075, 0.075, 0.085),
    "Charcoal": (0.22, 0.23, 0.25),
    "Grey": (0.52, 0.53, 0.55),
    "Silver": (0.74, 0.75, 0.77),
    "White": (0.945, 0.945, 0.94),
    "Cream": (0.93, 0.89, 0.78),
    "Beige": (0.82, 0.73, 0.60),
    "Khaki": (0.66, 0.60, 0.44),
    "Tan": (0.69, 0.49, 0.31),
    "Brown": (0.37, 0.23, 0.15),
    "Coffee Brown": (0.27, 0.18, 0.13),
    "Navy Blue": (0.10, 0.13, 0.28),
    "Blue": (0.17, 0.32, 0.64),
    "Turquoise Blue": (0.13, 0.62, 0.72),
    "Teal": (0.06, 0.42, 0.45),
    "Green": (0.14, 0.47, 0.23),
    "Olive": (0.34, 0.36, 0.20),
    "Yellow": (0.95, 0.82, 0.22),
    "Mustard": (0.80, 0.60, 0.14),
    "Gold": (0.80, 0.64, 0.32),
    "Orange": (0.91, 0.45, 0.12),
    "Peach": (0.96, 0.72, 0.60),
    "Red": (0.75, 0.10, 0.13),
    "Maroon": (0.40, 0.07, 0.13),
    "Pink": (0.91, 0.46, 0.60),
    "Magenta": (0.76, 0.10, 0.46),
    "Purple": (0.39, 0.18, 0.52),
    "Lavender": (0.71, 0.63, 0.83),
}
METALS = {
    "Gold": (0.83, 0.68, 0.38),
    "Silver": (0.76, 0.77, 0.79),
    "Black": (0.13, 0.13, 0.14),
    "Copper": (0.72, 0.44, 0.30),
}


def tone(rng: np.random.Generator, name: str, spread: float = 1.0) -> np.ndarray:
    """Return one tone, float64 (3,) in 0..1, of a colour name: lighter or darker, duller, a little off in hue."""
    base = np.array(COLOURS[name])
    light = 1 + spread * 0.22 * (2 * rng.random() - 1)
    dull = spread * 0.3 * rng.random() ** 2
    hue = 1 + spread * 0.10 * (2 * rng.random(3) - 1)
    grey = float(base[0] * 0.3 + base[1] * 0.6 + base[2] * 0.1)
    lift = spread * 0.045 * rng.random() * (grey < 0.2)  # always drawn: another colour changes nothing else
    return np.clip((base + (grey - base) * dull) * light * hue + lift, 0.02, 0.97)


def contrast_to(colour: np.ndarray) -> np.ndarray:
    """A stitching tone that shows on the colour: lighter on dark, darker on light."""
    grey = float(colour[0] * 0.3 + colour[1] * 0.6 + colour[2] * 0.1)
    return np.clip(colour * 0.62, 0, 1) if grey > 0.35 else colour + (1 - colour) * 0.3


def darker(colour: np.ndarray, factor: float = 0.6) -> np.ndarray:
    return np.asarray(colour) * factor


def lighter(colour: np.ndarray, share: float = 0.4) -> np.ndarray:
    colour = np.asarray(colour)
    return colour + (1 - colour) * share
