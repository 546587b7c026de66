"""Figures are checked by what they hold (pictures, lines, texts), never by their pixels."""

from types import SimpleNamespace

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils import plots
from course_utils.plots.labels import spread_labels
from course_utils.plots.style import RIGHT, WRONG

RNG = np.random.default_rng(0)
PICTURES = RNG.integers(0, 256, (12, 8, 8, 3), dtype=np.uint8)
HISTORY = {
    "train_loss": [2.0, 1.0, 0.5],
    "validation_loss": np.array([2.1, 1.4, 1.6]),
    "train_accuracy": [0.2, 0.6, 0.9],
    "validation_accuracy": [0.2, 0.5, 0.4],
    "best_epoch": 2,
}


RUN = SimpleNamespace(epochs=3, loss=[2.0, 1.0, 0.5], spread=[0.1, 0.2, 0.3, 0.4])  # spread: of the untrained one, too
FOUND = {"boxes": np.array([[1.0, 1.0, 4.0, 4.0]]), "labels": np.array([0]), "scores": np.array([0.9])}
POINT = torch.ones(1, 2, requires_grad=True)


def texts(figure):
    return [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_text()]


def every_figure():
    names, values = ["hog", "sift-bow"], [0.3, 0.2]
    return {
        "contact_sheet": plots.contact_sheet(PICTURES, title="a title"),
        "retrieval_grid": plots.retrieval_grid(
            PICTURES[:2], PICTURES[:6].reshape(2, 3, 8, 8, 3), [[1, 0, 1], [0, 0, 1]], title="a title"
        ),
        "composed_results": plots.composed_results(
            PICTURES[:2], ["one", "two"], PICTURES[:6].reshape(2, 3, 8, 8, 3), [[1, 0, 1], [0, 0, 1]], title="a title"
        ),
        "learning_curves": plots.learning_curves(HISTORY, title="a title"),
        "epoch_panels": plots.epoch_panels({"a": RUN, "b": RUN}, {"loss": "Loss", "spread": "Spread"}, "a title"),
        "detections": plots.detections(PICTURES[:2], [FOUND, FOUND], ["ball"], "a title"),
        "compare_methods": plots.compare_methods(
            names, values, xlabel="mAP", title="a title", source=plots.Reported({"hog": 0.4})
        ),
        "quality_against_cost": plots.quality_against_cost(names, values, [1, 2], "mAP", "ms", title="a title"),
        "heat_map": plots.heat_map(
            RNG.random((2, 3)),
            list("ab"),
            list("cde"),
            xlabel="x",
            ylabel="y",
            unit="u",
            title="a title",
            marked=[(0, 1)],
        ),
        "weight_maps": plots.weight_maps({"a title": RNG.random((300, 4))}, xlabel="x", ylabel="y"),
        "weight_graph": plots.weight_graph(np.eye(2), list("ab"), list("cd"), names=("in", "out"), title="a title"),
        "sentence_results": plots.sentence_results(
            ["one", "a sentence " * 40], PICTURES[:6].reshape(2, 3, 8, 8, 3), [[1, 0, 1], [0, 0, 1]], title="a title"
        ),
        "picture_results": plots.picture_results(PICTURES[:2], [["one", ""], ["a", "b"]], [[1, 0], [0, 0]], "a title"),
        "sweep": plots.sweep([16, 32], {"bow": [0.1, 0.2]}, "size", "mAP", title="a title", log_x=True),
        "known_and_unseen": plots.known_and_unseen({"birds": ([0.1, 0.2], [0.1, 0.1])}, "MAP@R", "a title"),
        "loss_by_scale": plots.loss_by_scale([0.1, 1], {"all": [1, 2]}, "a title"),
        "trial_strips": plots.trial_strips({"a": [0.1, 0.2]}, {"a": 0.1}, "mAP", "a title"),
        "visited_cells": plots.visited_cells([[0, 0], [5, 5]], [0, 1], [[0, 0], [5, 5]], [1, 0], [0], 0, "a title"),
        "recall_against_speed": plots.recall_against_speed({"graph": ([100, 50], [0.8, 0.95])}, "a title"),
        "missed_neighbours": plots.missed_neighbours([[1, 3], [2, 9]], 2, list("ab"), "a title"),
        "pull_and_push": plots.pull_and_push({"a title": POINT.square().sum()}, {"anchor": POINT}),
    }


