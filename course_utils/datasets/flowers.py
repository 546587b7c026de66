"""Flowers in the layout of Oxford-102 (Nilsback and Zisserman 2008) with the captions of Reed et al. (2016).

jpg/image_00001.jpg                      8,189 pictures, the classes in no order
imagelabels.mat                          key "labels", from 1: entry k - 1 belongs to picture k
text_c10/class_00001/image_06734.txt     captions, sorted into folders by label

The species have numbers only. setid.mat, the official split, shares all species between its parts, so a zero-shot
experiment cannot use it.
"""

import re
from pathlib import Path

import numpy as np
from scipy.io import loadmat

from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.problems import LayoutError, needed
from course_utils.datasets.species import SpeciesImages, read_all_captions

_NAME = re.compile(r"image_(\d+)\.jpg", re.IGNORECASE)


def load_flowers(name: str = "flowers", captions: str = "required") -> SpeciesImages:
    """List pictures, species ("class 1", ...) and captions; pictures in the order of their numbers.

    captions  "required", or "any": take the sentences that are there, for a partial set; the rest has none

    Raises: DatasetMissing (names the command that provides the data set), LayoutError (a file is missing or cannot
    be read, pictures and labels do not belong together, a picture has no captions).
    """
    root = dataset_dir(name)
    labels = _read_labels(root)
    files = _list_pictures(root)
    if max(files) > len(labels):
        raise LayoutError(
            f"{root / 'imagelabels.mat'} has {len(labels)} labels, but there is a picture {files[max(files)].name}.",
            root.name,
        )
    missing = [number for number in range(1, len(labels) + 1) if number not in files]
    if missing:
        raise LayoutError(
            f"{root / 'jpg'}: {len(missing)} of {len(labels)} labelled pictures are missing, the first is "
            f"image_{missing[0]:05d}.jpg.",
            root.name,
        )
    order = sorted(files)
    present = np.unique(labels)  # numbers need not be 1, 2, 3, ...: labels are positions in this list
    stems = [f"class_{labels[number - 1]:05d}/image_{number:05d}" for number in order]
    sentences = read_all_captions(root, stems, captions)
    paths, classes = [files[number] for number in order], [f"class {c}" for c in present]
    keys = [f"{stem}.jpg" for stem in stems]
    return SpeciesImages(paths, np.searchsorted(present, labels), classes, root.name, sentences, keys)


def _read_labels(root: Path) -> np.ndarray:
    """Return the labels as they are stored, from 1: int64 (N,)."""
    path = needed(root / "imagelabels.mat", root.name)
    try:
        labels = np.asarray(loadmat(path)["labels"]).reshape(-1)
    except KeyError:
        raise LayoutError(f'{path} has no entry "labels": is it another .mat file?', root.name) from None
    except Exception as error:  # the reader of damaged files raises whatever it stumbles over
        raise LayoutError(f"{path} cannot be read as a MATLAB file ({error}).", root.name) from error
    if (
        len(labels) == 0
        or labels.dtype.kind not in "iuf"
        or (labels != labels.astype(np.int64)).any()
        or labels.min() < 1
    ):
        raise LayoutError(f"{path}: labels must be whole numbers from 1.", root.name)
    return labels.astype(np.int64)


def _list_pictures(root: Path) -> dict[int, Path]:
    """Number -> file, for jpg/image_<number>.jpg; other files there do not count."""
    folder = needed(root / "jpg", root.name, ": it holds image_00001.jpg and so on")
    found = {}
    for path in sorted(folder.iterdir()):
        if match := _NAME.fullmatch(path.name):
            if int(match[1]) in found:
                raise LayoutError(f"{path} has the same number as {found[int(match[1])].name}.", root.name)
            found[int(match[1])] = path
    if not found:
        raise LayoutError(f"{folder} holds no image_<number>.jpg.", root.name)
    return found
