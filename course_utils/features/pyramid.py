"""A spatial pyramid: one bag of words for the whole picture, one for each of its cells, glued together.

Lazebnik, Schmid and Ponce, "Beyond bags of features: spatial pyramid matching", CVPR 2006.
"""

from collections.abc import Sequence

import numpy as np

from course_utils.features._checks import l2_normalise
from course_utils.features.bag_of_words import BagOfWords
from course_utils.features.keypoints import LocalFeatures


def spatial_pyramid(
    found: Sequence[LocalFeatures], bag: BagOfWords, size: tuple[int, int], grids: Sequence[int] = (1, 2)
) -> np.ndarray:
    """Count words cell by cell: N pictures -> float32 (N, K * (1 + 4 + ...)), rows of length 1 for the cosine.

    found  local features of each picture, places included      bag   a fitted bag of words, K words
    size   (height, width) of all pictures, pixels              grids cells per side of each level: 1 is the whole
    Each level is scaled to length 1 and weighted as in the paper, 2^-L for the coarsest of L + 1 levels and 2^-(L+1-l)
    for level l: words that agree in a small cell agree in the larger one as well. The paper intersects histograms,
    here it is the cosine, to which a level contributes its weight times its own cosine.
    Weights of words (tf-idf) are those of the bag. A picture without keypoints becomes the zero vector.
    ValueError: no level, or a grid below 1.
    """
    if not grids or min(grids) < 1:
        raise ValueError(f"grids are {tuple(grids)}; give the cells a side of each level, such as (1, 2)")
    descriptors = [f.descriptors for f in found]
    words = bag.idf if bag.weighting == "tfidf" else 1.0
    deepest, levels = len(grids) - 1, []
    for level, grid in enumerate(grids):
        cells = [_cells(f.points, size, grid) for f in found]
        parts = [bag.counts([d[c == k] for d, c in zip(descriptors, cells, strict=True)]) for k in range(grid**2)]
        weight = 2.0 ** (level - 1 - deepest if level else -deepest)
        levels.append(l2_normalise(np.concatenate([part * words for part in parts], axis=1)) * np.sqrt(weight))
    return l2_normalise(np.concatenate(levels, axis=1)).astype(np.float32)


def _cells(points: np.ndarray, size: tuple[int, int], grid: int) -> np.ndarray:
    """Number the cell of each point (n, 4) row by row: int (n,)."""
    row, column = ((points[:, axis] * grid // side).astype(int) for axis, side in ((1, size[0]), (0, size[1])))
    return np.clip(row, 0, grid - 1) * grid + np.clip(column, 0, grid - 1)
