"""Lessons 00 to 03 on somebody else's pictures: no class name and no number of classes may stand in a cell."""

import nbformat
import numpy as np
import pytest
from PIL import Image

from course_utils.config import REPOSITORY
from course_utils.teaching import find_lessons
from course_utils.teaching.execute import execute


def paint(folder, classes, pictures=8):
    """One texture a class, moved and dimmed from picture to picture."""
    for c in range(classes):
        (folder / f"thing {c}").mkdir(parents=True)
        tile = np.random.default_rng(c).integers(0, 256, (10, 10, 3), dtype=np.uint8)
        texture = np.kron(np.tile(tile, (3, 3, 1)), np.ones((6, 6, 1), np.uint8))
        for i in range(pictures):
            moved = np.roll(texture, 7 * i, axis=(0, 1)) * (0.6 + 0.05 * i)
            Image.fromarray(moved.astype(np.uint8)).save(folder / f"thing {c}" / f"{i}.png")


@pytest.mark.parametrize(("lesson", "classes"), [("00", 2), ("01", 13), ("02", 5), ("03", 8)])
def test_a_lesson_runs_on_any_folder_of_classes(tmp_path, lesson, classes):
    paint(tmp_path / "mine", classes)
    (path,) = find_lessons([lesson])
    environment = {
        "COURSE_SCENES": str(tmp_path / "mine"),
        "COURSE_RESULTS": str(tmp_path / "results"),
        "COURSE_CACHE": str(tmp_path / "cache"),
    }
    if lesson == "03":  # it ends with species of birds, whatever the scenes are
        if not (REPOSITORY / "data" / "drawn" / "birds").is_dir():
            pytest.skip("the birds are not drawn")
        environment["COURSE_DATA"] = str(REPOSITORY / "data")
    done = execute(nbformat.read(path, as_version=4), environment=environment)
    assert done.error is None, f"{done.cell}\n{done.error}"
