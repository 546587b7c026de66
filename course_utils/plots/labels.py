"""Names beside what they name: labels that do not cover each other."""

import itertools
from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator


def spread_labels(positions: Sequence[float], gap: float) -> list[float]:
    """Move labels apart along one axis until neighbours are `gap` apart, each as little as possible.

    >>> spread_labels([0.0, 0.1, 5.0], gap=1.0)
    [-0.45, 0.55, 5.0]
    """
    order = sorted(range(len(positions)), key=positions.__getitem__)
    blocks: list[list[float]] = []  # [centre, number of labels]: labels that touch move as one block around their mean
    for i in order:
        blocks.append([positions[i], 1])
        while len(blocks) > 1 and blocks[-1][0] - blocks[-2][0] < gap * (blocks[-1][1] + blocks[-2][1]) / 2:
            centre, count = blocks.pop()
            total = blocks[-1][1] + count
            blocks[-1] = [(blocks[-1][0] * blocks[-1][1] + centre * count) / total, total]
    placed = [centre + gap * (j - (count - 1) / 2) for centre, count in blocks for j in range(int(count))]
    moved = [0.0] * len(positions)
    for i, place in zip(order, placed, strict=True):
        moved[i] = round(place, 12)
    return moved


def log_x(axes: Axes, unit: str = "") -> None:
    """Make the horizontal axis logarithmic, with plain numbers at 1, 2, 5, 10 ..., each followed by `unit`."""
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}{unit}"))
    axes.xaxis.set_minor_locator(plt.NullLocator())


def name_points(axes: Axes, x: Sequence[float], y: Sequence[float], names: Sequence[str], line=()) -> None:
    """Write each point's name beside it: right, left, above or below, wherever it covers least.

    `line` holds the corners (x, y) of a line that the names should not cross. Call it last: places are chosen in
    pixels, with the axes' limits and the figure's layout as they are now.
    """
    figure = axes.figure
    figure.draw_without_rendering()  # settles layout and limits, so that pixels are known
    renderer = figure.canvas.get_renderer()
    frame = axes.get_window_extent(renderer)
    x, y = np.asarray(x), np.asarray(y)  # by position, also of a pandas Series
    points = axes.transData.transform(list(zip(x, y, strict=True)))
    taken = [(px - 7, py - 7, px + 7, py + 7) for px, py in points]
    corners = axes.transData.transform(list(line)) if len(line) else np.empty((0, 2))
    for start, end in itertools.pairwise(corners):
        steps = np.linspace(start, end, 2 + int(np.abs(end - start).max() / 4))
        taken += [(px - 3, py - 3, px + 3, py + 3) for px, py in steps]
    for i, name in enumerate(names):
        candidates = []
        for rank, (dx, dy) in enumerate(itertools.product((10, -10, 0), (0, 11, -11, 22, -22))):
            if (dx == 0) == (abs(dy) < 11):
                continue  # neither on the point itself nor nowhere
            side = {10: "left", -10: "right", 0: "center"}[dx]
            text = axes.annotate(name, (x[i], y[i]), (dx, dy), textcoords="offset points", ha=side, va="center")
            box = text.get_window_extent(renderer).extents
            outside = box[0] < frame.x0 or box[2] > frame.x1 or box[1] < frame.y0 or box[3] > frame.y1
            covered = sum(_overlap(box, other) for other in taken)
            candidates.append((covered + 1e4 * outside, rank, text, box))
        best = min(candidates, key=lambda candidate: candidate[:2])
        for candidate in candidates:
            if candidate is not best:
                candidate[2].remove()
        taken.append(tuple(best[3]))


def _overlap(a: Sequence[float], b: Sequence[float]) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
