"""Composed queries in pictures: every picture is shown, judged only where that is asked for."""

import matplotlib as mpl
import numpy as np
import pytest

from course_utils import plots

PICTURES = np.random.default_rng(0).integers(0, 256, (8, 8, 8, 3), dtype=np.uint8)
FOUND = PICTURES[2:].reshape(2, 3, 8, 8, 3)


def texts(figure):
    return [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_text()]


def test_sources_texts_and_what_was_found_are_shown_and_judged():
    figure = plots.composed_results(PICTURES[:2], ["make it red", "a red ball " * 40], FOUND, [[1, 0, 0], [0, 0, 1]])
    assert len(figure.axes[0].images) == 2 + 6
    assert [t for t in texts(figure) if t in "✓✗"] == ["✓", "✗", "✗", "✗", "✗", "✓"]
    assert "“make it red”" in texts(figure)
    assert any(t.startswith("“a red ball") and t.endswith("…”") for t in texts(figure))
    assert len(figure.legends) == 1


def test_examples_are_not_judged():
    figure = plots.composed_results(PICTURES[:2], ["x", "y"], FOUND[:, :1], title="Two pairs")
    assert len(figure.axes[0].images) == 4 and not figure.legends
    assert set(texts(figure)) == {"“x”", "“y”", "Two pairs"}


def test_queries_stand_side_by_side_where_that_is_asked_for():
    def corners(across):
        axes = plots.composed_results(PICTURES[:3], ["x", "y", "z"], PICTURES[3:6, None], across=across).axes[0]
        return [(image.get_extent()[0], image.get_extent()[3]) for image in axes.images[::2]]  # the sources

    below, beside = corners(1), corners(2)
    assert len({x for x, _ in below}) == 1 and below[0][1] < below[1][1] < below[2][1]
    assert beside[0][1] == beside[1][1] < beside[2][1] and beside[0][0] == beside[2][0] < beside[1][0]


@pytest.mark.parametrize(
    ("sources", "asked", "found", "correct", "message"),
    [
        (PICTURES[:1], ["x", "y"], FOUND, None, "1 sources, 2 texts, 2 rows"),
        (PICTURES[:2], ["x"], FOUND, None, "2 sources, 1 texts, 2 rows"),
        (PICTURES[:2], ["x", "y"], FOUND[:1], None, "2 sources, 2 texts, 1 rows"),
        (PICTURES[:0], [], FOUND[:0], None, "0 sources"),
        (PICTURES[:2], ["x", "y"], FOUND, [1, 0], r"correct has shape \(2,\); it must be \(2, 3\)"),
        (PICTURES[:2, :, :, 0], ["x", "y"], FOUND, None, "a picture has shape"),
    ],
)
def test_what_does_not_fit_is_refused(sources, asked, found, correct, message):
    with pytest.raises(ValueError, match=message):
        plots.composed_results(sources, asked, found, correct)


def test_each_column_of_results_has_its_word_below_the_last_row():
    results = np.stack([PICTURES[:2], PICTURES[2:4]])
    axes = plots.composed_results(PICTURES[:2], ["x", "y"], results, columns=["half", "all"]).axes[0]
    words = {text.get_text(): text.get_position() for text in axes.texts}
    assert words["half"][0] < words["all"][0] and words["half"][1] == words["all"][1] > words["“y”"][1]
    with pytest.raises(ValueError, match="1 words for 2 columns"):
        plots.composed_results(PICTURES[:2], ["x", "y"], results, columns=["half"])
