"""Unpack zip and tar archives that nobody has to trust: only files, only inside the target, never without bound."""

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

from tqdm import tqdm

from .errors import Damaged, Refused
from .names import harmless, writable

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


def is_archive(path: Path) -> bool:
    return zipfile.is_zipfile(path) or tarfile.is_tarfile(path)


def unpack(archive: Path, out: Path, where: Callable[[str], str | None], bounds: Bounds | None = None) -> int:
    """Store the members that `where` gives a path below `out` (None: pass over); return how many were stored.

    Raises: Refused for links, devices, paths that leave `out`, duplicates, encryption and anything beyond the bounds;
    Damaged for an archive that is cut off or whose checksums do not fit. `out` then holds part of the files.
    """
    bounds, stored, written = bounds or Bounds.of(archive), 0, 0
    with _opened(archive, bounds) as members:
        for member in tqdm(members, desc=f"  unpacking {archive.name}", unit="file", mininterval=0.5):
            path = harmless(member.name)
            if member.kind not in ("file", "folder"):
                raise Refused(f"{archive.name}: {member.name!r} is {member.kind}")
            target = where(path) if member.kind == "file" and path else None
            if target is None:
                continue
            written = _store(member, out / writable(harmless(target)), written, bounds, archive.name)
            stored += 1
    return stored


def listing(archive: Path) -> Iterator[str]:
    """Yield the names of the files in an archive; same errors as `unpack`."""
    with _opened(archive, Bounds.of(archive)) as members:
        yield from (harmless(member.name) for member in members if member.kind == "file")


def _store(member: Member, target: Path, written: int, bounds: Bounds, archive: str) -> int:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        file = open(target, "xb")  # noqa: SIM115  closed below; "x" fails on a name that is taken, in any capitals
    except (FileExistsError, NotADirectoryError):
        raise Refused(f"{archive}: two members are the same file, {member.name!r}") from None
    with file, member.open() as source:
        while block := source.read(BLOCK):
            written += len(block)
            if written > bounds.written:
                raise Refused(f"{archive} unpacks to more than {bounds.written:,} bytes: it would fill the disk")
            file.write(block)
    return written


@contextmanager
def _opened(archive: Path, bounds: Bounds) -> Iterator[Iterator[Member]]:
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
    with zipfile.ZipFile(archive) as opened:
        for info in opened.infolist():
            mode = info.external_attr >> 16
            special = stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)
            kind = "a link or a device" if special else "folder" if info.is_dir() else "file"
            yield Member(info.orig_filename, kind, lambda info=info: opened.open(info))


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
        with tarfile.open(fileobj=meter, mode="r|", tarinfo=_Header) as opened:
            for info in opened:
                plain = info.isreg() and not info.issparse()
                kind = "folder" if info.isdir() else "file" if plain else "a link, a device or a file with holes"
                yield Member(info.name, kind, lambda info=info: opened.extractfile(info))
                opened.members.clear()  # the library keeps every header that it has read
        while meter.read(BLOCK):  # to the end: only there does the compression compare its checksum
            pass
        if meter.last != bytes(tarfile.BLOCKSIZE):
            raise tarfile.ReadError("its end is missing")
