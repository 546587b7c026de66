"""Real sets that are there in part, as the loaders take them: flowers without captions, birds of some species."""

from dataclasses import dataclass
from pathlib import Path

from course_utils.datasets import LayoutError, load_birds, load_flowers

from ..catalog import DataSet

LOADERS = {"birds": load_birds, "flowers": load_flowers}


@dataclass(frozen=True)
class Part:
    """missing  how much of the whole set is there, one line each        call  what loads it"""

    missing: tuple[str, ...]
    call: str


def in_part(entry: DataSet, folder: Path) -> Part | None:
    """Return what is missing of a set whose loader takes what is there; None if it is whole, or no loader takes it."""
    load = LOADERS.get(entry.name)
    if load is None or not folder.is_dir():
        return None
    try:
        found = load(str(folder.resolve()), captions="any")  # a whole path in place of a name
    except LayoutError:
        return None
    silent = sum(not sentences for sentences in found.captions)
    counts = (
        ("pictures are there", len(found), sum(entry.images.values())),
        ("species are there", len(found.classes), entry.numbers["species"]),
        ("pictures have captions", len(found) - silent, len(found)),
    )
    missing = [f"{there:,} of {whole:,} {what}" for what, there, whole in counts if there < whole]
    missing += [
        f"the file {file} is missing, which no lesson reads" for file in entry.files if not (folder / file).is_file()
    ]
    options = 'captions="any"' if silent else ""
    return Part(tuple(missing), f"{load.__name__}({options})") if missing else None
