"""Scene pictures in the layout of the MIT split: <data set>/{train,test}/<class>/<picture>.

scenes = load_scenes()
train, validation = scenes.validation_split(fraction=0.2, seed=0)
images = train.load(size=96)
"""

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm.auto import tqdm

from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.image_set import ImageSet
from course_utils.datasets.images import SUFFIXES, ImageError, read_image
from course_utils.datasets.problems import LayoutError, advice
from course_utils.datasets.splits import stored_split

PARTS = ("train", "test")


@dataclass(frozen=True, eq=False)
class Scenes:
    """The official train and test part of one data set; `skipped` lists unreadable files that were left out."""

    train: ImageSet
    test: ImageSet
    root: Path
    skipped: tuple[Path, ...] = ()

    def validation_split(self, fraction: float = 0.2, seed: int = 0) -> tuple[ImageSet, ImageSet]:
        """Split the train part, class by class, into (train, validation); the test part is never touched.

        The same seed always gives the same lists: see `course_utils.datasets.splits`. They are drawn with the skipped
        files included and these are dropped afterwards, so that a damaged file moves no other.

        Raises: ValueError if a class has fewer than two pictures or fraction is not between 0 and 1; SplitMismatch
        if the data changed since the lists were stored.
        """
        top = self.root / "train"
        name = self.root.name
        present = {path.relative_to(top).as_posix(): i for i, path in enumerate(self.train.paths)}
        skipped = [path.relative_to(top).as_posix() for path in self.skipped if path.is_relative_to(top)]
        kept, held_out = stored_split(name, sorted([*present, *skipped]), fraction, seed)
        parts = []
        for part, names in (("train", kept), ("validation", held_out)):
            indices = sorted(present[n] for n in names if n in present)
            parts.append(self.train.subset(indices, f"{name}/{part}"))
        return parts[0], parts[1]


def load_scenes(name: str = "mit_split", on_corrupt: str = "raise") -> Scenes:
    """List the pictures of a data set in the MIT split layout; classes and files are sorted by name.

    on_corrupt="raise" looks at names only (instant); `ImageSet.load` then raises ImageError at an unreadable file.
    on_corrupt="skip" decodes every file once (seconds for thousands), leaves the unreadable ones out and says which
    in one warning.

    Raises: DatasetMissing (names the command that provides the data set), LayoutError (part or class missing, empty
    class folder).
    """
    if on_corrupt not in ("raise", "skip"):
        raise ValueError(f'on_corrupt is {on_corrupt!r}; use "raise" or "skip"')
    root = dataset_dir(name)
    files = {part: _list_part(root / part) for part in PARTS}
    _check_same_classes(root, files)
    skipped = _unreadable(files) if on_corrupt == "skip" else ()
    if skipped:
        shown = ", ".join(path.relative_to(root).as_posix() for path in skipped[:10])
        more = f" and {len(skipped) - 10} more" if len(skipped) > 10 else ""
        warnings.warn(f"{name}: {len(skipped)} unreadable file(s) skipped: {shown}{more}", stacklevel=2)
    train, test = (_image_set(root, part, files[part], set(skipped)) for part in PARTS)
    return Scenes(train, test, root, skipped)


def _list_part(folder: Path) -> dict[str, list[Path]]:
    if not folder.is_dir():
        raise LayoutError(
            f"{folder} is missing: the layout is {{train,test}}/<class>/<picture>. {advice(folder.parent.name)}"
        )
    found, left_out = {}, []
    # sorted(): a directory comes in any order, and labels must mean the same on every machine
    for child in sorted(folder.iterdir(), key=lambda path: path.name):
        if not child.is_dir() or child.name.startswith((".", "_")):
            continue
        members = sorted((f for f in child.iterdir() if _counts(f)), key=lambda path: path.name)
        found[child.name] = [f for f in members if f.suffix.lower() in SUFFIXES]
        left_out += [f"{child.name}/{f.name}" for f in members if f.suffix.lower() not in SUFFIXES]
        if not found[child.name]:
            raise LayoutError(f"class folder {child} holds no picture. {advice(folder.parent.name)}")
    if not found:
        raise LayoutError(f"{folder} holds no class folder. {advice(folder.parent.name)}")
    if left_out:
        more = f" and {len(left_out) - 10} more" if len(left_out) > 10 else ""
        warnings.warn(
            f"{folder}: {len(left_out)} file(s) left out, their names do not end as a picture's do: "
            f"{', '.join(left_out[:10])}{more}",
            stacklevel=3,
        )
    return found


def _counts(path: Path) -> bool:
    """Whether a file means anything: not hidden, and not what a system leaves beside pictures."""
    return path.is_file() and not path.name.startswith(".") and path.name.lower() not in ("thumbs.db", "desktop.ini")


def _check_same_classes(root: Path, files: dict[str, dict[str, list[Path]]]) -> None:
    for part, other in (PARTS, PARTS[::-1]):
        missing = sorted(set(files[other]) - set(files[part]))
        if missing:
            raise LayoutError(f"{root / part} lacks the class(es) {', '.join(missing)} of {other}. {advice(root.name)}")


def _unreadable(files: dict[str, dict[str, list[Path]]]) -> tuple[Path, ...]:
    paths = [path for part in files.values() for members in part.values() for path in members]
    bad = []
    for path in tqdm(paths, desc="checking pictures", unit="picture", delay=2, leave=False):
        try:
            read_image(path)
        except ImageError:
            bad.append(path)
    return tuple(bad)


def _image_set(root: Path, part: str, members: dict[str, list[Path]], skipped: set[Path]) -> ImageSet:
    paths, labels = [], []
    for label, (name, candidates) in enumerate(members.items()):
        readable = [path for path in candidates if path not in skipped]
        if not readable:
            raise LayoutError(f"class folder {root / part / name} holds no readable picture. {advice(root.name)}")
        paths += readable
        labels += [label] * len(readable)
    return ImageSet(paths, np.array(labels, dtype=np.int64), list(members), f"{root.name}/{part}")
