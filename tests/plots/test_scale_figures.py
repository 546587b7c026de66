"""Figures of search at scale show what they are given, and name it."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from course_utils.plots import graph_walks, missed_neighbours, recall_against_speed, visited_cells
from course_utils.plots.style import BLUE, VERMILLION


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_only_the_vectors_of_visited_cells_are_dark():
    points = np.array([[0.0, 0], [1, 0], [5, 0], [6, 0], [9, 9]])
    figure = visited_cells(points, [0, 0, 1, 1, 2], [[0, 0], [5, 0], [9, 9]], [2, 0], [0, 2], nearest=1, title="T")
    grey, dark = figure.axes[0].collections
    assert grey.get_offsets().tolist() == [[5, 0], [6, 0]]
    assert dark.get_offsets().tolist() == [[0, 0], [1, 0], [9, 9]]
    ringed = figure.axes[0].lines[-1]
    assert (ringed.get_xdata(), ringed.get_ydata()) == ([1], [0])
    assert figure.axes[0].get_title(loc="left") == "T"


def test_a_neighbour_is_missed_if_its_list_comes_later():
    axes = missed_neighbours([[1, 3], [2, 9]], 2, ["query 4", "query 7"], "T").axes[0]
    found, missed = axes.collections
    assert found.get_offsets()[:, 0].tolist() == [1, 2] and missed.get_offsets()[:, 0].tolist() == [3, 9]
    assert to_hex(missed.get_facecolor()[0]) == VERMILLION.lower() and axes.lines[0].get_xdata() == [2.5, 2.5]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["query 4", "query 7"]


def test_every_layer_shows_its_links_and_its_walk():
    points = np.array([[0.0, 0], [1, 0], [2, 0]])
    links = np.array([[1], [0], [1]])
    figure = graph_walks([(points[:2], links[:2], [0, 1]), (points, links, [1, 2])], [2, 1])
    sparse, dense = figure.axes
    assert (
        sparse.get_title(loc="left") == "layer 1: 2 vectors"
        and dense.get_title(loc="left") == "layer 0: 3 vectors, near the walk"
    )
    assert len(sparse.lines) == 2 + 3 and len(dense.lines) == 3 + 3, "links; walk, start, query"
    assert dense.lines[3].get_xdata().tolist() == [1, 2]
    assert dense.get_xlim()[0] > 0 and dense.get_xlim()[1] > 2, "near the walk"


def test_recall_against_speed_names_each_curve_at_its_fast_end():
    figure = recall_against_speed({"graph": ([100, 50], [0.8, 0.95]), "lists": ([20], [0.9])}, "T", bar=0.95)
    axes = figure.axes[0]
    names = {text.get_text(): text.xy[0] for text in axes.texts}
    assert names == {"graph": 100, "lists": 20, "← exact: 1×": 0}
    assert axes.get_xscale() == "log" and axes.get_xlabel() and axes.get_ylabel()
    assert axes.lines[1].get_color() == BLUE and axes.lines[0].get_ydata() == [0.95, 0.95]
