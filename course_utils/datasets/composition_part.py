"""What the three data sets of composed queries have in common: pictures with a caption each, and changes asked for.

part.load(size=64)             the pictures, uint8 (N, 64, 64, 3)
part.queries()                 the fixed queries over them: for the test part those that are published
part.pairs(epoch=3, seed=0)    training pairs, others in every epoch

All chance is in `pairs`, and follows from seed and epoch: nothing is drawn where a picture is read. The target never
has the caption of its source, and is never the source itself.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from course_utils.datasets.images import load_images


@dataclass(frozen=True, eq=False)
class CompositionPart(ABC):
    """N pictures of one part.

    paths     list of N files
    captions  N texts; pictures with the same caption are the same answer
    name      for titles and messages, e.g. "mit_states/train"
    """

    paths: list[Path]
    captions: list[str]
    name: str

    def __post_init__(self):
        if len(self.paths) != len(self.captions):
            raise ValueError(f"{self.name}: {len(self.paths)} files but {len(self.captions)} captions")

    def __len__(self) -> int:
        return len(self.paths)

    def __repr__(self) -> str:
        kinds = len(set(self.captions))
        return f"{type(self).__name__}({self.name}: {len(self)} pictures, {kinds} captions)"

    def load(self, size: int) -> np.ndarray:
        """Read all pictures: uint8 (N, size, size, 3). Raises ImageError that names the first unreadable file."""
        return load_images(self.paths, size)

    @abstractmethod
    def queries(self):
        """Return the fixed queries of this part, a CompositionQueries: always the same, in the same order."""

    @abstractmethod
    def pairs(self, epoch: int = 0, seed: int = 0, count: int | None = None):
        """Return training pairs of one epoch, a CompositionQueries whose targets are pictures.

        The same seed and epoch give the same pairs, another epoch others. `count` says how many; None: as many as an
        epoch of this set usually has.
        """

    @cached_property
    def pictures_of(self) -> dict[str, np.ndarray]:
        """Caption -> int64, the pictures that have it."""
        found: dict[str, list[int]] = {}
        for i, caption in enumerate(self.captions):
            found.setdefault(caption, []).append(i)
        return {caption: np.array(indices, dtype=np.int64) for caption, indices in found.items()}

    def _composed(self, source, text, target, what: str):
        # here and not above: that package loads torch, which reading a list of files does not need
        from course_utils.datasets.composition_queries import CompositionQueries

        return CompositionQueries(
            self.captions, np.asarray(source, np.int64), text, np.asarray(target, np.int64), name=f"{self.name} {what}"
        )

    def _one_of(self, caption: str, rng: np.random.Generator) -> int:
        """A picture with this caption."""
        indices = self.pictures_of[caption]
        return int(indices[rng.integers(len(indices))])


def epoch_rng(epoch: int, seed: int) -> np.random.Generator:
    """The generator that belongs to one epoch of one run."""
    return np.random.default_rng([seed, epoch])


def rounds(n: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return `count` of the numbers 0..n-1, each as often as any other (give or take one), in random order."""
    laps = [rng.permutation(n) for _ in range(-(-count // n))]
    return np.concatenate(laps)[:count] if laps else np.zeros(0, np.int64)
