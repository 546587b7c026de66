"""Embeddings in the plane: one colour and marker a class."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.plots.style import COLOURS, FAINT, INK, MARKERS, styled, write_title

MOST_NAMES = 12  # with more classes there is no legend: it would be larger than the maps
SIZES = {"o": 1.0, "s": 0.85, "^": 1.1, "D": 0.8, "v": 1.1, "P": 1.25, "X": 1.2, "*": 1.9}  # equal to the eye


@styled
def small_maps(
    maps: Mapping, labels, classes: Sequence[str], title: str = "", columns: int = 4, rays: bool = True
) -> Figure:
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
    write_title(figure, title)
    return figure


def _look(label: int) -> dict:
    """Colour and marker of a class; after eight classes the colours come again with other markers."""
    return {"color": COLOURS[label % 8], "marker": MARKERS[(label + label // 8) % 8]}
