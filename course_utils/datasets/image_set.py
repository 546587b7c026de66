"""Lists of picture files: what every data set of the course hands out, with labels or with something else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from course_utils.datasets.images import fit_square, load_images


def check_positions(name: str, indices, n: int, items: str = "pictures") -> np.ndarray:
    """Return a choice among n items as int64 positions; `indices` are integers or a boolean mask of length n.

    Raises ValueError, naming the set, for a mask of another length.
    """
    indices = np.asarray(indices)
    if indices.dtype == bool:
        if indices.shape != (n,):
            raise ValueError(f"{name}: a mask of shape {indices.shape} for {n} {items}")
        indices = np.flatnonzero(indices)
    return indices.astype(np.int64)  # an empty list arrives as float


class PictureList:
    """What data sets of pictures share whose fields named in `columns` are lists, or arrays, of one entry an item."""

    columns: tuple[str, ...] = ()
    items = "pictures"
    fit = staticmethod(fit_square)  # how a picture becomes a square

    def __len__(self) -> int:
        return len(self.paths)

    def subset(self, indices: Sequence[int] | np.ndarray, name: str | None = None):
        """Return the chosen items in the given order; `indices` are integers or a boolean mask of length N."""
        chosen = check_positions(self.name, indices, len(self), self.items)
        picked = {column: _picked(getattr(self, column), chosen) for column in self.columns}
        return replace(self, name=name or self.name, **picked)

    def load(self, size: int) -> np.ndarray:
        """Read all pictures: uint8 (N, size, size, 3). Raises ImageError that names the first unreadable file."""
        return load_images(self.paths, size, self.fit)


def _picked(column, chosen: np.ndarray):
    if isinstance(column, dict):
        return {key: _picked(part, chosen) for key, part in column.items()}
    return column[chosen] if isinstance(column, np.ndarray) else [column[i] for i in chosen]


@dataclass(frozen=True, eq=False)
class ImageSet(PictureList):
    """N picture files with one label each; pictures are read only when `load` is called.

    paths    list of N files
    labels   int64 (N,), index into `classes`
    classes  class names, sorted; shared by all parts of one data set, so a label means the same everywhere
    name     for titles and messages, e.g. "mit_split/train"
    """

    paths: list[Path]
    labels: np.ndarray
    classes: list[str]
    name: str
    columns = ("paths", "labels")

    def __post_init__(self):
        object.__setattr__(self, "paths", [Path(path) for path in self.paths])
        object.__setattr__(self, "labels", np.asarray(self.labels, dtype=np.int64))
        if self.labels.shape != (len(self.paths),):
            raise ValueError(f"{self.name}: {len(self.paths)} files but labels of shape {self.labels.shape}")
        if ((self.labels < 0) | (self.labels >= len(self.classes))).any():
            raise ValueError(f"{self.name}: a label lies outside 0..{len(self.classes) - 1}")

    def __repr__(self) -> str:
        return f"ImageSet({self.name}: {len(self)} pictures, {len(self.classes)} classes)"

    def class_names(self) -> list[str]:
        """Return the class name of each item, length N."""
        return [self.classes[label] for label in self.labels]

    def class_counts(self) -> np.ndarray:
        """Return how many items each class has: int64 (C,), in the order of `classes`."""
        return np.bincount(self.labels, minlength=len(self.classes))
