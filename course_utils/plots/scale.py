"""Figures of search at scale: visited cells, missed neighbours, a walk over a graph, recall against speed."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.plots.labels import log_x, spread_labels
from course_utils.plots.style import BLUE, COLOURS, FAINT, GREEN, INK, MARKERS, VERMILLION, styled


@styled
def visited_cells(points, cells, centroids, query, visited: Sequence[int], nearest: int, title: str = "") -> Figure:
    """Show points (N, 2) by the cells (N,) they lie in: those of visited cells dark, the true nearest one ringed."""
    points, cells, centroids, query = (np.asarray(a) for a in (points, cells, centroids, query))
    seen = np.isin(cells, list(visited))
    figure, axes = plt.subplots(figsize=(7.2, 4.6))
    axes.scatter(*points[~seen].T, s=14, color=FAINT, alpha=0.45, label="not looked at")
    axes.scatter(*points[seen].T, s=14, color=BLUE, label="looked at")
    axes.plot(*centroids.T, "P", color=INK, markersize=9, label="centroid")
    axes.plot(*query, "*", color=VERMILLION, markersize=18, label="query")
    look = {"markersize": 14, "markerfacecolor": "none", "markeredgewidth": 2.4}
    axes.plot(*points[nearest], "o", color=GREEN, label="its nearest vector", **look)
    axes.set(xlabel="first axis", ylabel="second axis", title=title)
    axes.set_aspect("equal")
    figure.legend(loc="outside right upper")
    return figure


@styled
def missed_neighbours(places, probes: int, names: Sequence[str], title: str = "") -> Figure:
    """Show in which list each true neighbour of a few queries lies, and which of these lists are visited.

    places  int (F, k): for each query its neighbours, nearest first, by the place of their list, 1 for the list of
            the nearest centroid;  probes: lists visited;  names: F texts
    """
    places = np.asarray(places)
    figure, axes = plt.subplots(figsize=(7.6, 1 + 0.75 * len(places)))
    heights = np.arange(len(places))[:, None] + np.linspace(-0.3, 0.3, places.shape[1])
    found = places <= probes
    axes.scatter(places[found], heights[found], s=46, color=BLUE, marker="o", label="found")
    axes.scatter(places[~found], heights[~found], s=46, color=VERMILLION, marker="X", label="missed")
    axes.axvline(probes + 0.5, color=INK, linewidth=1.2, linestyle="--", label="visited, left of it")
    log_x(axes)
    axes.set_xlim(0.8, max(2 * probes, 1.4 * places.max()))
    axes.set_yticks(range(len(places)), names)
    axes.invert_yaxis()
    axes.set(xlabel="place of the neighbour's list, by distance of its centroid", title=title)
    figure.legend(loc="outside lower center", ncols=3)
    return figure


@styled
def graph_walks(layers: Sequence[tuple], query, title: str = "") -> Figure:
    """Show the layers of a graph side by side, the sparse one first, with the way a search takes through each.

    The last layer is shown near the walk only: it starts where the one above ended.

    layers  (points (N, 2), links (N, m) of row numbers, walk: row numbers in the order of the search), one a layer
    """
    figure, panels = plt.subplots(1, len(layers), figsize=(8, 4.4), squeeze=False)
    for number, (axes, (points, links, walk)) in enumerate(zip(panels[0], layers, strict=True)):
        points = np.asarray(points)
        for i, row in enumerate(links):
            for j in row:
                axes.plot(*points[[i, j]].T, color=FAINT, linewidth=0.6, alpha=0.6, zorder=1)
        axes.scatter(*points.T, s=12, color=BLUE, zorder=2)
        axes.plot(*points[walk].T, "o-", color=VERMILLION, linewidth=2.6, markersize=7, zorder=3)
        axes.plot(*points[walk[0]], "s", color=VERMILLION, markersize=11, zorder=4)
        axes.plot(*query, "*", color=GREEN, markersize=18, zorder=5)
        axes.set(title=f"layer {len(layers) - 1 - number}: {len(points)} vectors", xticks=[], yticks=[])
        axes.set_aspect("equal")
        axes.grid(False)
    way = points[walk]
    middle, reach = way.mean(axis=0), 1.2 * max(np.ptp(way, axis=0).max(), 1e-9)
    axes.set(xlim=(middle[0] - reach, middle[0] + reach), ylim=(middle[1] - reach, middle[1] + reach))
    axes.set_title(f"layer 0: {len(points)} vectors, near the walk")
    figure.suptitle(title, x=0.01, ha="left")
    figure.supxlabel("square: start · line: the walk · star: the query", fontsize=12)
    return figure


@styled
def recall_against_speed(curves: Mapping[str, tuple], title: str = "", bar: float | None = None) -> Figure:
    """Show recall upwards and speed (exact time / time, logarithmic) to the right, a line for each kind of index.

    curves  {name: (speed-ups (S,), recalls (S,))}, settings from narrow to wide; bar: a recall to draw a line at
    """
    figure, axes = plt.subplots(figsize=(7.6, 4.6))
    if bar is not None:
        axes.axhline(bar, color=FAINT, linewidth=1.2, linestyle="--")
    ends = []
    for i, (name, (speed, recall)) in enumerate(curves.items()):
        speed, recall = np.asarray(speed, float), np.asarray(recall, float)
        axes.plot(speed, recall, marker=MARKERS[i], color=COLOURS[i], clip_on=False)
        right = speed.argmax()
        ends.append((name, speed[right], recall[right], COLOURS[i]))
    log_x(axes, "×")
    heights = spread_labels([end[2] for end in ends], 0.06)
    for (name, x, _, colour), height in zip(ends, heights, strict=True):
        axes.annotate(name, (x, height), (8, 0), textcoords="offset points", color=colour, va="center", weight="bold")
    axes.set(xlabel="times as fast as exact search", ylabel="recall@10", title=title)
    axes.annotate("← exact: 1×", (0, 1), (4, 4), xycoords=axes.get_yaxis_transform(), textcoords="offset points")
    axes.margins(x=0.3)
    return figure
