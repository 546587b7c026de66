"""What a part is made of: colours and pattern as a function of product coordinates."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from ..brushes.noise import sample, tile
from .motifs import MOTIF, PRINTS, motif

TILE = 512
REPEAT = 0.55  # size of a printed repeat in product coordinates


@cache
def _field(kind: str) -> np.ndarray:
    """Return a float32 (TILE, TILE) field around 0: light and dark of folds, or the grain of the weave."""
    if kind == "weave":
        return (tile("white") - 0.5).astype(np.float32)
    axis = np.arange(TILE, dtype=np.float64)
    du, dv = (3.2, 0.55) if kind == "drape" else (1.9, 1.5)
    height = sample("soft", axis[None, :] * du + axis[:, None] * 0.25, axis[:, None] * dv)
    slope = (np.roll(height, -2, 1) - np.roll(height, 2, 1)) + 0.5 * (np.roll(height, -2, 0) - np.roll(height, 2, 0))
    slope /= np.sort(np.abs(slope), axis=None)[int(slope.size * 0.98)]
    return np.clip(slope, -1.3, 1.3).astype(np.float32)


def window(rng: np.random.Generator, kind: str, height: int, width: int) -> np.ndarray:
    """A random (height, width) piece of the field "drape", "crumple" or "weave", float32, about -1..1."""
    top, left = int(rng.integers(TILE - height + 1)), int(rng.integers(TILE - width + 1))
    return _field(kind)[top : top + height, left : left + width]


PATTERNS = ("Solid", "Striped", "Pinstriped", "Checked", "Melange", "Washed", "Cable Knit", "Ribbed", *PRINTS)


@dataclass(frozen=True)
class Cloth:
    """Colours are float arrays (3,) in 0..1; `along` turns stripes downwards; scale > 1 makes the pattern larger."""

    base: np.ndarray
    pattern: str = "Solid"
    second: np.ndarray | None = None
    third: np.ndarray | None = None
    scale: float = 1.0
    along: bool = False
    gloss: float = 0.0
    weave: float = 0.05

    def plain(self, colour=None, gloss: float | None = None) -> "Cloth":
        """The same material without its pattern, in another colour if one is given."""
        base = self.base if colour is None else np.asarray(colour)
        return Cloth(base, weave=self.weave, gloss=self.gloss if gloss is None else gloss)

    def colours(self, u: np.ndarray, v: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return float32 (h, w, 3) at the product coordinates u and v, (h, w) each."""
        height, width = v.shape
        base = self.base.astype(np.float32)
        grain = window(rng, "weave", height, width) * np.float32(self.weave)
        if self.pattern == "Melange":
            second, third = np.clip(window(rng, "weave", height, width) * 3, 0, 0.8), None
        else:
            second, third = self._shares(u, v)
        if second is None:
            return base * (1 + grain)[..., None]
        colours = base + (self.second.astype(np.float32) - base) * second[..., None]
        if third is not None:
            colours += (self.third.astype(np.float32) - colours) * third[..., None]
        colours *= (1 + grain)[..., None]
        return colours

    def _shares(self, u, v) -> tuple[np.ndarray | None, np.ndarray | None]:
        pattern = self.pattern
        if pattern == "Solid":
            return None, None
        if pattern in PRINTS:
            k = np.float32(MOTIF / (REPEAT * self.scale))
            rows, columns = (np.floor(w * k).astype(np.int64) & (MOTIF - 1) for w in (v, u))
            return tuple(m[rows, columns].astype(np.float32) / 255 for m in motif(pattern))
        if pattern == "Striped":
            return _stripe(u if self.along else v, 0.17 * self.scale, 0.42), None
        if pattern == "Pinstriped":
            return _stripe(u, 0.09 * self.scale, 0.25), None
        if pattern == "Checked":
            period = 0.26 * self.scale
            across, down = _stripe(v, period, 0.45), _stripe(u, period, 0.45)
            fine = np.maximum(_stripe(v + period * 0.73, period, 0.09), _stripe(u + period * 0.73, period, 0.09))
            return 0.5 * (across + down), fine * np.float32(0.8)
        if pattern == "Cable Knit":
            zig = np.abs(_saw(v, 0.13)) * np.float32(0.05)
            return _stripe(u + zig, 0.16 * self.scale, 0.35) * np.float32(0.35), None
        if pattern == "Ribbed":
            return _stripe(u, 0.07 * self.scale, 0.4) * np.float32(0.3), None
        if pattern == "Washed":  # worn denim: light where it rubs, on the middle of the thighs
            worn = np.maximum(0, 1 - (np.abs(np.abs(u) - 0.24) / 0.2) ** 2) * np.maximum(0, 1 - (v / 0.85) ** 2)
            return worn * np.float32(0.62), None
        raise KeyError(f"no pattern is called {pattern!r}; there are: {', '.join(PATTERNS)}")


def _saw(x: np.ndarray, period: float) -> np.ndarray:
    t = x * np.float32(1 / period)
    return (t - np.floor(t)) * 2 - 1


def _stripe(x: np.ndarray, period: float, share: float) -> np.ndarray:
    """1 inside stripes that take `share` of the period, 0 outside, with a slightly soft edge."""
    return np.clip((np.float32(share) - np.abs(_saw(x, period))) * np.float32(period * 60) + np.float32(0.5), 0, 1)
