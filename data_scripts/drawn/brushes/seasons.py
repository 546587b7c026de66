"""Seasons: the colours of leaves and grass, shared by all scenes as the weather is."""

from dataclasses import dataclass

import numpy as np

from .light import pick, rgb

# season: (leaves dark, leaves light), (grass dark, grass light), weight
_SEASONS = {
    "summer": ((0.07, 0.13, 0.05), (0.36, 0.46, 0.17), (0.18, 0.24, 0.09), (0.46, 0.52, 0.24), 34),
    "spring": ((0.12, 0.20, 0.06), (0.52, 0.62, 0.26), (0.20, 0.30, 0.10), (0.50, 0.62, 0.28), 16),
    "dry": ((0.16, 0.16, 0.07), (0.50, 0.47, 0.24), (0.38, 0.31, 0.16), (0.78, 0.68, 0.42), 18),
    "autumn": ((0.20, 0.09, 0.04), (0.78, 0.45, 0.15), (0.24, 0.22, 0.09), (0.60, 0.50, 0.26), 18),
    "winter": ((0.14, 0.13, 0.11), (0.42, 0.39, 0.34), (0.66, 0.68, 0.72), (0.94, 0.95, 0.98), 14),
}


@dataclass
class Season:
    name: str
    leaf: tuple[np.ndarray, np.ndarray]
    grass: tuple[np.ndarray, np.ndarray]

    @property
    def snow(self) -> bool:
        return self.name == "winter"


def draw_season(rng: np.random.Generator) -> Season:
    name = pick(rng, {season: row[-1] for season, row in _SEASONS.items()})
    tint = 1.0 + 0.25 * (rng.random(3) - 0.5)
    tint[2] = min(tint[2], 1.1)
    leaf_dark, leaf_light, grass_dark, grass_light, _ = _SEASONS[name]
    if name == "winter":
        tint = tint * 0.2 + 0.8
    leaf = (rgb(*leaf_dark) * tint, rgb(*leaf_light) * tint)
    return Season(name, leaf, (rgb(*grass_dark) * tint, rgb(*grass_light) * tint))
