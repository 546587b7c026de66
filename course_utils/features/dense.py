"""Dense SIFT: no detector at all, the descriptor is computed on a regular grid.

Fei-Fei and Perona, "A Bayesian hierarchical model for learning natural scene categories", CVPR 2005; Lazebnik, Schmid
and Ponce, "Beyond bags of features", CVPR 2006: 16 x 16 pixels every 8 pixels.
"""

import cv2
import numpy as np

from course_utils.features._checks import check_images, to_grey
from course_utils.features.keypoints import LocalFeatures

CELLS = 4  # SIFT describes 4 x 4 cells, each 1.5 keypoint diameters wide


def dense_sift(image: np.ndarray, step: int = 8, patch: int = 16) -> LocalFeatures:
    """Describe upright patches at every `step` pixels, from left to right and from top to bottom.

    image    uint8 (H, W, 3), RGB
    patch    side of a described patch, pixels
    returns  LocalFeatures with points (n, 4) = x, y, diameter, angle 0 and SIFT descriptors (n, 128); only patches
             that lie inside the picture, so n is 0 where it is smaller than a patch
    raises   ValueError for step or patch below 1; TypeError or ValueError for other pictures.
    """
    if min(step, patch) < 1:
        raise ValueError(f"step is {step}, patch {patch}; both are pixels, at least 1")
    check_images(np.asarray(image)[None])
    rows, columns = (np.arange(patch / 2, side - patch / 2 + 1e-6, step) for side in image.shape[:2])
    if not len(rows) or not len(columns):
        return LocalFeatures(np.zeros((0, 4), np.float32), np.zeros((0, 128), np.float32))
    diameter = patch / CELLS / 1.5
    grid = [cv2.KeyPoint(float(x), float(y), diameter, 0.0) for y in rows for x in columns]
    kept, descriptors = cv2.SIFT_create().compute(to_grey(image), grid)
    points = np.array([(*k.pt, k.size, 0.0) for k in kept], np.float32)
    return LocalFeatures(points, descriptors.astype(np.float32))
