"""Oxford flowers: jpg/ from the archive, two .mat files as they are, text_c10/ of the captions."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.io import loadmat
from scipy.io.matlab import MatReadError

from .converter import Converter, absent, below, named

PARTS = {"trnid": "train pictures", "valid": "validation pictures", "tstid": "test pictures"}


def where(path: str) -> str | None:
    """
    >>> where("jpg/image_00001.jpg"), where("cvpr2016_flowers/text_c10/class_00001/image_06734.txt")
    ('jpg/image_00001.jpg', 'text_c10/class_00001/image_06734.txt')
    """
    if (picture := below(path, "jpg")) and picture.endswith(".jpg"):
        return picture
    if (caption := below(path, "text_c10")) and caption.endswith(".txt"):
        return caption
    return named(path, "imagelabels.mat", "setid.mat")


def _matrix(file: Path, key: str) -> np.ndarray:
    """Raises ValueError where the file is none of MATLAB's or lacks the key."""
    try:
        return np.ravel(loadmat(file)[key])
    except (KeyError, MatReadError, NotImplementedError, TypeError) as error:
        raise ValueError(f"{file.name} cannot be read ({error!r})") from None


def numbers(folder: Path) -> dict[str, int]:
    labels = _matrix(folder / "imagelabels.mat", "labels")
    counted = {"labels": len(labels), "species": len(np.unique(labels))}
    counted |= {part: len(_matrix(folder / "setid.mat", key)) for key, part in PARTS.items()}
    return counted | {"caption files": sum(1 for _ in (folder / "text_c10").glob("*/*.txt"))}


def problems(folder: Path) -> Iterator[str]:
    labels = _matrix(folder / "imagelabels.mat", "labels")
    names = [f"image_{i:05d}" for i in range(1, len(labels) + 1)]
    captions = [f"class_{label:05d}/{name}.txt" for label, name in zip(labels, names, strict=True)]
    yield from absent("pictures", [f"{name}.jpg" for name in names], folder / "jpg")
    yield from absent("caption files", captions, folder / "text_c10")


CONVERTER = Converter(where, numbers=numbers, problems=problems)
