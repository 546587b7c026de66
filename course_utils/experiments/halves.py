"""Classes in two halves, as CUB, Cars and SOP are used: one half trains, the other half is searched.

parts = halves(load_flowers(captions="any"), pixels=128)
watch = Watch(parts)
watch(encoder)                           # how well are known, and unseen, classes found? Called after every epoch

Source: Oh Song, Xiang, Jegelka and Savarese, Deep metric learning via lifted structured feature embedding, CVPR 2016.
"""

from dataclasses import dataclass

import numpy as np

from course_utils.metrics import RetrievalReport, evaluate_retrieval


@dataclass(frozen=True)
class Halves:
    """What is trained on, and three sets that search themselves; each (pictures or vectors, labels from 0)."""

    train: tuple
    held_out: tuple
    known: tuple
    unseen: tuple

    @property
    def validation(self) -> tuple:
        """Return `held_out` with labels that training lacks, so that its pictures search one another."""
        given, labels = self.held_out
        return given, labels + self.train[1].max() + 1

    def embedded(self, embed) -> "Halves":
        """Return the halves with vectors in place of pictures."""
        return Halves(*((embed(given), labels) for given, labels in vars(self).values()))


def halves(images, pixels: int) -> Halves:
    """Split by the numbers of the classes, so that everybody has the same halves; load the pictures.

    Of the first half of the classes every fifth is held out, to choose the epoch by; of the others every fifth picture
    is kept back: these are `known`. The second half is `unseen`.
    """
    half = len(images.classes) // 2
    place = np.zeros(len(images), dtype=int)  # of a picture within its class
    for label in range(len(images.classes)):
        mine = np.flatnonzero(images.labels == label)
        place[mine] = np.arange(len(mine))
    first, held = images.labels < half, images.labels % 5 == 4
    kept_back = first & ~held & (place % 5 == 4)
    masks = (first & ~held & ~kept_back, first & held, kept_back, ~first)
    parts = [images.subset(mask) for mask in masks]
    return Halves(*((part.load(pixels), np.unique(part.labels, return_inverse=True)[1]) for part in parts))


def search_itself(embeddings: np.ndarray, labels: np.ndarray, metric: str = "cosine") -> RetrievalReport:
    """Each item of (N, D) searches all others."""
    own = np.arange(len(embeddings))
    return evaluate_retrieval(embeddings, embeddings, labels, labels, ks=(1,), metric=metric, exclude=own)


class Watch:
    """Lets known and unseen classes search themselves, before training and after every epoch: the lesson's curve."""

    def __init__(self, parts: Halves):
        self.parts, self.epochs = parts, []

    def __call__(self, encoder) -> None:
        found = {}
        for part in ("known", "unseen"):
            given, labels = getattr(self.parts, part)
            found[part] = search_itself(encoder.embed(given, cache=False), labels)
        self.epochs.append(found)
