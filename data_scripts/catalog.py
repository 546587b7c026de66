"""The data sets and published weights of the course: one entry each; this module says what one holds and finds it.

The entries stand in `entries.py` (lessons 01 to 05), `entries_later.py` (06, 07) and `entries_weights.py`.
"""

import difflib
import os
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.config import data_root


@dataclass(frozen=True)
class Source:
    """One file or archive to fetch; checksums and size only where its publisher or a recorded download gives them."""

    what: str
    where: str  # address, or how to get there
    sha256: str = ""
    md5: str = ""
    size: str = ""  # "137 MB" is about right; "1,150,585,339 bytes" is compared
    file: str = ""  # its name as published; of several files a pattern: data/*.parquet
    fills: tuple[str, ...] = ()  # what it brings: beginnings of paths in the layout
    mirrors: tuple[str, ...] = ()  # further addresses, tried in this order after `where`
    hub: str = ""  # a repository of the hub, e.g. datasets/nlphuji/flickr30k, instead of addresses
    sha256_start: str = ""  # where only the first digits are published, in the file's name

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that a program can fetch, first choice first; none for a source that needs a person."""
        return tuple(a for a in (self.where, *self.mirrors) if a.startswith(("http://", "https://")))

    @property
    def by_hand(self) -> bool:
        return not (self.addresses or self.hub)


@dataclass(frozen=True)
class DataSet:
    """Everything the course knows about one data set; paths are relative to <root>/<profile>/<name>/."""

    name: str  # the folder, and the word on the command line
    title: str
    lessons: tuple[str, ...]
    terms: str
    citation: str
    counts: str  # for the reader
    sources: tuple[Source, ...]
    layout: tuple[str, ...]  # what goes where
    place: str  # how to get from the sources to the layout
    images: dict[str, int | tuple[int, ...]] = field(
        default_factory=dict
    )  # pattern -> number(s) of pictures it matches
    numbers: dict[str, int] = field(default_factory=dict)  # what data_scripts/convert counts in the files -> number
    files: tuple[str, ...] = ()  # files that have to be there
    traps: tuple[str, ...] = ()  # what surprises a reader of these files
    place_of: str = "data"  # "weights": <root>/real/weights/<name>; "torch": the folder where torchvision looks


class UnknownName(ValueError):
    """No data set has this name; the message offers the nearest ones."""


def catalog() -> dict[str, DataSet]:
    """Return the entries of all data sets by name, in the order of the lessons."""
    from .entries import ENTRIES

    return {entry.name: entry for entry in ENTRIES}


def weights() -> dict[str, DataSet]:
    """Return the entries of all published weights by name."""
    from .entries_weights import WEIGHTS

    return {entry.name: entry for entry in WEIGHTS}


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
    near = difflib.get_close_matches(name.lower().replace("-", "_"), entries, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(entries)}"
    raise UnknownName(f"no data set is called {name!r}; {hint}")
