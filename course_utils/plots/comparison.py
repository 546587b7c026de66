"""Methods against each other: quality with its spread, and quality against what it costs."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator

from course_utils.plots.labels import name_points
from course_utils.plots.style import BLUE, FAINT, INK, ORANGE, styled


@styled
def compare_methods(
    names: Sequence[str],
    means: Sequence[float],
    stds: Sequence[float | None] | None = None,
    *,
    xlabel: str,
    title: str = "",
    paper: Mapping[str, float] | None = None,
    chance: float | None = None,
) -> Figure:
    """Show one number a method as a dot on a line from zero, in the given order from top to bottom.

    stds    standard deviation over seeds, drawn as a bar to both sides (None or NaN: a single run, no bar)
    paper   what the source reports, name -> number, drawn as open diamonds
    chance  what guessing would reach, drawn as a dotted line
    Raises: ValueError if the lengths differ or a mean is negative or not finite.
    """
    means = np.asarray(means, dtype=np.float64)
    stds = np.full(len(means), np.nan) if stds is None else np.array(list(stds), dtype=np.float64)
    if not len(names) or not len(names) == len(means) == len(stds):
        raise ValueError(f"{len(names)} names, {len(means)} means, {len(stds)} spreads: one of each a method")
    if not (means >= 0).all():
        raise ValueError("a mean is negative or NaN; the lines start at zero")
    rows = np.arange(len(names))
    known = [(paper[name], y) for name, y in zip(names, rows, strict=True) if name in paper] if paper else []
    figure, axes = plt.subplots(figsize=(7.2, 1.35 + 0.36 * len(names)))
    axes.hlines(rows, 0, means, color=BLUE, linewidth=2.4, alpha=0.35)
    axes.errorbar(means, rows, xerr=stds, fmt="o", color=BLUE, markersize=9, capsize=4, label="measured here")
    if known:
        look = {"color": ORANGE, "fillstyle": "none", "markersize": 8, "markeredgewidth": 2}
        axes.plot([x for x, _ in known], [y for _, y in known], "D", label="the paper", **look)
    if chance is not None:
        axes.axvline(chance, color=INK, linestyle=":", linewidth=1.3, zorder=1, label="chance")
    ends = means + np.nan_to_num(stds)
    for x, y in known:
        ends[y] = max(ends[y], x)
    for y, mean, std, end in zip(rows, means, stds, ends, strict=True):
        text = f"{mean:.3f}" if np.isnan(std) else f"{mean:.3f} ± {std:.3f}"
        if known:  # beside the paper's number it would pass for that one: in a column, then, coloured as ours
            axes.annotate(
                text, (0.99, y), xycoords=("axes fraction", "data"), ha="right", va="center", color=BLUE, fontsize=11
            )
        else:
            axes.annotate(text, (end, y), (10, 0), textcoords="offset points", va="center", fontsize=11)
    axes.set(xlabel=xlabel, title=title, ylim=(len(names) - 0.5, -0.5), xlim=(0, 1.32 * (ends.max() or 1)))
    axes.set_yticks(rows, names)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    if known or chance is not None:
        handles, labels = axes.get_legend_handles_labels()
        order = sorted(range(len(labels)), key=lambda i: ("measured here", "the paper", "chance").index(labels[i]))
        figure.legend([handles[i] for i in order], [labels[i] for i in order], loc="outside lower right", ncols=3)
    return figure


@styled
def quality_against_cost(
    names: Sequence[str],
    quality: Sequence[float],
    cost: Sequence[float],
    quality_label: str,
    cost_label: str,
    title: str = "",
    log_cost: bool = True,
) -> Figure:
    """Show each method as a point, cost to the right, quality upwards; the best of each cost are joined by a step line.

    A hollow point is beaten: another method is at least as good and costs no more. Larger quality is better.
    Raises: ValueError if the numbers do not match, one is not finite, or a cost is not positive on a logarithmic axis.
    """
    quality, cost = np.asarray(quality, dtype=np.float64), np.asarray(cost, dtype=np.float64)
    if not len(names) or not len(names) == len(quality) == len(cost):
        raise ValueError(f"{len(names)} names, {len(quality)} qualities, {len(cost)} costs: one of each a method")
    if not (np.isfinite(quality).all() and np.isfinite(cost).all()):
        raise ValueError("a quality or cost is NaN or infinite: leave out the methods that were not measured")
    if log_cost and (cost <= 0).any():
        raise ValueError("a cost is zero or negative; it has no place on a logarithmic axis: use log_cost=False")
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
    if log_cost:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.xaxis.set_minor_locator(plt.NullLocator())
    axes.set(xlabel=cost_label, ylabel=quality_label, title=title)
    axes.margins(x=0.16, y=0.12)
    xs, ys = np.repeat(cost[front], 2)[1:], np.repeat(quality[front], 2)[:-1]  # the corners of the step line
    name_points(axes, cost, quality, names, line=np.column_stack([xs, ys]))
    return figure
