"""A folder of pictures that can be searched: by picture, by sentence, by both.

mine = Collection("~/Pictures")
print(mine.update())                                   reads what is new; the folder itself stays as it is
search(mine, text="two dogs in the snow")              see searching.py
"""

import os
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from course_utils.app.catalogue import Catalogue
from course_utils.app.duplicates import near_duplicates, small_copy
from course_utils.app.encoders import CLIP, ENCODERS, quick_encoder
from course_utils.app.engine import open_index, remove_old
from course_utils.app.folder import File, NotInFolder, file_of, open_inside
from course_utils.app.indexing import Report, embedded, least_side, printable, update
from course_utils.app.pictures import as_jpeg, read_upright
from course_utils.app.place import alone, folders_of
from course_utils.app.why import Words
from course_utils.checks import check_choice
from course_utils.encoders import load_text_encoder
from course_utils.provenance import fingerprint
from course_utils.search import Index

FORMAT = 1  # of the catalogue and of how pictures are read: another number makes every index anew


class Collection:
    """The pictures of `folder` and their index.

    index  folder of the index, not inside `folder`; None: in the course's cache, one for each folder
    Raises NotADirectoryError without the folder, ValueError for an index inside it.
    """

    def __init__(self, folder: str | Path, index: str | Path | None = None):
        self.folder, self.place = folders_of(folder, index)
        self.encoders = {name: quick_encoder(name) for name in ENCODERS}
        made_with = fingerprint(FORMAT, [[name, encoder.network] for name, encoder in self.encoders.items()])
        self.catalogue = Catalogue(self.place / "catalogue.sqlite", made_with)
        self._look()

    def __len__(self) -> int:
        return len(self.pictures)

    def update(self, workers: int | None = None) -> Report:
        """Bring the index up to date with the folder; see `indexing.update`.

        One program at a time: else TimeoutError.
        """
        with alone(self.place):
            report = update(self.folder, self.catalogue, self.encoders, workers)
            remove_old(self.place / "lance", self.catalogue.changes)
        self._look()
        return report

    def _look(self) -> None:
        """Take note of what the catalogue holds now; indexes and words are made anew when they are asked for."""
        table = self.catalogue.pictures()
        on_disk = pd.to_datetime(table["changed"], unit="ns").dt.strftime("%Y-%m-%d")
        self.pictures = table.assign(
            day=table["day"].where(table["day"] != "", on_disk), folder=table["path"].map(folder_of).astype(object)
        )
        self._indexes, self._words, self._small = {}, None, None

    @property
    def folders(self) -> list[str]:
        """All sub-folders that hold a picture, themselves or further below."""
        return sorted({part for folder in set(self.pictures["folder"]) for part in _upwards(folder)})

    def index(self, encoder: str = CLIP) -> tuple[Index, str]:
        """Return (index of all pictures by an encoder, a sentence that says what searches there)."""
        check_choice("encoder", encoder, self.encoders)
        if encoder not in self._indexes:
            name = f"{encoder}-{self.catalogue.changes}"
            self._indexes[encoder] = open_index(
                self.place / "lance", name, self.pictures.index.to_numpy(), lambda: self.vectors(encoder)
            )
        return self._indexes[encoder]

    def vectors(self, encoder: str = CLIP, ids=None) -> np.ndarray:
        """Return the vectors of pictures, of all without ids: float32 (N, D)."""
        return self.catalogue.vectors(encoder, self.pictures.index if ids is None else ids)

    def vector_of(self, picture: int | str | Path | BinaryIO, encoder: str = CLIP) -> np.ndarray:
        """Return the vector (D,) of a picture: an id, or any file, read as the folder's are.

        Raises KeyError for an unknown id, Unreadable (which says why) or OSError for a file.
        """
        check_choice("encoder", encoder, self.encoders)
        if isinstance(picture, int | np.integer):
            return self.vectors(encoder, [picture])[0]
        image, *_ = read_upright(picture, least_side(self.encoders))
        return embedded([image], {encoder: self.encoders[encoder]})[encoder][0]

    @property
    def words(self) -> Words:
        """The list of words that describes pictures, fitted to this folder."""
        if self._words is None:
            self._words = Words(self.sentences).fit(self.vectors(CLIP))
        return self._words

    @cached_property
    def sentences(self):
        """The encoder of sentences, loaded when it is first asked for."""
        return load_text_encoder(CLIP)

    def chosen(self, folder: str = "", since: str = "", until: str = "") -> np.ndarray:
        """Return the ids of pictures in a sub-folder (and below it) whose day, "YYYY-MM-DD", is in since..until."""
        table = self.pictures
        keep = pd.Series(True, table.index)
        if folder:
            keep &= (table["folder"] == folder) | table["folder"].str.startswith(f"{folder}/")
        if since:
            keep &= table["day"] >= date.fromisoformat(since).isoformat()
        if until:
            keep &= table["day"] <= date.fromisoformat(until).isoformat()
        return table.index[keep].to_numpy()

    def duplicates(self, threshold: float = 0.95, encoder: str = "efficientnet_lite0") -> list[list[int]]:
        """Return groups of ids of pictures that hardly differ, the largest first; see `near_duplicates`.

        Copies in another size are among them at every threshold.
        """
        check_choice("encoder", encoder, self.encoders)
        if not len(self):
            return []
        if self._small is None:
            self._small = np.stack([small_copy(content) for content in self.catalogue.thumbnails()])
        ids = self.pictures.index
        return [ids[group].tolist() for group in near_duplicates(self.vectors(encoder), threshold, self._small)]

    def preview(self, id: int, side: int = 1024) -> bytes:
        """Return a picture, read from its file now, as a JPEG of at most `side` pixels.

        Raises KeyError for an unknown id, NotInFolder for a link and for a file that is not the one that was indexed,
        OSError or Unreadable where it cannot be read.
        """
        row = self.pictures.loc[id]
        with open_inside(self.folder, row["path"]) as file:
            now = os.fstat(file.fileno())
            if file_of(row["path"], now) != File(row["path"], row["size"], row["changed"]):
                raise NotInFolder(f"{printable(row['path'])} has changed since it was indexed; index the folder again")
            return as_jpeg(read_upright(file, side)[0], side)


def folder_of(path: str) -> str:
    """Return the sub-folder that a picture lies in, "" for the folder itself."""
    return path.rpartition("/")[0]


def _upwards(folder: str) -> list[str]:
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]
