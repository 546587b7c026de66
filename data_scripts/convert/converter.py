"""What a data set's module says about its conversion, and the helpers that several of them use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from ..catalog import DataSet

RUBBISH = ("__MACOSX/", ".DS_Store", "._", "Thumbs.db", "desktop.ini")
SHOWN = 5


def _nothing(folder: Path, entry: DataSet) -> None:
    pass


def _no_numbers(folder: Path) -> dict[str, int]:
    return {}


def _no_problems(folder: Path) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True)
class Converter:
    """where    path inside an archive, or name of a plain file -> path in the layout, or None: not needed
    readers  pattern of a file's name -> function(file, folder): formats that are no archives of the layout's files
    finish   called once when all files are unpacked, to build what the publisher does not provide
    numbers  counts the finished folder; compared with DataSet.numbers
    problems says what does not fit together in the finished folder
    growth   about how many bytes come out of one
    words    so many lines of a text are wanted, and the transfer may end there; 0: the whole file
    looking  returns a function that says when the bytes it has seen are enough for them
    """

    where: Callable[[str], str | None]
    readers: dict[str, Callable[[Path, Path], None]] = field(default_factory=dict)
    finish: Callable[[Path, DataSet], None] = _nothing
    numbers: Callable[[Path], dict[str, int]] = _no_numbers
    problems: Callable[[Path], Iterator[str]] = _no_problems
    growth: float = 1.2
    words: int = 0
    looking: Callable[[], Callable[[bytes], bool]] | None = None

    def reader(self, name: str) -> Callable[[Path, Path], None] | None:
        """Return the reader for a file of this name, if it needs one."""
        return next((read for pattern, read in self.readers.items() if fnmatchcase(name, pattern)), None)


def is_rubbish(path: str) -> bool:
    """Whether a file is what some system left in the archive.

    >>> is_rubbish("__MACOSX/images/._a.jpg"), is_rubbish("images/a.jpg")
    (True, False)
    """
    return path.startswith(RUBBISH[0]) or path.rpartition("/")[2].startswith(RUBBISH[1:])


def below(path: str, *tops: str) -> str | None:
    """Return `path` from the outermost folder called one of `tops` on; None if there is none, or for rubbish.

    >>> below("CUB_200_2011/images/001.A/b.jpg", "images")
    'images/001.A/b.jpg'
    """
    if is_rubbish(path):
        return None
    parts = path.split("/")
    found = [i for i, part in enumerate(parts[:-1]) if part in tops]
    return "/".join(parts[found[0] :]) if found else None


def named(path: str, *names: str) -> str | None:
    """Return the last component of `path` if it is one of `names`."""
    name = path.rpartition("/")[2]
    return name if name in names and not is_rubbish(path) else None


def absent(what: str, listed: list[str], folder: Path) -> Iterator[str]:
    """Yield one line if some of the listed files are not below `folder`."""
    missing = [name for name in listed if not (folder / name).is_file()]
    if missing:
        shown = ", ".join(missing[:SHOWN]) + (" ..." if len(missing) > SHOWN else "")
        yield f"{len(missing)} of {len(listed)} {what} are not there: {shown}"
