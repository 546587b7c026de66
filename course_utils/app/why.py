"""Words that say why: those of a list that are nearest to a picture in the space that pictures and sentences share.

    words = Words(load_text_encoder("clip-small")).fit(vectors)      of all pictures of the folder
    words.of(vectors[:2])                                            [["beach", "wave", "sea"], ["dog", "grass", "run"]]

A few words are near to every picture (hubs, lesson 05). So a word counts by how much nearer it is to this picture than
to the others of the folder, in standard deviations. This is a hint at what the network saw, not a proof.
"""

from collections.abc import Sequence

import numpy as np

LIST = """
beach sea wave river lake waterfall pool rain snow ice mountain hill rock cliff desert sand field meadow grass forest
tree flower leaf garden park path road street highway bridge city building house tower skyscraper window door wall roof
stairs room kitchen table chair sofa bed lamp office shop market restaurant church castle boat ship car truck bus train
bicycle motorcycle plane balloon sky cloud sunset night fog shadow light fire fireworks dog cat horse cow sheep bird
duck fish elephant monkey butterfly insect man woman boy girl baby child couple crowd family player dancer
musician worker swimmer runner climber skier surfer skateboarder cyclist soldier face hand hair smile hat
glasses shirt dress coat jacket trousers skirt shoe boot bag uniform costume mask ball game football basketball
baseball tennis hockey race jump swing dance concert guitar stage party wedding meal bread cake fruit apple
vegetable drink bottle cup book newspaper sign poster painting toy camera phone computer umbrella flag fence
bench statue fountain playground tent camping red orange yellow green blue purple pink brown black white grey colourful
striped square circle triangle cube cone sphere old new small large empty crowded dark bright indoor outdoor
"""
WORDS = LIST.split()
PROMPT = "a picture of {}"


class Words:
    """A list of words as vectors of a text encoder, to be compared with vectors of pictures in the same space."""

    def __init__(self, encoder, words: Sequence[str] = WORDS):
        self.words = list(words)
        self.vectors = unit(encoder.embed([PROMPT.format(word) for word in self.words]))

    def fit(self, pictures: np.ndarray) -> "Words":
        """Learn how near each word is to pictures (N, D) in general; return self."""
        total = total_squares = 0
        for start in range(0, len(pictures), 4096):
            near = unit(pictures[start : start + 4096]) @ self.vectors.T
            total, total_squares = total + near.sum(axis=0), total_squares + (near**2).sum(axis=0)
        self.mean = total / len(pictures)
        spread = np.sqrt(np.maximum(total_squares / len(pictures) - self.mean**2, 0))
        self.spread = np.maximum(spread, 0.01)  # of one picture, or of equal ones, there is none
        return self

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """Return how many standard deviations nearer than usual each word is: (N, words)."""
        return (unit(vectors) @ self.vectors.T - self.mean) / self.spread

    def of(self, vectors: np.ndarray, k: int = 3) -> list[list[str]]:
        """Return the k words that set each of the pictures (N, D) apart from the others."""
        return self._first(self.scores(vectors), k)

    def shared(self, query: np.ndarray, vectors: np.ndarray, k: int = 3) -> list[list[str]]:
        """Return, for each picture (N, D), the k words that speak for it and for the query (D,) alike.

        The query may be a picture's vector, a sentence's, or a sum: its words are measured against one another, and
        the weaker of its two scores decides about a word.
        """
        near = unit(query) @ self.vectors.T - self.mean
        asked = (near - near.mean()) / max(near.std(), 1e-6)
        return self._first(np.minimum(self.scores(vectors), asked), k)

    def _first(self, scores: np.ndarray, k: int) -> list[list[str]]:
        return [[self.words[i] for i in row] for row in np.argsort(-scores, axis=1, kind="stable")[:, :k]]


def unit(rows: np.ndarray) -> np.ndarray:
    """Return rows (N, D), or one vector (D,), of length 1; zeros stay zeros."""
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12)
