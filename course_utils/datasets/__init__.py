"""Data sets as the lessons see them: one file a layout, and the same arrays whatever the files hold."""

from course_utils.datasets.birds import load_birds
from course_utils.datasets.flowers import load_flowers
from course_utils.datasets.image_set import ImageSet
from course_utils.datasets.images import ImageError, fit_square, load_images, read_image
from course_utils.datasets.scenes import LayoutError, Scenes, load_scenes
from course_utils.datasets.species import SpeciesImages, SpeciesSplit
from course_utils.datasets.splits import SplitMismatch

__all__ = [
    "ImageError",
    "ImageSet",
    "LayoutError",
    "Scenes",
    "SpeciesImages",
    "SpeciesSplit",
    "SplitMismatch",
    "fit_square",
    "load_birds",
    "load_flowers",
    "load_images",
    "load_scenes",
    "read_image",
]
