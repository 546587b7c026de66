"""The part of the card that tells about the small detector: pictures, recipe, seconds, how many boxes it finds."""

from pathlib import Path

from course_utils.encoders import load_detector

from .runs import read_card, recipe_in_words

NAME = "fasterrcnn-mini"

ABOUT = """A small Faster R-CNN (`course_utils/encoders/detector.py`), made by
`python -m data_scripts pretrain fasterrcnn-mini`. It starts from the first three stages of resnet18-mini above; all of
it was then trained on pictures of 128 pixels that this course draws itself: the train part of *blocks*, the drawn
flickr30k, with the boxes and shapes of the things in them. Stored whole, in half precision. Licence of pictures
and weights: MIT, as the code."""

MEASURED = """On the validation part of the same world, pictures that it has not seen, it finds {recall} of the boxes
(detections of a score of at least 0.5 that overlap a box by at least half, intersection over union)."""


def detector_lines(folder: Path) -> list[str]:
    """Return the lines of the card. Raises FileNotFoundError if the detector's file is missing."""
    made, size = read_card(folder, NAME), (folder / f"{NAME}.safetensors").stat().st_size // 1000
    parameters = sum(p.numel() for p in load_detector(NAME).parameters())
    lines = ["", "# Weights of the detector", "", ABOUT, ""]
    lines += ["| network | parameters | kB | seconds |", "|---|---|---|---|"]
    lines += [f"| {NAME} | {parameters:,} | {size:,} | {made['seconds']} ({made['device']}) |"]
    lines += ["", f"Recipe: {recipe_in_words(made)}.", "", f"Kinds of things: {made['kinds']}."]
    return [*lines, "", MEASURED.format(recall=made["recall"])]
