"""Sentences beside pictures, and matrices: everything is shown, judged by sign, and never averaged away."""

import matplotlib as mpl
import numpy as np
import pytest

from course_utils import plots
from course_utils.plots.matrices import shrink

PICTURES = np.random.default_rng(0).integers(0, 256, (6, 8, 8, 3), dtype=np.uint8)


def texts(figure):
    return [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_text()]


def test_sentence_results_shows_all_pictures_signs_and_cuts_long_sentences():
    long = "a red ball lies beside a blue cube " * 20
    figure = plots.sentence_results(["short", long], PICTURES.reshape(2, 3, 8, 8, 3), [[1, 0, 0], [0, 0, 1]])
    axes = figure.axes[0]
    assert len(axes.images) == 6
    assert [t for t in texts(figure) if t in "✓✗"] == ["✓", "✗", "✗", "✗", "✗", "✓"]
    assert "short" in texts(figure)
    cut = next(t for t in texts(figure) if t.startswith("a red"))
    assert cut.count("\n") == 1
    assert cut.endswith("…")


def test_sentence_results_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match=r"1 queries with 2 results each; there are 2 queries and 1 rows"):
        plots.sentence_results(["a", "b"], PICTURES[None, :2], [[1, 0]])
    with pytest.raises(ValueError, match="must be"):
        plots.sentence_results(["a"], PICTURES[None, :2], [1, 0])


def test_picture_results_judges_each_sentence():
    figure = plots.picture_results(PICTURES[:2], [["own", "other"], ["x", "y" * 300]], [[1, 0], [0, 1]])
    assert [t for t in texts(figure) if t in "✓✗"] == ["✓", "✗", "✗", "✓"]
    assert {"own", "other", "x", "…"} <= set(texts(figure))
    with pytest.raises(ValueError, match="2 results each"):
        plots.picture_results(PICTURES[:1], [["only one"]], [[1, 0]])


def test_a_third_mark_for_what_is_true_all_the_same():
    figure = plots.sentence_results(["a"], PICTURES[None, :3], [[1, 0, 0]], also_true=[[1, 1, 0]])
    assert [t for t in texts(figure) if t in "✓✗≈"] == ["✓", "≈", "✗"]
    assert "≈ also true" in texts(figure)
    figure = plots.picture_results(PICTURES[:1], [["own", "true", "false"]], [[1, 0, 0]], also_true=[[0, 1, 0]])
    assert [t for t in texts(figure) if t in "✓✗≈"] == ["✓", "≈", "✗"]
    with pytest.raises(ValueError, match="also_true"):
        plots.picture_results(PICTURES[:1], [["own"]], [[1]], also_true=[[0, 1]])


def test_heat_map_shows_the_numbers_and_marks_cells():
    matrix = np.arange(6.0).reshape(2, 3)
    figure = plots.heat_map(matrix, ["a", "b"], None, xlabel="x", ylabel="y", unit="u", marked=[(1, 2)])
    np.testing.assert_array_equal(figure.axes[0].images[0].get_array(), matrix)
    assert figure.axes[0].patches[0].get_xy() == (1.5, 0.5)
    for bad in (np.zeros(3), np.array([[np.nan]]), np.zeros((0, 2))):
        with pytest.raises(ValueError, match="finite numbers"):
            plots.heat_map(bad, xlabel="x", ylabel="y", unit="u")
    with pytest.raises(ValueError, match="rows has 1 names for 2"):
        plots.heat_map(matrix, ["a"], xlabel="x", ylabel="y", unit="u")


@pytest.mark.parametrize(("shape", "side"), [((7, 5), 3), ((301, 40), 160), ((4, 4), 8)])
def test_shrinking_loses_no_weight(shape, side):
    matrix = np.random.default_rng(0).random(shape)
    small = shrink(matrix, side)
    assert small.shape == tuple(min(s, side) for s in shape)
    rows = np.diff([*np.linspace(0, shape[0], small.shape[0] + 1).astype(int)])
    columns = np.diff([*np.linspace(0, shape[1], small.shape[1] + 1).astype(int)])
    assert (small * np.outer(rows, columns)).sum() == pytest.approx(matrix.sum())


def test_weight_maps_name_the_size_of_each_side():
    figure = plots.weight_maps({"one": np.eye(3, 2), "two": np.eye(4)}, xlabel="image", ylabel="text")
    assert {"one", "two", "image (2)", "text (3)", "image (4)", "text (4)"} <= set(texts(figure))
    with pytest.raises(ValueError, match="no weights"):
        plots.weight_maps({}, xlabel="x", ylabel="y")


def test_weight_graph_draws_the_strongest_and_names_only_what_they_touch():
    weight = np.array([[0.1, -2.0, 0.0], [3.0, 0.0, 0.2]])
    figure = plots.weight_graph(weight, ["red", "long"], ["d0", "d1", "d2"], lines=2, names=("word", "picture"))
    assert {"red", "long", "d0", "d1", "word", "picture"} <= set(texts(figure)) and "d2" not in texts(figure)
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata())]
    assert [line.get_linestyle() for line in lines] == ["--", "-"]  # the strongest last, on top
    assert lines[1].get_linewidth() > lines[0].get_linewidth()
    none = plots.weight_graph(weight, ["red", "long"], ["d0", "d1", "d2"], lines=6, names=("word", "picture"))
    assert len([line for line in none.axes[0].lines if len(line.get_xdata())]) == 4  # a zero is no connection
    for bad in (np.zeros((2, 3)), weight.T, weight * np.nan):
        with pytest.raises(ValueError, match="2 inputs and 3 outputs"):
            plots.weight_graph(bad, ["red", "long"], ["d0", "d1", "d2"], names=("word", "picture"))
    with pytest.raises(ValueError, match="0 lines"):
        plots.weight_graph(weight, ["red", "long"], ["d0", "d1", "d2"], lines=0, names=("word", "picture"))
