import dataclasses

import numpy as np
import pytest
from skimage import data

from course_utils.datasets.prints import PRINTED, cut_prints
from course_utils.datasets.views import Camera, take_view
from course_utils.features.geometry import project

CAT = data.chelsea()[60:260, 120:320]
WALL = np.full((160, 160, 3), 70, np.uint8)
PLAIN = {"gain": (1, 1), "cast": 0, "shade": 0, "cover": 0, "blur": (0, 0), "jpeg": (100, 100)}
STILL = Camera(tilt=(0, 0), spin=(0, 0), size=(1, 1), shift=0, **PLAIN)


def test_the_same_state_gives_the_same_view():
    first, second = (take_view(CAT, WALL, np.random.default_rng(5)) for _ in range(2))
    other = take_view(CAT, WALL, np.random.default_rng(6))
    np.testing.assert_array_equal(first.image, second.image)
    np.testing.assert_array_equal(first.homography, second.homography)
    assert not np.array_equal(first.image, other.image)
    assert first.image.shape == (160, 160, 3) and first.image.dtype == np.uint8


def test_a_still_camera_sees_the_print_itself():
    view = take_view(CAT[:160, :160], WALL, np.random.default_rng(0), STILL)
    np.testing.assert_allclose(view.homography, np.eye(3), atol=1e-9)
    inner = (slice(2, -2), slice(2, -2))
    assert np.abs(view.image[inner].astype(int) - CAT[:160, :160][inner]).mean() < 3  # one file of JPEG between them
    assert view.visible > 0.97


def test_the_homography_says_where_a_pixel_went():
    """A bright dot on a black print is where the ground truth puts it."""
    flat = np.zeros((120, 120, 3), np.uint8)
    flat[78:83, 38:43] = 255
    camera = dataclasses.replace(Camera(), cover=0.0, shade=0.0, gain=(1.0, 1.0), cast=0.0)
    for seed in range(6):
        view = take_view(flat, np.zeros_like(WALL), np.random.default_rng(seed), camera)
        grey = view.image.astype(float).mean(axis=2)
        y, x = (np.average(axis, weights=grey**2) for axis in np.indices(grey.shape))
        np.testing.assert_allclose([x, y], project(view.homography, np.array([[40, 80]]))[0], atol=1.5)


def test_a_torn_print_shows_less():
    whole = take_view(CAT, WALL, np.random.default_rng(1), dataclasses.replace(STILL, size=(0.7, 0.7)))
    tearing = dataclasses.replace(STILL, size=(0.7, 0.7), cover=0.6)
    torn = [take_view(CAT, WALL, np.random.default_rng(s), tearing) for s in range(8)]
    assert whole.visible > 0.97
    assert min(view.visible for view in torn) < 0.8 and all(0 < view.visible <= 1 for view in torn)


def test_bad_arguments_say_what_is_wrong():
    with pytest.raises(ValueError, match="tilt"):
        Camera(tilt=(0, 85))
    with pytest.raises(ValueError, match="blur"):
        Camera(blur=(2, 1))
    with pytest.raises(TypeError, match="flat"):
        take_view(CAT / 255, WALL, np.random.default_rng(0))
    with pytest.raises(ValueError, match="square"):
        take_view(CAT, WALL[:100], np.random.default_rng(0))


def test_every_photograph_is_there_without_a_download():
    for photograph in PRINTED:
        image = photograph.read()
        assert image.dtype == np.uint8 and image.ndim == 3 and image.shape[2] == 3 and min(image.shape[:2]) > 100
        assert photograph.licence


def test_prints_do_not_overlap():
    cat = tuple(p for p in PRINTED if p.name == "chelsea")  # 300 x 451: 2 x 3 squares of 144
    prints = cut_prints(144, cat)
    assert prints.images.shape == (6, 144, 144, 3) and prints.source.tolist() == [0] * 6
    corners = []
    for image in prints.images:
        view = np.lib.stride_tricks.sliding_window_view(data.chelsea()[..., 0], (144, 144))
        corners.append(np.argwhere((view == image[..., 0]).all(axis=(2, 3)))[0])
    for i, first in enumerate(corners):
        for second in corners[:i]:
            assert np.abs(first - second).max() >= 144
    assert len(prints.subset(np.array([True, False] * 3))) == 3
    with pytest.raises(ValueError, match="side is 8"):
        cut_prints(8)
