"""VLAD: a bag of words that also keeps how the descriptors differ from their word.

Jegou, Douze, Schmid, Perez, "Aggregating local descriptors into a compact image representation", CVPR 2010;
power normalisation: Jegou et al., PAMI 2012.
"""

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from course_utils.features._checks import l2_normalise
from course_utils.features.bag_of_words import VisualWords, nearest_word


class VLAD(VisualWords):
    """Sum, for each word, of (descriptor - word) over the descriptors that belong to it.

        vlad = VLAD(n_words=32).fit(train_descriptors)
        query = vlad.transform(test_descriptors)

    power  exponent p of sign(v) |v|^p, 0.5 in the paper; 1 switches it off. It tames "bursts", a texture that
           repeats one descriptor hundreds of times.
    The whole vector has length 1 in the end.
    """

    def __init__(self, n_words: int = 32, power: float = 0.5, seed: int = 0):
        if not 0 < power <= 1:
            raise ValueError(f"power must be above 0 and at most 1, not {power}")
        super().__init__(n_words, seed)
        self.power = power

    def transform(self, descriptors: Sequence[np.ndarray]) -> np.ndarray:
        """List of N arrays (n_i, d) -> float32 (N, n_words * d), rows of length 1; zeros without keypoints."""
        words, dim = self.known_words().shape
        residuals = np.zeros((len(descriptors), words, dim), np.float32)
        with threadpool_limits(limits=1):  # products of one picture are too small to share between threads
            for row, found in zip(residuals, descriptors, strict=True):
                # (K, n) with a one where descriptor n belongs to word K: sums by word as a product of matrices
                member = np.equal.outer(np.arange(words), nearest_word(found, self.vocabulary)).astype(np.float32)
                row += member @ found - member.sum(axis=1, keepdims=True) * self.vocabulary
        vectors = np.sign(residuals) * np.abs(residuals) ** self.power
        return l2_normalise(vectors.reshape(len(descriptors), words * dim))
