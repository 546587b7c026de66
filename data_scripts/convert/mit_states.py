"""MIT-States: the contents of release_dataset/."""

from collections.abc import Iterator
from pathlib import Path

from .converter import Converter, below, named

ANTONYMS = "adj_ants.csv"
UNLABELLED = "adj"


def where(path: str) -> str | None:
    """
    >>> where("release_dataset/images/ripe apple/a.jpg"), where("__MACOSX/release_dataset/images/._x.jpg")
    ('images/ripe apple/a.jpg', None)
    """
    if (picture := below(path, "images")) and picture.lower().endswith((".jpg", ".jpeg", ".png")):
        return picture
    return named(path, ANTONYMS)


def _pairs(folder: Path) -> list[list[str]]:
    names = sorted(path.name for path in (folder / "images").iterdir() if path.is_dir())
    return [name.split(" ", 1) for name in names]


def numbers(folder: Path) -> dict[str, int]:
    pairs = [pair for pair in _pairs(folder) if len(pair) == 2]
    adjectives = {adjective for adjective, _ in pairs} - {UNLABELLED}
    return {"adjectives": len(adjectives), "nouns": len({noun for _, noun in pairs})}


def problems(folder: Path) -> Iterator[str]:
    if odd := [" ".join(pair) for pair in _pairs(folder) if len(pair) != 2]:
        yield f"{len(odd)} folders are not called <adjective> <noun>, the first is {odd[0]!r}"


CONVERTER = Converter(where, numbers=numbers, problems=problems)
