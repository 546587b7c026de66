"""Flickr8k: two archives, unpacked side by side, without what a Mac left in them."""

from collections.abc import Iterator
from pathlib import Path

from .captions import PARTS, lines
from .converter import Converter, absent, below, named

LISTS = dict(zip(("trainImages", "devImages", "testImages"), PARTS.values(), strict=True))
TEXTS = ("Flickr8k.token.txt", *(f"Flickr_8k.{name}.txt" for name in LISTS))


def where(path: str) -> str | None:
    picture = below(path, "Flicker8k_Dataset", "Flickr8k_Dataset")
    if picture and picture.lower().endswith(".jpg"):
        return f"Flicker8k_Dataset/{picture.rpartition('/')[2]}"
    return named(path, *TEXTS)


def numbers(folder: Path) -> dict[str, int]:
    return {part: len(lines(folder / f"Flickr_8k.{name}.txt")) for name, part in LISTS.items()}


def problems(folder: Path) -> Iterator[str]:
    listed = [file for name in LISTS for file in lines(folder / f"Flickr_8k.{name}.txt")]
    yield from absent("pictures of the lists", listed, folder / "Flicker8k_Dataset")


CONVERTER = Converter(where, numbers=numbers, problems=problems)
