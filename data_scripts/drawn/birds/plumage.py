"""The colours of a bird: what each part looks like at each of its points."""

import numpy as np

from ..brushes import noise
from ..brushes.noise import smoothstep
from .species import COLOURS, Species
from .surfaces import Part


class Plumage:
    """Colours of one individual: its species' colours, a little its own."""

    def __init__(self, rng: np.random.Generator, kind: Species):
        self.rng, self.kind = rng, kind
        self.tint = 1.0 + 0.035 * rng.standard_normal(3)
        self.shade = 1.0 + 0.07 * float(rng.standard_normal())

    def _colour(self, name: str) -> np.ndarray:
        return COLOURS[name] * self.tint * self.shade

    def _noise(self, field: str, s: np.ndarray, c: np.ndarray) -> np.ndarray:
        return noise.sample(field, s + self.rng.random() * 512, c + self.rng.random() * 512)

    def _over(self, base: np.ndarray, name: str, share: np.ndarray) -> np.ndarray:
        return base + (self._colour(name) - base) * share[..., None]

    def paint(self, part: Part) -> np.ndarray:
        """Albedo (n, m, 3) of a part."""
        return getattr(self, f"_{part.name}")(part)

    def _torso(self, part: Part) -> np.ndarray:
        kind, t, up = self.kind, part.s, np.cos(part.c)
        last = part.last
        wobble = self._noise("fbm", t * 60, part.c * 40) - 0.5
        at = t + 0.5 * wobble
        base = self._over(self._colour(kind.belly) + 0 * t[..., None], kind.breast, smoothstep(1.75, 2.25, at))
        base = self._over(base, kind.throat, smoothstep(last - 1.35, last - 0.95, at) * smoothstep(3.0, 3.3, at))
        if kind.pattern != "plain":
            base = self._over(base, kind.ink, self._pattern(t, part.c) * smoothstep(0.7, 1.3, t))
        if kind.band != "-":
            base = self._over(base, kind.band, smoothstep(0.30, 0.18, np.abs(at - 3.05)))
        upper = smoothstep(0.05, 0.30, up + 0.55 * wobble)
        base = self._over(base, kind.back, upper)
        hood = smoothstep(last - 1.25, last - 0.8, at) * smoothstep(-0.35, 0.0, up + 0.5 * wobble)
        base = self._over(base, kind.face, hood)
        base = self._over(base, kind.crown, hood * smoothstep(0.55, 0.75, up + 0.5 * wobble))
        if kind.band == "white":  # a collar runs all around
            base = self._over(base, kind.band, smoothstep(0.24, 0.14, np.abs(at - (last - 1.15))))
        down = 0.86 + 0.30 * (self._noise("leaves", t * 34, part.c * 24) - 0.4) + 0.18 * wobble
        return base * down[..., None]

    def _pattern(self, t: np.ndarray, angle: np.ndarray) -> np.ndarray:
        """Streaks, spots or bars of the underside, 0 .. 1."""
        wobble = self._noise("fbm", t * 50, angle * 30) - 0.5
        if self.kind.pattern == "barred":
            return smoothstep(0.30, 0.55, np.abs((t * 4.2 + wobble * 0.5) % 1.0 - 0.5) * 2.0) * 0.9
        across = (angle * 3.4 + 0.5 * wobble) % 1.0 - 0.5
        if self.kind.pattern == "streaked":
            broken = smoothstep(0.40, 0.52, self._noise("fbm", t * 60, angle * 90))
            return smoothstep(0.27, 0.14, np.abs(across)) * broken
        along = (t * 4.4 + np.floor(angle * 3.4 + 0.5 * wobble) * 0.5) % 1.0 - 0.5
        return smoothstep(0.36, 0.24, np.sqrt(across * across + along * along))

    def _head(self, part: Part) -> np.ndarray:
        kind = self.kind
        x, y, z = part.c[..., 0], part.c[..., 1], np.abs(part.c[..., 2])
        wobble = 0.22 * (self._noise("fbm", x * 60 + z * 31, y * 60) - 0.5)
        base = self._over(self._colour(kind.face) + 0 * x[..., None], kind.throat, smoothstep(-0.22, -0.42, y + wobble))
        base = self._over(base, kind.crown, smoothstep(0.40, 0.54, y + wobble + 0.25 * np.maximum(-x - 0.2, 0.0)))
        if kind.brow != "-":
            brow = smoothstep(0.13, 0.07, np.abs(y + 0.5 * wobble - 0.43 - 0.08 * x)) * smoothstep(-0.75, -0.5, x)
            base = self._over(base, kind.brow, brow * smoothstep(0.18, 0.30, z))
        if kind.line != "-":
            stripe = smoothstep(0.15, 0.08, np.abs(y + 0.5 * wobble - 0.17 - 0.05 * x)) * smoothstep(-0.9, -0.7, x)
            base = self._over(base, kind.line, stripe * smoothstep(0.15, 0.3, z))
        return base * (0.90 + 0.25 * (self._noise("needles", x * 40 + z * 17, y * 40) - 0.4))[..., None]

    def _crest(self, part: Part) -> np.ndarray:
        strands = self._noise("rough", part.s * 4, part.c * 30)
        return self._colour(self.kind.crown) * (0.75 + 0.5 * strands)[..., None]

    def _wing(self, part: Part) -> np.ndarray:
        """Folded: a from the shoulder to the tip, b from the upper to the lower edge."""
        kind, a, b = self.kind, part.s, part.c
        wobble = self._noise("fbm", a * 60, b * 60) - 0.5
        base = self._colour(kind.wing) + 0 * a[..., None]
        feathers = np.abs((b * 6.5 + a * 1.2) % 1.0 - 0.5) * 2.0
        scales = np.abs((a * 11.0 + 0.5 * np.floor(b * 9)) % 1.0 - 0.5) * 2.0
        flight = smoothstep(0.40, 0.48, a + 0.10 * (b - 0.5) + 0.06 * wobble)
        tone = (
            1.0 - 0.30 * flight * smoothstep(0.72, 0.95, feathers) - 0.16 * (1 - flight) * smoothstep(0.6, 0.95, scales)
        )
        tone = tone - 0.16 * flight * b - 0.22 * smoothstep(0.72, 0.9, a)
        if kind.bars != "-":
            slant = a + 0.10 * (b - 0.5) + 0.05 * wobble
            both = np.minimum(np.abs(slant - 0.25), np.abs(slant - 0.42))
            base = self._over(base, kind.bars, smoothstep(0.038, 0.020, both) * smoothstep(0.12, 0.25, b))
        return base * (tone + 0.30 * (self._noise("rough", a * 12, b * 60) - 0.5))[..., None]

    def _spread(self, part: Part) -> np.ndarray:
        """Spread: a from the body to the tip, b from the leading to the trailing edge."""
        kind, a, b = self.kind, part.s, part.c
        base = self._colour(kind.wing) + 0 * a[..., None]
        feathers = np.abs((a * 15.0 + 0.6 * b) % 1.0 - 0.5) * 2.0
        flight = smoothstep(0.42, 0.50, b)
        tone = (
            1.04 - 0.34 * flight * smoothstep(0.70, 0.95, feathers) - 0.14 * flight - 0.20 * smoothstep(0.78, 0.92, a)
        )
        if kind.bars != "-":
            both = np.minimum(np.abs(b - 0.44), np.abs(b - 0.22) + 0.02)
            base = self._over(base, kind.bars, smoothstep(0.075, 0.04, both) * smoothstep(0.95, 0.8, a))
        return base * (tone + 0.25 * (self._noise("rough", a * 60, b * 14) - 0.5))[..., None]

    def _tail(self, part: Part) -> np.ndarray:
        v, u = part.s, part.c
        feathers = np.abs((u * 3.5) % 1.0 - 0.5) * 2.0
        tone = 0.95 - 0.28 * smoothstep(0.75, 0.97, feathers) - 0.15 * smoothstep(0.8, 1.0, v)
        base = self._colour(self.kind.tail) + 0 * v[..., None]
        if self.kind.pattern == "barred":
            base = base * (1.0 - 0.45 * smoothstep(0.5, 0.7, np.abs((v * 5.0) % 1.0 - 0.5) * 2.0))[..., None]
        return base * (tone + 0.25 * (self._noise("rough", v * 14, u * 40) - 0.5))[..., None]

    def _beak(self, part: Part) -> np.ndarray:
        gape = smoothstep(0.16, 0.06, np.abs(np.cos(part.c) + 0.15)) * smoothstep(0.95, 0.8, part.s)
        tone = (0.95 + 0.25 * np.cos(part.c)) * (1.0 - 0.45 * gape) * (1.0 - 0.25 * part.s**3)
        return (self._colour(self.kind.beak) + 0.03) * tone[..., None]

    def _leg(self, part: Part) -> np.ndarray:
        rings = np.abs((part.s * 9.0) % 1.0 - 0.5) * 2.0
        return (self._colour(self.kind.legs) + 0.03) * (0.8 + 0.2 * rings)[..., None]

    def _ring(self, part: Part) -> np.ndarray:
        return self._colour(self.kind.ring) + 0 * part.c

    def _eye(self, part: Part) -> np.ndarray:
        glint = smoothstep(0.80, 0.92, part.normals[..., 1] * 0.75 + 0.66 * np.abs(part.normals[..., 2]))
        return 0.035 + 0.95 * glint[..., None] + 0 * part.c
