"""Which pictures a folder holds, and how one of them is opened without ever leaving that folder.

Links are not followed, neither when the folder is listed nor later: a file that was swapped for a link is refused.
"""

import errno
import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from course_utils.datasets.images import SUFFIXES

LINK = "it is a link; links are not followed: put the picture itself here"
GONE = "there is no such file any more; index the folder again"
EARLIEST, LATEST = -(2**62), 2**63 - 1  # nanoseconds, from 1823 to 2262: clocks of cameras can be far off
SAFE_OPEN = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")  # not on Windows


class NotInFolder(ValueError):
    """A path leads out of the folder, over a link, or to no ordinary file; the message says which and what to do."""


@dataclass(frozen=True)
class File:
    """A picture file: its path below the folder, with slashes; size in bytes; time of its last change, nanoseconds."""

    path: str
    size: int
    changed: int


@dataclass
class Listing:
    """files: what may be a picture · problems: (path, why it was passed over) · others: {suffix: other files}."""

    files: list[File] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    others: Counter = field(default_factory=Counter)


def file_of(path: str, about: os.stat_result) -> File:
    """Return a file as the catalogue notes it, from what the system says of it."""
    return File(path, about.st_size, min(max(about.st_mtime_ns, EARLIEST), LATEST))


def list_folder(root: Path) -> Listing:
    """List a folder with all its sub-folders, in the order of their names; hidden files and folders are left out."""
    found, waiting = Listing(), [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(root / inside) as entries:
                entries = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            found.problems.append((inside or ".", f"this folder cannot be read ({error.strerror})"))
            continue
        waiting += [f"{inside}{e.name}/" for e in reversed(entries) if _visible(e) and e.is_dir(follow_symlinks=False)]
        for entry in filter(_visible, entries):
            _sort_in(entry, f"{inside}{entry.name}", found)
    found.files.sort(key=lambda file: file.path)
    return found


def _visible(entry: os.DirEntry) -> bool:
    return not entry.name.startswith(".")


def _sort_in(entry: os.DirEntry, path: str, found: Listing) -> None:
    suffix = os.path.splitext(entry.name)[1].lower()
    try:
        if entry.is_symlink() and (suffix in SUFFIXES or entry.is_dir()):
            found.problems.append((path, LINK))
        elif entry.is_dir(follow_symlinks=False):
            return
        elif suffix not in SUFFIXES:
            found.others[suffix or "no suffix"] += 1
        elif entry.is_file(follow_symlinks=False):
            found.files.append(file_of(path, entry.stat(follow_symlinks=False)))
        else:
            found.problems.append((path, "it is no ordinary file"))
    except OSError as error:  # it vanished a moment ago, or nobody may look at it
        found.problems.append((path, f"it cannot be looked at ({error.strerror})"))


def open_inside(root: Path, path: str) -> BinaryIO:
    """Open a picture by its path below the folder, to read it. NotInFolder for a link or a way out; OSError as `open`.

    Every folder on the way is opened by itself, and none may be a link: what is checked is what is opened.
    """
    parts = path.split("/")
    if not path or any(part in ("", ".", "..") or "\0" in part or os.sep in part for part in parts):
        raise NotInFolder(f"{path!r} is no path below the folder; give one that the index lists")
    if not SAFE_OPEN:
        place = _without_links(root, path)
        if not place.exists():
            raise FileNotFoundError(errno.ENOENT, GONE, path)
        return _checked(open(place, "rb"), path)
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = inner
        file = os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
    except OSError as error:
        if _without_links(root, path).exists():  # there, but not without a link or permission
            raise
        raise FileNotFoundError(error.errno, GONE, path) from error
    finally:
        os.close(here)
    return _checked(os.fdopen(file, "rb"), path)


def _without_links(root: Path, path: str) -> Path:
    """Return the file's place; NotInFolder where a part of the way is a link."""
    place = root / path
    if place.resolve() != root.resolve() / path:
        raise NotInFolder(f"{path}: {LINK}")
    return place


def _checked(file: BinaryIO, path: str) -> BinaryIO:
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise NotInFolder(f"{path} is no ordinary file; put a picture in its place")
    return file
