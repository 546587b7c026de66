"""Where the index of a folder lives: in the course's cache or where the student says, never inside the folder."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from course_utils import config


def folders_of(folder: str | Path, index: str | Path | None = None) -> tuple[Path, Path]:
    """Return (folder of pictures, folder of its index), absolute and without links.

    Raises NotADirectoryError without the first, ValueError where the second would lie inside the first.
    """
    folder = Path(folder).expanduser().resolve()
    if not folder.is_dir():
        raise NotADirectoryError(f"there is no folder {folder}; give the path of a folder that holds pictures")
    key = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    place = Path(index).expanduser().resolve() if index else config.cache_dir() / "app" / f"{folder.name}-{key}"
    if place.is_relative_to(folder):
        raise ValueError(
            f"the index would lie in {place}, inside the folder of pictures, where nothing is written; name another "
            "place for it (--index, or index= of Collection)"
        )
    return folder, place


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Keep other programs from changing an index meanwhile. TimeoutError where one is doing so."""
    place.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place / "lock", timeout=0):
            yield
    except Timeout as error:
        raise TimeoutError(f"another program uses the index in {place}; wait until it has finished") from error
