"""CUB-200-2011 and its captions: the contents of CUB_200_2011/, and text_c10/ beside images/."""

from collections.abc import Iterator
from pathlib import Path

from .captions import lines
from .converter import Converter, absent, below, named

TEXTS = ("images.txt", "image_class_labels.txt", "classes.txt", "train_test_split.txt", "bounding_boxes.txt", "README")


def where(path: str) -> str | None:
    """
    >>> where("CUB_200_2011/images/001.A/B.jpg"), where("cvpr2016_cub/text_c10/001.A/B.txt"), where("attributes.txt")
    ('images/001.A/B.jpg', 'text_c10/001.A/B.txt', None)
    """
    if (picture := below(path, "images")) and picture.endswith(".jpg"):
        return picture
    if (caption := below(path, "text_c10")) and caption.endswith(".txt"):
        return caption
    return named(path, *TEXTS) if path.count("/") <= 1 else None  # parts/ and attributes/ have lists of their own


def _listed(folder: Path) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in lines(folder / "images.txt")]


def numbers(folder: Path) -> dict[str, int]:
    return {
        "listed pictures": len(_listed(folder)),
        "species": len(lines(folder / "classes.txt")),
        "caption files": sum(1 for _ in (folder / "text_c10").glob("*/*.txt")),
    }


def problems(folder: Path) -> Iterator[str]:
    listed = _listed(folder)
    yield from absent("pictures of images.txt", listed, folder / "images")
    yield from absent("caption files", [f"{name.removesuffix('.jpg')}.txt" for name in listed], folder / "text_c10")
    for name in ("image_class_labels.txt", "train_test_split.txt", "bounding_boxes.txt"):
        if len(lines(folder / name)) != len(listed):
            yield f"{name} has {len(lines(folder / name))} lines for {len(listed)} pictures"


CONVERTER = Converter(where, numbers=numbers, problems=problems)
