"""Unpack and check a data set in a folder of its own; one rename puts it in place."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from ..catalog import DataSet
from ..convert import Converter
from ..fetch.errors import CannotFetch, Damaged, replaced
from ..fetch.obtain import FETCHED
from .archives import is_archive, unpack
from .complete import put, write_note
from .verify import problems_of


def build(
    entry: DataSet, converter: Converter, files: dict[str, Path], target: Path, settings: dict, again: str
) -> None:
    """Make `target` from the files; `again` is the command that fetches them. Raises CannotFetch, OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (*target.parent.glob(f".{entry.name}.making-*"), *target.parent.glob(f".{entry.name}.old-*")):
        shutil.rmtree(leftover)
    fresh = target.parent / f".{entry.name}.making-{os.getpid()}"
    try:
        fresh.mkdir()
        for name, path in sorted(files.items()):
            _take(name, path, fresh, converter, again)
        converter.finish(fresh, entry)
        if problems := problems_of(fresh, entry):
            raise CannotFetch(
                "\n  ".join((f"{entry.name} was not put in place, it is not what the catalog describes:", *problems))
                + f"\n  the files are kept ({', '.join(str(path) for path in files.values())}); if their "
                "publisher changed them, correct the entry in data_scripts/catalog/ and run the same command again"
            )
        if entry.place_of == "torch":  # a folder shared with other programs
            _put_among_others(fresh, entry.files, target)
        else:
            write_note(fresh, **settings)
            put(fresh, target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)  # give the space back
        raise


def _take(name: str, path: Path, fresh: Path, converter: Converter, again: str) -> None:
    """Bring one file into the new folder, by its reader, as an archive, or as it is."""
    try:
        if reader := converter.reader(name):
            reader(path, fresh)
        elif is_archive(path) and converter.where(name) is None:
            unpack(path, fresh, converter.where)
        elif place := converter.where(name):
            (fresh / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, fresh / place)
        else:
            raise Damaged(f"{name} is no archive")
    except Damaged as trouble:
        if path.with_name(path.name + FETCHED).is_file():
            path.unlink()
            path.with_name(path.name + FETCHED).unlink()
            raise Damaged(f"{trouble}; it was thrown away. Fetch it again with:  {again}") from None
        raise Damaged(f"{trouble}; {replaced(path, again)}") from None


def _put_among_others(fresh: Path, files: Iterable[str], target: Path) -> None:
    target.mkdir(exist_ok=True)
    for name in files:
        os.replace(fresh / name, target / name)
    shutil.rmtree(fresh)
