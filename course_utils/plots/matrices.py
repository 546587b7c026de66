"""Matrices as pictures: similarities, confusions, and the weights of a linear map with its strongest connections."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.plots.style import BLUE, INK, VERMILLION, styled, write_title


@styled
def heat_map(
    matrix,
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    *,
    xlabel: str,
    ylabel: str,
    unit: str,
    title: str = "",
    marked: Sequence[tuple[int, int]] = (),
) -> Figure:
    """Show a matrix (R, C) in viridis, dark is small; `marked` cells (row, column) get a white frame.

    rows, columns  names along the sides, or None for none; unit  what the colour bar measures
    """
    matrix = np.asarray(matrix, dtype=float)
    if matrix.ndim != 2 or matrix.size == 0 or not np.isfinite(matrix).all():
        raise ValueError(f"the matrix has shape {matrix.shape}; heat_map shows a table (R, C) of finite numbers")
    for name, texts, count in (("rows", rows, matrix.shape[0]), ("columns", columns, matrix.shape[1])):
        if texts is not None and len(texts) != count:
            raise ValueError(f"{name} has {len(texts)} names for {count}")
    rows, columns = ([] if names is None else list(names) for names in (rows, columns))
    beside = 0.085 * max(map(len, rows), default=0)  # inches of the row names
    size = (min(9.5, 2.6 + beside + 0.42 * matrix.shape[1]), min(8.0, 2.2 + 0.32 * matrix.shape[0]))
    figure, axes = plt.subplots(figsize=size)
    picture = axes.imshow(matrix, aspect="auto", interpolation="nearest")
    axes.grid(False)
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    axes.set_yticks(range(len(rows)), rows)
    rotation = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"}
    axes.set_xticks(range(len(columns)), columns, **rotation if max(map(len, columns), default=0) > 3 else {})
    for row, column in marked:
        axes.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor="white", linewidth=2))
    figure.colorbar(picture, ax=axes, label=unit, shrink=0.9)
    return figure


@styled
def weight_maps(
    weights: Mapping[str, np.ndarray], *, xlabel: str, ylabel: str, title: str = "", side: int = 160
) -> Figure:
    """Show |weight| of several maps (D_in, D_out) as pictures, at most three in a row, each on its own scale.

    A matrix larger than `side` is averaged down to it, so that a band stays visible and nothing is left out; bright
    is large, and the top one per cent of the cells share the brightest colour.
    """
    if not weights:
        raise ValueError("weight_maps got no weights")
    columns = min(3, len(weights))
    rows = -(-len(weights) // columns)
    figure, all_axes = plt.subplots(rows, columns, squeeze=False, figsize=(9.6, 3.2 * rows + 0.5))
    for axes in all_axes.flat[len(weights) :]:
        axes.axis("off")
    for axes, (name, matrix) in zip(all_axes.flat, weights.items(), strict=False):
        small = shrink(np.abs(np.asarray(matrix, dtype=float)), side)
        axes.imshow(small, aspect="auto", interpolation="nearest", vmax=np.quantile(small, 0.99))
        axes.grid(False)
        axes.set(xticks=[], yticks=[], xlabel=f"{xlabel} ({matrix.shape[1]})", ylabel=f"{ylabel} ({matrix.shape[0]})")
        axes.set_title(name.replace("+", "\n+ "))  # two networks' names do not fit beside one another
    write_title(figure, title)
    return figure


@styled
def weight_graph(
    weight, left: Sequence[str], right: Sequence[str], *, lines: int = 30, names: tuple[str, str], title: str = ""
) -> Figure:
    """Show the strongest weights (D_in, D_out) as lines from an input at the left to an output at the right.

    left, right  names of the inputs and outputs;  names  of the two columns, for their headings
    Positive weights are blue and solid, negative ones vermillion and dashed; the larger, the thicker. Inputs and
    outputs that no line touches are left out.
    """
    weight = np.asarray(weight, dtype=float)
    if weight.shape != (len(left), len(right)) or not np.isfinite(weight).all() or not weight.any():
        raise ValueError(
            f"weights of shape {weight.shape} for {len(left)} inputs and {len(right)} outputs, or all zero"
        )
    if lines < 1 or len(names) != 2:
        raise ValueError(f"{lines} lines and {len(names)} names of columns; weight_graph takes at least one, and two")
    strongest = np.argsort(-np.abs(weight), axis=None, kind="stable")[:lines]
    i, j = np.unravel_index(strongest[np.abs(weight.flat[strongest]) > 0], weight.shape)
    rows, columns = np.unique(i), np.unique(j)
    y_left, y_right = np.linspace(0, 1, len(rows) + 2)[1:-1], np.linspace(0, 1, len(columns) + 2)[1:-1]
    figure, axes = plt.subplots(figsize=(7.4, 1.4 + 0.27 * max(len(rows), len(columns))))
    largest = np.abs(weight[i, j]).max()
    looks = {1: {"color": BLUE, "linestyle": "-"}, -1: {"color": VERMILLION, "linestyle": "--"}}  # by sign
    for a, b in zip(i[::-1], j[::-1], strict=True):  # the strongest on top
        ends = y_left[np.searchsorted(rows, a)], y_right[np.searchsorted(columns, b)]
        axes.plot([0, 1], ends, linewidth=0.6 + 3 * abs(weight[a, b]) / largest, **looks[np.sign(weight[a, b])])
    sides = (-0.02, y_left, [left[a] for a in rows], "right"), (1.02, y_right, [right[b] for b in columns], "left")
    for x, ys, labels, side in sides:
        for y, label in zip(ys, labels, strict=True):
            axes.text(x, y, label, ha=side, va="center", color=INK, fontsize=11)
    for x, name, side in ((0, names[0], "right"), (1, names[1], "left")):
        axes.text(x, 1.04, name, ha=side, va="bottom", weight="bold")
    for sign, label in ((1, "positive"), (-1, "negative")):
        if (np.sign(weight[i, j]) == sign).any():
            axes.plot([], [], label=label, **looks[sign])
    axes.set(xlim=(-0.55, 1.55), ylim=(0, 1.1), title=title)
    axes.axis("off")
    figure.legend(loc="outside lower center", ncols=2)
    return figure


def shrink(matrix: np.ndarray, side: int) -> np.ndarray:
    """Return the matrix averaged over blocks, so that neither side is longer than `side`.

    >>> shrink(np.array([[1.0, 3.0, 5.0, 7.0]]), side=2)
    array([[2., 6.]])
    """
    if matrix.ndim != 2 or matrix.size == 0:
        raise ValueError(f"a matrix of shape {matrix.shape}; it should be (D_in, D_out)")
    for axis in (0, 1):
        if matrix.shape[axis] > side:
            edges = np.linspace(0, matrix.shape[axis], side + 1).astype(int)[:-1]
            sizes = np.diff([*edges, matrix.shape[axis]])
            matrix = np.add.reduceat(matrix, edges, axis=axis) / np.expand_dims(sizes, 1 - axis)
    return matrix
