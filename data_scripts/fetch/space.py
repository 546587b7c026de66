"""Sizes in words, and the room on a disk."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from .errors import CannotFetch

UNITS = {"bytes": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}
RESERVE = 50 * 10**6  # bytes that are left for everybody else


def in_words(size: float) -> str:
    """
    >>> in_words(1_150_585_339), in_words(137e6), in_words(512)
    ('1.15 GB', '137 MB', '512 bytes')
    """
    for unit in ("GB", "MB", "kB"):
        if size >= UNITS[unit]:
            return f"{size / UNITS[unit]:.3g} {unit}"
    return f"{size:.0f} bytes"


def in_bytes(words: str) -> tuple[int, bool]:
    """Return (bytes, exact) of a size in the catalog; (0, False) where none is known.

    >>> in_bytes("1,150,585,339 bytes"), in_bytes("4.39 GB"), in_bytes("")
    ((1150585339, True), (4390000000, False), (0, False))
    """
    match = re.fullmatch(r"([\d.,]+) (bytes|kB|MB|GB)", words)
    if not match:
        return 0, False
    return round(float(match[1].replace(",", "")) * UNITS[match[2]]), match[2] == "bytes"


def total(sizes: Iterable[int], growth: float = 1.0) -> str:
    """Say in words what sizes amount to, once each file has grown by a factor; 0 stands for an unknown size.

    >>> total([3_000_000, 1_000_000]), total([3_000_000, 0], growth=2), total([0])
    ('4 MB', 'at least 6 MB', 'size unknown')
    """
    sizes = list(sizes)
    if not any(sizes):
        return "size unknown"
    return ("" if all(sizes) else "at least ") + in_words(sum(sizes) * growth)


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def free(folder: Path) -> int:
    """Free bytes on the disk of a folder that need not exist yet."""
    return shutil.disk_usage(_existing(folder)).free


def disk_of(folder: Path) -> int:
    """The number that the operating system gives to the disk of a folder that need not exist yet."""
    return _existing(folder).stat().st_dev


def need_all(parts: Iterable[tuple[int, Path]], what: str) -> None:
    """Raise CannotFetch unless all the (bytes, folder) fit together, on each disk those that lie there."""
    disks: dict[int, tuple[int, Path]] = {}
    for size, folder in parts:
        before, first = disks.get(disk_of(folder), (0, folder))
        disks[disk_of(folder)] = before + size, first
    for size, folder in disks.values():
        need(size, folder, what)


def need(size: int, folder: Path, what: str) -> None:
    """Raise CannotFetch unless `size` bytes (and a reserve) fit on the disk of `folder`."""
    room = free(folder)
    if size + RESERVE > room:
        raise CannotFetch(
            f"{what} needs {in_words(size)}, but the disk of {folder} has {in_words(room)} left. "
            "Free some space or use --root DIR on another disk; what was fetched so far is kept"
        )
