"""Methods against each other: quality with its spread, and quality against what it costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.plots.labels import log_x, name_points
from course_utils.plots.style import BLUE, FAINT, INK, ORANGE, styled


@dataclass(frozen=True)
class Reported:
    """What a source reports, name -> number, and what guessing gives on its data (None: not known)."""

    numbers: Mapping[str, float]
    chance: float | None = None
    title: str = "as the source reports, other data and networks"


@styled
def compare_methods(
    names: Sequence[str],
    means: Sequence[float],
    *,
    intervals: Sequence[tuple[float, float]] | None = None,
    xlabel: str,
    title: str = "",
    chance: float | None = None,
    source: Reported | None = None,
) -> Figure:
    """Show one number a method as a dot on a line from zero, in the given order from top to bottom.

    intervals  (low, high) of each mean, such as the bootstrap's over queries, drawn as a bar
    chance     what guessing would reach, drawn as a dotted line
    source     numbers from elsewhere, in a panel of their own below, with an axis and a chance line of their own
    Raises: ValueError if the lengths differ or a mean is negative or not finite.
    """
    means = np.asarray(means, dtype=np.float64)
    if not len(names) or len(names) != len(means):
        raise ValueError(f"{len(names)} names, {len(means)} means: one of each a method")
    if not (means >= 0).all():
        raise ValueError("a mean is negative or NaN; the lines start at zero")
    heights = [len(names)] if source is None else [len(names), len(source.numbers)]
    size = (7.2, 1.35 * len(heights) + 0.36 * sum(heights))
    figure, panels = plt.subplots(len(heights), 1, figsize=size, height_ratios=heights, squeeze=False)
    spread = None if intervals is None else np.abs(np.array(intervals).T - means)
    _dots(panels[0, 0], names, means, spread, chance, BLUE, xlabel, title)
    if source is not None:
        reported = np.array(list(source.numbers.values()), dtype=np.float64)
        _dots(panels[1, 0], list(source.numbers), reported, None, source.chance, ORANGE, xlabel, source.title)
    return figure


def _dots(axes, names, means, spread, chance, colour, xlabel, title) -> None:
    """Draw one panel; spread (2, N) reaches to the left and to the right of a mean."""
    rows = np.arange(len(names))
    axes.hlines(rows, 0, means, color=colour, linewidth=2.4, alpha=0.35)
    axes.errorbar(means, rows, xerr=spread, fmt="o", color=colour, markersize=9, capsize=4)
    ends = means if spread is None else means + spread[1]
    for y, mean, end in zip(rows, means, ends, strict=True):
        axes.annotate(f"{mean:.3f}", (end, y), (10, 0), textcoords="offset points", va="center", fontsize=11)
    if chance is not None:
        axes.axvline(chance, color=INK, linestyle=":", linewidth=1.3, zorder=1)
        place = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "va": "top"}
        axes.annotate("chance", (chance, 1), (3, -2), fontsize=10, color=INK, **place)
    axes.set(xlabel=xlabel, title=title, ylim=(len(names) - 0.5, -0.7), xlim=(0, 1.32 * (ends.max() or 1)))
    axes.set_yticks(rows, names)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)


@styled
def quality_against_cost(
    names: Sequence[str],
    quality: Sequence[float],
    cost: Sequence[float],
    quality_label: str,
    cost_label: str,
    title: str = "",
) -> Figure:
    """Show each method as a point, cost to the right, quality upwards; the best of each cost are joined by a step line.

    A hollow point is beaten: another method is at least as good and costs no more. Larger quality is better.
    Raises: ValueError if the numbers do not match, one is not finite, or a cost is not positive.
    """
    quality, cost = np.asarray(quality, dtype=np.float64), np.asarray(cost, dtype=np.float64)
    if not len(names) or not len(names) == len(quality) == len(cost):
        raise ValueError(f"{len(names)} names, {len(quality)} qualities, {len(cost)} costs: one of each a method")
    if not (np.isfinite(quality).all() and np.isfinite(cost).all()):
        raise ValueError("a quality or cost is NaN or infinite: leave out the methods that were not measured")
    if (cost <= 0).any():
        raise ValueError("a cost is zero or negative; it has no place on a logarithmic axis")
    order = np.lexsort((-quality, cost))
    before = np.r_[-np.inf, np.maximum.accumulate(quality[order])[:-1]]
    front = order[quality[order] > before]
    beaten = np.setdiff1d(order, front)
    figure, axes = plt.subplots(figsize=(7.2, 4.4))
    axes.step(cost[front], quality[front], where="post", color=FAINT, linewidth=1.6, zorder=1)
    axes.plot(cost[front], quality[front], "o", color=BLUE, markersize=10, label="best for its cost")
    if len(beaten):
        look = {"markersize": 9, "markerfacecolor": "white", "markeredgewidth": 2}
        axes.plot(cost[beaten], quality[beaten], "o", color=BLUE, label="beaten by a cheaper one", **look)
        figure.legend(loc="outside lower right", ncols=2)
    log_x(axes)
    axes.set(xlabel=cost_label, ylabel=quality_label, title=title)
    axes.margins(x=0.16, y=0.12)
    xs, ys = np.repeat(cost[front], 2)[1:], np.repeat(quality[front], 2)[:-1]  # the corners of the step line
    name_points(axes, cost, quality, names, line=np.column_stack([xs, ys]))
    return figure
