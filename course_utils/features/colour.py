"""Colour and grey-level histograms: how much of each colour, and with a grid also roughly where.

Swain and Ballard, "Color indexing", IJCV 1991. The grid of cells is the simplest form of the spatial pyramid
(Lazebnik, Schmid, Ponce, CVPR 2006).
"""

import cv2
import numpy as np

from course_utils.checks import check_choice
from course_utils.features._checks import check_images, to_grey

# Largest value + 1 of each channel: OpenCV stores the hue of an 8-bit picture in half degrees.
_RANGES = {"rgb": (256, 256, 256), "hsv": (180, 256, 256)}


def embed_colour_histogram(
    images: np.ndarray, bins: tuple[int, int, int] = (8, 4, 4), space: str = "hsv", grid: int = 1, root: bool = False
) -> np.ndarray:
    """Joint histogram of the three channels in each cell of a `grid` x `grid` partition.

    images  uint8 (N, H, W, 3), RGB
    space   "hsv" (hue, saturation, value) or "rgb"; `bins` counts the bins of each of its channels
    root    take the square root, so that cosine compares two histograms by the Bhattacharyya coefficient
            sum sqrt(p q): a large plain area no longer drowns the small ones
    returns float32 (N, grid * grid * product of bins); each row sums to 1 before the root, each cell to
            1 / grid^2, whatever the size of the picture; with the root each row has length 1.
    raises  TypeError or ValueError for other pictures, an unknown space, bins below 1, more cells than pixels.
    """
    check_images(images)
    check_choice("space", space, _RANGES)
    if len(bins) != 3 or min(bins) < 1:
        raise ValueError(f"bins must be three counts of at least 1, not {bins}")
    index = np.zeros(images.shape[:3], np.int32)
    for i, image in enumerate(images):
        image = np.ascontiguousarray(image)
        channels = cv2.cvtColor(image, cv2.COLOR_RGB2HSV) if space == "hsv" else image
        for channel, (count, top) in enumerate(zip(bins, _RANGES[space], strict=True)):
            index[i] = index[i] * count + channels[..., channel].astype(np.int32) * count // top
    return _cell_histograms(index, int(np.prod(bins)), grid, root)


def embed_grey_histogram(images: np.ndarray, bins: int = 32, grid: int = 1, root: bool = False) -> np.ndarray:
    """Histogram of the grey level in each cell; arguments, normalisation and errors as for colour.

    uint8 (N, H, W, 3) -> float32 (N, grid * grid * bins)
    """
    check_images(images)
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    index = np.zeros(images.shape[:3], np.int32)
    for i, image in enumerate(images):
        index[i] = to_grey(image).astype(np.int32) * bins // 256
    return _cell_histograms(index, bins, grid, root)


def _cell_histograms(index: np.ndarray, bins: int, grid: int, root: bool) -> np.ndarray:
    """int (N, H, W) bin of each pixel -> float32 (N, grid * grid * bins), cells from left to right, top to bottom."""
    n, height, width = index.shape
    if not 1 <= grid <= min(height, width):
        raise ValueError(f"grid is {grid}; a picture of {height} x {width} pixels allows 1 to {min(height, width)}")
    rows, columns = np.arange(height) * grid // height, np.arange(width) * grid // width
    cell = rows[:, None] * grid + columns  # (H, W)
    histograms = np.zeros((n, grid * grid, bins), np.float32)
    for i in range(n):
        flat = (cell * bins + index[i]).ravel()
        histograms[i] = np.bincount(flat, minlength=grid * grid * bins).reshape(grid * grid, bins)
    histograms /= np.bincount(cell.ravel())[:, None] * grid * grid  # pixels of a cell: cells may differ by one row
    histograms = histograms.reshape(n, grid * grid * bins)
    return np.sqrt(histograms) if root else histograms
