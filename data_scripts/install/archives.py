"""Unpack zip and tar archives that nobody has to trust: only files, only inside the target, never without bound."""

import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tqdm import tqdm

from ..convert.names import harmless, writable
from ..fetch.errors import Refused
from .members import BLOCK, Bounds, Member, opened


def is_archive(path: Path) -> bool:
    return zipfile.is_zipfile(path) or tarfile.is_tarfile(path)


def unpack(archive: Path, out: Path, where: Callable[[str], str | None], bounds: Bounds | None = None) -> int:
    """Store the members that `where` gives a path below `out` (None: pass over); return how many were stored.

    Raises: Refused for links, devices, paths that leave `out`, duplicates, encryption and anything beyond the bounds;
    Damaged for an archive that is cut off or whose checksums do not fit. `out` then holds part of the files.
    """
    bounds, stored, written = bounds or Bounds.of(archive), 0, 0
    with opened(archive, bounds) as members:
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
    with opened(archive, Bounds.of(archive)) as members:
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
