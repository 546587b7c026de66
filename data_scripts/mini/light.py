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


@dataclass(frozen=True)
class _Weather:
    weight: float  # how often it is drawn
    zenith: tuple[float, float, float]
    horizon: tuple[float, float, float]
    sun: tuple[float, float, float]
    ambient: tuple[float, float, float]
    visibility: float
    cover: tuple[float, float]
    clouds: str
    sun_height: tuple[float, float]


_WEATHER = {
    "clear": _Weather(
        18,
        (0.25, 0.43, 0.70),
        (0.70, 0.80, 0.88),
        (1.05, 1.00, 0.88),
        (0.30, 0.35, 0.44),
        14e3,
        (0.0, 0.35),
        "cirrus",
        (0.4, 1.0),
    ),
    "fair": _Weather(
        24,
        (0.30, 0.48, 0.72),
        (0.74, 0.81, 0.87),
        (1.02, 0.97, 0.86),
        (0.35, 0.39, 0.46),
        12e3,
        (0.35, 0.75),
        "cumulus",
        (0.4, 1.0),
    ),
    "overcast": _Weather(
        21,
        (0.60, 0.63, 0.66),
        (0.79, 0.80, 0.80),
        (0.20, 0.20, 0.20),
        (0.68, 0.69, 0.71),
        7e3,
        (0.85, 1.0),
        "stratus",
        (0.6, 1.0),
    ),
    "gold": _Weather(
        10,
        (0.38, 0.47, 0.60),
        (0.92, 0.79, 0.60),
        (1.08, 0.80, 0.50),
        (0.32, 0.32, 0.37),
        7e3,
        (0.2, 0.7),
        "cirrus",
        (0.08, 0.3),
    ),
    "dusk": _Weather(
        7,
        (0.30, 0.30, 0.42),
        (0.90, 0.58, 0.42),
        (0.70, 0.42, 0.29),
        (0.33, 0.30, 0.34),
        9e3,
        (0.3, 0.85),
        "cumulus",
        (0.0, 0.1),
    ),
    "fog": _Weather(
        7,
        (0.74, 0.75, 0.76),
        (0.82, 0.82, 0.82),
        (0.12, 0.12, 0.12),
        (0.72, 0.72, 0.73),
        600,
        (0.7, 1.0),
        "stratus",
        (0.5, 1.0),
    ),
    "storm": _Weather(
        9,
        (0.26, 0.29, 0.33),
        (0.62, 0.64, 0.66),
        (0.42, 0.40, 0.36),
        (0.42, 0.44, 0.47),
        6e3,
        (0.75, 1.0),
        "cumulus",
        (0.3, 0.8),
    ),
    "blue hour": _Weather(
        4,
        (0.12, 0.17, 0.29),
        (0.48, 0.50, 0.58),
        (0.0, 0.0, 0.0),
        (0.33, 0.36, 0.46),
        5e3,
        (0.1, 0.8),
        "cirrus",
        (0.0, 0.1),
    ),
}


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
    name = pick(rng, {key: w.weight for key, w in _WEATHER.items() if key not in without})
    weather = _WEATHER[name]
    tint = 1.0 + 0.07 * (rng.random(3) - 0.5)
    shift = between(rng, 0.80, 1.12)
    horizon = rgb(*weather.horizon) * tint
    return Light(
        name=name,
        zenith=rgb(*weather.zenith) * tint * shift,
        horizon=horizon,
        sun=rgb(*weather.sun),
        ambient=rgb(*weather.ambient) * tint,
        haze=0.8 * horizon + 0.2 * rgb(*weather.zenith),
        visibility=weather.visibility * between(rng, 0.5, 1.8),
        cover=between(rng, *weather.cover),
        clouds="cumulus" if weather.clouds == "cirrus" and chance(rng, 0.25) else weather.clouds,
        side=between(rng, -1.0, 1.0),
        height=between(rng, *weather.sun_height),
        behind=chance(rng, 0.6 if name in ("gold", "dusk") else 0.12),
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
