"""Your own pictures: any folder with one folder a class in it, or just pictures.

mine = load_folder("~/Pictures/holidays")               # classes are the names of its folders
mine.load(224)
"""

from pathlib import Path

import numpy as np

from course_utils.config import DatasetMissing
from course_utils.datasets.image_set import ImageSet
from course_utils.datasets.images import SUFFIXES
from course_utils.datasets.problems import SHOWN, LayoutError

HERE = "."  # the class of pictures that lie in the folder itself


def load_folder(folder: str | Path) -> ImageSet:
    """List the pictures of a folder, each with the name of the folder that it lies in as its class.

    Pictures anywhere below a class folder belong to that class; those that lie in the folder itself form the class
    "." if there are any. Files that are no pictures are passed over, hidden ones and folders, too.
    Raises DatasetMissing if there is no such folder, LayoutError if it holds no picture (and says what it holds).
    """
    root = Path(folder).expanduser()
    if not root.is_dir():
        raise DatasetMissing(f"there is no folder {root}; give the path of a folder that holds pictures")
    files = {path: path.relative_to(root).parts for path in sorted(root.rglob("*")) if path.is_file()}
    files = {path: parts for path, parts in files.items() if not any(part.startswith(".") for part in parts)}
    pictures = [path for path in files if path.suffix.lower() in SUFFIXES]
    if not pictures:
        others = sorted({path.suffix.lower() or "none" for path in files})
        there = f"only files of the kinds {', '.join(others[:SHOWN])}" if others else "nothing"
        raise LayoutError(f"{root} holds no picture, {there}; read are: {', '.join(sorted(SUFFIXES))}")
    names = [files[path][0] if len(files[path]) > 1 else HERE for path in pictures]
    classes = sorted(set(names))
    return ImageSet(pictures, np.searchsorted(classes, names), classes, root.name)
