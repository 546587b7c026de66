"""Dense SIFT: patches on a grid, the same descriptor as SIFT's."""

import cv2
import numpy as np
import pytest

from course_utils.features import dense_sift


def picture(height=40, width=48):
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_the_grid_covers_the_picture_and_no_patch_leaves_it():
    found = dense_sift(picture(), step=8, patch=16)
    assert sorted(set(found.points[:, 0])) == [8, 16, 24, 32, 40] and sorted(set(found.points[:, 1])) == [8, 16, 24, 32]
    assert found.descriptors.shape == (20, 128) and found.descriptors.dtype == np.float32


def test_a_descriptor_is_that_of_sift_at_the_same_place():
    image = picture()
    found = dense_sift(image)
    x, y, diameter, angle = (float(value) for value in found.points[7])
    _, expected = cv2.SIFT_create().compute(
        cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), [cv2.KeyPoint(x, y, diameter, angle)]
    )
    np.testing.assert_array_equal(found.descriptors[7], expected[0])


def test_a_picture_smaller_than_a_patch_has_none():
    found = dense_sift(picture(12, 40))
    assert found.points.shape == (0, 4) and found.descriptors.shape == (0, 128)


@pytest.mark.parametrize("options", [{"step": 0}, {"patch": 0}])
def test_sizes_are_positive(options):
    with pytest.raises(ValueError, match="at least 1"):
        dense_sift(picture(), **options)
