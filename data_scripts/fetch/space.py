"""Sizes in words, and the room on a disk."""

import re
import shutil
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


def free(folder: Path) -> int:
    """Free bytes on the disk of a folder that need not exist yet."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def need(size: int, folder: Path, what: str) -> None:
    """Raise CannotFetch unless `size` bytes (and a reserve) fit on the disk of `folder`."""
    room = free(folder)
    if size + RESERVE > room:
        raise CannotFetch(
            f"{what} needs {in_words(size)}, but the disk of {folder} has {in_words(room)} left. "
            "Free some space or use --root DIR on another disk; what was fetched so far is kept"
        )
