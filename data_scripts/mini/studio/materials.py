"""What a surface is made of: its grain, its gloss, and what it mirrors."""

from dataclasses import dataclass

import numpy as np

from .. import noise
from .scene import F, Light, Setting, Solid

TILE = noise.TILE


@dataclass(frozen=True)
class Material:
    gloss: float  # strength of the lamp's highlight
    polish: int  # the highlight is the cosine to the power 2 ** polish
    mirror: float  # share of the surroundings seen straight on
    rim: float  # more of it at a grazing view


MATERIALS = {
    "wooden": Material(gloss=0.10, polish=4, mirror=0.0, rim=0.06),
    "metal": Material(gloss=2.2, polish=6, mirror=0.8, rim=0.2),
    "glass": Material(gloss=3.0, polish=8, mirror=0.05, rim=0.75),
    "rubber": Material(gloss=0.12, polish=3, mirror=0.0, rim=0.05),
    "stone": Material(gloss=0.05, polish=3, mirror=0.0, rim=0.0),
    "felt": Material(gloss=0.0, polish=1, mirror=0.0, rim=0.0),
}


def power(x: np.ndarray, doublings: int) -> np.ndarray:
    """x to the power 2 ** doublings, as products only."""
    for _ in range(doublings):
        x = x * x
    return x


