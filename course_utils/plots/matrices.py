"""Matrices as pictures: similarities, confusions."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.plots.style import styled


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
    beside = 0.085 * max((len(name) for name in rows or ()), default=0)  # inches of the row names
    size = (min(9.5, 2.6 + beside + 0.42 * matrix.shape[1]), min(8.0, 2.2 + 0.32 * matrix.shape[0]))
    figure, axes = plt.subplots(figsize=size)
    picture = axes.imshow(matrix, aspect="auto", interpolation="nearest")
    axes.grid(False)
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    axes.set_yticks(range(len(rows)) if rows is not None else [], rows if rows is not None else [])
    long = columns is not None and max(map(len, columns)) > 3
    rotation = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"} if long else {}
    axes.set_xticks(
        range(len(columns)) if columns is not None else [], columns if columns is not None else [], **rotation
    )
    for row, column in marked:
        axes.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor="white", linewidth=2))
    figure.colorbar(picture, ax=axes, label=unit, shrink=0.9)
    return figure
