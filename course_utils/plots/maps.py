"""Embeddings in the plane: one colour and marker a class, the class's name on its densest spot."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.plots.labels import spread_labels
from course_utils.plots.style import COLOURS, FAINT, INK, MARKERS, styled

MOST_NAMES = 12  # with more classes, names on the map would hide it: only the legend remains
SIZES = {"o": 1.0, "s": 0.85, "^": 1.1, "D": 0.8, "v": 1.1, "P": 1.25, "X": 1.2, "*": 1.9}  # equal to the eye


@styled
def embedding_map(points_2d, labels, classes: Sequence[str], title: str = "", axis_label: str = "map axis") -> Figure:
    """Show N points of the plane, e.g. embeddings brought down to two dimensions by t-SNE or PCA.

    points_2d   float (N, 2)
    labels      int (N,), index into classes
    axis_label  "map axis" for t-SNE, whose directions and units mean nothing; "principal component" for PCA ...

    Raises: ValueError if the shapes do not fit or a point is not finite.
    """
    points, labels = np.asarray(points_2d, dtype=np.float64), np.asarray(labels)
    if points.ndim != 2 or points.shape[1] != 2 or labels.shape != (len(points),) or not len(points):
        raise ValueError(f"points of shape {points.shape} and labels of shape {labels.shape}; need (N, 2) and (N,)")
    if not np.isfinite(points).all():
        raise ValueError("a point is NaN or infinite: look at the embeddings before drawing them")
    present = [int(label) for label in np.unique(labels)]
    figure, axes = plt.subplots(figsize=(7.6, 5.6))
    size = float(np.clip(24000 / len(points), 18, 60))
    for label in present:
        look = _look(label)
        own = points[labels == label]
        axes.scatter(*own.T, s=size * SIZES[look["marker"]], alpha=0.85, linewidths=0.4, edgecolors=INK, **look)
        axes.scatter([], [], s=60 * SIZES[look["marker"]], linewidths=0.4, edgecolors=INK, label=classes[label], **look)
    if len(present) <= MOST_NAMES:
        _write_names(axes, points, labels, present, classes)
    axes.set(title=title, xlabel=f"{axis_label} 1", ylabel=f"{axis_label} 2", xticks=[], yticks=[])
    axes.spines[["top", "right"]].set_visible(True)
    axes.spines[:].set_color(FAINT)
    figure.legend(loc="outside right upper", handletextpad=0.2)
    return figure


@styled
def small_maps(maps: Mapping, labels, classes: Sequence[str], title: str = "", columns: int = 4, rays: bool = True):
    """Show several embeddings of the same N pictures in two dimensions side by side, without axes.

    maps  title of a panel -> float (N, 2); the origin is marked, and with `rays` joined to the middle of each class
    """
    labels, rows = np.asarray(labels), -(-len(maps) // columns)
    figure, panels = plt.subplots(rows, columns, figsize=(2.9 * columns, 3.05 * rows + 0.5), squeeze=False)
    for axes in panels.flat[len(maps) :]:
        axes.axis("off")
    for axes, (name, points) in zip(panels.flat, maps.items(), strict=False):
        for label in np.unique(labels):
            own, look = points[labels == label], _look(int(label))
            axes.scatter(*own.T, s=9 * SIZES[look["marker"]], alpha=0.6, linewidths=0, label=classes[label], **look)
            if rays:
                axes.plot(*np.stack([[0, 0], np.median(own, axis=0)]).T, color=look["color"], linewidth=1, alpha=0.7)
        axes.plot(0, 0, "+", color=INK, markersize=11, markeredgewidth=1.4)
        axes.set(title=name, xticks=[], yticks=[], aspect="equal", box_aspect=1, adjustable="datalim")
        axes.title.set_fontsize(11)
        axes.grid(visible=False)
        axes.spines[:].set_visible(True)
        axes.spines[:].set_color(FAINT)
    handles, names = panels[0, 0].get_legend_handles_labels()
    if len(names) <= MOST_NAMES:
        legend = figure.legend(handles, names, loc="outside lower center", ncols=min(len(names), 4), markerscale=2.5)
        for handle in legend.legend_handles:
            handle.set_alpha(1)
    if title:
        figure.suptitle(title, x=0.01, ha="left")
    return figure


def _write_names(axes, points: np.ndarray, labels: np.ndarray, present: list[int], classes: Sequence[str]) -> None:
    spots = np.array([_densest(points[labels == label]) for label in present])
    height = float(np.ptp(points[:, 1])) or 1.0
    for label, x, y in zip(present, spots[:, 0], spread_labels(spots[:, 1].tolist(), gap=0.055 * height), strict=True):
        box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": _look(label)["color"], "linewidth": 2}
        axes.annotate(classes[label], (x, y), ha="center", va="center", fontsize=11, color=INK, bbox=box, zorder=5)


def _densest(points: np.ndarray) -> np.ndarray:
    """Return the point (2,) with most neighbours: the mean of a class in two clumps would lie between them."""
    some = points[:: max(1, len(points) // 500)]
    distance = np.linalg.norm(some[:, None] - some[None], axis=2)
    radius = np.median(distance) / 3 or 1.0
    return some[np.exp(-((distance / radius) ** 2)).sum(axis=1).argmax()]


def _look(label: int) -> dict:
    """Colour and marker of a class; after eight classes the colours come again with other markers."""
    return {"color": COLOURS[label % 8], "marker": MARKERS[(label + label // 8) % 8]}
