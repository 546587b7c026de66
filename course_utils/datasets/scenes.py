"""Scene pictures in the layout of the MIT split: <data set>/{train,test}/<class>/<picture>, or any folder of classes.

scenes = load_scenes()
train, validation = scenes.validation_split(fraction=0.2, seed=0)
images = train.load(size=96)

COURSE_SCENES=<folder> puts pictures of yours in their place, for lessons 00 to 03: a folder in the same layout, or one
folder a class, of which a quarter becomes the test part, the same one every time.
"""

import warnings
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from course_utils import config
from course_utils.datasets.any_folder import load_folder
from course_utils.datasets.class_folders import check_same_classes, list_part, unreadable
from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.image_set import ImageSet
from course_utils.datasets.problems import LayoutError, first_few
from course_utils.datasets.splits import draw_split, stored_split
from course_utils.datasets.titles import OWN

PARTS = ("train", "test")
TEST_SHARE = 0.25  # of the pictures of COURSE_SCENES: they become queries


@dataclass(frozen=True, eq=False)
class Scenes:
    """The train and test part of one data set; `skipped` lists unreadable files that were left out.

    top  the folder that holds the classes of the train part
    """

    train: ImageSet
    test: ImageSet
    name: str
    top: Path
    skipped: tuple[Path, ...] = ()

    def validation_positions(self, fraction: float = 0.2, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Split the train part, class by class: positions in `train` to fit on and to validate on, each int64 (N,).

        The same seed always gives the same lists: see `course_utils.datasets.splits`. They are drawn with the skipped
        files included and these are dropped afterwards, so that a damaged file moves no other. The test part is never
        touched.

        Raises: ValueError if a class has fewer than two pictures or fraction is not between 0 and 1; SplitMismatch
        if the data changed since the lists were stored.
        """
        top, name = self.top, self.name
        present = {path.relative_to(top).as_posix(): i for i, path in enumerate(self.train.paths)}
        skipped = [path.relative_to(top).as_posix() for path in self.skipped if path.is_relative_to(top)]
        members = sorted([*present, *skipped])
        # a list is stored for the course's own sets; that of one folder would be in the way of the next
        split = draw_split if name == OWN else partial(stored_split, name)
        kept, held_out = split(members, fraction, seed)
        fit, validate = (np.array(sorted(present[n] for n in names if n in present)) for names in (kept, held_out))
        return fit, validate

    def validation_split(self, fraction: float = 0.2, seed: int = 0) -> tuple[ImageSet, ImageSet]:
        """Return the pictures of `validation_positions`: (train, validation)."""
        parts = zip(("train", "validation"), self.validation_positions(fraction, seed), strict=True)
        train, validation = (self.train.subset(positions, f"{self.name}/{part}") for part, positions in parts)
        return train, validation


def load_scenes(name: str = "mit_split", on_corrupt: str = "raise") -> Scenes:
    """List the pictures of a data set in the MIT split layout; classes and files are sorted by name.

    on_corrupt="raise" looks at names only (instant); `ImageSet.load` then raises ImageError at an unreadable file.
    on_corrupt="skip" decodes every file once (seconds for thousands), leaves the unreadable ones out and says which
    in one warning.

    The default name stands for the pictures of COURSE_SCENES where that is set.

    Raises: DatasetMissing (names the command that provides the data set), LayoutError (part or class missing, empty
    class folder).
    """
    if on_corrupt not in ("raise", "skip"):
        raise ValueError(f'on_corrupt is {on_corrupt!r}; use "raise" or "skip"')
    own = config.scenes_folder() if name == "mit_split" else None
    if own is not None and not all((own / part).is_dir() for part in PARTS):
        return _divided(own)
    root, name = (own, OWN) if own is not None else (dataset_dir(name), name)
    files = {part: list_part(root / part) for part in PARTS}
    check_same_classes(root, files)
    skipped = unreadable(files) if on_corrupt == "skip" else ()
    if skipped:
        shown = first_few([path.relative_to(root).as_posix() for path in skipped], 10)
        warnings.warn(f"{name}: {len(skipped)} unreadable file(s) skipped: {shown}", stacklevel=2)
    train, test = (_image_set(root, part, files[part], set(skipped)) for part in PARTS)
    return Scenes(train, test, name, root / "train", skipped)


def _divided(folder: Path) -> Scenes:
    """Split a folder of classes into the two parts, by the names of its files alone."""
    pictures = load_folder(folder)
    names = [path.relative_to(folder).as_posix() for path in pictures.paths]
    smallest = pictures.class_counts().min()
    if len(pictures.classes) < 2 or smallest < 4:
        raise LayoutError(
            f"{folder} holds {len(pictures.classes)} class(es), the smallest of {smallest} picture(s); COURSE_SCENES "
            "needs at least two folders of classes with at least four pictures each"
        )
    parts = []
    for part, chosen in zip(PARTS, draw_split(names, TEST_SHARE, seed=0), strict=True):
        chosen = set(chosen)
        parts.append(pictures.subset([i for i, name in enumerate(names) if name in chosen], f"{OWN}/{part}"))
    return Scenes(*parts, OWN, folder)


def _image_set(root: Path, part: str, members: dict[str, list[Path]], skipped: set[Path]) -> ImageSet:
    paths, labels = [], []
    for label, (name, candidates) in enumerate(members.items()):
        readable = [path for path in candidates if path not in skipped]
        if not readable:
            raise LayoutError(f"class folder {root / part / name} holds no readable picture.", root.name)
        paths += readable
        labels += [label] * len(readable)
    return ImageSet(paths, np.array(labels, dtype=np.int64), list(members), f"{root.name}/{part}")
