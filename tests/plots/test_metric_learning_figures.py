"""Figures of metric learning: arrows go down the gradient, panels hold all points."""

import numpy as np
import pytest
import torch

from course_utils.losses import triplet_loss
from course_utils.plots import known_and_unseen, loss_by_scale, pull_and_push, small_maps, trial_strips

PLACES = {"anchor": [0.0, 0.0], "positive": [1.0, 0.0], "far negative": [0.0, 9.0], "near negative": [0.0, 0.5]}
POINTS = {name: torch.tensor([place], requires_grad=True) for name, place in PLACES.items()}


def arrows(axes):
    return {text.get_position(): np.array(text.xy) for text in axes.texts if text.arrow_patch is not None}


def test_arrows_show_one_step_down_the_gradient_and_what_costs_nothing_has_none():
    a, p, far, near = POINTS.values()
    loss = triplet_loss(torch.cat([a, a]), torch.cat([p, p]), torch.cat([far, near]), margin=1.0)
    axes = pull_and_push({"Triplet": loss}, POINTS, reach={"Triplet": 1.0}).axes[0]
    found = arrows(axes)
    assert len(found) == 3  # the far negative costs nothing
    ((start, end),) = ((s, e) for s, e in found.items() if s == (1.0, 0.0))
    assert end[0] < start[0] and end[1] == pytest.approx(0)  # the positive comes closer
    assert len(axes.patches) >= 1


def test_losses_by_scale_are_drawn_less_that_of_a_point():
    figure = loss_by_scale([0.1, 1, 10], {"hardest": [1.0, 1.2, 3.0], "all": [1.0, 0.9, 2.0]}, "t")
    lines = [line.get_ydata() for line in figure.axes[0].lines if len(line.get_ydata()) == 3]
    assert np.allclose(lines, [[0, 0.2, 2.0], [0, -0.1, 1.0]]) and figure.axes[0].get_xscale() == "log"


def test_known_and_unseen_have_a_panel_a_set_and_a_dotted_line_where_they_began():
    curves = {"flowers": ([[0.3, 0.6], [0.3, 0.8]], [0.4, 0.5]), "birds": ([0.2, 0.3], [0.2, 0.1])}
    figure = known_and_unseen(curves, "MAP@R", "title")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["flowers", "birds"]
    known = figure.axes[0].lines[0]
    assert np.allclose(known.get_ydata(), [0.3, 0.7])  # the mean over seeds
    assert known.get_linestyle() == "-" and figure.axes[0].lines[1].get_linestyle() == ":"


def test_small_maps_hold_every_point_and_mark_the_origin():
    points, labels = np.random.default_rng(0).normal(size=(30, 2)), np.arange(30) % 3
    figure = small_maps({"one": points, "two": -points}, labels, ["a", "b", "c"], "title", columns=2)
    for axes, sign in zip(figure.axes, (1, -1), strict=True):
        drawn = np.concatenate([c.get_offsets() for c in axes.collections])
        assert np.allclose(np.sort(drawn[:, 0]), np.sort(sign * points[:, 0]))
        assert any(np.array_equal(line.get_xydata(), [[0, 0]]) for line in axes.lines)
    assert len(figure.legends) == 1
    many = small_maps({"one": points}, np.arange(30) % 15, [str(c) for c in range(15)], columns=2)
    assert not many.legends and not many.axes[1].axison


def test_strips_have_the_method_with_the_best_trial_on_top_its_best_filled_and_its_usual_one_crossed():
    figure = trial_strips({"a": [0.1, 0.3], "b": [0.5, 0.2]}, {"a": 0.1, "b": 0.5}, "mAP", "title")
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["b", "a"]
    drawn = [(line.get_label(), line.get_xdata().tolist()) for line in axes.lines]
    assert drawn[:3] == [("a trial", [0.5, 0.2]), ("best trial", [0.5]), ("usual setting", [0.5])]
    assert drawn[3:] == [("a trial", [0.1, 0.3]), ("best trial", [0.3]), ("usual setting", [0.1])]
    assert len(figure.legends[0].get_texts()) == 3
