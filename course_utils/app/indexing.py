"""Bring a catalogue up to date with its folder: read what is new or has changed, forget what has gone.

What was done is stored every few pictures, so an interrupted run goes on where it was.
"""

import os
import warnings
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from tqdm.auto import tqdm

from course_utils.app.catalogue import Catalogue, Entry
from course_utils.app.folder import File, NotInFolder, list_folder, open_inside
from course_utils.app.pictures import Unreadable, as_jpeg, read_upright
from course_utils.datasets.images import fit_square
from course_utils.encoders import ImageEncoder

TOGETHER = 8  # pictures that are read, embedded and stored at a time
VANISHED = "it vanished while the folder was read"


@dataclass
class Report:
    """What an update did, in pictures; print(report) shows it in a few lines.

    new, changed, unchanged   that can be searched      removed   were known, and their files have gone
    unreadable                files that hold no picture that can be read; they are among the problems, too
    problems  (path, why) of what was passed over      others  {suffix: number of files that are no pictures}
    """

    new: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    unreadable: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)
    others: Counter = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = [f"{self.new:,} new, {self.changed:,} changed, {self.removed:,} removed, {self.unchanged:,} as before"]
        if self.unreadable:
            lines[0] += f", {self.unreadable:,} unreadable"
        if self.others:
            kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in self.others.most_common(8))
            lines.append(f"{self.others.total():,} files are no pictures: {kinds}")
        lines += [f"passed over: {printable(path)}: {why}" for path, why in self.problems]
        return "\n".join(lines)


def printable(path: str) -> str:
    """Return a path with question marks for what is no Unicode: names of files may hold any bytes."""
    return path.encode("utf-8", "replace").decode("utf-8")


def embedded(pictures: list[Image.Image], encoders: Mapping[str, ImageEncoder]) -> dict[str, np.ndarray]:
    """Return {encoder: float32 (N, D)}: of each picture the central square at the size that the encoder wants."""
    arrays = [np.asarray(picture) for picture in pictures]
    found = {}
    for name, encoder in encoders.items():
        squares = np.stack([fit_square(array, encoder.image_size) for array in arrays])
        found[name] = encoder.embed(squares, batch_size=TOGETHER, cache=False)
    return found


def least_side(encoders: Mapping[str, ImageEncoder]) -> int:
    """Return how small a picture may be decoded: twice what the encoders see, so that shrinking it stays smooth."""
    return 2 * max(encoder.image_size for encoder in encoders.values())


def update(
    root: Path, catalogue: Catalogue, encoders: Mapping[str, ImageEncoder], workers: int | None = None
) -> Report:
    """Read what is new or changed, with a progress bar, and remove what is gone; return what was done.

    workers  threads, by default one a core; each computes on one core, which is faster than several on one picture
    No file stops it: one that cannot be read is in the report, and is tried again when it has changed.
    """
    listing, known = list_folder(root), catalogue.known()
    there = {file.path: file for file in listing.files}
    todo = [file for file in listing.files if known.get(file.path) != file]
    report = Report(others=listing.others)
    gone = known.keys() - there.keys()
    catalogue.remove(gone)
    report.removed = len(gone)
    chunks = [todo[i : i + TOGETHER] for i in range(0, len(todo), TOGETHER)]
    workers = workers or os.cpu_count() or 1
    with (
        tqdm(total=len(todo), desc="indexing", unit="picture", disable=not todo) as bar,
        warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning),  # we have a bound of our own
        ThreadPoolExecutor(workers, initializer=partial(torch.set_num_threads, 1)) as pool,
    ):
        for entries in pool.map(partial(_read, root, encoders), chunks):
            catalogue.put(entries)
            bar.update(len(entries))
            for entry in (entry for entry in entries if entry.problem is None):
                report.changed += entry.file.path in known
                report.new += entry.file.path not in known
    unreadable = catalogue.problems()
    catalogue.remove(path for path, problem in unreadable if problem == VANISHED)
    report.problems = sorted([*listing.problems, *unreadable])
    report.unreadable = len(unreadable)
    report.unchanged = len(catalogue.pictures()) - report.new - report.changed
    return report


def _read(root: Path, encoders: Mapping[str, ImageEncoder], files: list[File]) -> list[Entry]:
    """Return an entry for each file, in a thread of its own."""
    entries, pictures = [], []
    for file in files:
        entries.append(entry := Entry(file))
        try:
            with open_inside(root, file.path) as opened:
                picture, (entry.width, entry.height), entry.day = read_upright(opened, least_side(encoders))
        except FileNotFoundError:
            entry.problem = VANISHED
        except (Unreadable, NotInFolder) as error:
            entry.problem = str(error)
        except OSError as error:
            entry.problem = f"it cannot be opened ({error.strerror})"
        else:
            entry.thumbnail = as_jpeg(picture)
            pictures.append(picture)
    if pictures:
        vectors, fine = embedded(pictures, encoders), [entry for entry in entries if entry.problem is None]
        for i, entry in enumerate(fine):
            entry.vectors = {name: rows[i] for name, rows in vectors.items()}
    return entries
