"""Tiny data sets in the layouts of birds and flowers."""

from pathlib import Path

import numpy as np
from PIL import Image
from scipy.io import savemat

from course_utils import config


def picture(path: Path, grey: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L" if grey else "RGB", (10, 8), 90).save(path)


def captions(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


def make_birds(counts=(4, 4, 4), first_picture=1, step=1, first_class=1, name="birds") -> Path:
    """counts: pictures of each species; ids start at first_picture and grow by step, classes start at first_class."""
    root = config.data_root() / config.profile() / name
    images, labels, classes, number = [], [], [], first_picture
    for s, count in enumerate(counts):
        folder = f"{first_class + s:03d}.Grey_backed_Bird{s}"
        classes.append(f"{first_class + s} {folder}")
        for i in range(count):
            stem = f"{folder}/Bird{s}_{i:02d}_7"
            picture(root / "images" / f"{stem}.jpg", grey=i == 1)
            captions(root / "text_c10" / f"{stem}.txt", [f"bird {s} picture {i} has a blue wing", f"a bird {s} {i}."])
            images.append(f"{number} {stem}.jpg")
            labels.append(f"{number} {first_class + s}")
            number += step
    for file, lines in (("images", images), ("image_class_labels", labels), ("classes", classes)):
        (root / f"{file}.txt").write_text("\n".join(lines) + "\n")
    return root


def make_flowers(labels=(2, 1, 2, 1, 3, 3), name="flowers") -> Path:
    root = config.data_root() / config.profile() / name
    for k, label in enumerate(labels, start=1):
        picture(root / "jpg" / f"image_{k:05d}.jpg")
        captions(root / "text_c10" / f"class_{label:05d}" / f"image_{k:05d}.txt", [f"flower {k} is pink", f"a {k}."])
    savemat(root / "imagelabels.mat", {"labels": np.array([labels], dtype=np.uint8)})
    return root
