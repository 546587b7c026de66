"""The data sets of the course: one entry each, in `entries.py`; this module says what an entry holds and finds one."""

import difflib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """One file or archive to fetch; checksums and size only where its publisher or a recorded download gives them."""

    what: str
    where: str  # address, or how to get there
    sha256: str = ""
    md5: str = ""
    size: str = ""


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
    images: dict[str, int] = field(default_factory=dict)  # pattern -> number of pictures that match it
    files: tuple[str, ...] = ()  # files that have to be there
    traps: tuple[str, ...] = ()  # what surprises a reader of these files


class UnknownName(ValueError):
    """No data set has this name; the message offers the nearest ones."""


def catalog() -> dict[str, DataSet]:
    """Return all entries by name, in the order of the lessons."""
    from .entries import ENTRIES

    return {entry.name: entry for entry in ENTRIES}


def find(name: str) -> DataSet:
    """Return the entry `name`; UnknownName suggests what was meant."""
    entries = catalog()
    if name in entries:
        return entries[name]
    near = difflib.get_close_matches(name.lower().replace("-", "_"), entries, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(entries)}"
    raise UnknownName(f"no data set is called {name!r}; {hint}")