def look_up(kind: str, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Nearest texel of a noise tile (0..1), wrapping around. Finer than that the supersampled picture does not show."""
    column, row = np.floor(u).astype(np.int32) & (TILE - 1), np.floor(v).astype(np.int32) & (TILE - 1)
    return _flat(kind).take((row << 9) + column)


def _flat(kind: str) -> np.ndarray:
    if kind not in _TILES:
        _TILES[kind] = noise.tile(kind).astype(F).reshape(-1)
    return _TILES[kind]


_TILES: dict[str, np.ndarray] = {}


def grain(solid: Solid, x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray | None:
    """Brightness around 1 at points in the solid's own space; None for a plain surface."""
    start, scale = F(solid.grain * TILE), F(34.0 * solid.size + 20.0)  # a small thing shows fewer, larger features
    u, v = (x + z * F(0.53)) * scale + start, (y - z * F(0.61)) * scale + start * F(3)
    if solid.material == "wooden":
        across = np.sqrt((x - F(0.7)) ** 2 + (z + F(0.4)) ** 2 + F(0.2) * y * y)  # growth rings around a tilted trunk
        wave = across * F(7.0) + F(1.6) * look_up("soft", u * F(0.5), v * F(0.5)) + start
        ring = np.abs(wave - np.floor(wave) - F(0.5)) * F(2)
        fibre = look_up("white", u * F(2.2), (y + z) * F(4.0))
        return F(0.68) + F(0.34) * ring * ring * (F(3) - F(2) * ring) + F(0.22) * fibre
    if solid.material == "stone":
        mottle = look_up("rough", u * F(1.3), v * F(1.3))
        speck = look_up("white", u * F(3.1), v * F(2.9))
        return F(0.45) + F(0.9) * mottle - F(0.42) * (speck > F(0.86)) + F(0.4) * (speck < F(0.1))
    if solid.material == "felt":
        return F(0.62) + F(0.4) * look_up("white", u * F(3.3), v * F(3.7)) + F(0.36) * look_up("rough", u * 2, v * 2)
    if solid.material == "metal":
        return F(0.94) + F(0.12) * look_up("white", u * F(0.15), v * F(4.0))  # brushed
    return None


def surroundings(setting: Setting, light: Light, x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
    """What a mirror turned to direction (x, y, z) shows: ground, room, a big lamp and a window. (N, 3)"""
    ground = np.array(setting.tone, F) * np.array(light.fill, F) * F(1.5)
    room = np.array(setting.backdrop, F) * F(0.45) + F(0.12)
    up = np.clip(z * F(3.5) + F(0.5), F(0), F(1))
    up = (up * up * (F(3) - F(2) * up))[:, None]
    above = np.clip(z, F(0), F(1))[:, None]
    colour = ground + (room - ground) * up
    colour = colour * (F(1) + F(0.8) * above) - F(0.45) * (colour * (np.clip(-z, F(0), F(1)))[:, None])
    lx, ly, lz = (F(c) for c in light.direction)
    lamp = np.clip((x * lx + y * ly + z * lz - F(0.72)) * F(7), F(0), F(1))
    # a tall window on the other side of the camera
    side = -lx if abs(lx) > 0.2 else F(0.6)
    window = np.clip(F(1) - np.abs(x - side) * F(4.5), F(0), F(1)) * np.clip(F(0.4) - y * 2, F(0), F(1))
    window = window * np.clip(F(1.2) - np.abs(z - F(0.35)) * F(2.4), F(0), F(1))
    bright = F(1.1) * lamp + F(0.9) * window
    return colour + bright[:, None] * (np.array(light.key, F) * F(0.62))


def surface(
    solid: Solid, setting: Setting, light: Light, normal, view, own_point, height, share: np.ndarray, open_: np.ndarray
) -> np.ndarray:
    """Colour (N, 3) of surface points.

    normal, view  unit vectors, view from the camera to the point; share  of the lamp each point sees (N,);
    open_  how much of the surroundings is not blocked by neighbours (N,); height above the ground (N,)
    """
    nx, ny, nz = normal
    vx, vy, vz = view
    material, albedo = MATERIALS[solid.material], np.array(solid.colour, F)
    lx, ly, lz = (F(c) for c in light.direction)
    facing = nx * lx + ny * ly + nz * lz
    seen = np.clip(-(nx * vx + ny * vy + nz * vz), F(0), F(1))
    texture = grain(solid, *own_point)
    if solid.material == "felt":  # fibres stand up: light wraps around and the edge is bright
        facing = (facing + F(0.35)) * F(0.74)
    direct = np.maximum(facing, F(0)) * share
    sky = F(0.5) + F(0.5) * nz
    dim = open_ * np.clip(F(0.5) + height * F(1.1), F(0), F(1))  # the ground's own shadow keeps the feet darker
    bounce = (F(1) - sky) * np.clip(F(0.25) + height * F(0.8), F(0.25), F(0.8))
    key, fill, ground = np.array(light.key, F), np.array(light.fill, F), np.array(setting.tone, F)
    lit = key * (direct * F(0.5))[:, None] + fill * (sky * dim)[:, None] * F(0.9)
    lit = lit + ground * ((fill + key * F(0.35)) * (bounce * open_)[:, None])
    colour = albedo * lit if texture is None else albedo * (lit * texture[:, None])
    rim = power(F(1) - seen, 2)
    if solid.material == "felt":
        colour = colour + (albedo * F(0.7) + F(0.03)) * (rim * dim)[:, None] * fill
    mirrored = material.mirror + material.rim * rim
    twice = F(2) * (nx * vx + ny * vy + nz * vz)
    rx, ry, rz = vx - twice * nx, vy - twice * ny, vz - twice * nz
    if material.mirror or material.rim:
        around = surroundings(setting, light, rx, ry, rz) * (F(0.35) + F(0.65) * dim)[:, None]
        if solid.material == "metal":  # metals colour what they mirror
            tint = albedo * F(1.5) + F(0.03)
            colour = colour * F(0.45) + around * tint * (mirrored * texture)[:, None]
        else:
            colour = colour + around * mirrored[:, None]
    # highlight: how nearly the mirrored view runs to the lamp
    shine = power(np.maximum(rx * lx + ry * ly + rz * lz, F(0)), material.polish) * share
    tint = (albedo * F(0.7) + F(0.3)) if solid.material == "metal" else np.ones(3, F)
    return colour + tint * key * (F(material.gloss * 0.5) * shine)[:, None]
