"""A lock on a file that the operating system lets go of when its process ends, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt
    import time


@contextmanager
def exclusive(path: Path, waiting: str = "") -> Iterator[None]:
    """Hold the lock file `path`; while another process holds it, print `waiting` once and wait."""
    with open(path, "a+b") as file:
        if not _acquire(file, wait=False):
            if waiting:
                print(waiting, flush=True)
            _acquire(file, wait=True)
        yield  # closing the file releases the lock


def _acquire(file, wait: bool) -> bool:
    if fcntl:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
    while True:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        except OSError:
            if not wait:
                return False
            time.sleep(0.5)
