"""The data sets and published weights of the course: one entry each, and how to find it.

Addresses, counts and terms stand in the modules of entries and in no other place.
"""

import os
import shlex
from pathlib import Path

from course_utils.checks import unknown
from course_utils.config import data_root

from . import lessons_01_to_05, lessons_06_and_07, published_weights
from .records import DataSet, Source

__all__ = ["DataSet", "Source", "UnknownName", "catalog", "command", "find", "folder_of", "weights"]


class UnknownName(ValueError):
    """No data set has this name; the message offers the nearest ones."""


def catalog() -> dict[str, DataSet]:
    """Return the entries of all data sets by name, in the order of the lessons."""
    return {entry.name: entry for entry in (*lessons_01_to_05.ENTRIES, *lessons_06_and_07.ENTRIES)}


def weights() -> dict[str, DataSet]:
    """Return the entries of all published weights by name."""
    return {entry.name: entry for entry in published_weights.ENTRIES}


def folder_of(entry: DataSet, root: Path) -> Path:
    """Return the folder into which the real files of an entry belong."""
    if entry.place_of == "torch":  # as torch.hub.get_dir() finds it, without importing torch
        cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
        return Path(os.environ.get("TORCH_HOME") or os.path.join(cache, "torch")).expanduser() / "hub" / "checkpoints"
    return root / "real" / "weights" / entry.name if entry.place_of == "weights" else root / "real" / entry.name


def command(verb: str, name: str, root: Path) -> str:
    """Return the command line that does something to a data set below `root`, to be shown to a person."""
    where = "" if root == data_root() else f" --root {shlex.quote(str(root))}"
    return f"python -m data_scripts {verb} {name}{where}"


def find(name: str) -> DataSet:
    """Return the entry `name`; UnknownName suggests what was meant."""
    entries = catalog() | weights()
    if name in entries:
        return entries[name]
    raise UnknownName(unknown("data set", name, entries))
