"""fastText's published model: all vectors and the pieces of words, as one binary file."""

import gzip
import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..fetch.errors import Damaged
from .converter import Converter, named

BINARY = "cc.en.300.bin"
MAGIC = 793_712_314  # the first four bytes of every fastText model


def _gunzip(file: Path, folder: Path) -> None:
    try:
        with gzip.open(file) as source, open(folder / BINARY, "wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Damaged(f"{file.name} is damaged or incomplete ({error})") from None


def _problems(folder: Path) -> Iterator[str]:
    if (folder / BINARY).is_file():
        with open(folder / BINARY, "rb") as file:
            if file.read(4) != struct.pack("<i", MAGIC):
                yield f"{BINARY} is no fastText model"


CONVERTER = Converter(lambda path: named(path, BINARY), {"*.bin.gz": _gunzip}, problems=_problems, growth=2.0)
