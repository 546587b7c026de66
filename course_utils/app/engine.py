"""The index behind the app: Lance's files where it is installed, else the exact index in memory, and it says which."""

import os
import shutil
from pathlib import Path

import numpy as np

from course_utils.search import Index, KNNIndex, LanceIndex, PackageMissing

IN_MEMORY = "searched exactly in memory, with NumPy, because Lance cannot be used: {}"


def open_index(folder: Path, name: str, ids: np.ndarray, vectors) -> tuple[Index, str]:
    """Return (index of all vectors under their ids, a sentence that says what it is).

    folder, name  where Lance keeps it; made where it is not there
    vectors       a function of nothing that returns float32 (N, D): not asked where the files are there already
    """
    place = folder / name
    try:
        if not place.exists():
            _build(place, ids, vectors())
        return LanceIndex.load(place), "searched exactly in Lance's files"
    except PackageMissing as error:
        index = KNNIndex()
        index.add(vectors(), ids)
        return index, IN_MEMORY.format(error)


def _build(place: Path, ids: np.ndarray, rows: np.ndarray) -> None:
    """Write a new data set beside its place and put it there whole."""
    fresh = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with LanceIndex(fresh) as index:
            index.add(rows, ids)
        if not place.exists():  # another program may have been faster
            fresh.rename(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def remove_old(folder: Path, changes: int) -> None:
    """Remove the data sets that were made before the catalogue's last change."""
    for old in folder.glob("*"):
        if not old.name.endswith(f"-{changes}"):
            shutil.rmtree(old, ignore_errors=True)


def best_among(index: Index, query: np.ndarray, k: int, allowed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and ids of the k best for one query (D,) among allowed ids, fewer where there are fewer; exact.

    More and more are asked for until enough of them are allowed: the first ones of all are the first ones of some.
    """
    k = min(k, len(allowed))
    if k == 0:
        return np.empty(0, np.float32), np.empty(0, np.int64)
    asked = k if len(allowed) == len(index) else min(len(index), 4 * k)
    while True:
        scores, ids = (part[0] for part in index.search(query[None], asked))
        fits = np.isin(ids, allowed)
        if fits.sum() >= k or asked == len(index):
            return scores[fits][:k], ids[fits][:k]
        asked = min(len(index), 8 * asked)
