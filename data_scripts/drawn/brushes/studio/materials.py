"""What a surface is made of: its grain, its gloss, and what it mirrors."""

from dataclasses import dataclass

import numpy as np

from .. import noise
from .scene import Colour, F, Light, Setting, Solid

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
    "rubber": Material(gloss=0.3, polish=3, mirror=0.0, rim=0.05),
    "stone": Material(gloss=0.05, polish=3, mirror=0.0, rim=0.0),
    "felt": Material(gloss=0.0, polish=1, mirror=0.0, rim=0.0),
}


def power(x: np.ndarray, doublings: int) -> np.ndarray:
    """x to the power 2 ** doublings, as products only."""
    for _ in range(doublings):
        x = x * x
    return x


def ink(colour: Colour) -> np.ndarray:
    """A colour as (3, 1): pictures are (3, N) here, since numpy is slow where the last axis is short."""
    return np.array(colour, F)[:, None]


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
        wave = across * F(4.2) + F(2.2) * look_up("soft", u * F(0.5), v * F(0.5)) + start
        ring = np.abs(wave - np.floor(wave) - F(0.5)) * F(2)
        fibre = look_up("white", u * F(2.2), (y + z) * F(4.0))
        return F(0.66) + F(0.32) * ring * ring * (F(3) - F(2) * ring) + F(0.26) * fibre
    if solid.material == "stone":
        mottle = look_up("rough", u * F(1.3), v * F(1.3))
        speck = look_up("white", u * F(3.1), v * F(2.9))
        return F(0.45) + F(0.9) * mottle - F(0.5) * (speck > F(0.86)) + F(0.4) * (speck < F(0.1))
    if solid.material == "felt":
        return F(0.62) + F(0.42) * look_up("white", u * F(3.3), v * F(3.7)) + F(0.38) * look_up("rough", u * 2, v * 2)
    if solid.material == "metal":
        # brushed, and with a streak of light across it: a flat mirror would show one colour only
        slant = (x + y) * F(0.27) + z * F(0.4) + start
        streak = np.maximum(F(1) - np.abs(slant - np.floor(slant) - F(0.5)) * F(5), F(0))
        return F(0.78) + F(0.18) * look_up("white", u * F(0.15), v * F(4.0)) + F(0.75) * streak * streak
    return None


def surroundings(setting: Setting, light: Light, x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
    """What a mirror turned to direction (x, y, z) shows: ground, room, a big lamp and a window. (3, N)"""
    ground = ink(setting.tone) * ink(light.fill) * F(1.5)
    room = ink(setting.backdrop) * F(0.45) + F(0.12)
    up = np.clip(z * F(3.5) + F(0.5), F(0), F(1))
    up = up * up * (F(3) - F(2) * up)
    colour = ground + (room - ground) * up
    colour *= F(1) + F(0.8) * np.maximum(z, F(0)) + F(0.45) * np.minimum(z, F(0))
    lx, ly, lz = (F(c) for c in light.direction)
    lamp = np.clip((x * lx + y * ly + z * lz - F(0.72)) * F(7), F(0), F(1))
    # a tall window on the other side of the camera
    side = -lx if abs(lx) > 0.2 else F(0.6)
    window = np.clip(F(1) - np.abs(x - side) * F(4.5), F(0), F(1)) * np.clip(F(0.4) - y * F(2), F(0), F(1))
    window *= np.clip(F(1.2) - np.abs(z - F(0.35)) * F(2.4), F(0), F(1))
    colour += ink(light.key) * (F(0.68) * lamp + F(0.56) * window)
    return colour


def surface(
    solid: Solid, setting: Setting, light: Light, normal, view, own_point, height, share: np.ndarray, open_: np.ndarray
) -> np.ndarray:
    """Colour (3, N) of surface points.

    normal, view  unit vectors, view from the camera to the point; share  of the lamp each point sees (N,);
    open_  how much of the surroundings is not blocked by neighbours (N,); height above the ground (N,)
    """
    nx, ny, nz = normal
    vx, vy, vz = view
    material, albedo = MATERIALS[solid.material], ink(solid.colour)
    gloss = F(material.gloss * 0.5)
    if solid.skin is not None:
        albedo, gloss = solid.skin(*own_point, nz)
        gloss = gloss * F(0.5)
    lx, ly, lz = (F(c) for c in light.direction)
    facing = nx * lx + ny * ly + nz * lz
    toward = nx * vx + ny * vy + nz * vz
    texture = grain(solid, *own_point)
    if solid.material == "felt":  # fibres stand up: light wraps around
        facing = (facing + F(0.35)) * F(0.74)
    direct = np.maximum(facing, F(0)) * share
    sky = F(0.5) + F(0.5) * nz
    dim = open_ * np.clip(F(0.5) + height * F(1.1), F(0), F(1))  # the ground's own shadow keeps the feet darker
    bounce = (F(1) - sky) * np.clip(F(0.25) + height * F(0.8), F(0.25), F(0.8)) * open_
    key, fill, ground = ink(light.key), ink(light.fill), ink(setting.tone)
    lit = key * (direct * F(0.5))
    lit += fill * (sky * dim * F(0.9))
    lit += ground * (fill + key * F(0.35)) * bounce
    if texture is not None:
        lit *= texture
    colour = lit * albedo
    rim = power(F(1) - np.clip(-toward, F(0), F(1)), 2)
    if solid.material == "felt":  # and the edge is bright
        colour += (albedo + F(0.05)) * fill * (rim * dim)
    rx, ry, rz = vx - F(2) * toward * nx, vy - F(2) * toward * ny, vz - F(2) * toward * nz
    if material.mirror or material.rim:
        mirrored = (material.mirror + material.rim * rim) * (F(0.35) + F(0.65) * dim)
        around = surroundings(setting, light, rx, ry, rz)
        if solid.material == "metal":  # metals colour what they mirror
            colour *= F(0.45)
            colour += around * (albedo * F(1.5) + F(0.03)) * (mirrored * texture)
        else:
            colour += around * mirrored
    # highlight: how nearly the mirrored view runs to the lamp
    shine = power(np.maximum(rx * lx + ry * ly + rz * lz, F(0)), material.polish) * share
    tint = (albedo * F(0.7) + F(0.3)) if solid.material == "metal" else F(1)
    colour += tint * key * (gloss * shine)
    return colour
