"""`verify`: is a data set there, complete and readable? Says what is wrong and what to do."""

from collections import Counter
from collections.abc import Iterator
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from course_utils.datasets.images import SUFFIXES, ImageError, read_image

from ..catalog import DataSet, command, find, folder_of
from ..convert import converter_of
from ..drawn import world_of
from ..fetch.checksums import check
from ..fetch.errors import Mismatch
from .complete import read_note, why_incomplete
from .generate import why_stale
from .partial import Part, in_part

SHOWN = 10  # problems of one kind that are printed


class Verdict(NamedTuple):
    """problems  what is wrong, none if it is sound        part  what is missing of a sound one that is there in part"""

    problems: list[str]
    part: Part | None = None


def verify(name: str, root: Path, profile: str) -> Verdict:
    """Return the problems of one data set below <root>/<profile>, none when it is sound.

    Checks the required files, the number of pictures in each folder, and that every picture decodes; of real data
    also what the files say of each other (lists, labels, captions), and whether a file changed since its download.
    A real set that was put there in part, by hand, is sound if its loader takes that part.
    """
    entry = find(name)
    folder = folder_of(entry, root) if profile == "real" else root / profile / name
    verb = "draw" if profile == "drawn" else "download"
    cure = command(verb, name, root)
    if not folder.is_dir():
        return Verdict([f"{folder} does not exist; {'make' if profile == 'drawn' else 'get'} it with: {cure}"])
    if profile == "real":
        problems, broken = _problems(folder, entry), _broken(folder, entry)
        if problems and not broken and not read_note(folder) and (part := in_part(entry, folder)):
            return Verdict([], part)
        problems += broken
        if not problems and read_note(folder) and (reason := why_incomplete(folder)):
            problems.append(reason)
    else:
        problems = [*_counts(folder, _drawn(name)), *_undecodable(folder, name)]
        if not problems and (reason := why_stale(folder, world_of(name))):
            problems.append(reason)
    if problems:
        problems.append(
            f"to do: draw it again with  {cure}"
            if profile == "drawn"
            else f"to do: fetch it again with  {cure}"
            if entry.place_of == "torch"  # its folder also holds other files: not to be moved
            else f"to do: compare with  {command('list', name, root)}  or move {folder} away and run  {cure}"
        )
    return Verdict(problems)


def _drawn(name: str) -> dict[str, int]:
    """Pattern -> number of pictures of the generated set."""
    pictures = [item.path for item in world_of(name).items() if Path(item.path).suffix in SUFFIXES]
    return dict(Counter(f"{path.rpartition('/')[0]}/*{Path(path).suffix}" for path in pictures))


def problems_of(folder: Path, entry: DataSet) -> list[str]:
    """Return what is wrong with the real files of an entry in `folder`, or missing there."""
    return _problems(folder, entry) + _broken(folder, entry)


def _broken(folder: Path, entry: DataSet) -> list[str]:
    if entry.place_of == "torch":
        return []  # its folder also holds other files
    return _undecodable(folder, entry.name)


def _problems(folder: Path, entry: DataSet) -> list[str]:
    problems = list(_counts(folder, entry.images))
    problems += [f"the file {file} is missing" for file in entry.files if not (folder / file).is_file()]
    if entry.place_of == "torch":
        return problems or list(_checksums(folder, entry))
    if not problems:
        problems += _relations(folder, entry)
    return problems


def _relations(folder: Path, entry: DataSet) -> Iterator[str]:
    """What the files say of each other; a file that cannot be understood is a problem, too."""
    converter = converter_of(entry.name)
    try:
        if entry.numbers:
            counted = converter.numbers(folder)
            for what, wanted in entry.numbers.items():
                if counted.get(what) != wanted:
                    yield f"{what}: {counted.get(what, 'none')}, {wanted} expected"
        yield from converter.problems(folder)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError) as error:
        yield f"its files cannot be understood ({type(error).__name__}: {error})"


def _checksums(folder: Path, entry: DataSet) -> Iterator[str]:
    for source in entry.sources:
        try:
            check(folder / source.file, source)
        except Mismatch as trouble:
            yield str(trouble)


def _counts(folder: Path, expected: dict[str, int | tuple[int, ...]]) -> Iterator[str]:
    for pattern, allowed in expected.items():
        allowed = allowed if isinstance(allowed, tuple) else (allowed,)
        wanted = allowed[0]
        part = folder / pattern.rpartition("/")[0]
        if "*" not in str(part) and not part.is_dir():
            yield f"the folder {part.relative_to(folder)} is missing ({wanted} pictures belong there)"
            continue
        found = sum(1 for _ in folder.glob(pattern))
        if found == 0:
            yield f"{pattern} matches nothing, {wanted} pictures belong there"
        elif found not in allowed:
            less = f"{wanted - found} too few" if found < wanted else f"{found - wanted} too many"
            yield f"{pattern} has {found} pictures, {wanted} expected: {less}"
    parents = {pattern.rpartition("/")[0] for pattern in expected}
    if parents and not any("*" in parent for parent in parents):
        for top in sorted({parent.partition("/")[0] for parent in parents}):
            inside = sorted(p for p in (folder / top).glob("*") if p.is_dir()) if any("/" in p for p in parents) else []
            for stray in inside:
                name = stray.relative_to(folder).as_posix()
                if not any(parent == name or parent.startswith(f"{name}/") for parent in parents):
                    yield f"the folder {name} does not belong here"


def _undecodable(folder: Path, name: str) -> list[str]:
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    with ThreadPool(4) as pool:  # Pillow decodes outside the interpreter lock
        results = list(
            tqdm(pool.imap(_decode, paths, 16), total=len(paths), desc=f"reading {name}", unit="pic", leave=False)
        )
    broken = [f"{p.relative_to(folder)} cannot be read: {why}" for p, why in zip(paths, results, strict=True) if why]
    if len(broken) > SHOWN:
        broken[SHOWN:] = [f"... and {len(broken) - SHOWN} more pictures that cannot be read"]
    return broken


def _decode(path: Path) -> str:
    try:
        read_image(path)  # as a lesson will
    except ImageError as error:
        return error.problem
    return ""
