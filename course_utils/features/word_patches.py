"""What a visual word looks like: patches from different pictures that k-means called the same."""

from collections.abc import Sequence

import numpy as np

from course_utils.features.bag_of_words import BagOfWords, nearest_word
from course_utils.features.keypoints import LocalFeatures, keypoint_patch


def word_patches(
    bag: BagOfWords,
    images: np.ndarray,
    found: Sequence[LocalFeatures],
    words: int = 6,
    patches: int = 10,
    smallest: float = 3.0,
) -> list[np.ndarray]:
    """Return words * patches pictures, uint8 (40, 40, 3), a word at a time: those whose patches lie closest together.

    images    uint8 (N, H, W, 3); found holds the local features of each, as `detect` returns them
    smallest  pixels; smaller keypoints are passed over, there is nothing to look at
    Of each picture at most one patch of a word is taken, the nearest; of few pictures there are fewer patches a word.
    """
    owner = np.repeat(np.arange(len(found)), [len(f.descriptors) for f in found])
    number = np.concatenate([np.arange(len(f.descriptors)) for f in found])
    descriptors = np.concatenate([f.descriptors for f in found])
    word = nearest_word(descriptors, bag.vocabulary)
    gap = np.square(descriptors - bag.vocabulary[word]).sum(axis=1)
    big = np.concatenate([f.points[:, 2] for f in found]) >= smallest
    candidates = []
    for w in range(len(bag.vocabulary)):
        members = np.flatnonzero((word == w) & big)
        members = members[np.argsort(gap[members], kind="stable")]
        nearest = members[np.sort(np.unique(owner[members], return_index=True)[1])][:patches]
        candidates.append((gap[nearest].mean() if len(nearest) else np.inf, w, nearest))
    fewest = sorted(len(nearest) for *_, nearest in candidates)[-words:][0]  # that so many words have
    enough = sorted((c for c in candidates if len(c[2]) >= fewest), key=lambda candidate: candidate[:2])
    step = 3 if len(enough) >= 3 * words else 1  # words that are nearly as tight look too much alike
    return [
        keypoint_patch(images[owner[i]], found[owner[i]].points[number[i]], side=40, magnify=6)
        for *_, nearest in enough[: step * words : step]
        for i in nearest[:fewest]
    ]
