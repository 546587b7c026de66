"""What every feature of this folder accepts, checked once and before any computing."""

import cv2
import numpy as np

# One thread: the same result on every machine, and no fight with the other libraries for two cores.
cv2.setNumThreads(1)


def check_images(images: np.ndarray) -> np.ndarray:
    """Return `images` if it is uint8 (N, H, W, 3); N may be 0, a picture may not be empty.

    TypeError: not an array of uint8. ValueError: another shape.
    """
    if not isinstance(images, np.ndarray) or images.dtype != np.uint8:
        found = images.dtype if isinstance(images, np.ndarray) else type(images).__name__
        raise TypeError(f"pictures must be a uint8 array with values 0 to 255, not {found}; see datasets.ImageSet.load")
    if images.ndim != 4 or images.shape[3] != 3:
        raise ValueError(f"pictures must have the shape (N, height, width, 3), not {images.shape}")
    if 0 in images.shape[1:3]:
        raise ValueError(f"pictures without pixels: shape {images.shape}")
    return images


def to_grey(image: np.ndarray) -> np.ndarray:
    """uint8 (H, W, 3) RGB -> uint8 (H, W): luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601)."""
    return cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_RGB2GRAY)


def l2_normalise(vectors: np.ndarray) -> np.ndarray:
    """Scale the rows of (N, D) to length 1; a zero row has no direction and stays zero."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(length > 0, length, 1)
