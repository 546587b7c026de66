"""Geometric verification: do the matches of two pictures agree on one movement of the camera?

Fischler and Bolles, "Random sample consensus", CACM 1981; Philbin et al., "Object retrieval with large vocabularies
and fast spatial matching", CVPR 2007 (re-ranking by the number of inliers).
"""

from typing import NamedTuple

import cv2
import numpy as np

SAMPLE = 4  # pairs that a homography needs: two equations each, eight unknowns


class Verified(NamedTuple):
    """inliers: bool (k,), which matches agree; homography: float64 (3, 3) from `a` to `b`, None where there is none."""

    inliers: np.ndarray
    homography: np.ndarray | None

    @property
    def count(self) -> int:
        return int(self.inliers.sum())


def project(homography: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Move points (n, 2), x and y in pixels, by a homography (3, 3): float64 (n, 2); infinite where w is 0."""
    moved = np.column_stack([points, np.ones(len(points))]) @ np.asarray(homography, np.float64).T
    with np.errstate(divide="ignore", invalid="ignore"):
        return moved[:, :2] / moved[:, 2:]


def fit_homography(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the homography that moves points a (n, 2) to b (n, 2), n >= 4: float64 (3, 3), its last entry 1.

    Each pair gives two linear equations in the eight unknown entries (Hartley and Zisserman 2003, section 4.1); four
    pairs fix them, more are fitted by least squares. No outliers are tolerated here: see `verify`.
    Raises ValueError for fewer than four pairs, LinAlgError for four of which three lie on a line.
    """
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    if a.shape != b.shape or len(a) < SAMPLE:
        raise ValueError(f"points of shape {a.shape} and {b.shape}; a homography needs four pairs of (x, y) or more")
    x, y, zero, one = a[:, 0], a[:, 1], np.zeros(len(a)), np.ones(len(a))
    equations = np.concatenate(
        [
            np.column_stack([x, y, one, zero, zero, zero, -b[:, 0] * x, -b[:, 0] * y]),
            np.column_stack([zero, zero, zero, x, y, one, -b[:, 1] * x, -b[:, 1] * y]),
        ]
    )
    right = np.concatenate([b[:, 0], b[:, 1]])
    if len(a) == SAMPLE:
        entries = np.linalg.solve(equations, right)
    else:
        entries = np.linalg.lstsq(equations, right, rcond=None)[0]
    return np.append(entries, 1).reshape(3, 3)


def verify(a: np.ndarray, b: np.ndarray, threshold: float = 4.0, trials: int = 1000, check: bool = True) -> Verified:
    """Find the homography that most matches agree on, by OpenCV's RANSAC, which draws the same samples each time.

    a, b       (k, 2), x and y in pixels: matched places in two pictures
    threshold  pixels in `b` that a moved point may miss its partner by
    trials     samples of four at most; fewer are drawn once the best so far makes a better one unlikely (99.5 %)
    check      reject what no camera does to a flat thing in front of it: a mirrored picture, one turned inside out,
               or an area that changes more than 25-fold
    returns    Verified; without a homography no match is an inlier
    """
    k, nothing = len(a), Verified(np.zeros(len(a), bool), None)
    if np.shape(a) != np.shape(b) or (k and np.shape(a)[1:] != (2,)):
        raise ValueError(f"points of shape {np.shape(a)} and {np.shape(b)}; give (k, 2) for both")
    if threshold <= 0 or trials < 1:
        raise ValueError(f"threshold is {threshold} pixels, trials {trials}; both must be positive")
    if k < SAMPLE:
        return nothing
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    homography, mask = cv2.findHomography(a, b, cv2.RANSAC, threshold, maxIters=trials, confidence=0.995)
    if homography is None:
        return nothing
    inliers = mask.ravel().astype(bool)
    if check and not is_plausible(homography, a[inliers]):
        return nothing
    return Verified(inliers, homography)


def is_plausible(homography: np.ndarray, points: np.ndarray, largest: float = 25.0) -> bool:
    """Whether a camera could move points (n, 2) so: at each, area keeps its sign and changes at most `largest`-fold.

    The determinant of the derivative of a homography at (x, y) is det(H) / w^3, where w = h31 x + h32 y + h33.
    """
    w = np.column_stack([points, np.ones(len(points))]) @ homography[2]
    if len(w) == 0 or ((w <= 0).any() and (w >= 0).any()):  # some points lie behind the camera
        return False
    change = np.linalg.det(homography) / w**3
    return bool((change > 1 / largest).all() and (change < largest).all())
