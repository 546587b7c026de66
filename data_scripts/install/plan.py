"""Before anything is fetched: what is at hand, what is missing, its terms, its size, and the room on the disk."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from ..catalog import DataSet, Source, command, folder_of
from ..convert import Converter
from ..fetch import space
from ..fetch.checksums import RECORD
from ..fetch.errors import CannotFetch, Damaged, replaced
from ..fetch.obtain import part_of
from ..fetch.transport import size_of
from .archives import is_archive, listing

STATE = (".part", ".part.json", ".differs", ".fetched", ".lock", RECORD)


@dataclass(frozen=True)
class Plan:
    """given: files that the user brought; fetch: sources for the machine; by_hand: sources that a person has to get."""

    entry: DataSet
    target: Path
    downloads: Path
    given: tuple[Path, ...]
    fetch: tuple[Source, ...]
    by_hand: tuple[Source, ...]
    sizes: dict[str, int]  # file that is fetched -> its bytes, 0: unknown
    growth: float  # about how many bytes come out of one

    @property
    def needs(self) -> list[tuple[int, Path]]:
        """(bytes, folder): what still has to come, and what will be unpacked; as far as sizes are known."""
        to_come = sum(max(0, self.sizes[s.file] - _stored(s, self.downloads)) for s in self.fetch)
        return [(to_come, self.downloads), (round(sum(self._whole()) * self.growth), self.target)]

    def _whole(self) -> list[int]:
        """The bytes of every file that the set is made of, 0: unknown."""
        return [*(path.stat().st_size for path in self.given), *self.sizes.values(), *(0 for _ in self.by_hand)]

    def room(self) -> str:
        """Say what the disk needs while the set is made."""
        if not any(self._whole()):
            return "size unknown"
        needed = space.in_words(sum(size for size, _ in self.needs))
        return f"needs {'about' if all(self._whole()) else 'at least'} {needed} while it is made"


def make_plan(entry: DataSet, root: Path, given: Iterable[Path], converter: Converter, ask: bool = True) -> Plan:
    """Find out what is at hand; `ask`: ask servers for sizes that the catalog does not know.

    Raises CannotFetch for a given file that is not there or has nothing to do with the data set.
    """
    downloads = root / "downloads" / entry.name
    machine = [source for source in entry.sources if not source.by_hand]
    given = (*given, *_dropped(downloads, machine))
    covered: set[str] = set()
    for path in given:
        if not path.is_file():
            raise CannotFetch(f"{path} is not there, or no file")
        try:
            found = covers(path, entry, converter)
        except Damaged as trouble:
            raise Damaged(f"{trouble}; {replaced(path, command('download', entry.name, root))}") from None
        if not found:
            expected = " or ".join(source.file for source in entry.sources)
            raise CannotFetch(f"{path} holds nothing that belongs to {entry.name}; expected is {expected}")
        covered |= found
    missing = [source for source in entry.sources if source.file not in covered]
    fetch = tuple(source for source in missing if not source.by_hand)
    sizes = {source.file: _size(source, downloads, ask) for source in fetch}
    by_hand = tuple(source for source in missing if source.by_hand)
    return Plan(entry, folder_of(entry, root), downloads, given, fetch, by_hand, sizes, converter.growth)


def covers(path: Path, entry: DataSet, converter: Converter) -> set[str]:
    """Return the `file` of each source that this file stands for: by its name, else by what is inside."""
    plain = re.sub(r" ?\(\d+\)(?=\.)", "", path.name)  # browsers number a second download: x (1).zip
    by_name = {source.file for source in entry.sources if fnmatchcase(plain, source.file.rpartition("/")[2])}
    if by_name:
        return by_name
    if converter.reader(path.name):
        return {source.file for source in entry.sources if converter.reader(source.file.rpartition("/")[2])}
    names = listing(path) if is_archive(path) else [path.name]
    targets = {target for name in names if (target := converter.where(name))}
    return {source.file for source in entry.sources if any(target.startswith(source.fills) for target in targets)}


def _dropped(downloads: Path, machine: list[Source]) -> list[Path]:
    """Files that somebody put beside the downloads, for a source that only a person can get."""
    if not downloads.is_dir():
        return []
    patterns = [source.file.rpartition("/")[2] for source in machine]
    return [
        path
        for path in sorted(downloads.iterdir())
        if path.is_file()
        and not path.name.endswith(STATE)
        and ".first-" not in path.name
        and not any(fnmatchcase(path.name, pattern) for pattern in patterns)
    ]


def _stored(source: Source, downloads: Path) -> int:
    paths = (downloads / source.file, part_of(source, downloads))
    return max((path.stat().st_size for path in paths if path.is_file()), default=0)


def _size(source: Source, downloads: Path, ask: bool) -> int:
    if (downloads / source.file).is_file():
        return (downloads / source.file).stat().st_size
    size = space.in_bytes(source.size)[0]
    return size or (size_of(source.addresses[0]) if ask and source.addresses else 0)


def describe_plan(plan: Plan) -> str:
    """Everything a person wants to know before saying yes."""
    entry = plan.entry
    lines = [
        f"{entry.name}: {entry.title}",
        f"  contents  {entry.counts}",
        f"  terms     {entry.terms}",
        f"  cite      {entry.citation}",
    ]
    lines += [f"  take      {path} ({space.in_words(path.stat().st_size)})" for path in plan.given]
    for source in plan.fetch:
        stored = _stored(source, plan.downloads)
        there = " (already here)" if (plan.downloads / source.file).is_file() else ""
        some = f" ({space.in_words(stored)} of it are here)" if stored and not there else ""
        lines.append(f"  fetch     {source.file}, {space.total([plan.sizes[source.file]])}{there or some}")
        lines += [f"            {address}" for address in source.addresses or (source.where,)]
        if any(address.startswith("http:") for address in source.addresses) and not there:
            checked = "its checksum is compared" if source.sha256 or source.md5 else "its contents are counted"
            lines.append(f"            unencrypted (http only): somebody on the way could change it; {checked}")
    for source in plan.by_hand:
        lines += [
            f"  by hand   {source.what}",
            f"            {source.where}",
            f"            then: --from FILE, or put it into {plan.downloads}",
        ]
    lines.append(f"  into      {plan.target}")
    lines.append(f"  disk      {plan.room()}; free: {space.in_words(space.free(plan.target))}")
    if space.disk_of(plan.downloads) != space.disk_of(plan.target):
        lines[-1] += f" there, {space.in_words(space.free(plan.downloads))} on the disk of the downloads"
    return "\n".join(lines)
