"""`list`: the table of data sets, or everything about one of them."""

from pathlib import Path

from .catalog import DataSet, catalog
from .mini import drawable, world_of


def overview(root: Path) -> str:
    """One line a data set: name, lessons, whether it can be drawn, which forms lie below `root`."""
    lines = [f"{'data set':<18}{'lessons':<12}{'mini':<12}{'present':<14}what"]
    for entry in catalog().values():
        mini = world_of(entry.name).name if entry.name in drawable() else "-"
        present = " ".join(p for p in ("mini", "full") if (root / p / entry.name).is_dir()) or "-"
        lines.append(f"{entry.name:<18}{' '.join(entry.lessons):<12}{mini:<12}{present:<14}{entry.title}")
    lines.append(f"\nfolders: {root}/<mini or full>/<data set>.  Details: python -m data_scripts list NAME")
    return "\n".join(lines)


def describe(entry: DataSet, root: Path) -> str:
    """Everything about one data set, with where to get it and into which folder to put it."""
    if entry.name in drawable():
        world = world_of(entry.name)
        mini = (
            f"drawn by the world {world.name!r}: python -m data_scripts mini {entry.name}  ({len(world.items())} files)"
        )
    else:
        mini = "no world draws it yet"
    lines = [f"{entry.name}: {entry.title}", ""]
    lines += [f"  {label:<11}{text}" for label, text in (
        ("lessons", ", ".join(entry.lessons)), ("contents", entry.counts), ("terms", entry.terms),
        ("cite", entry.citation), ("mini", mini),
    )]  # fmt: skip
    lines += ["", "  the real data set (COURSE_PROFILE=full)", "    get"]
    for source in entry.sources:
        lines.append(f"      {source.what}{f' ({source.size})' if source.size else ''}")
        lines.append(f"        {source.where}")
        sums = (("SHA256", source.sha256), ("MD5", source.md5))
        lines += [f"        {kind} {value}" for kind, value in sums if value]
        if not (source.sha256 or source.md5):
            lines.append("        no published checksum: compare the counts")
    lines += ["    put it into", f"      {root / 'full' / entry.name}", f"      {entry.place}", "    layout"]
    lines += [f"      {line}" for line in entry.layout]
    if entry.traps:
        lines += ["    beware", *(f"      {trap}" for trap in entry.traps)]
    lines += ["    then", f"      COURSE_PROFILE=full python -m data_scripts verify {entry.name}"]
    return "\n".join(lines)
