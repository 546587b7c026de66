"""Folders of the layout <part>/<class>/<picture>: what is in them, and what is wrong with them."""

import itertools
import warnings
from pathlib import Path

from tqdm.auto import tqdm

from course_utils.datasets.images import SUFFIXES, ImageError, read_image
from course_utils.datasets.problems import LayoutError, first_few


def list_part(folder: Path) -> dict[str, list[Path]]:
    """Return {class: its pictures}, sorted by name. LayoutError for no class, or one without a picture."""
    if not folder.is_dir():
        raise LayoutError(f"{folder} is missing: the layout is {{train,test}}/<class>/<picture>.", folder.parent.name)
    found, left_out = {}, []
    for child in subfolders(folder):
        members = sorted((f for f in child.iterdir() if _counts(f)), key=lambda path: path.name)
        found[child.name] = [f for f in members if f.suffix.lower() in SUFFIXES]
        left_out += [f"{child.name}/{f.name}" for f in members if f.suffix.lower() not in SUFFIXES]
        if not found[child.name]:
            raise LayoutError(f"class folder {child} holds no picture.", folder.parent.name)
    if not found:
        raise LayoutError(f"{folder} holds no class folder.", folder.parent.name)
    if left_out:
        warnings.warn(
            f"{folder}: {len(left_out)} file(s) left out, their names do not end as a picture's do: "
            f"{first_few(left_out, 10)}",
            stacklevel=3,
        )
    return found


def subfolders(folder: Path) -> list[Path]:
    """Return the folders in a folder, without those whose name begins with a dot or an underscore.

    Sorted: a directory comes in any order, and labels must mean the same on every machine.
    """
    found = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))]
    return sorted(found, key=lambda path: path.name)


def _counts(path: Path) -> bool:
    """Whether a file means anything: not hidden, and not what a system leaves beside pictures."""
    return path.is_file() and not path.name.startswith(".") and path.name.lower() not in ("thumbs.db", "desktop.ini")


def check_same_classes(root: Path, files: dict[str, dict[str, list[Path]]]) -> None:
    """Raise LayoutError unless all parts, {part: {class: pictures}}, have the same classes."""
    for part, other in itertools.permutations(files, 2):
        missing = sorted(set(files[other]) - set(files[part]))
        if missing:
            raise LayoutError(f"{root / part} lacks the class(es) {', '.join(missing)} of {other}.", root.name)


def unreadable(files: dict[str, dict[str, list[Path]]]) -> tuple[Path, ...]:
    """Decode every picture once and return those that cannot be read."""
    paths = [path for part in files.values() for members in part.values() for path in members]
    bad = []
    for path in tqdm(paths, desc="checking pictures", unit="picture", delay=2, leave=False):
        try:
            read_image(path)
        except ImageError:
            bad.append(path)
    return tuple(bad)
