"""A finished folder: the rename that puts it in place, and the note in it: which files there are, of which sizes."""

import hashlib
import json
import os
import shutil
from pathlib import Path

NOTE = ".real.json"


def put(fresh: Path, target: Path) -> None:
    """Put a finished folder in the place of an old one, if there is one."""
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    if target.exists():
        os.replace(target, old)
    os.replace(fresh, target)
    shutil.rmtree(old, ignore_errors=True)


def fingerprint(folder: Path) -> tuple[int, str]:
    """Return (number of files, SHA-256 over their paths and sizes); contents are not read, so it takes seconds."""
    files = sorted(_sizes(folder, ""))
    return len(files), hashlib.sha256("\n".join(f"{path}\t{size}" for path, size in files).encode()).hexdigest()


def _sizes(folder: Path, prefix: str):
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sizes(entry.path, f"{prefix}{entry.name}/")
            elif prefix or entry.name != NOTE:
                yield f"{prefix}{entry.name}", entry.stat().st_size


def write_note(folder: Path, **about) -> None:
    count, digest = fingerprint(folder)
    note = {"files": count, "fingerprint": digest, **about}
    (folder / NOTE).write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")


def read_note(folder: Path, name: str = NOTE) -> dict | None:
    """Return the note that the last step left in a folder; None where there is none or it cannot be read."""
    try:
        note = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return note if isinstance(note, dict) else None


def why_incomplete(folder: Path) -> str | None:
    """Say what changed since the folder was finished; None if nothing did."""
    note = read_note(folder)
    if note is None:
        return "download did not finish it"
    if fingerprint(folder) != (note.get("files"), note.get("fingerprint")):
        return "files were added, removed or changed in size since it was downloaded"
    return None
