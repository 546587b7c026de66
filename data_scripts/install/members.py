"""The members of zip and tar archives, one after the other, with what each of them is."""

import bz2
import gzip
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..fetch.errors import Damaged, Refused

BLOCK = 1 << 20
COMPRESSED = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7z": lzma.open}
EXTENDED = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
LARGEST_HEADER = 1 << 16  # of a member's long name or extended attributes
BROKEN = (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)


@dataclass(frozen=True)
class Bounds:
    """What a member or an archive may at most amount to, counted while reading, whatever its headers claim."""

    members: int = 2_000_000
    written: int = 200 * 10**9  # bytes that are stored
    read: int = 2 * 10**12  # bytes after decompression, also of members that are not stored

    @classmethod
    def of(cls, archive: Path) -> "Bounds":
        """Pictures hardly compress; captions do, 10 to 20 times, and features that are passed over even more."""
        size = archive.stat().st_size
        return cls(written=max(64 << 20, 20 * size), read=max(256 << 20, 300 * size))


@dataclass(frozen=True)
class Member:
    name: str
    kind: str  # "file", "folder", or what else it is, in words
    open: Callable[[], IO[bytes]] | None = None


@contextmanager
def opened(archive: Path, bounds: Bounds) -> Iterator[Iterator[Member]]:
    """Open either kind; errors of the libraries become ours, with the archive's name."""
    try:
        with open(archive, "rb") as file:
            start = file.read(4)
        members = _zip(archive) if start[:2] == b"PK" else _tar(archive, start, bounds)
        with closing(members):  # the archive is closed now, not when the last traceback is forgotten
            yield _counted(members, archive, bounds)
    except BROKEN as error:
        raise Damaged(f"{archive.name} is damaged or incomplete ({error})") from None
    except Refused as error:
        raise error if archive.name in str(error) else Refused(f"{archive.name}: {error}") from None
    except (RuntimeError, NotImplementedError) as error:  # zipfile: a password, an unknown method
        raise Refused(f"{archive.name} cannot be unpacked: {error}") from None


def _counted(members: Iterator[Member], archive: Path, bounds: Bounds) -> Iterator[Member]:
    for count, member in enumerate(members):
        if count >= bounds.members:
            raise Refused(f"{archive.name} holds more than {bounds.members:,} members")
        yield member


def _zip(archive: Path) -> Iterator[Member]:
    with zipfile.ZipFile(archive) as archived:
        for info in archived.infolist():
            mode = info.external_attr >> 16
            special = stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)
            kind = "a link or a device" if special else "folder" if info.is_dir() else "file"
            yield Member(info.orig_filename, kind, lambda info=info: archived.open(info))


class _Header(tarfile.TarInfo):
    """A tar header that does not make the library read gigabytes of "long name" into memory."""

    @classmethod
    def frombuf(cls, buf, encoding, errors):
        header = super().frombuf(buf, encoding, errors)
        extended = header.type in EXTENDED
        if (extended and header.size > LARGEST_HEADER) or not (extended or header.type in tarfile.SUPPORTED_TYPES):
            raise Refused(f"a tar header claims what no data set needs (type {header.type!r}, {header.size:,} bytes)")
        return header


class _Meter:
    """A decompressed stream that stops at a number of bytes."""

    def __init__(self, stream: IO[bytes], most: int):
        self.stream, self.left, self.last = stream, most, b""

    def read(self, size: int) -> bytes:
        block = self.stream.read(size)
        self.last = (self.last + block)[-tarfile.BLOCKSIZE :]
        self.left -= len(block)
        if self.left < 0:
            raise Refused("it decompresses to far more than its size explains")
        return block


def _tar(archive: Path, start: bytes, bounds: Bounds) -> Iterator[Member]:
    opener = next((o for magic, o in COMPRESSED.items() if start.startswith(magic)), open)
    with opener(archive, "rb") as stream:
        meter = _Meter(stream, bounds.read)
        with tarfile.open(fileobj=meter, mode="r|", tarinfo=_Header) as archived:
            for info in archived:
                plain = info.isreg() and not info.issparse()
                kind = "folder" if info.isdir() else "file" if plain else "a link, a device or a file with holes"
                yield Member(info.name, kind, lambda info=info: archived.extractfile(info))
                archived.members.clear()  # the library keeps every header that it has read
        while meter.read(BLOCK):  # to the end: only there does the compression compare its checksum
            pass
        if meter.last != bytes(tarfile.BLOCKSIZE):
            raise tarfile.ReadError("its end is missing")
