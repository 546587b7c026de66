"""How a product is photographed: pose, light, studio."""

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """How a product is photographed; nothing in here belongs to the product."""

    zoom: float = 1.0
    angle: float = 0.0  # degrees
    dx: float = 0.0
    dy: float = 0.0
    mirror: bool = False
    slant: float = 0.0  # x += slant * y
    light: tuple[float, float] = (-0.6, -0.8)  # where the light comes from
    contrast: float = 1.0  # of light and shade
    shadow: float = 0.3
    background: float = 1.0
    exposure: float = 1.0
    cast: tuple[float, float, float] = (1.0, 1.0, 1.0)
    blur: float = 0.0
    dressed: bool = False  # on a mannequin
    pair: bool = False  # shoes: the other one behind
