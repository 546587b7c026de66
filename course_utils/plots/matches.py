"""Two pictures side by side, and a line from each keypoint to its partner."""

from collections.abc import Sequence
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils.plots.board import as_picture
from course_utils.plots.style import ORANGE, RIGHT, SKY, WRONG, styled, write_title


class Pair(NamedTuple):
    """One panel: two pictures (H, W, 3); matched places a, b (k, 2), pixels; right bool (k,), None: not judged;
    outline (m, 2): corners in the second picture, joined, None: nothing."""

    title: str
    first: np.ndarray
    second: np.ndarray
    a: np.ndarray
    b: np.ndarray
    right: np.ndarray | None = None
    outline: np.ndarray | None = None


@styled
def matched_pictures(pairs: Sequence[Pair], title: str = "") -> Figure:
    """Draw panels of matches: sky blue if not judged, else green for right ones, dashed vermillion for wrong ones.

    Wrong ones lie below, so that the right ones stay visible. Raises ValueError for no pair, or places that do not fit.
    """
    if not pairs:
        raise ValueError("matched_pictures got no pair")
    shape = pairs[0].first.shape
    height = len(pairs) * (8.0 * shape[0] / (2.06 * shape[1]) + 0.36) + (0.4 if title else 0)
    figure, panels = plt.subplots(len(pairs), 1, figsize=(8.0, height), squeeze=False)
    for axes, pair in zip(panels.flat, pairs, strict=True):
        axes.axis("off")
        _panel(axes, pair)
    write_title(figure, title)
    return figure


def _panel(axes, pair: Pair) -> None:
    first, second, a, b = as_picture(pair.first), as_picture(pair.second), np.asarray(pair.a), np.asarray(pair.b)
    if a.shape != b.shape or a.ndim != 2 or a.shape[1] != 2:
        raise ValueError(f"places of shape {a.shape} and {b.shape}; give (k, 2) for both pictures")
    gap = round(0.06 * first.shape[1])
    offset = first.shape[1] + gap
    board = np.full((max(len(first), len(second)), offset + second.shape[1], 3), 255, np.uint8)
    board[: len(first), : first.shape[1]] = first
    board[: len(second), offset:] = second
    axes.imshow(board, interpolation="antialiased")
    moved = b + np.array([offset, 0])
    right = np.full(len(a), True) if pair.right is None else np.asarray(pair.right, bool)
    good = SKY if pair.right is None else RIGHT
    for chosen, colour, style in ((~right, WRONG, (0, (3, 2))), (right, good, "-")):
        lines = np.stack([a[chosen], moved[chosen]], axis=1)
        axes.add_collection(LineCollection(lines, colors=colour, linestyles=[style], linewidths=1.1, alpha=0.85))
        for places in (a[chosen], moved[chosen]):
            axes.plot(*places.T, "o", color=colour, markersize=3, markeredgecolor="white", markeredgewidth=0.4)
    if pair.outline is not None:
        corners = np.vstack([pair.outline, pair.outline[:1]]) + np.array([offset, 0])
        (frame,) = axes.plot(*corners.T, color=ORANGE, linewidth=3)
        inside = Rectangle((offset, 0), second.shape[1], len(second), transform=axes.transData)
        frame.set_clip_path(inside)
    axes.set(xlim=(-1, board.shape[1]), ylim=(len(board), -1))
    axes.set_title(pair.title, fontsize=11, pad=4)
