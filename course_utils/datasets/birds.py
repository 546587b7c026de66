"""Birds in the layout of CUB-200-2011 (Wah et al. 2011) with the captions of Reed et al. (2016).

images.txt                   "1 001.Black_footed_Albatross/Black_Footed_Albatross_0046_18.jpg"
image_class_labels.txt       "1 1"            ids of pictures and classes start at 1 and may have gaps
classes.txt                  "1 001.Black_footed_Albatross"
images/, text_c10/           <class folder>/<picture>.jpg and .txt

The official train_test_split.txt shares all species between its parts, so a zero-shot experiment cannot use it;
bounding_boxes.txt and the attributes (whose attributes.txt lies outside the folder CUB_200_2011/) are not needed.
Some pictures are grey: `load` gives every picture three channels.
"""

from pathlib import Path, PurePosixPath

import numpy as np

from course_utils.datasets.folder import dataset_dir
from course_utils.datasets.problems import LayoutError, read_text
from course_utils.datasets.species import SpeciesImages, read_all_captions, require


def load_birds(name: str = "birds", captions: str = "required") -> SpeciesImages:
    """List pictures, species and captions; pictures in the order of their ids, species in that of classes.txt.

    captions  "required", or "any": take the sentences that are there, for a partial set; the rest has none

    Raises: DatasetMissing (names the command that provides the data set), LayoutError (a file is missing, a line
    cannot be read, a picture has no label or no captions, a path leads out of the folder).
    """
    root = dataset_dir(name)
    pictures, labels, classes = (
        _read_index(root, f"{what}.txt") for what in ("images", "image_class_labels", "classes")
    )
    for number, path in pictures.items():
        _check_inside(root, number, path)
    if len(set(pictures.values())) < len(pictures):
        raise LayoutError(f"{root / 'images.txt'} lists a picture twice.", root.name)
    unlabelled = [number for number in pictures if number not in labels]
    if unlabelled:
        raise LayoutError(
            f"{root / 'image_class_labels.txt'} has no label for {len(unlabelled)} of {len(pictures)} pictures, the "
            f"first is {unlabelled[0]} ({pictures[unlabelled[0]]}): was the file cut off?",
            root.name,
        )
    order = sorted(pictures)
    odd = [labels[number] for number in order if not labels[number].isdecimal()]
    if odd:
        raise LayoutError(f"{root / 'image_class_labels.txt'}: {odd[0]!r} is no class number.", root.name)
    of_picture = [int(labels[number]) for number in order]
    unknown = sorted(set(of_picture) - set(classes))
    if unknown:
        raise LayoutError(f"{root / 'classes.txt'} does not name class {unknown[0]}.", root.name)
    present = sorted(set(of_picture))  # ids need not be 1, 2, 3, ...: labels are positions in this list
    names = [classes[number].partition(".")[2].replace("_", " ") or classes[number] for number in present]
    if len(set(names)) < len(names):
        raise LayoutError(f"{root / 'classes.txt'} gives one name to two classes.", root.name)
    paths = [pictures[number] for number in order]
    files = [root / "images" / path for path in paths]
    require("picture", root, files)
    sentences = read_all_captions(root, [str(PurePosixPath(path).with_suffix("")) for path in paths], captions)
    return SpeciesImages(files, np.searchsorted(present, of_picture), names, root.name, sentences, paths)


def _read_index(root: Path, file: str) -> dict[int, str]:
    """Read lines "<number> <text>"."""
    path = root / file
    if not path.is_file():
        nested = root / "CUB_200_2011" / file
        hint = f" Move the contents of {nested.parent} to {root}." if nested.is_file() else ""
        raise LayoutError(f"{path} is missing.{hint}", root.name)
    entries: dict[int, str] = {}
    for i, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        number, _, text = line.strip().partition(" ")
        if not number.isdecimal() or not text.strip():
            raise LayoutError(f'{path}, line {i}: expected "<number> <text>", found {line!r}.', root.name)
        if int(number) in entries:
            raise LayoutError(f"{path}, line {i}: number {number} appears twice.", root.name)
        entries[int(number)] = text.strip()
    if not entries:
        raise LayoutError(f"{path} is empty.", root.name)
    return entries


def _check_inside(root: Path, number: int, path: str) -> None:
    parts = PurePosixPath(path).parts
    if len(parts) != 2 or ".." in parts or "\\" in path or PurePosixPath(path).is_absolute():
        problem = f'{path!r} is not of the form "<class folder>/<picture>".'
        raise LayoutError(f"{root / 'images.txt'}, picture {number}: {problem}", root.name)
