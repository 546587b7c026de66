"""Make a real data set complete: fetch, unpack into a folder of its own, check everything, and one rename at the end.

Whatever stops it before that rename, the data set is absent and what was fetched is kept for the next try.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..catalog import DataSet, Source, folder_of
from ..convert import Converter, converter_of
from ..generate import NotOurs
from ..lock import exclusive
from ..verify import problems_of
from . import space
from .archives import is_archive, unpack
from .checksums import check, check_first_use, record_first_use
from .complete import read_note, why_incomplete, write_note
from .errors import CannotFetch, Damaged, Mismatch
from .hub import expand
from .obtain import FETCHED, obtain
from .plan import Plan, make_plan
from .transport import PATIENCE, Patience
from .words import WORDS, Enough


def install(
    entry: DataSet,
    root: Path,
    given: Iterable[Path] = (),
    *,
    patience: Patience = PATIENCE,
    keep: bool = False,
    words: int = WORDS,
) -> str:
    """Make the folder of `entry` complete and return one line that says what was done.

    given: files that the user fetched by hand. keep: leave fetched archives in <root>/downloads/<name> afterwards.
    Runs at the same time wait for each other. Raises CannotFetch, NotOurs, OSError of the disk.
    """
    target, settings = folder_of(entry, root), {"words": words} if entry.name == "fasttext" else {}
    if _complete(entry, target, settings):
        return f"{entry.name}: is complete, nothing to do ({target})"
    downloads = root / "downloads" / entry.name
    downloads.mkdir(parents=True, exist_ok=True)
    with exclusive(downloads / ".lock", f"{entry.name}: another run is fetching it, waiting for that to finish"):
        if _complete(entry, target, settings):
            return f"{entry.name}: was completed by another run ({target})"
        if entry.place_of != "torch" and target.exists() and read_note(target) is None and any(target.iterdir()):
            raise NotOurs(
                f"{target} holds files that download did not put there. Are they the data set? See:  "
                f"COURSE_PROFILE=full python -m data_scripts verify {entry.name}.  If not, move that folder away first"
            )
        converter = converter_of(entry.name, words)
        plan = make_plan(entry, root, given, converter, ask=False)
        files = _files(plan, patience, words)
        space.need(round(sum(path.stat().st_size for path in files.values()) * converter.growth), target, entry.name)
        _build(entry, converter, files, target, settings)
        record_first_use(files, downloads.parent, entry.name)
        if not keep:
            _tidy(downloads)
    return f"{entry.name}: complete and verified ({target})"


def _complete(entry: DataSet, target: Path, settings: dict) -> bool:
    if entry.place_of == "torch":
        return not problems_of(target, entry)
    note = read_note(target)
    return note is not None and all(note.get(k) == v for k, v in settings.items()) and why_incomplete(target) is None


def _files(plan: Plan, patience: Patience, words: int) -> dict[str, Path]:
    """Return all files of the data set, name -> path. Raises CannotFetch if one cannot be had."""
    files = {path.name: path for path in plan.given}
    if len(files) < len(plan.given):
        raise CannotFetch("two of the given files have the same name; rename one of them")
    by_name = {source.file: source for source in plan.entry.sources}
    for name, path in files.items():
        source = by_name.get(name, Source("", "", file=name))
        _accept(path, source, plan)
    for source in plan.fetch:
        if plan.entry.name == "fasttext":
            part = replace(source, file=f"{source.file}.first-{words}")
            files[part.file] = obtain(part, plan.downloads, plan.entry.name, patience, Enough(words))
            continue
        for one in expand(source) if source.hub else [source]:
            path = files[one.file] = obtain(one, plan.downloads, plan.entry.name, patience)
            if not (plan.downloads / (one.file + FETCHED)).is_file():
                _accept(path, one, plan)  # somebody put it there
    if plan.by_hand:
        kept = f" ({', '.join(files)} {'is' if len(files) == 1 else 'are'} here already)" if files else ""
        wanted = "; ".join(f"{source.what}: {source.where}" for source in plan.by_hand)
        raise CannotFetch(
            f"{plan.entry.name} also needs what no program can fetch{kept}: {wanted}. "
            f"Put it into {plan.downloads} and run the same command again, or give it with --from FILE"
        )
    return files


def _accept(path: Path, source: Source, plan: Plan) -> None:
    """A file from elsewhere passes the same checks as a fetched one."""
    try:
        check(path, source)
        check_first_use(path, source, plan.downloads.parent, plan.entry.name)
    except Mismatch as trouble:
        raise CannotFetch(f"{path} was not taken: {trouble}") from None


def _build(entry: DataSet, converter: Converter, files: dict[str, Path], target: Path, settings: dict) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (*target.parent.glob(f".{entry.name}.making-*"), *target.parent.glob(f".{entry.name}.old-*")):
        shutil.rmtree(leftover)
    fresh = target.parent / f".{entry.name}.making-{os.getpid()}"
    try:
        fresh.mkdir()
        for name, path in sorted(files.items()):
            _take(name, path, fresh, converter)
        converter.finish(fresh, entry)
        if problems := problems_of(fresh, entry):
            raise CannotFetch(
                "\n  ".join((f"{entry.name} was not put in place, it is not what the catalog describes:", *problems))
                + f"\n  the files are kept ({', '.join(str(path) for path in files.values())}); if their "
                "publisher changed them, correct the entry in data_scripts/entries*.py and run the same command again"
            )
        if entry.place_of != "torch":
            write_note(fresh, **settings)
        _put(entry, fresh, target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)  # give the space back
        raise


def _take(name: str, path: Path, fresh: Path, converter: Converter) -> None:
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
            raise Damaged(f"{trouble}; it was thrown away, the same command fetches it again") from None
        raise


def _put(entry: DataSet, fresh: Path, target: Path) -> None:
    if entry.place_of == "torch":  # a folder shared with other programs
        target.mkdir(exist_ok=True)
        for name in entry.files:
            os.replace(fresh / name, target / name)
        shutil.rmtree(fresh)
        return
    old = target.parent / f".{entry.name}.old-{os.getpid()}"
    if target.exists():
        os.replace(target, old)
    os.replace(fresh, target)
    shutil.rmtree(old, ignore_errors=True)


def _tidy(downloads: Path) -> None:
    """Remove what was fetched; what a person put there stays."""
    for mark in downloads.glob(f"*{FETCHED}"):
        mark.with_name(mark.name.removesuffix(FETCHED)).unlink(missing_ok=True)
        mark.unlink()
