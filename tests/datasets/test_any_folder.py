"""Any folder of pictures is a data set."""

import numpy as np
import pytest
from PIL import Image

from course_utils.config import DatasetMissing
from course_utils.datasets import load_folder
from course_utils.datasets.problems import LayoutError


def picture(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((9, 7, 3), 120, np.uint8)).save(path)


def test_classes_are_the_folders_and_what_is_no_picture_is_passed_over(tmp_path):
    for name in ("été/a.jpg", "été/deep/er/b.PNG", "beach/c.webp", "lonely.jpg", ".trash/d.jpg", "beach/.thumb.jpg"):
        picture(tmp_path / name)
    (tmp_path / "notes.txt").write_text("x")
    mine = load_folder(tmp_path)
    assert mine.classes == [".", "beach", "été"]
    found = sorted(zip(mine.class_names(), (p.name for p in mine.paths), strict=True))
    assert found == [(".", "lonely.jpg"), ("beach", "c.webp"), ("été", "a.jpg"), ("été", "b.PNG")]
    assert mine.load(16).shape == (4, 16, 16, 3)


def test_no_folder_and_no_picture_are_named(tmp_path):
    with pytest.raises(DatasetMissing, match=r"there is no folder .*nowhere"):
        load_folder(tmp_path / "nowhere")
    with pytest.raises(LayoutError, match=r"holds no picture, nothing; read are: .*\.jpg"):
        load_folder(tmp_path)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(LayoutError, match=r"only files of the kinds \.txt"):
        load_folder(str(tmp_path))
