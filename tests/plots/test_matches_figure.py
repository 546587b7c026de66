import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.plots.matches import Pair, matched_pictures

PICTURE = np.full((20, 30, 3), 200, np.uint8)
PLACES = np.array([[3.0, 4.0], [10.0, 12.0], [25.0, 6.0]])


def test_right_and_wrong_matches_are_drawn_apart():
    right = np.array([True, False, True])
    judged = Pair("a", PICTURE, PICTURE, PLACES, PLACES + 1, right, PLACES)
    figure = matched_pictures([judged, Pair("b", PICTURE, PICTURE, PLACES, PLACES)])
    first, second = figure.axes
    assert [len(lines.get_segments()) for lines in first.collections] == [1, 2]  # wrong ones below
    assert [len(lines.get_segments()) for lines in second.collections] == [0, 3]
    offset = first.collections[1].get_segments()[0][1] - PLACES[0]
    np.testing.assert_allclose(offset, [30 + 2 + 1, 1])  # width, gap of 6 %, and the shift by one pixel
    plt.close(figure)


def test_bad_arguments_say_what_is_wrong():
    with pytest.raises(ValueError, match="no pair"):
        matched_pictures([])
    with pytest.raises(ValueError, match="places of shape"):
        matched_pictures([Pair("a", PICTURE, PICTURE, PLACES, PLACES[:2])])
    plt.close("all")
