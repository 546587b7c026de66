"""Fashion200k: women/ and labels/, in one archive or several, and the list of test queries."""

from collections.abc import Iterator
from pathlib import Path

from .captions import lines
from .converter import Converter, absent, below, named

QUERIES = "test_queries.txt"
LABELS = {
    (g, part): f"{g}_{part}_detect_all.txt"
    for g in ("dress", "jacket", "pants", "skirt", "top")
    for part in ("train", "test")
}


def where(path: str) -> str | None:
    """
    >>> where("women/dresses/casual/5172/5172_0.jpeg"), where("fashion200k/labels/top_test_detect_all.txt")
    ('women/dresses/casual/5172/5172_0.jpeg', 'labels/top_test_detect_all.txt')
    """
    if (picture := below(path, "women")) and picture.lower().endswith((".jpeg", ".jpg")):
        return picture
    if label := named(path, *LABELS.values()):
        return f"labels/{label}"
    return named(path, QUERIES)


def _listed(folder: Path, part: str) -> list[str]:
    files = [folder / "labels" / name for (_, p), name in LABELS.items() if p == part]
    return [line.split("\t")[0] for file in files for line in lines(file)]


def numbers(folder: Path) -> dict[str, int]:
    return {f"{part} pictures": len(_listed(folder, part)) for part in ("train", "test")} | {
        "test queries": len(lines(folder / QUERIES))
    }


def problems(folder: Path) -> Iterator[str]:
    for part in ("train", "test"):
        yield from absent(f"{part} pictures of the labels", _listed(folder, part), folder)
    pairs = [line.split() for line in lines(folder / QUERIES)]
    yield from absent("pictures of the test queries", sorted({name for pair in pairs for name in pair[:2]}), folder)


CONVERTER = Converter(where, numbers=numbers, problems=problems)
