"""The weathers that a scene can be drawn in, as colours in 0..1, distances in metres and shares of the sky."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weather:
    weight: float  # how often it is drawn
    zenith: tuple[float, float, float]
    horizon: tuple[float, float, float]
    sun: tuple[float, float, float]
    ambient: tuple[float, float, float]
    visibility: float
    cover: tuple[float, float]
    clouds: str
    sun_height: tuple[float, float]


WEATHERS = {
    "clear": Weather(
        20,
        (0.25, 0.43, 0.70),
        (0.70, 0.80, 0.88),
        (1.05, 1.00, 0.88),
        (0.30, 0.35, 0.44),
        14e3,
        (0.0, 0.35),
        "cirrus",
        (0.4, 1.0),
    ),
    "fair": Weather(
        27,
        (0.30, 0.48, 0.72),
        (0.74, 0.81, 0.87),
        (1.02, 0.97, 0.86),
        (0.35, 0.39, 0.46),
        12e3,
        (0.35, 0.75),
        "cumulus",
        (0.4, 1.0),
    ),
    "overcast": Weather(
        16,
        (0.60, 0.63, 0.66),
        (0.79, 0.80, 0.80),
        (0.20, 0.20, 0.20),
        (0.68, 0.69, 0.71),
        7e3,
        (0.85, 1.0),
        "stratus",
        (0.6, 1.0),
    ),
    "gold": Weather(
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
    "dusk": Weather(
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
    "fog": Weather(
        5,
        (0.74, 0.75, 0.76),
        (0.82, 0.82, 0.82),
        (0.12, 0.12, 0.12),
        (0.72, 0.72, 0.73),
        600,
        (0.7, 1.0),
        "stratus",
        (0.5, 1.0),
    ),
    "storm": Weather(
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
    "blue hour": Weather(
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
