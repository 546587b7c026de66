"""Histograms of oriented gradients: where the edges are and which way they run, colour and brightness left out.

Dalal and Triggs, "Histograms of oriented gradients for human detection", CVPR 2005; computed by scikit-image.
"""

import numpy as np
from skimage.feature import hog

from course_utils.features._checks import check_images


def embed_hog(images: np.ndarray, cells: int = 8, orientations: int = 9, block: int = 2) -> np.ndarray:
    """Describe each picture by gradient histograms on `cells` x `cells` cells, normalised in overlapping blocks.

    images        uint8 (N, H, W, 3), RGB; at each pixel the channel with the strongest gradient counts
    cells         cells along each side; a cell is H // cells x W // cells pixels, what is left over is cut off
    orientations  bins over 0 to 180 degrees (a dark-to-light edge equals a light-to-dark one)
    block         cells along each side of a block; blocks move by one cell and are normalised "L2-Hys":
                  length 1, values cut at 0.2, length 1 again
    returns       float32 (N, (cells - block + 1)^2 * block^2 * orientations); rows are not normalised as a whole,
                  a picture without any edge is the zero vector.
    raises        TypeError or ValueError for other pictures, pictures smaller than the cells, a block of other
                  than 1 to `cells` cells.
    """
    check_images(images)
    if not 1 <= block <= cells:
        raise ValueError(f"block is {block}; with {cells} cells a side it must be 1 to {cells}")
    if orientations < 1:
        raise ValueError(f"orientations must be at least 1, not {orientations}")
    n, height, width, _ = images.shape
    # Gradients are differences of the pixels on both sides, so a side needs three of them.
    if min(height, width) < max(cells, 3):
        raise ValueError(f"pictures of {height} x {width} pixels are too small for {cells} x {cells} HOG cells")
    pixels = (height // cells, width // cells)
    features = np.zeros((n, (cells - block + 1) ** 2 * block**2 * orientations), np.float32)
    for i, image in enumerate(images):
        features[i] = hog(
            image[: cells * pixels[0], : cells * pixels[1]],
            orientations=orientations,
            pixels_per_cell=pixels,
            cells_per_block=(block, block),
            block_norm="L2-Hys",
            channel_axis=-1,
        )
    return features


def draw_hog(images: np.ndarray, cells: int = 8) -> np.ndarray:
    """Draw what HOG knows: a star in each cell whose rays run along its edges. uint8 (N, H, W, 3) -> the same."""
    check_images(images)
    drawn = np.zeros_like(images)
    for i, image in enumerate(images):
        pixels = (image.shape[0] // cells, image.shape[1] // cells)
        _, stars = hog(image, pixels_per_cell=pixels, cells_per_block=(1, 1), visualize=True, channel_axis=-1)
        drawn[i] = 255 * np.clip(stars / max(np.percentile(stars, 99.5), 1e-9), 0, 1)[..., None]
    return drawn
