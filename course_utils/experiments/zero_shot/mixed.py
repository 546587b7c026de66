"""Generalised zero-shot retrieval: the gallery holds seen species, too, and nobody says which kind a sentence is about.

Sources: Xian, Lampert, Schiele, Akata, Zero-shot learning: a comprehensive evaluation, PAMI 2019 (the protocol);
Chao, Changpinyo, Gong, Sha, An empirical study and analysis of generalized zero-shot learning for object recognition in
the wild, ECCV 2016 (the handicap, which they call calibrated stacking).
"""

from dataclasses import dataclass

import numpy as np

from course_utils.experiments.zero_shot.answers import DRAWS, fit, held_out, mean_by_species
from course_utils.metrics import pairwise_scores
from course_utils.metrics.classes import harmonic_mean
from course_utils.projection import Pairs

HANDICAPS = np.arange(0, 0.31, 0.02)  # taken off the cosine of a picture of a seen species


@dataclass(frozen=True, eq=False)
class Mixed:
    """Sentences about seen and unseen species that search one gallery of both.

    scores        (Q, G) cosines              gallery, asked  species of the pictures (G,) and sentences (Q,)
    gallery_seen  mask (G,)                   asked_seen      mask (Q,)
    """

    scores: np.ndarray
    gallery: np.ndarray
    asked: np.ndarray
    gallery_seen: np.ndarray
    asked_seen: np.ndarray

    def measures(self, handicap: float = 0.0) -> dict[str, float]:
        """Return top-1 of both kinds of sentences, each species counting alike, and their harmonic mean.

        unseen_alone  sentences about unseen species that search these alone, as in the usual protocol
        """
        scores = self.scores - handicap * self.gallery_seen
        right = self.gallery[scores.argmax(axis=1)] == self.asked
        alone = np.where(self.gallery_seen, -np.inf, self.scores).argmax(axis=1)
        kinds = {
            "unseen_alone": (self.gallery[alone] == self.asked, ~self.asked_seen),
            "unseen": (right, ~self.asked_seen),
            "seen": (right, self.asked_seen),
        }
        found = {name: mean_by_species(hits[kind], self.asked[kind]) for name, (hits, kind) in kinds.items()}
        return found | {"harmonic_mean": harmonic_mean(found["unseen"], found["seen"])}


def mix(train: Pairs, seen: Pairs, seen_labels, unseen: Pairs, unseen_labels, ridge: float) -> Mixed:
    """Fit the map on train and put pictures and sentences of `seen` (other pictures) and `unseen` together."""
    linear = fit(train, ridge)
    predicted = np.vstack([linear.predict(part.texts) for part in (seen, unseen)])
    scores = pairwise_scores(predicted, np.vstack([seen.images, unseen.images]))
    gallery = np.concatenate([seen_labels, unseen_labels])
    asked = np.concatenate([seen_labels[seen.caption_image], unseen_labels[unseen.caption_image]])
    gallery_seen, asked_seen = np.arange(len(gallery)) < len(seen), np.arange(len(asked)) < len(seen.texts)
    return Mixed(scores, gallery, asked, gallery_seen, asked_seen)


def choose_handicap(vectors: dict[str, Pairs], labels: dict[str, np.ndarray], ridge: float) -> float:
    """Return the handicap of HANDICAPS with the best harmonic mean where seen species of train play the unseen ones."""
    played = [_played(vectors, labels, ridge, draw) for draw in range(DRAWS)]
    means = [np.mean([both.measures(handicap)["harmonic_mean"] for both in played]) for handicap in HANDICAPS]
    return float(HANDICAPS[int(np.argmax(means))])


def _played(vectors: dict[str, Pairs], labels: dict[str, np.ndarray], ridge: float, draw: int) -> Mixed:
    held = held_out(labels["train"], draw)
    playing = np.isin(labels["validation"], labels["train"][held])
    validation = vectors["validation"].subset(np.flatnonzero(~playing))
    rest, unseen = (vectors["train"].subset(np.flatnonzero(mask)) for mask in (~held, held))
    return mix(rest, validation, labels["validation"][~playing], unseen, labels["train"][held], ridge)
