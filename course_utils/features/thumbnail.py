"""The simplest embedding that deserves the name: a tiny thumbnail, as lesson 00 writes it in four lines."""

import numpy as np

from course_utils.features._checks import check_images, l2_normalise


def embed_thumbnail(images: np.ndarray, side: int = 8) -> np.ndarray:
    """Shrink each picture to side x side by averaging blocks; subtract the mean of all its numbers, length 1.

    uint8 (N, H, W, 3) -> float32 (N, 3 * side * side); one plain colour gives the zero vector. Pixels that do not fill
    a block at the right and the lower edge are cut off. Raises TypeError or ValueError for other pictures or a side
    that is smaller than 1 or larger than a picture.
    """
    check_images(images)
    n, height, width, _ = images.shape
    if not 1 <= side <= min(height, width):
        raise ValueError(f"side is {side}; a picture of {height} x {width} pixels allows 1 to {min(height, width)}")
    rows, columns = height // side, width // side
    blocks = images[:, : rows * side, : columns * side].reshape(n, side, rows, side, columns, 3)
    vectors = blocks.mean(axis=(2, 4)).reshape(n, -1)
    return l2_normalise(vectors - vectors.mean(axis=1, keepdims=True)).astype(np.float32)
