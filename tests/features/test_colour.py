import colorsys

import cv2
import numpy as np
import pytest

from course_utils.features import embed_colour_histogram, embed_grey_histogram

RED, BLUE = (255, 0, 0), (0, 0, 255)


def picture(colours, height=4, width=4):
    """Vertical stripes of the colours, as a stack of one picture."""
    columns = np.repeat(np.array(colours, np.uint8), width // len(colours), axis=0)
    return np.tile(columns, (height, 1, 1))[None]


def test_two_colours_by_hand():
    """Three quarters red, one quarter blue; hue 0 of 180 and hue 120 of 180, eight hue bins: bins 0 and 5."""
    histogram = embed_colour_histogram(picture([RED, RED, RED, BLUE]), bins=(8, 1, 1))
    assert histogram.dtype == np.float32
    np.testing.assert_array_equal(histogram, [[0.75, 0, 0, 0, 0, 0.25, 0, 0]])


def test_rgb_bins_are_joint():
    """Bin of (r, g, b) with two bins each = 4 r + 2 g + b: yellow is 6, not a half of red and a half of green."""
    yellow = embed_colour_histogram(picture([(255, 255, 0)]), bins=(2, 2, 2), space="rgb")
    np.testing.assert_array_equal(yellow[0], np.eye(8)[6])


def test_grid_keeps_the_place():
    left = embed_colour_histogram(picture([RED, BLUE]), bins=(2, 1, 1), space="rgb", grid=2)
    right = embed_colour_histogram(picture([BLUE, RED]), bins=(2, 1, 1), space="rgb", grid=2)
    # cells from left to right, top to bottom; in each (blue has no red, red has)
    np.testing.assert_array_equal(left[0] * 4, [0, 1, 1, 0, 0, 1, 1, 0])
    np.testing.assert_array_equal(right[0] * 4, [1, 0, 0, 1, 1, 0, 0, 1])
    np.testing.assert_array_equal(
        embed_colour_histogram(picture([RED, BLUE])), embed_colour_histogram(picture([BLUE, RED]))
    )


def test_against_a_loop_over_pixels():
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (3, 7, 5, 3), dtype=np.uint8)
    expected = np.zeros((3, 2, 2, 4 * 3 * 2))
    for n in range(3):
        for y in range(7):
            for x in range(5):
                r, g, b = (int(v) for v in images[n, y, x])
                index = (r * 4 // 256 * 3 + g * 3 // 256) * 2 + b * 2 // 256
                rows, columns = [4, 3][y * 2 // 7], [3, 2][x * 2 // 5]
                expected[n, y * 2 // 7, x * 2 // 5, index] += 1 / (rows * columns * 4)
    found = embed_colour_histogram(images, bins=(4, 3, 2), space="rgb", grid=2)
    np.testing.assert_allclose(found, expected.reshape(3, -1), atol=1e-6)


def test_hue_agrees_with_the_standard_library():
    colour = (30, 160, 90)
    hue = colorsys.rgb_to_hsv(*(v / 255 for v in colour))[0]
    found = embed_colour_histogram(picture([colour]), bins=(12, 1, 1))
    assert found[0].argmax() == int(hue * 12)


def test_grey_by_hand():
    """Black and white halves; four bins: first and last."""
    histogram = embed_grey_histogram(picture([(0, 0, 0), (255, 255, 255)]), bins=4)
    np.testing.assert_array_equal(histogram, [[0.5, 0, 0, 0.5]])
    assert cv2.getNumThreads() == 1


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (13, 7)])
def test_rows_sum_to_one_whatever_the_size(shape):
    images = np.random.default_rng(1).integers(0, 256, (2, *shape, 3), dtype=np.uint8)
    for histogram in (embed_colour_histogram(images), embed_grey_histogram(images)):
        np.testing.assert_allclose(histogram.sum(axis=1), 1, atol=1e-6)
    rooted = embed_colour_histogram(images, root=True)
    np.testing.assert_allclose((rooted**2).sum(axis=1), 1, atol=1e-6)


def test_no_pictures_give_no_rows():
    nothing = np.zeros((0, 8, 8, 3), np.uint8)
    assert embed_colour_histogram(nothing, bins=(2, 2, 2)).shape == (0, 8)
    assert embed_grey_histogram(nothing, bins=5, grid=2).shape == (0, 20)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"images": np.zeros((2, 4, 4, 3), np.float32)}, TypeError, "uint8.*float32"),
        ({"images": "coast.jpg"}, TypeError, "uint8.*str"),
        ({"images": np.zeros((4, 4, 3), np.uint8)}, ValueError, r"\(N, height, width, 3\)"),
        ({"images": np.zeros((2, 4, 4), np.uint8)}, ValueError, r"\(N, height, width, 3\)"),
        ({"images": np.zeros((2, 0, 4, 3), np.uint8)}, ValueError, "without pixels"),
        ({"space": "lab"}, ValueError, "hsv"),
        ({"bins": (8, 0, 4)}, ValueError, "bins"),
        ({"grid": 5}, ValueError, "grid is 5"),
        ({"grid": 0}, ValueError, "grid is 0"),
    ],
)
def test_bad_arguments_say_what_is_wrong(change, error, message):
    arguments = {"images": np.zeros((2, 4, 4, 3), np.uint8), **change}
    with pytest.raises(error, match=message):
        embed_colour_histogram(**arguments)
