"""Bag of visual words: k-means turns descriptors into words, a picture becomes the histogram of its words.

Sivic and Zisserman, "Video Google", ICCV 2003; Csurka et al., "Visual categorization with bags of keypoints", 2004.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.cluster import MiniBatchKMeans
from threadpoolctl import threadpool_limits

from course_utils.checks import check_choice
from course_utils.features._checks import l2_normalise


def fit_vocabulary(
    descriptors: Sequence[np.ndarray], n_words: int, seed: int = 0, max_descriptors: int = 20_000
) -> np.ndarray:
    """Cluster local descriptors into `n_words` words: list of (n_i, d) -> float32 (n_words, d), the k-means centres.

    Only pictures of the train split belong in here. Of more than `max_descriptors` a seeded sample is taken.
    Mini-batch k-means (Sculley, WWW 2010), k-means++ start, best of 3 starts; the same seed gives the same words.
    ValueError: no descriptors, descriptors of several lengths, or fewer of them than words.
    """
    stacked = _stack(descriptors)
    if not 1 <= n_words <= len(stacked):
        raise ValueError(f"{n_words} words cannot be learned from {len(stacked)} descriptors; use fewer words")
    if len(stacked) > max_descriptors:
        chosen = np.random.default_rng(seed).choice(len(stacked), max_descriptors, replace=False)
        stacked = stacked[np.sort(chosen)]
    kmeans = MiniBatchKMeans(n_words, random_state=seed, n_init=3, batch_size=1024, max_iter=30)
    # One thread: sums come in one order on every machine, and batches this small are faster without a second one.
    with threadpool_limits(limits=1):
        return kmeans.fit(stacked).cluster_centers_.astype(np.float32)


def nearest_word(descriptors: np.ndarray, vocabulary: np.ndarray) -> np.ndarray:
    """Word of each descriptor, by Euclidean distance, ties to the lower index: (n, d), (K, d) -> int64 (n,)."""
    if descriptors.shape[1] != vocabulary.shape[1]:
        raise ValueError(f"descriptors have {descriptors.shape[1]} values, words {vocabulary.shape[1]}: same detector?")
    # |a - b|^2 = |a|^2 - 2ab + |b|^2, and |a|^2 is the same for every word
    return np.argmin((vocabulary**2).sum(axis=1) - 2 * descriptors @ vocabulary.T, axis=1)


class VisualWords:
    """What vectors made of visual words have in common: float32 (n_words, d) in `vocabulary`, learned by `fit`."""

    def __init__(self, n_words: int, seed: int):
        self.n_words, self.seed = n_words, seed
        self.vocabulary: np.ndarray | None = None

    def fit(self, descriptors: Sequence[np.ndarray], vocabulary: np.ndarray | None = None):
        """Learn the words from the train pictures' descriptors, list of (n_i, d); return self.

        `vocabulary` (n_words, d) skips the clustering, to share words between variants. Errors: see fit_vocabulary.
        """
        if vocabulary is None:
            vocabulary = fit_vocabulary(descriptors, self.n_words, self.seed)
        if len(vocabulary) != self.n_words:
            raise ValueError(f"the vocabulary has {len(vocabulary)} words, {type(self).__name__} {self.n_words}")
        self.vocabulary = vocabulary
        return self

    def known_words(self) -> np.ndarray:
        """Return the vocabulary; RuntimeError before `fit`."""
        if self.vocabulary is None:
            raise RuntimeError(f"this {type(self).__name__} knows no words yet; call fit(train_descriptors) first")
        return self.vocabulary


class BagOfWords(VisualWords):
    """Histograms of visual words.

        bag = BagOfWords(n_words=256, weighting="tfidf", seed=0).fit(train_descriptors)
        query = bag.transform(test_descriptors)

    weighting  "tf": counts; "tfidf": counts times idf = ln((1 + N) / (1 + df)) + 1, where df of the N pictures given
               to `fit` contain the word (scikit-learn's smoothed form): a word that every picture has says little.
    normalise  True: rows of length 1 (cosine = inner product); False: raw, as the failure clinic of lesson 01 needs.
    """

    def __init__(self, n_words: int = 256, weighting: str = "tfidf", normalise: bool = True, seed: int = 0):
        check_choice("weighting", weighting, ("tf", "tfidf"))
        super().__init__(n_words, seed)
        self.weighting, self.normalise = weighting, normalise
        self.idf: np.ndarray | None = None  # float32 (n_words,)

    def fit(self, descriptors: Sequence[np.ndarray], vocabulary: np.ndarray | None = None) -> "BagOfWords":
        """Learn words and idf; else as `VisualWords.fit`."""
        super().fit(descriptors, vocabulary)
        pictures_with_word = (self.counts(descriptors) > 0).sum(axis=0)
        self.idf = (np.log((1 + len(descriptors)) / (1 + pictures_with_word)) + 1).astype(np.float32)
        return self

    def counts(self, descriptors: Sequence[np.ndarray]) -> np.ndarray:
        """List of N arrays (n_i, d) -> float32 (N, n_words): how often each word occurs; zeros without keypoints."""
        words = self.known_words()
        counts = np.zeros((len(descriptors), self.n_words), np.float32)
        with threadpool_limits(limits=1):  # products of one picture are too small to share between threads
            for row, found in zip(counts, descriptors, strict=True):
                row += np.bincount(nearest_word(found, words), minlength=self.n_words)
        return counts

    def transform(self, descriptors: Sequence[np.ndarray]) -> np.ndarray:
        """List of N arrays (n_i, d) -> float32 (N, n_words), weighted and normalised as the bag was told.

        A picture without keypoints becomes the zero vector: cosine 0 with every picture, so it ranks last.
        """
        vectors = self.counts(descriptors)
        if self.weighting == "tfidf":
            vectors = vectors * self.idf
        return l2_normalise(vectors) if self.normalise else vectors


def _stack(descriptors: Sequence[np.ndarray]) -> np.ndarray:
    lengths = {array.shape[1] for array in descriptors}
    if len(lengths) > 1:
        raise ValueError(f"descriptors of several lengths {sorted(lengths)}; use one detector for all pictures")
    if not sum(len(array) for array in descriptors):
        raise ValueError("no picture has a keypoint: there is nothing to learn words from")
    return np.concatenate(list(descriptors))
