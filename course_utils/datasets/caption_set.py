"""A list of pictures with their captions: what every image-caption set of the course hands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from course_utils.datasets.image_set import PictureList, check_positions


@dataclass(frozen=True, eq=False)
class CaptionSet(PictureList):
    """N picture files and M captions, at least one for each picture; pictures are read only when `load` is called.

    paths          list of N files
    captions       list of M texts, those of one picture beside each other
    caption_image  int64 (M,), index into `paths` of the picture of each caption
    name           for titles and messages, e.g. "flickr30k/train"
    The length of a set is its number of pictures.

    For both directions of retrieval: a caption's label is caption_image, a picture's label is its own index.
    """

    paths: list[Path]
    captions: list[str]
    caption_image: np.ndarray
    name: str

    def __post_init__(self):
        object.__setattr__(self, "paths", [Path(path) for path in self.paths])
        object.__setattr__(self, "captions", list(self.captions))
        object.__setattr__(self, "caption_image", np.asarray(self.caption_image, dtype=np.int64))
        if self.caption_image.shape != (len(self.captions),):
            raise ValueError(
                f"{self.name}: {len(self.captions)} captions but caption_image of shape {self.caption_image.shape}"
            )
        if (np.diff(self.caption_image) < 0).any():
            raise ValueError(f"{self.name}: caption_image is not in ascending order")
        spoken = np.unique(self.caption_image)
        if not np.array_equal(spoken, np.arange(len(self.paths))):
            raise ValueError(f"{self.name}: {len(self.paths)} pictures, captions for {len(spoken)}; each needs one")

    def __repr__(self) -> str:
        return f"CaptionSet({self.name}: {len(self)} pictures, {len(self.captions)} captions)"

    @cached_property
    def _starts(self) -> np.ndarray:
        """Where the captions of each picture begin, and the end: int64 (N + 1,)."""
        return np.searchsorted(self.caption_image, np.arange(len(self) + 1))

    def captions_of(self, picture: int) -> list[str]:
        """Return the captions of one picture, given by its index."""
        picture = range(len(self))[picture]  # -1 is the last one; IndexError beyond
        return self.captions[self._starts[picture] : self._starts[picture + 1]]

    @classmethod
    def of(cls, paths: Sequence[Path], texts: Sequence[Sequence[str]], name: str) -> "CaptionSet":
        """Make a set of N pictures and the captions of each, N lists."""
        owner = np.repeat(np.arange(len(paths)), [len(captions) for captions in texts])
        return cls(paths, [text for captions in texts for text in captions], owner, name)

    def subset(self, indices: Sequence[int] | np.ndarray, name: str | None = None) -> "CaptionSet":
        """Return the chosen pictures in the given order, with all their captions; indices or a mask of length N."""
        indices = check_positions(self.name, indices, len(self))
        texts = [self.captions_of(i) for i in indices]
        return CaptionSet.of([self.paths[i] for i in indices], texts, name or self.name)