def test_every_function_returns_a_figure_with_title_and_labelled_axes_and_leaves_the_settings_alone(recwarn):
    before = dict(mpl.rcParams)
    with mpl.rc_context({"figure.max_open_warning": 0}):  # there are more than twenty
        figures = every_figure()
    elsewhere = {
        "Reported",
        "method_looks",
        "use_style",
        "embedding_diagnostics",
        "small_maps",  # axes that mean nothing but directions have no labels
        "graph_walks",  # likewise
    }
    passed_on = {name for name, thing in vars(plots).items() if callable(thing)}
    assert set(figures) | elsewhere == passed_on
    for name, figure in figures.items():
        assert isinstance(figure, Figure), name
        assert "a title" in texts(figure), name
        for axes in figure.axes:
            if axes.axison:
                assert axes.get_xlabel() or (axes.get_label() == "<colorbar>" and axes.get_ylabel()), name
        figure.canvas.draw()
    assert dict(mpl.rcParams) == before
    assert [str(w.message) for w in recwarn] == []  # a glyph that the font lacks, a layout that fails


def test_contact_sheet_shows_every_picture_with_its_title():
    figure = plots.contact_sheet(PICTURES, [f"picture {i}" for i in range(12)], columns=5)
    assert len(figure.axes[0].images) == 12
    assert sum(text.startswith("pictu") for text in texts(figure)) == 12
    np.testing.assert_array_equal(figure.axes[0].images[3].get_array(), PICTURES[3])


def test_contact_sheet_takes_pictures_of_different_sizes_and_keeps_their_proportions():
    figure = plots.contact_sheet([PICTURES[0], PICTURES[1][:4], PICTURES[2] / 255])
    left, right, bottom, top = figure.axes[0].images[1].get_extent()
    assert (right - left) == pytest.approx(2 * abs(top - bottom))


@pytest.mark.parametrize(
    ("images", "problem"),
    [
        ([], "no picture"),
        (PICTURES.transpose(0, 3, 1, 2), r"must be \(H, W, 3\); permute"),
        (PICTURES[..., 0], "must be"),
        (PICTURES.astype(float), "undo the normalisation"),
        ((PICTURES / 255 - 0.5), "undo the normalisation"),
        (np.full((1, 4, 4, 3), np.nan), "undo the normalisation"),
    ],
)
def test_what_is_no_picture_is_refused(images, problem):
    with pytest.raises(ValueError, match=problem):
        plots.contact_sheet(images)


def test_titles_must_fit_their_pictures():
    with pytest.raises(ValueError, match="2 entries for 12 pictures"):
        plots.contact_sheet(PICTURES, ["a", "b"])


def test_right_and_wrong_differ_in_colour_border_and_sign():
    correct = np.array([[True, False, True], [False, False, True]])
    figure = plots.retrieval_grid(PICTURES[:2], PICTURES[:6].reshape(2, 3, 8, 8, 3), correct)
    axes = figure.axes[0]
    assert len(axes.images) == 8
    edges = [(to_hex(patch.get_edgecolor()), patch.get_linestyle()) for patch in axes.findobj(Rectangle)]
    right = [style for colour, style in edges if colour == RIGHT.lower()]
    wrong = [style for colour, style in edges if colour == WRONG.lower()]
    assert right == ["-"] * 3
    assert len(wrong) == 3
    assert all(isinstance(style, tuple) for style in wrong)  # dashes
    signs = [text.get_text() for text in axes.texts if text.get_text() in "✓✗"]
    assert signs == ["✓" if c else "✗" for c in correct.ravel()]
    assert {"✓ right", "✗ wrong", "query", "1", "2", "3"} <= set(texts(figure))


def test_a_grid_whose_parts_do_not_fit_is_refused():
    results = PICTURES[:6].reshape(2, 3, 8, 8, 3)
    with pytest.raises(ValueError, match="2 queries with 2 results"):
        plots.retrieval_grid(PICTURES[:2], results, np.ones((2, 2)))
    with pytest.raises(ValueError, match="1 queries"):
        plots.retrieval_grid(PICTURES[:2], results, np.ones((1, 3)))
    with pytest.raises(ValueError, match=r"must be \(queries, results\)"):
        plots.retrieval_grid(PICTURES[:2], results, np.ones(3))


def test_learning_curves_show_both_parts_and_the_best_epoch():
    class History:
        train_loss = (2.0, 1.0)
        validation_loss = (2.0, 1.5)
        best_epoch = None

    figure = plots.learning_curves(HISTORY)
    assert [axes.get_ylabel() for axes in figure.axes] == ["loss", "accuracy"]
    lines = {line.get_label(): line for line in figure.axes[0].lines}
    assert lines["validation"].get_ydata().tolist() == [2.1, 1.4, 1.6]
    assert lines["train"].get_xdata().tolist() == [1, 2, 3]
    assert lines["best epoch (2)"].get_xdata() == [2, 2]
    assert lines["train"].get_linestyle() != lines["validation"].get_linestyle()
    only_loss = plots.learning_curves(History())
    assert len(only_loss.axes) == 1
    assert len(only_loss.axes[0].lines) == 2
    with pytest.raises(ValueError, match="no losses and no accuracies"):
        plots.learning_curves({"best_epoch": 1})


