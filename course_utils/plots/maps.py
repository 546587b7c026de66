"""Embeddings in the plane, one colour and marker a class, the class's name beside its points."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.plots.style import COLOURS, FAINT, INK, MARKERS, spread_labels, styled


@styled
def embedding_map(
    points_2d,
    labels,
    classes: Sequence[str],
    title: str = "",
    axis_label: str = "map axis",
) -> Figure:
    """Show N points of the plane, e.g. embeddings brought down to two dimensions by t-SNE or PCA.

    points_2d   float (N, 2)
    labels      int (N,), index into classes
    axis_label  "map axis" for t-SNE, whose directions and units mean nothing; "principal component" for PCA ...

    Each class's name stands where its points are densest (the medoid), moved up or down where names would overlap.
    Raises: ValueError if the shapes do not fit or a point is not finite.
    """
    points, labels = np.asarray(points_2d, dtype=np.float64), np.asarray(labels)
    if points.ndim != 2 or points.shape[1] != 2 or labels.shape != (len(points),) or not len(points):
        raise ValueError(f"points of shape {points.shape} and labels of shape {labels.shape}; need (N, 2) and (N,)")
    if not np.isfinite(points).all():
        raise ValueError("a point is NaN or infinite: look at the embeddings before drawing them")
    figure, axes = plt.subplots(figsize=(7.2, 5.8))
    present = [int(label) for label in np.unique(labels)]
    anchors = []
    size = float(np.clip(9000 / len(points), 10, 46))
    for label in present:
        own = points[labels == label]
        axes.scatter(*own.T, s=size, alpha=0.75, linewidths=0.5, edgecolors="white", **_look(label))
        anchors.append(own[np.abs(own - np.median(own, axis=0)).sum(axis=1).argmin()])
    low, high = points[:, 1].min(), points[:, 1].max()
    heights = spread_labels([float(anchor[1]) for anchor in anchors], gap=(high - low or 1.0) * 0.052)
    for label, anchor, y in zip(present, anchors, heights, strict=True):
        look = _look(label)
        box = {
            "boxstyle": "round,pad=0.25",
            "facecolor": "white",
            "edgecolor": look["color"],
            "linewidth": 1.8,
            "alpha": 0.92,
        }
        axes.annotate(str(classes[label]), (anchor[0], y), ha="center", va="center", fontsize=11, color=INK, bbox=box)
        axes.scatter([], [], s=46, label=str(classes[label]), **look)
    axes.set(title=title, xlabel=f"{axis_label} 1", ylabel=f"{axis_label} 2", xticks=[], yticks=[])
    axes.spines[["top", "right"]].set_visible(True)
    axes.spines[:].set_color(FAINT)
    figure.legend(loc="outside right center", handletextpad=0.2)
    return figure


def _look(label: int) -> dict:
    """Colour and marker of a class; after eight classes the colours come again with other markers."""
    return {"color": COLOURS[label % 8], "marker": MARKERS[(label + label // 8) % 8]}
