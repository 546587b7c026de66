"""A list of labelled picture files: what every labelled data set of the course hands out."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils.datasets.images import load_images
from course_utils.datasets.rows import Chooser


@dataclass(frozen=True, eq=False)
class ImageSet(Chooser):
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

    def load(self, size: int) -> np.ndarray:
        """Read all pictures: uint8 (N, size, size, 3). Raises ImageError that names the first unreadable file."""
        return load_images(self.paths, size)

    def class_names(self) -> list[str]:
        """Return the class name of each item, length N."""
        return [self.classes[label] for label in self.labels]

    def class_counts(self) -> np.ndarray:
        """Return how many items each class has: int64 (C,), in the order of `classes`."""
        return np.bincount(self.labels, minlength=len(self.classes))
