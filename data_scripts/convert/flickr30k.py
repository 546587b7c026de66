"""Flickr30k: the pictures from one archive, Karpathy's split from another (which also holds those of other sets)."""

from collections.abc import Iterator
from pathlib import Path

from course_utils.datasets.captions import SOURCES
from course_utils.datasets.problems import LayoutError

from .captions import karpathy
from .converter import Converter, absent, below, named

SPLIT = "dataset_flickr30k.json"


def where(path: str) -> str | None:
    """
    >>> where("flickr30k-images/1000092795.jpg"), where("caption_datasets/dataset_flickr30k.json")
    ('flickr30k-images/1000092795.jpg', 'dataset_flickr30k.json')
    """
    picture = below(path, "flickr30k-images", "flickr30k_images")
    if picture and picture.lower().endswith(".jpg"):
        return f"flickr30k-images/{picture.rpartition('/')[2]}"
    return named(path, SPLIT)


def numbers(folder: Path) -> dict[str, int]:
    return karpathy(folder / SPLIT)[0]


def problems(folder: Path) -> Iterator[str]:
    yield from absent("pictures of the split", karpathy(folder / SPLIT)[1], folder / "flickr30k-images")
    for file, read in SOURCES.values():  # captions in other dialects, which somebody put there
        if (folder / file).is_file():
            try:
                read(folder / file)
            except LayoutError as error:
                yield str(error)


CONVERTER = Converter(where, numbers=numbers, problems=problems)
