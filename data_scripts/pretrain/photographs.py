"""The crops that the small weights are learned from: of the photographs that come with the libraries."""

import numpy as np
from PIL import Image

from course_utils.datasets.photographs import PHOTOGRAPHS


def cut_crops(n: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Cut n random squares, from a quarter to all of a photograph's shorter side: uint8 (n, size, size, 3)."""
    photographs = [photograph.read() for photograph in PHOTOGRAPHS]
    crops = np.empty((n, size, size, 3), np.uint8)
    for crop in crops:
        image = photographs[rng.integers(len(photographs))]
        height, width = image.shape[:2]
        shorter = min(height, width)
        side = int(np.exp(rng.uniform(np.log(max(size, shorter / 4)), np.log(shorter))))
        top, left = rng.integers(height - side + 1), rng.integers(width - side + 1)
        square = Image.fromarray(image[top : top + side, left : left + side])
        crop[:] = np.asarray(square.resize((size, size), Image.Resampling.BILINEAR))
    return crops
