"""Local features behind one interface: find keypoints, describe the patch around each.

    sift      Lowe, IJCV 2004                        128 numbers: 4 x 4 gradient histograms of 8 orientations
    rootsift  Arandjelovic and Zisserman, CVPR 2012  SIFT, rooted so that Euclidean distance compares histograms
    orb       Rublee et al., ICCV 2011               256 bits: which of two pixels is brighter
    kaze      Alcantarilla et al., ECCV 2012         64 numbers, found in a scale space that keeps edges sharp
    akaze     Alcantarilla et al., BMVC 2013         486 bits, the same idea made fast

SURF (Bay et al., 2006) is missing on purpose: it is patented, and OpenCV's main wheel does not contain it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from course_utils.checks import check_choice
from course_utils.features._checks import check_images, to_grey

DETECTORS = {"sift": 128, "rootsift": 128, "orb": 256, "kaze": 64, "akaze": 486}  # name: length of a descriptor

# Below this a picture holds no patch that any of the detectors could describe; some would even crash on it.
MINIMUM_SIDE = 16


class LocalFeatures(NamedTuple):
    """Keypoints of one picture, strongest first. float32: `points` (n, 4) = x, y, diameter in pixels, angle in
    degrees; `descriptors` (n, d)."""

    points: np.ndarray
    descriptors: np.ndarray


def detect(image: np.ndarray, detector: str = "sift", max_keypoints: int = 500) -> LocalFeatures:
    """Find and describe the `max_keypoints` strongest keypoints of one picture.

    image    uint8 (H, W, 3), RGB
    returns  LocalFeatures; n may be 0 (a plain picture, or a side below MINIMUM_SIDE pixels): arrays of shape
             (0, 4) and (0, d), for the caller to treat as "nothing seen".
             The bits of orb and akaze come as float32 zeros and ones: k-means averages descriptors and measures
             Euclidean distance, which on bits is the square root of the Hamming distance they were made for. On
             the packed bytes 127 and 128 would be neighbours, though all eight of their bits differ.
    raises   ValueError for an unknown detector or max_keypoints < 1; TypeError or ValueError for other pictures.
    """
    check_choice("detector", detector, DETECTORS)
    if max_keypoints < 1:
        raise ValueError(f"max_keypoints must be at least 1, not {max_keypoints}")
    check_images(np.asarray(image)[None])
    nothing = LocalFeatures(np.zeros((0, 4), np.float32), np.zeros((0, DETECTORS[detector]), np.float32))
    if min(image.shape[:2]) < MINIMUM_SIDE:
        return nothing
    keypoints, descriptors = _create(detector, max_keypoints).detectAndCompute(to_grey(image), None)
    if not keypoints:
        return nothing
    # Ties in strength are broken by place, so that the order does not depend on the detector's own scan.
    rank = [(-k.response, k.pt[1], k.pt[0], k.size, k.angle) for k in keypoints]
    order = sorted(range(len(rank)), key=rank.__getitem__)[:max_keypoints]
    points = np.array([(*keypoints[i].pt, keypoints[i].size, keypoints[i].angle) for i in order], np.float32)
    return LocalFeatures(points, _as_vectors(descriptors[order], detector))


def local_descriptors(images: np.ndarray, detector: str = "sift", max_keypoints: int = 500) -> list[np.ndarray]:
    """uint8 (N, H, W, 3) -> list of N float32 arrays (n_i, d); (0, d) where a picture shows no keypoint.

    Arguments and errors as for `detect`.
    """
    return [detect(image, detector, max_keypoints).descriptors for image in check_images(images)]


def keypoint_patch(image: np.ndarray, point: Sequence[float], side: int = 32, magnify: float = 3.0) -> np.ndarray:
    """Cut out what the descriptor of a keypoint saw, turned upright: uint8 (side, side, 3).

    point    x, y, diameter, angle: one row of LocalFeatures.points
    magnify  patch width in keypoint diameters; SIFT describes 4 x 4 cells of 1.5 diameters, that is about 6;
             3 shows the middle of it. Outside the picture the border pixels are repeated.
    """
    x, y, diameter, angle = (float(value) for value in point)
    scale = magnify * diameter / side
    turn = np.deg2rad(angle) if angle >= 0 else 0.0  # OpenCV marks "no orientation" by -1
    axes = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    centre = np.array([x, y]) - axes @ np.full(2, (side - 1) / 2)
    matrix = np.hstack([axes, centre[:, None]])  # patch pixel -> picture pixel
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(image, matrix, (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE)


def _create(detector: str, max_keypoints: int):
    if detector in ("sift", "rootsift"):
        return cv2.SIFT_create(nfeatures=max_keypoints)
    if detector == "orb":
        # A small picture is mostly border: corners closer to it than OpenCV's 31 pixels count as well.
        return cv2.ORB_create(nfeatures=max_keypoints, edgeThreshold=15, fastThreshold=10)
    if not hasattr(cv2, "KAZE_create"):
        raise RuntimeError(
            f"OpenCV {cv2.__version__} has no {detector}: it left the main wheel with version 5. "
            'Install the one the course uses:  pip install "opencv-python-headless<5"'
        )
    # The default threshold of 0.001 leaves many a calm small picture (sea, sky) without any keypoint.
    return cv2.KAZE_create(threshold=0.0003) if detector == "kaze" else cv2.AKAZE_create(threshold=0.0003)


def _as_vectors(descriptors: np.ndarray, detector: str) -> np.ndarray:
    """Descriptors as OpenCV gives them -> float32 (n, d) for which Euclidean distance makes sense."""
    if detector in ("orb", "akaze"):
        return np.unpackbits(descriptors, axis=1, count=DETECTORS[detector], bitorder="little").astype(np.float32)
    if detector == "rootsift":
        return np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-12))
    return descriptors.astype(np.float32)
