import numpy as np
import pytest

from course_utils.features import draw_hog, embed_hog


def stripes(horizontal, side=32):
    ramp = np.tile((np.arange(side) % 8 < 4) * 255, (side, 1)).astype(np.uint8)
    return np.repeat((ramp.T if horizontal else ramp)[None, ..., None], 3, axis=3)


def test_the_dominant_orientation_is_the_right_one():
    """scikit-image bins the direction of the gradient from 0 degrees (vertical stripes) to 90 (horizontal ones)."""
    for horizontal, expected in ((False, 0), (True, 4)):
        feature = embed_hog(stripes(horizontal), cells=4, block=1, orientations=9)
        assert feature.shape == (1, 4 * 4 * 9) and feature.dtype == np.float32
        assert feature.reshape(16, 9).sum(axis=0).argmax() == expected


def test_blocks_are_normalised_so_contrast_does_not_matter():
    strong, weak = stripes(True), stripes(True) // 4 + 100
    np.testing.assert_allclose(embed_hog(strong), embed_hog(weak), atol=1e-4)


def test_place_matters():
    half = stripes(True)
    half[:, :, 16:] = 0
    assert not np.allclose(embed_hog(half), embed_hog(half[:, :, ::-1]), atol=0.1)


def test_shape_follows_the_formula_and_leftover_pixels_are_cut():
    images = np.random.default_rng(0).integers(0, 256, (2, 37, 41, 3), dtype=np.uint8)
    feature = embed_hog(images, cells=6, block=3, orientations=5)
    assert feature.shape == (2, 4 * 4 * 9 * 5)
    np.testing.assert_array_equal(feature, embed_hog(images[:, :36, :36], cells=6, block=3, orientations=5))


def test_blank_picture_is_the_zero_vector():
    assert not embed_hog(np.full((1, 16, 16, 3), 200, np.uint8)).any()


def test_no_pictures_give_no_rows():
    assert embed_hog(np.zeros((0, 16, 16, 3), np.uint8), cells=4).shape == (0, 324)


@pytest.mark.parametrize(
    ("shape", "arguments", "message"),
    [
        ((1, 1, 40, 3), {}, "1 x 40 pixels are too small"),
        ((1, 2, 2, 3), {"cells": 1, "block": 1}, "too small"),
        ((1, 40, 40, 3), {"block": 9}, "block is 9"),
        ((1, 40, 40, 3), {"block": 0}, "block is 0"),
        ((1, 40, 40, 3), {"orientations": 0}, "orientations"),
    ],
)
def test_bad_arguments_say_what_is_wrong(shape, arguments, message):
    with pytest.raises(ValueError, match=message):
        embed_hog(np.zeros(shape, np.uint8), **arguments)


def test_float_pictures_are_refused():
    with pytest.raises(TypeError, match="uint8"):
        embed_hog(np.zeros((1, 16, 16, 3)))


def test_a_star_is_drawn_along_the_edges_of_its_cell():
    picture = stripes(False, 32)
    picture[:, :, 16:] = 128  # edges in the left cells only
    drawn = draw_hog(picture, cells=2)[0]
    assert drawn.shape == (32, 32, 3) and drawn.dtype == np.uint8
    assert drawn[:, :16].max() == 255 and drawn[:, 18:].max() < 128
    left = drawn[:16, :16, 0]
    assert left[:, 8].sum() > 3 * left[8].sum()  # vertical stripes: a vertical ray
    assert not draw_hog(np.full((1, 16, 16, 3), 9, np.uint8), cells=2).any()
