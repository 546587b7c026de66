"""Draw a set so that it is either absent or complete: into a temporary folder, then one rename.

Every picture has its own seed, so the number of worker processes changes nothing but the time.
"""

import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import time
from pathlib import Path

from tqdm import tqdm

from course_utils.provenance import MANIFEST

from ..drawn import Item, World, world_of
from ..fetch.lock import exclusive
from .complete import put, read_note


class NotOurs(RuntimeError):
    """The target folder holds files that this program did not make."""


def digest(folder: Path, paths: list[str]) -> str:
    """SHA-256 over the names and contents of the files, in sorted order."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.encode() + b"\0" + hashlib.sha256((folder / path).read_bytes()).digest())
    return total.hexdigest()


def why_stale(folder: Path, world: World) -> str | None:
    """Say why the set in `folder` has to be drawn (again); None when it is complete, unchanged and current."""
    manifest = read_note(folder, MANIFEST)
    if manifest is None:
        return "there is no complete set yet"
    expected = {"world": world.name, "version": world.version, "seed": world.seed}
    if any(manifest.get(key) != value for key, value in expected.items()):
        return f"it was drawn by {manifest.get('world')} version {manifest.get('version')}, now {world.version}"
    paths = [item.path for item in world.items()]
    missing = [path for path in paths if not (folder / path).is_file()]
    if missing:
        return f"{len(missing)} of {len(paths)} files are missing, the first is {missing[0]}"
    if digest(folder, paths) != manifest.get("sha256"):
        return "some of its files were changed"
    return None


def generate(
    dataset: str, parent: Path, workers: int | None = None, world: World | None = None, lines: bool = False
) -> str:
    """Make <parent>/<dataset> complete and current; return one line that says what was done.

    Runs at the same time wait for each other. An interrupted run leaves the old state and a temporary folder, which
    the next run removes. OSError (read-only folder, full disk) passes through; NotOurs protects strangers' files.
    """
    world = world or world_of(dataset)
    target = parent / dataset
    if why_stale(target, world) is None:
        return _done(target, world, "is complete, nothing to do")
    parent.mkdir(parents=True, exist_ok=True)
    with exclusive(parent / f".{dataset}.lock", f"{dataset}: another run is drawing it, waiting for that to finish"):
        reason = why_stale(target, world)
        if reason is None:
            return _done(target, world, "was completed by another run")
        if target.exists() and read_note(target, MANIFEST) is None and any(target.iterdir()):
            raise NotOurs(f"{target} holds files that were not drawn by this program; move that folder away first")
        if target.exists():
            print(f"{dataset}: drawing it again, {reason}", flush=True)
        for leftover in (*parent.glob(f".{dataset}.drawing-*"), *parent.glob(f".{dataset}.old-*")):
            _remove(leftover)
        fresh = parent / f".{dataset}.drawing-{os.getpid()}"
        try:
            draw(world, fresh, workers, lines=lines)
            put(fresh, target)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)  # give the space back
            raise
    return _done(target, world, "drawn")


def draw(
    world: World, folder: Path, workers: int | None = None, items: list[Item] | None = None, lines: bool = False
) -> None:
    """Draw the items (default: all) of a world into `folder` and leave the manifest there as the last file.

    lines  show the progress as lines "done total seconds" for another program, not as a bar
    """
    items = world.items() if items is None else items
    for name in sorted({item.path.rpartition("/")[0] for item in items}):
        (folder / name).mkdir(parents=True, exist_ok=True)
    workers = workers or min(os.cpu_count() or 1, 8)
    jobs = [(world, item, folder / item.path) for item in items]
    seconds = round(len(jobs) * 2 / (world.pace * workers))
    bar = (
        Lines(len(jobs), seconds)
        if lines
        else tqdm(total=len(jobs), desc=f"drawing {world.dataset}", unit="pic", mininterval=0.5)
    )
    with bar:
        if workers == 1:
            for job in jobs:
                _make(job)
                bar.update()
        else:
            with multiprocessing.get_context("spawn").Pool(workers, _ignore_interrupt) as pool:
                for _ in pool.imap_unordered(_make, jobs, chunksize=4):
                    bar.update()
    paths = [item.path for item in items]
    manifest = {
        "world": world.name,
        "version": world.version,
        "seed": world.seed,
        "counts": world.counts(),
        "sha256": digest(folder, paths),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


class Lines:
    """Progress for another program to read: "done total seconds", a few times a second at most."""

    def __init__(self, total: int, seconds: int):
        self.done, self.total, self.seconds, self.said = 0, total, seconds, 0.0

    def __enter__(self):
        print(self.done, self.total, self.seconds, flush=True)
        return self

    def __exit__(self, *trouble):
        pass

    def update(self) -> None:
        self.done += 1
        if self.done == self.total or time.monotonic() - self.said > 0.3:
            self.said = time.monotonic()
            print(self.done, self.total, self.seconds, flush=True)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business, which ends the workers


def _remove(folder: Path) -> None:
    """Delete a leftover folder; a worker of a killed run may still write into it for a moment."""
    for attempt in range(10):
        try:
            return shutil.rmtree(folder)
        except OSError:
            if attempt == 9:
                raise
            time.sleep(0.3)


def _make(job: tuple[World, Item, Path]) -> None:
    world, item, path = job
    path.write_bytes(world.paint(item))


def _done(target: Path, world: World, what: str) -> str:
    return f"{world.dataset}: {what} ({len(world.items())} files in {target}, {world.name} version {world.version})"
