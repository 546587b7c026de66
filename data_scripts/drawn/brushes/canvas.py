"""The picture while it is painted: a supersampled Pillow image that takes numpy textures, polygons and lines."""

import numpy as np
from PIL import Image, ImageDraw

SIZE = 320  # side of the canvas; the lens crops and reduces it to the final picture


def bytes_of(values: np.ndarray) -> np.ndarray:
    """Round colours or masks in 0..1 to uint8."""
    return (np.clip(values, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)


class Canvas:
    """SIZE x SIZE pixels RGB; colours are float arrays (3,) in 0..1, positions pixels with y downwards."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (SIZE, SIZE))
        self._draw = ImageDraw.Draw(self.image, "RGBA")

    def texture(self, colours: np.ndarray, mask: np.ndarray | None = None, left=0, top=0, enlarge: int = 1) -> None:
        """Paste (h, w, 3) colours, where given through a (h, w) mask in 0..1; parts outside the canvas are cut off.

        Soft things may be worked out on a coarser grid and enlarged here by a whole factor.
        """
        patch = Image.fromarray(bytes_of(colours))
        cover = None if mask is None else Image.fromarray(bytes_of(mask))
        if enlarge > 1:
            size = (patch.width * enlarge, patch.height * enlarge)
            patch = patch.resize(size, Image.Resampling.BILINEAR)
            cover = cover and cover.resize(size, Image.Resampling.BILINEAR)
        self.image.paste(patch, (left, top), cover)

    def picture(self, patch: Image.Image, left: int = 0, top: int = 0) -> None:
        """Paste an RGBA image through its own alpha."""
        self.image.paste(patch, (left, top), patch.getchannel("A"))

    def tint(self, colour: np.ndarray, mask: np.ndarray) -> None:
        """Blend one colour in through a (SIZE, SIZE) mask: shadows, smoke, glow."""
        self.image.paste(self.rgb(colour), (0, 0), Image.fromarray(bytes_of(mask)))

    def polygon(self, points, colour: np.ndarray, alpha: float = 1.0) -> None:
        if len(points) > 2:
            self._draw.polygon([(float(x), float(y)) for x, y in points], fill=self._ink(colour, alpha))

    def line(self, points, colour: np.ndarray, width: float = 1.0, alpha: float = 1.0) -> None:
        points = [(float(x), float(y)) for x, y in points]
        self._draw.line(points, fill=self._ink(colour, alpha), width=max(1, round(width)), joint="curve")

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: np.ndarray, alpha: float = 1.0) -> None:
        self._draw.ellipse((x - rx, y - ry, x + rx, y + ry), fill=self._ink(colour, alpha))

    def array(self) -> np.ndarray:
        return np.asarray(self.image, np.float64) / 255.0

    @staticmethod
    def rgb(colour: np.ndarray) -> tuple[int, int, int]:
        """The colour as Pillow wants it."""
        r, g, b = (int(v) for v in bytes_of(np.asarray(colour)))
        return r, g, b

    @staticmethod
    def _ink(colour: np.ndarray, alpha: float) -> tuple[int, int, int, int]:
        r, g, b = (int(v) for v in bytes_of(np.asarray(colour)))
        return r, g, b, round(255 * min(max(alpha, 0.0), 1.0))
