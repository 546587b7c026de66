"""Time of day, weather and season: one draw decides the colours of sky, sun, shade, haze and plants.

All eight scene classes share these draws; that is what makes their colours overlap as they do in photographs.
"""

from dataclasses import dataclass

import numpy as np


def rgb(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


@dataclass
class Light:
    name: str
    zenith: np.ndarray
    horizon: np.ndarray
    sun: np.ndarray  # colour of direct light, 0 when the sun is hidden
    ambient: np.ndarray
    haze: np.ndarray  # colour that distance fades to
    visibility: float  # distance in metres at which 63 % of the contrast is gone
    cover: float  # share of the sky under clouds
    clouds: str  # cumulus, cirrus, stratus
    side: float  # -1 sun on the left .. 1 on the right
    height: float  # 0 sun at the horizon .. 1 overhead
    behind: bool  # the sun is in the frame, behind the scene


# zenith, horizon, sun, ambient, haze, visibility, cloud cover from..to, kind, sun height from..to, weight
_WEATHER = {
    "clear": ((0.25, 0.45, 0.75), (0.70, 0.82, 0.92), (1.0, 0.96, 0.86), (0.36, 0.42, 0.52), 14e3, 0.0, 0.3, "cirrus", 0.4, 1.0, 20),
    "fair": ((0.30, 0.50, 0.78), (0.76, 0.84, 0.90), (1.0, 0.95, 0.85), (0.42, 0.46, 0.54), 12e3, 0.35, 0.65, "cumulus", 0.4, 1.0, 22),
    "overcast": ((0.62, 0.65, 0.69), (0.80, 0.81, 0.82), (0.20, 0.20, 0.20), (0.70, 0.72, 0.75), 7e3, 0.85, 1.0, "stratus", 0.6, 1.0, 19),
    "gold": ((0.36, 0.46, 0.62), (0.96, 0.80, 0.58), (1.0, 0.72, 0.42), (0.38, 0.36, 0.42), 7e3, 0.1, 0.6, "cirrus", 0.08, 0.3, 11),
    "dusk": ((0.26, 0.26, 0.42), (0.95, 0.56, 0.36), (0.85, 0.42, 0.25), (0.36, 0.30, 0.38), 6e3, 0.2, 0.75, "cumulus", 0.0, 0.1, 9),
    "fog": ((0.74, 0.76, 0.78), (0.82, 0.83, 0.84), (0.12, 0.12, 0.12), (0.72, 0.73, 0.75), 600, 0.7, 1.0, "stratus", 0.5, 1.0, 8),
    "storm": ((0.26, 0.29, 0.34), (0.62, 0.65, 0.68), (0.42, 0.40, 0.36), (0.44, 0.46, 0.50), 6e3, 0.75, 1.0, "cumulus", 0.3, 0.8, 8),
    "blue hour": ((0.10, 0.15, 0.30), (0.48, 0.50, 0.62), (0.0, 0.0, 0.0), (0.34, 0.38, 0.52), 5e3, 0.1, 0.8, "cirrus", 0.0, 0.1, 5),
}  # fmt: skip


def pick(rng: np.random.Generator, options: dict):
    """Return a key of {key: weight} with probability proportional to its weight (one number drawn)."""
    mark = rng.random() * sum(options.values())
    for key, weight in options.items():
        mark -= weight
        if mark < 0:
            return key
    return key


def between(rng: np.random.Generator, low: float, high: float) -> float:
    return low + (high - low) * rng.random()


def chance(rng: np.random.Generator, probability: float) -> bool:
    return rng.random() < probability


def draw_light(rng: np.random.Generator, without: tuple[str, ...] = ()) -> Light:
    name = pick(rng, {k: w[-1] for k, w in _WEATHER.items() if k not in without})
    zenith, horizon, sun, ambient, visibility, low, high, kind, sun_low, sun_high, _ = _WEATHER[name]
    tint = 1.0 + 0.07 * (rng.random(3) - 0.5)
    shift = between(rng, 0.85, 1.12)
    horizon = rgb(*horizon) * tint
    return Light(
        name=name,
        zenith=rgb(*zenith) * tint * shift,
        horizon=horizon,
        sun=rgb(*sun),
        ambient=rgb(*ambient) * tint,
        haze=0.8 * horizon + 0.2 * rgb(*zenith),
        visibility=visibility * between(rng, 0.5, 1.6),
        cover=between(rng, low, high),
        clouds="cumulus" if kind == "cirrus" and chance(rng, 0.2) else kind,
        side=between(rng, -1.0, 1.0),
        height=between(rng, sun_low, sun_high),
        behind=chance(rng, 0.6 if name in ("gold", "dusk") else 0.15),
    )


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


def draw_season(rng: np.random.Generator, without: tuple[str, ...] = ()) -> Season:
    name = pick(rng, {k: s[-1] for k, s in _SEASONS.items() if k not in without})
    tint = 1.0 + 0.25 * (rng.random(3) - 0.5)
    tint[2] = min(tint[2], 1.1)
    leaf_dark, leaf_light, grass_dark, grass_light, _ = _SEASONS[name]
    if name == "winter":
        tint = tint * 0.2 + 0.8
    leaf = (rgb(*leaf_dark) * tint, rgb(*leaf_light) * tint)
    return Season(name, leaf, (rgb(*grass_dark) * tint, rgb(*grass_light) * tint))


def lit(light: Light, albedo: np.ndarray, facing: np.ndarray | float) -> np.ndarray:
    """Reflected colour: albedo * (ambient + sun * facing); `facing` 0 (turned away) .. 1 broadcasts over pixels."""
    facing = np.asarray(facing)[..., None]
    return albedo * (light.ambient + light.sun * facing * 0.85)


def hazed(light: Light, colour: np.ndarray, distance: np.ndarray | float) -> np.ndarray:
    """Atmospheric perspective (Koschmieder): the colour fades to the haze with exp(-distance / visibility)."""
    kept = np.exp(-np.asarray(distance) / light.visibility)[..., None]
    return light.haze + (colour - light.haze) * kept
