"""MIT scenes: the official archive is one flat folder; train and test are drawn here, in the published sizes.

Which picture was in which part of the split that the papers used is not published. So within each class the pictures
are ordered by the SHA-256 of their name and the first ones become the test part: the same on every machine. An archive
that has train/<class>/ and test/<class>/ already is taken as it is.
"""

import hashlib
import os
import re
from pathlib import Path

from ..catalog import DataSet
from ..fetch.errors import Mismatch
from .converter import Converter, is_rubbish

UNSORTED = "unsorted"
RENAMED = {"insidecity": "inside_city", "opencountry": "Opencountry", "tallbuilding": "tallbuilding"}
FOLDERS = {"coast", "forest", "highway", "mountain", "street", *RENAMED.values()}


def where(path: str) -> str | None:
    """
    >>> where("spatial_envelope/insidecity_art16.jpg"), where("MIT_split/test/coast/a.jpg"), where("readme.txt")
    ('unsorted/inside_city/insidecity_art16.jpg', 'test/coast/a.jpg', None)
    """
    if is_rubbish(path) or not path.lower().endswith(".jpg"):
        return None
    sorted_already = re.search(r"(?:^|/)((?:train|test)/([^/]+)/[^/]+)$", path)
    if sorted_already:
        return sorted_already[1] if sorted_already[2] in FOLDERS else None
    name = path.rpartition("/")[2]
    prefix = name.partition("_")[0].lower()
    label = RENAMED.get(prefix, prefix)
    return f"{UNSORTED}/{label}/{name}" if label in FOLDERS else None


def finish(folder: Path, entry: DataSet) -> None:
    """Sort the flat pictures into train and test. Raises Mismatch if a class has not as many as both parts need."""
    top = folder / UNSORTED
    if not top.is_dir():
        return
    wanted = {tuple(pattern.split("/")[:2]): count for pattern, count in entry.images.items()}
    for label in sorted({label for _, label in wanted}):
        files = sorted((top / label).glob("*")) if (top / label).is_dir() else []
        n_test, n_train = wanted["test", label], wanted["train", label]
        if len(files) != n_test + n_train:
            raise Mismatch(f"the archive has {len(files)} pictures of {label}, {n_test + n_train} were expected")
        files.sort(key=lambda path: hashlib.sha256(path.name.encode()).digest())
        for part, members in (("test", files[:n_test]), ("train", files[n_test:])):
            (folder / part / label).mkdir(parents=True)
            for path in members:
                os.replace(path, folder / part / label / path.name)
        (top / label).rmdir()
    top.rmdir()


CONVERTER = Converter(where, finish=finish)
