"""GIST: how strongly each part of a scene is striped, in which direction and how finely; no object is looked for.

Oliva and Torralba, "Modeling the shape of the scene: a holistic representation of the spatial envelope", IJCV 2001,
whose eight classes of outdoor scenes this course searches. Filters, their spacing and the contrast normalisation
follow that paper; picture size, border and cut-off are ours.
"""

from functools import cache

import numpy as np
from scipy import fft  # unlike NumPy's it computes in single precision, twice as fast

from course_utils.datasets.images import fit_square
from course_utils.features._checks import check_images, to_grey

SIDE, BORDER = 96, 16  # pixels of the picture that is filtered, and of the mirrored border around it
CONTRAST_CYCLES = 4  # a picture; what changes more slowly is light, not structure
TIGHTNESS = 3.5  # of a filter around its frequency: 10 * 0.35, as the paper's authors set it


def embed_gist(images: np.ndarray, scales: int = 4, orientations: int = 8, cells: int = 4) -> np.ndarray:
    """Mean strength of each Gabor filter in each cell of the grey picture.

    images        uint8 (N, H, W, 3); resampled to 96 x 96 pixels, the centre of what is not square
    scales        each 1.85 times coarser than the one before, the finest at 0.3 cycles a pixel
    orientations  over 180 degrees
    returns       float32 (N, cells * cells * scales * orientations), rows of cells first; not normalised
    raises        TypeError or ValueError for other pictures or numbers below 1
    """
    check_images(images)
    if min(scales, orientations, cells) < 1 or cells > SIDE:
        raise ValueError(f"scales {scales}, orientations {orientations}, cells {cells}: each must be at least 1")
    bank = gabor_bank(SIDE + 2 * BORDER, scales, orientations)
    features = np.empty((len(images), cells, cells, len(bank)), np.float32)
    edges = np.arange(cells) * SIDE // cells
    for i, image in enumerate(images):
        strength = filter_answers(image, bank)
        sums = np.add.reduceat(np.add.reduceat(strength, edges, axis=1), edges, axis=2)
        sizes = np.diff([*edges, SIDE])
        features[i] = (sums / np.outer(sizes, sizes)).transpose(1, 2, 0)
    return features.reshape(len(images), cells * cells * len(bank))


def filter_answers(image: np.ndarray, bank: np.ndarray) -> np.ndarray:
    """Return how strongly each filter of a bank (F, S, S) answers at each place: uint8 (H, W, 3) -> (F, 96, 96)."""
    structure = even_contrast(to_grey(fit_square(image, SIDE)))
    return np.abs(fft.ifft2(fft.fft2(structure) * bank))[:, BORDER:-BORDER, BORDER:-BORDER]


@cache
def gabor_bank(side: int = SIDE + 2 * BORDER, scales: int = 4, orientations: int = 8) -> np.ndarray:
    """Return the filters as they multiply a Fourier transform: float32 (scales * orientations, side, side).

    Each is a bump around one frequency and one direction (horizontal waves first, which vertical edges make).
    """
    across, down = np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side))
    frequency, direction = np.hypot(across, down), np.arctan2(down, across)
    bank = []
    for scale in range(scales):
        around = np.exp(-TIGHTNESS * (frequency / (0.3 / 1.85**scale) - 1) ** 2)
        for turn in range(orientations):
            off = np.angle(np.exp(1j * (direction - np.pi * turn / orientations)))  # in -pi..pi
            bank.append(around * np.exp(-2 * np.pi * (off * orientations / 8) ** 2))
    return np.stack(bank).astype(np.float32)


def even_contrast(grey: np.ndarray) -> np.ndarray:
    """uint8 (S, S) -> float32 with a mirrored border: logarithm, slow changes removed, local contrast brought to one.

    Light that changes slowly over a scene multiplies its pixels, so after the logarithm it is a smooth summand.
    """
    picture = np.pad(np.log1p(grey.astype(np.float32)), BORDER, mode="symmetric")
    across, down = np.meshgrid(*(np.fft.fftfreq(side) * side for side in picture.shape[::-1]))
    slow = np.exp(-(across**2 + down**2) * np.log(2) / CONTRAST_CYCLES**2).astype(np.float32)
    smooth = lambda x: np.real(fft.ifft2(fft.fft2(x) * slow))  # noqa: E731
    picture = picture - smooth(picture)
    return picture / (0.2 + np.sqrt(np.maximum(smooth(picture**2), 0)))