def test_methods_are_compared_with_intervals_and_chance():
    intervals = [(0.2, 0.5), (0.6, 0.75)]
    figure = plots.compare_methods(["hog", "tirg"], [0.3, 0.7], intervals=intervals, xlabel="mAP", chance=0.1)
    assert {"0.300", "0.700", "chance", "hog", "tirg"} <= set(texts(figure))
    bars = [bar.get_segments() for bar in figure.axes[0].containers[0].lines[2]]
    assert np.allclose([segment[:, 0] for segment in bars[0]], intervals)
    assert len(figure.axes) == 1


def test_what_a_source_reports_shares_no_axis_with_what_was_measured():
    reported = plots.Reported({"tirg": 0.8, "other": 0.1}, chance=0.02)
    figure = plots.compare_methods(["hog", "tirg"], [0.3, 0.7], xlabel="mAP", chance=0.1, source=reported)
    ours, theirs = figure.axes
    assert [t.get_text() for t in ours.get_yticklabels()] == ["hog", "tirg"]
    assert [t.get_text() for t in theirs.get_yticklabels()] == ["tirg", "other"]
    assert "0.800" in texts(theirs) and "0.800" not in texts(ours)
    assert texts(figure).count("chance") == 2
    assert ours.get_xlim() != theirs.get_xlim()


def test_methods_that_cannot_be_compared_are_refused():
    with pytest.raises(ValueError, match="2 names, 1 means"):
        plots.compare_methods(["a", "b"], [0.1], xlabel="mAP")
    with pytest.raises(ValueError, match="negative or NaN"):
        plots.compare_methods(["a"], [np.nan], xlabel="mAP")


def test_hollow_points_are_those_that_another_method_beats():
    figure = plots.quality_against_cost(["a", "b", "c", "d"], [0.3, 0.5, 0.4, 0.5], [1, 2, 3, 2.5], "mAP", "ms")
    lines = {line.get_label(): line for line in figure.axes[0].lines}
    best, beaten = lines["best for its cost"], lines["beaten by a cheaper one"]
    assert sorted(best.get_ydata().tolist()) == [0.3, 0.5]
    assert sorted(beaten.get_ydata().tolist()) == [0.4, 0.5]
    assert [t for t in texts(figure) if t in "abcd"] == ["a", "b", "c", "d"]  # each named once
    with pytest.raises(ValueError, match="no place on a logarithmic axis"):
        plots.quality_against_cost(["a"], [0.1], [0], "mAP", "ms")
    with pytest.raises(ValueError, match="NaN"):
        plots.quality_against_cost(["a"], [np.nan], [1], "mAP", "ms")


def test_a_sweep_shows_mean_and_range_over_seeds():
    figure = plots.sweep([1, 2, 4], {"one": [0.1, 0.2, 0.3], "seeds": [[0.2, 0.2, 0.2], [0.4, 0.4, 0.6]]}, "x", "y")
    axes = figure.axes[0]
    assert axes.lines[1].get_ydata().tolist() == pytest.approx([0.3, 0.3, 0.4])
    assert len(axes.collections) == 1
    band = axes.collections[0].get_paths()[0].vertices
    assert (band[:, 1].min(), band[:, 1].max()) == (0.2, 0.6)
    with pytest.raises(ValueError, match="one has 2 values for 3 settings"):
        plots.sweep([1, 2, 4], {"one": [0.1, 0.2]}, "x", "y")


def test_labels_move_apart_and_no_further():
    assert spread_labels([], 1) == []
    assert spread_labels([5.0, 1.0], 1) == [5.0, 1.0]
    moved = spread_labels([0.0, 0.0, 0.0, 0.5, 9.0], gap=1.0)
    assert np.diff(sorted(moved)).min() >= 1 - 1e-9
    assert moved[4] == 9.0
    assert np.mean(moved[:4]) == pytest.approx(np.mean([0, 0, 0, 0.5]))


def test_use_style_is_for_a_lesson_s_own_plots():
    with plt.rc_context():
        plots.use_style()
        assert mpl.rcParams["axes.spines.top"] is False


def test_epoch_panels_start_at_the_untrained_network_where_it_was_measured():
    loss, spread = plots.epoch_panels({"a": RUN}, {"loss": "Loss", "spread": "Spread"}).axes
    assert loss.lines[0].get_xdata().tolist() == [1, 2, 3]
    assert spread.lines[0].get_xdata().tolist() == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="0 histories"):
        plots.epoch_panels({}, {"loss": "Loss"})


def test_detections_draw_every_box_with_its_kind():
    figure = plots.detections(PICTURES[:2], [FOUND, {key: value[:0] for key, value in FOUND.items()}], ["ball"])
    assert [len(axes.patches) for axes in figure.axes] == [2, 0]  # a white edge below the coloured one
    assert "ball 0.90" in texts(figure)
    with pytest.raises(ValueError, match="one for each"):
        plots.detections(PICTURES[:2], [FOUND], ["ball"])
