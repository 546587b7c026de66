"""Squares cut from the photographs of the libraries: objects that can be photographed again by `views`.

prints = cut_prints(side=160)      # uint8 (N, 160, 160, 3), none overlaps another
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from course_utils.datasets.photographs import PRINTED, Photograph

cv2.setNumThreads(1)  # the same result on every machine
SHRINK = {"retina": 2}  # what is stored softly: one pixel of so many


@dataclass(frozen=True, eq=False)
class Prints:
    """N square pieces of photographs: images uint8 (N, side, side, 3), source int64 (N,), an index into PRINTED."""

    images: np.ndarray
    source: np.ndarray

    def __len__(self) -> int:
        return len(self.images)

    def subset(self, indices) -> "Prints":
        """Return the chosen ones, by integers or a boolean mask."""
        return Prints(self.images[indices], self.source[indices])


def cut_prints(side: int = 160, photographs: Sequence[Photograph] = PRINTED) -> Prints:
    """Cut each photograph into as many squares as fit beside each other, spread evenly; none overlaps another.

    side  pixels. A photograph that is smaller is enlarged until its shorter side holds one square.
    Raises ValueError if side is below 16 or there is no photograph.
    """
    if side < 16 or not photographs:
        raise ValueError(f"side is {side}, of {len(photographs)} photographs; give at least 16 pixels and one of them")
    images, source = [], []
    for number, photograph in enumerate(photographs):
        image = np.ascontiguousarray(photograph.read())
        if shrink := SHRINK.get(photograph.name):
            height, width = (length // shrink for length in image.shape[:2])
            image = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
        enlarge = side / min(image.shape[:2])
        if enlarge > 1:
            image = cv2.resize(image, None, fx=enlarge, fy=enlarge, interpolation=cv2.INTER_CUBIC)
        tops, lefts = (_starts(length, side) for length in image.shape[:2])
        images += [image[top : top + side, left : left + side] for top in tops for left in lefts]
        source += [number] * (len(tops) * len(lefts))
    return Prints(np.stack(images), np.array(source, dtype=np.int64))


def _starts(length: int, side: int) -> np.ndarray:
    """Where squares begin along one side: as many as fit, the gaps between them and at both ends equal."""
    count = length // side
    gap = (length - count * side) / (count + 1)
    return np.round(gap + (side + gap) * np.arange(count)).astype(int)
