"""Make a real data set complete: fetch, unpack into a folder of its own, check everything, and one rename at the end.

Whatever stops it before that rename, the data set is absent and what was fetched is kept for the next try.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..catalog import DataSet, Source, command, folder_of
from ..convert import Converter, converter_of
from ..convert.first_words import WORDS
from ..fetch import space
from ..fetch.checksums import check, check_first_use, record_first_use
from ..fetch.errors import CannotFetch, Mismatch, replaced
from ..fetch.hub import expand
from ..fetch.lock import exclusive
from ..fetch.obtain import FETCHED, obtain
from ..fetch.transfer import Patience
from ..fetch.transport import PATIENCE
from .build import build
from .complete import read_note, why_incomplete
from .generate import NotOurs
from .plan import Plan, make_plan
from .verify import problems_of


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
    target = folder_of(entry, root)
    if complete(entry, root, words):
        return f"{entry.name}: is complete, nothing to do ({target})"
    downloads = root / "downloads" / entry.name
    downloads.mkdir(parents=True, exist_ok=True)
    with exclusive(downloads / ".lock", f"{entry.name}: another run is fetching it, waiting for that to finish"):
        if complete(entry, root, words):
            return f"{entry.name}: was completed by another run ({target})"
        if entry.place_of != "torch" and target.exists() and read_note(target) is None and any(target.iterdir()):
            raise NotOurs(
                f"{target} holds files that download did not put there. Are they the data set? See:  "
                f"COURSE_PROFILE=real {command('verify', entry.name, root)}  If not, move that folder away first"
            )
        converter = converter_of(entry.name, words)
        plan = make_plan(entry, root, given, converter, ask=False)
        files = _files(plan, patience, converter)
        space.need(round(sum(path.stat().st_size for path in files.values()) * converter.growth), target, entry.name)
        build(entry, converter, files, target, _settings(converter), command("download", entry.name, root))
        record_first_use(files, downloads.parent, entry.name)
        if not keep:
            _tidy(downloads)
    return f"{entry.name}: complete and verified ({target})"


def _settings(converter: Converter) -> dict:
    return {"words": converter.words} if converter.words else {}


def complete(entry: DataSet, root: Path, words: int = WORDS) -> bool:
    """Whether an earlier download finished the set and nothing changed since."""
    target = folder_of(entry, root)
    if entry.place_of == "torch":
        return not problems_of(target, entry)
    if (note := read_note(target)) is None:
        return False
    wanted = _settings(converter_of(entry.name, words)).items()
    return all(note.get(k) == v for k, v in wanted) and why_incomplete(target) is None


def _files(plan: Plan, patience: Patience, converter: Converter) -> dict[str, Path]:
    """Return all files of the data set, name -> path. Raises CannotFetch if one cannot be had.

    What only a person can get is asked for first: nobody shall wait for gigabytes and then learn what is missing.
    """
    if plan.by_hand:
        wanted = "; ".join(f"{source.what}: {source.where}" for source in plan.by_hand)
        raise CannotFetch(
            f"{plan.entry.name} needs what no program can fetch: {wanted}. "
            f"Put it into {plan.downloads} and run the same command again, or give it with --from FILE"
        )
    files = {path.name: path for path in plan.given}
    if len(files) < len(plan.given):
        raise CannotFetch("two of the given files have the same name; rename one of them")
    by_name = {source.file: source for source in plan.entry.sources}
    for name, path in files.items():
        source = by_name.get(name, Source("", "", file=name))
        _accept(path, source, plan)
    for source in plan.fetch:
        if converter.looking:
            part = replace(source, file=f"{source.file}.first-{converter.words}")
            files[part.file] = obtain(part, plan.downloads, plan.entry.name, patience, converter.looking)
            continue
        for one in expand(source) if source.hub else [source]:
            path = files[one.file] = obtain(one, plan.downloads, plan.entry.name, patience)
            if not (plan.downloads / (one.file + FETCHED)).is_file():
                _accept(path, one, plan)  # somebody put it there
    return files


def _accept(path: Path, source: Source, plan: Plan) -> None:
    """A file from elsewhere passes the same checks as a fetched one."""
    try:
        check(path, source)
        check_first_use(path, source, plan.downloads.parent, plan.entry.name)
    except Mismatch as trouble:
        again = command("download", plan.entry.name, plan.downloads.parents[1])
        todo = (
            f"delete that file and fetch it again with:  {again}"
            if path.parent == plan.downloads
            else replaced(path, again)
        )
        raise CannotFetch(f"{path} was not taken: {trouble}; {todo}") from None


def _tidy(downloads: Path) -> None:
    """Remove what was fetched; what a person put there stays."""
    for mark in downloads.glob(f"*{FETCHED}"):
        mark.with_name(mark.name.removesuffix(FETCHED)).unlink(missing_ok=True)
        mark.unlink()
