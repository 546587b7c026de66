"""Seeded validation lists, drawn from file names and stored as text.

Which files are held out follows from the seed and the names alone: within each class the names are ordered by
the SHA-256 of "<seed>:<name>" and the first ones are taken. That needs no random generator (whose stream may
change with the library's version), does not depend on the order in which a folder lists its files, and a file
that is added or removed moves hardly any other. The lists are also written once to the cache folder: a reader
can look at them, and a data set that changed in between is noticed instead of silently mixing train and validation.
"""

import hashlib
import json
import warnings
from functools import partial
from pathlib import Path

from course_utils import config
from course_utils.files import write_whole


class SplitMismatch(ValueError):
    """The stored lists do not belong to the files on disk; the message names the list to delete."""


def stored_split(name: str, members: list[str], fraction: float, seed: int) -> tuple[list[str], list[str]]:
    """Return (train, validation) names of `members` ("<class>/<file>"), reading the stored lists if there are any.

    Stored at <cache>/splits/<profile>/<name>-<fraction>-seed<seed>.json. Where the cache cannot be written, the lists
    are drawn without being stored (they come out the same) and a warning says so.

    Raises: ValueError for a bad fraction or a class with one picture; SplitMismatch if the list is of other files.
    """
    drawn = draw_split(members, fraction, seed)
    path = config.cache_dir() / "splits" / config.profile() / f"{name}-{fraction:g}-seed{seed}.json"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:  # not there yet, or below a folder that cannot be entered: then writing says why
        _store(path, *drawn)
        return drawn
    stored = _parse(path, text)
    if sorted(stored[0] + stored[1]) != sorted(members):
        known = set(stored[0] + stored[1])
        raise SplitMismatch(
            f"{path} lists other files than {name} has now ({len(known - set(members))} are gone, "
            f"{len(set(members) - known)} are new). If the change is meant, delete that file and run again"
        )
    return stored


def hash_of(seed: int, name) -> bytes:
    """Return the SHA-256 of "<seed>:<name>", which orders names at random, but the same way on every machine."""
    return hashlib.sha256(f"{seed}:{name}".encode("utf-8", "surrogateescape")).digest()  # names need not be UTF-8


def draw_split(members: list[str], fraction: float, seed: int) -> tuple[list[str], list[str]]:
    """Draw (train, validation) from "<class>/<file>" names, class by class, at least one of each; both sorted.

    >>> draw_split(["coast/a.jpg", "coast/b.jpg", "street/a.jpg", "street/b.jpg"], fraction=0.5, seed=1)
    (['coast/b.jpg', 'street/a.jpg'], ['coast/a.jpg', 'street/b.jpg'])
    """
    if not 0 < fraction < 1:
        raise ValueError(f"fraction is {fraction}; it must lie between 0 and 1, e.g. 0.2")
    classes: dict[str, list[str]] = {}
    for member in members:
        classes.setdefault(member.split("/")[0], []).append(member)
    train, validation = [], []
    for name, files in classes.items():
        if len(files) < 2:
            raise ValueError(
                f"class {name!r} has only one picture ({files[0]}): no validation split can be drawn, "
                "which needs at least two. Add pictures or remove the class from train and test"
            )
        ordered = sorted(files, key=partial(hash_of, seed))
        count = min(max(1, round(fraction * len(files))), len(files) - 1)
        validation += ordered[:count]
        train += ordered[count:]
    return sorted(train), sorted(validation)


def _parse(path: Path, text: str) -> tuple[list[str], list[str]]:
    try:
        lists = json.loads(text)
        return [str(name) for name in lists["train"]], [str(name) for name in lists["validation"]]
    except (ValueError, KeyError, TypeError) as error:
        raise SplitMismatch(f"{path} is not a stored split ({error!r}). Delete that file and run again") from error


def _store(path: Path, train: list[str], validation: list[str]) -> None:
    try:
        write_whole(path, json.dumps({"train": train, "validation": validation}, indent=0).encode())
    except OSError as error:
        warnings.warn(
            f"the validation split could not be stored in {path} ({error.strerror}); it is used without being stored. "
            "Set COURSE_CACHE to a folder that can be written",
            stacklevel=4,
        )
