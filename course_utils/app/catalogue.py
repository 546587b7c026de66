"""What is known of a folder's pictures: one SQLite file, in which every change is there whole or not at all."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from course_utils.app.folder import File

TABLES = """
create table if not exists about (name text primary key, value text not null);
create table if not exists picture (
    id integer primary key autoincrement, path blob unique not null, size integer, changed integer,
    day text, width integer, height integer, thumbnail blob, problem text);
create table if not exists vector (
    picture integer references picture on delete cascade, encoder text, numbers blob,
    primary key (picture, encoder)) without rowid;
"""


class CatalogueError(RuntimeError):
    """The catalogue cannot be read or written; the message names its file and what to do."""


@dataclass
class Entry:
    """What was read from one file, or why it could not be read. vectors: {encoder: float32 (D,)}."""

    file: File
    day: str = ""
    width: int = 0
    height: int = 0
    thumbnail: bytes | None = None
    vectors: dict[str, np.ndarray] = field(default_factory=dict)
    problem: str | None = None


class Catalogue:
    """Entries in `path`. made_with: what the vectors depend on; a file that was made with something else starts anew.

    Ids are never used twice: a picture that changed gets a new one. Each call opens the file anew, so that any thread
    may ask.
    """

    def __init__(self, path: Path, made_with: str):
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as base:
            there = base.execute("select count(*) from sqlite_master where name = 'about'").fetchone()[0]
            old = there and base.execute("select value from about where name = 'made with'").fetchone()
        self.started_anew = bool(there and (not old or old[0] != made_with))
        if self.started_anew:
            self.path.unlink()
        if self.started_anew or not there:
            with self._open() as base:
                base.executescript(f"begin immediate; {TABLES} commit;")
                base.executemany(
                    "insert or ignore into about values (?, ?)", [("made with", made_with), ("changes", "0")]
                )

    @contextmanager
    def _open(self):
        try:
            base = sqlite3.connect(self.path, timeout=30)
            try:
                base.execute("pragma foreign_keys = on")
                with base:
                    yield base
            finally:
                base.close()
        except sqlite3.DatabaseError as error:
            remedies = {"full": "free some room there", "locked": "wait for the other program that uses it"}
            remedy = next((remedies[word] for word in remedies if word in str(error)), "remove it and index again")
            raise CatalogueError(f"{self.path}: {error}; {remedy}") from error

    def known(self) -> dict[str, File]:
        """Return {path: file as it was when it was read}, unreadable ones included."""
        with self._open() as base:
            rows = base.execute("select path, size, changed from picture").fetchall()
        return {os.fsdecode(path): File(os.fsdecode(path), size, changed) for path, size, changed in rows}

    def put(self, entries: Iterable[Entry]) -> None:
        """Store entries; one whose path is there already takes its place."""
        with self._open() as base:
            for e in entries:
                path = os.fsencode(e.file.path)
                base.execute("delete from picture where path = ?", (path,))
                values = (path, e.file.size, e.file.changed, e.day, e.width, e.height, e.thumbnail, e.problem)
                new = base.execute("insert into picture values (null, ?, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid
                rows = [(new, name, row.astype("<f4").tobytes()) for name, row in e.vectors.items()]
                base.executemany("insert into vector values (?, ?, ?)", rows)
            base.execute("update about set value = value + 1 where name = 'changes'")

    def remove(self, paths: Iterable[str]) -> None:
        """Forget what is known of these paths."""
        rows = [(os.fsencode(path),) for path in paths]
        if not rows:
            return
        with self._open() as base:
            base.executemany("delete from picture where path = ?", rows)
            base.execute("update about set value = value + 1 where name = 'changes'")

    @property
    def changes(self) -> int:
        """How often something was stored or removed: what was made from the catalogue goes stale with it."""
        with self._open() as base:
            return int(base.execute("select value from about where name = 'changes'").fetchone()[0])

    def pictures(self) -> pd.DataFrame:
        """Return a row for each readable picture, in the order of their paths; the index is the id."""
        columns = "id, path, size, changed, day, width, height"
        with self._open() as base:
            rows = base.execute(f"select {columns} from picture where problem is null order by path").fetchall()
        table = pd.DataFrame(rows, columns=columns.split(", ")).set_index("id")
        paths = [os.fsdecode(path) for path in table["path"]]
        return table.assign(path=pd.Series(paths, table.index, dtype=object))  # names may hold what is no Unicode

    def problems(self) -> list[tuple[str, str]]:
        with self._open() as base:
            rows = base.execute("select path, problem from picture where problem is not null order by path").fetchall()
        return [(os.fsdecode(path), problem) for path, problem in rows]

    def vectors(self, encoder: str, ids: Iterable[int]) -> np.ndarray:
        """Return the vectors of pictures, float32 (N, D), in the order of `ids`. KeyError for an id without one."""
        question = "select numbers from vector where picture = ? and encoder = ?"
        with self._open() as base:
            found = [base.execute(question, (int(id), encoder)).fetchone() for id in ids]
        if None in found:
            raise KeyError(f"a picture has no vector of {encoder}; index the folder again")
        return np.stack([np.frombuffer(row[0], "<f4") for row in found])

    def thumbnails(self) -> Iterator[bytes]:
        """Give the small form of each readable picture, in the order of `pictures`."""
        with self._open() as base:
            for row in base.execute("select thumbnail from picture where problem is null order by path"):
                yield row[0]

    def thumbnail(self, id: int) -> bytes | None:
        with self._open() as base:
            row = base.execute("select thumbnail from picture where id = ?", (int(id),)).fetchone()
        return row[0] if row else None
