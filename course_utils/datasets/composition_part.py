"""What the three data sets of composed queries have in common: pictures with a caption each, and changes asked for.

part.load(size=64)             the pictures, uint8 (N, 64, 64, 3)
part.queries()                 the fixed queries over them: for the test part those that are published
part.pairs(epoch=3, seed=0)    training pairs, others in every epoch

All chance is in `pairs`, and follows from seed and epoch: nothing is drawn where a picture is read. The target never
has the caption of its source, and is never the source itself.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from course_utils.datasets.composition_queries import CompositionQueries
from course_utils.datasets.image_set import PictureList
from course_utils.datasets.splits import stored_split


@dataclass(frozen=True, eq=False)
class CompositionPart(PictureList, ABC):
    """N pictures of one part.

    paths     list of N files
    captions  N texts; pictures with the same caption are the same answer
    name      for titles and messages, e.g. "mit_states/train"
    """

    paths: list[Path]
    captions: list[str]
    name: str
    columns = ("paths", "captions")

    def __post_init__(self):
        if len(self.paths) != len(self.captions):
            raise ValueError(f"{self.name}: {len(self.paths)} files but {len(self.captions)} captions")

    def __repr__(self) -> str:
        kinds = len(set(self.captions))
        return f"{type(self).__name__}({self.name}: {len(self)} pictures, {kinds} captions)"

    @abstractmethod
    def queries(self):
        """Return the fixed queries of this part, a CompositionQueries: always the same, in the same order."""

    @abstractmethod
    def pairs(self, epoch: int = 0, seed: int = 0, count: int | None = None):
        """Return training pairs of one epoch, a CompositionQueries whose targets are pictures.

        The same seed and epoch give the same pairs, another epoch others. `count` says how many; None: as many as an
        epoch of this set usually has.
        """

    @abstractmethod
    def families(self) -> list[str]:
        """Return N names "<class>/<family>": a validation split takes whole families, class by class."""

    @cached_property
    def pictures_of(self) -> dict[str, np.ndarray]:
        """Caption -> int64, the pictures that have it."""
        return places_of(self.captions)

    def _composed(self, source, text, target, what: str):
        return CompositionQueries(
            self.captions, np.asarray(source, np.int64), text, np.asarray(target, np.int64), name=f"{self.name} {what}"
        )

    def _one_of(self, caption: str, rng: np.random.Generator) -> int:
        """A picture with this caption."""
        indices = self.pictures_of[caption]
        return int(indices[rng.integers(len(indices))])


@dataclass(frozen=True, eq=False)
class CompositionSet:
    """The two parts of a data set.

    problems   a line each, what was left out
    held_back  share of the train part that a validation split takes
    """

    train: CompositionPart
    test: CompositionPart
    root: Path
    problems: tuple[str, ...] = ()
    held_back: float = 0.2

    def validation_split(self, fraction: float | None = None, seed: int = 0) -> tuple[CompositionPart, CompositionPart]:
        """Split the train part into (train, validation), whole families; `fraction` None: `held_back`.

        The same seed always gives the same lists, which are stored: see `course_utils.datasets.splits`. Raises
        ValueError for a bad fraction or a class with one family, SplitMismatch if the data changed since.
        """
        name, members = self.train.name.removesuffix("/train"), places_of(self.train.families())
        lists = stored_split(name, sorted(members), self.held_back if fraction is None else fraction, seed)
        chosen = [np.sort(np.concatenate([members[one] for one in listed])) for listed in lists]
        return self.train.subset(chosen[0], f"{name}/train"), self.train.subset(chosen[1], f"{name}/validation")


def places_of(values: Sequence[str]) -> dict[str, np.ndarray]:
    """Return value -> int64, where it stands."""
    found: dict[str, list[int]] = {}
    for i, value in enumerate(values):
        found.setdefault(value, []).append(i)
    return {value: np.array(indices, dtype=np.int64) for value, indices in found.items()}


def epoch_rng(epoch: int, seed: int) -> np.random.Generator:
    """The generator that belongs to one epoch of one run."""
    return np.random.default_rng([seed, epoch])


def rounds(n: int, count: int | None, rng: np.random.Generator) -> np.ndarray:
    """Return `count` of the numbers 0..n-1 (None: n), shuffled, each as often as any other, give or take one."""
    count = n if count is None else count
    laps = [rng.permutation(n) for _ in range(-(-count // n))]
    return np.concatenate(laps)[:count] if laps else np.zeros(0, np.int64)
