"""Arrays kept on disk: computed once; a large one is not held in memory but read through its file (memory-mapped)."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np

from course_utils import config
from course_utils.files import write_whole

LARGE = 256 << 20  # bytes; a larger array stays on disk


def is_large(n_bytes: int) -> bool:
    return n_bytes > LARGE


def stored(
    key: str, rows: int, compute: Callable[[int, int], np.ndarray], folder: str = "embeddings", step: int = 8192
) -> np.ndarray:
    """Return the array of `rows` rows that is stored under `key`, or compute and store it.

    compute(i, j)  returns rows i to j - 1. It is asked for `step` rows at a time, which go to the file at once: memory
                   holds no more than that
    folder         below config.cache_dir()
    An array of more than LARGE bytes comes back memory-mapped, as np.memmap: it looks like any other, its pages are
    read when they are used, and what a program writes into it stays its own and does not reach the file.

    A file that cannot be read is computed anew. Where the cache cannot be written (a full disk, a read-only folder)
    the array is returned all the same: the cache saves time and memory and never decides whether a lesson runs.
    """
    path = config.cache_dir() / folder / f"{key}.npy"
    if (array := _read(path, rows)) is not None:
        return array

    def write(fresh: Path) -> None:
        with open(fresh, "wb") as file:
            for i in range(0, rows, step):
                part = np.ascontiguousarray(compute(i, min(i + step, rows)))
                if i == 0:
                    shape = (rows, *part.shape[1:])
                    header = {"descr": np.lib.format.dtype_to_descr(part.dtype), "fortran_order": False, "shape": shape}
                    np.lib.format.write_array_header_1_0(file, header)
                    first = part
                _check_part(key, i, part, first)
                file.write(part)

    with suppress(OSError):
        write_whole(path, write)
        if (array := _read(path, rows)) is not None:
            return array
    parts = [compute(i, min(i + step, rows)) for i in range(0, rows, step)]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _check_part(key: str, start: int, part: np.ndarray, first: np.ndarray) -> None:
    """Raise TypeError unless a part has the kind of numbers and the row shape of the first: the file has one header."""
    if (part.dtype, part.shape[1:]) != (first.dtype, first.shape[1:]):
        raise TypeError(
            f"{key}: rows from {start} are {part.dtype} {part.shape[1:]}, the first ones {first.dtype} "
            f"{first.shape[1:]}; compute must always return the same kind"
        )


def _read(path, rows: int) -> np.ndarray | None:
    try:
        mode = "c" if is_large(path.stat().st_size) else None
        array = np.load(path, allow_pickle=False, mmap_mode=mode)
    except (OSError, ValueError, EOFError):
        return None  # not there, or cut short by an interruption in the past
    return array if array.ndim and len(array) == rows else None
