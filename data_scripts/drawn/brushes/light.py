"""Time of day and weather: one draw decides the colours of sky, sun, shade and haze.

All eight scene classes share these draws; that is what makes their colours overlap as they do in photographs.
"""

from dataclasses import dataclass

import numpy as np

from .weather import WEATHERS


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


def draw_light(rng: np.random.Generator) -> Light:
    name = pick(rng, {key: weather.weight for key, weather in WEATHERS.items()})
    weather = WEATHERS[name]
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


def lit(light: Light, albedo: np.ndarray, facing: np.ndarray | float) -> np.ndarray:
    """Reflected colour: albedo * (ambient + sun * facing); `facing` 0 (turned away) .. 1 broadcasts over pixels."""
    facing = np.asarray(facing)[..., None]
    return albedo * (light.ambient + light.sun * facing * 0.85)


def hazed(light: Light, colour: np.ndarray, distance: np.ndarray | float) -> np.ndarray:
    """Atmospheric perspective (Koschmieder): the colour fades to the haze with exp(-distance / visibility)."""
    kept = np.exp(-np.asarray(distance) / light.visibility)[..., None]
    return light.haze + (colour - light.haze) * kept
