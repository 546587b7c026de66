"""The text that the small language networks learn from: prose of free libraries, and plain descriptions.

A source of descriptions is a function `sentences(rng, n) -> list[str]`. To add one, add its line to SOURCES. The
generated worlds lend their language, not their data: they describe fresh things here, which are in no data set.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from tqdm.auto import tqdm

from ..drawn import birds, blocks, flora, wardrobe
from . import grammar
from .prose import library_version, prose

SOURCES: tuple[tuple[str, Callable[[np.random.Generator, int], list[str]]], ...] = (
    ("grammar", grammar.sentences),
    ("blocks", blocks.sentences),
    ("flora", flora.sentences),
    ("birds", birds.sentences),
    ("wardrobe", wardrobe.sentences),
)


@dataclass(frozen=True)
class Corpus:
    """sentences: shuffled. counts: source -> how many of them, with the version where a library is the source."""

    sentences: list[str]
    counts: dict[str, int]

    def in_words(self) -> str:
        return ", ".join(f"{name} {count}" for name, count in self.counts.items())


def build_corpus(descriptions: int = 60_000, seed: int = 0, with_prose: bool = True) -> Corpus:
    """Return `descriptions` sentences, as many of each source, and, unless told otherwise, all prose, in seeded order.

    Repeated descriptions are kept: a short one is drawn more often, as in captions.
    """
    sentences, counts = [], {}
    each = descriptions // len(SOURCES)
    for number, (name, source) in enumerate(tqdm(SOURCES, desc="corpus", delay=2, leave=False)):
        drawn = source(np.random.default_rng((seed, number)), each)
        if len(drawn) != each or not all(isinstance(text, str) and text.strip() for text in drawn):
            raise ValueError(f"source {name!r} of the corpus returned {len(drawn)} sentences, some of them empty")
        counts[name] = len(drawn)
        sentences += drawn
    for name, found in prose().items() if with_prose else ():
        counts[f"{name} {library_version(name)}"] = len(found)
        sentences += found
    order = np.random.default_rng((seed, len(SOURCES))).permutation(len(sentences))
    return Corpus([sentences[i] for i in order], counts)
