"""Is this file the right one? Published checksums where there are any; elsewhere the first download is recorded.

The record is a text file, <root>/downloads/first_use.json. A later download that differs is set aside, not used.
"""

import hashlib
import json
from pathlib import Path

from course_utils.files import write_whole

from ..catalog import Source
from .errors import Mismatch
from .lock import exclusive
from .space import in_bytes

RECORD = "first_use.json"


def hash_file(path: Path, kind: str = "sha256") -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, kind).hexdigest()


def check(path: Path, source: Source) -> None:
    """Compare a file with what its publisher says of it. Raises Mismatch; the file stays as it is."""
    size, exact = in_bytes(source.size)
    if exact and path.stat().st_size != size:
        raise Mismatch(f"{path.name} has {path.stat().st_size:,} bytes, {size:,} were expected")
    for kind, wanted in (("sha256", source.sha256 or source.sha256_start), ("md5", source.md5)):
        if wanted and not (found := hash_file(path, kind)).startswith(wanted):
            raise Mismatch(f"{path.name} is damaged or another file: its {kind.upper()} is {found}, not {wanted}")


def published(source: Source) -> bool:
    """Whether the publisher gives a checksum."""
    return bool(source.sha256 or source.sha256_start or source.md5)


def check_first_use(path: Path, source: Source, folder: Path, dataset: str) -> None:
    """Compare a file without published checksum with the one that was used first. Raises Mismatch."""
    if published(source):
        return
    recorded = _read(folder).get(dataset, {}).get(source.file)
    if recorded and hash_file(path) != recorded:
        raise Mismatch(
            f"{path.name} differs from the one that was first used here (its SHA256 is not {recorded}). If its "
            f"publisher changed it and you trust the new one, delete the line of {source.file} in {folder / RECORD}"
        )


def record_first_use(files: dict[str, Path], folder: Path, dataset: str) -> None:
    """Remember the SHA256 of the files (source's file name -> path) of a data set that was found complete."""
    found = {name: hash_file(path) for name, path in files.items()}
    folder.mkdir(parents=True, exist_ok=True)
    with exclusive(folder / f".{RECORD}.lock"):  # all data sets share the record
        record = _read(folder)
        record[dataset] = found | record.get(dataset, {})
        write_whole(folder / RECORD, (json.dumps(record, indent=1, sort_keys=True) + "\n").encode())


def _read(folder: Path) -> dict:
    path = folder / RECORD
    if not path.is_file():
        return {}
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Mismatch(f"{path} cannot be read ({error}); mend or delete it") from None
    return record if isinstance(record, dict) else {}
