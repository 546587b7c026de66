"""Methods against each other: quality with its spread, and quality against what it costs."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from course_utils.plots.style import BLUE, FAINT, INK, ORANGE, styled


@styled
def compare_methods(
    names: Sequence[str],
    means: Sequence[float],
    stds: Sequence[float] | None = None,
    *,
    xlabel: str,
    title: str = "",
    paper: Mapping[str, float] | None = None,
    chance: float | None = None,
) -> Figure:
    """Show one number a method as a dot on a line from zero, in the given order from top to bottom.

    stds    standard deviation over seeds, drawn as a bar to both sides (NaN or None: none)
    paper   what the source reports, name -> number, drawn as open diamonds
    chance  what guessing would reach, drawn as a dotted line
    """
    if not len(names) or len(names) != len(means) or (stds is not None and len(stds) != len(names)):
        raise ValueError(f"{len(names)} names, {len(means)} means: every method needs its name and number")
    means = np.asarray(means, dtype=np.float64)
    spread = (
        np.nan_to_num(np.asarray([0 if s is None else s for s in stds], dtype=np.float64)) if stds is not None else None
    )
    rows = np.arange(len(names))
    figure, axes = plt.subplots(figsize=(7.2, 1.35 + 0.36 * len(names)))
    axes.hlines(rows, 0, means, color=BLUE, linewidth=2.4, alpha=0.35)
    axes.errorbar(
        means,
        rows,
        xerr=np.where(spread > 0, spread, np.nan),
        fmt="o",
        color=BLUE,
        markersize=9,
        capsize=4,
        label="measured here",
    )
    for y, mean, extra in zip(rows, means, spread, strict=True):
        text = f"{mean:.3f}" if not extra else f"{mean:.3f} ± {extra:.3f}"
        axes.annotate(text, (mean + extra, y), (10, 0), textcoords="offset points", va="center", fontsize=11)
    handles = 1
    if paper:
        known = [(paper[name], y) for name, y in zip(names, rows, strict=True) if name in paper]
        look = {"color": ORANGE, "fillstyle": "none", "markersize": 8, "markeredgewidth": 2}
        axes.plot([x for x, _ in known], [y for _, y in known], "D", label="the paper", **look)
        handles += 1
    if chance is not None:
        axes.axvline(chance, color=INK, linestyle=":", linewidth=1.3, label="chance")
        handles += 1
    axes.set(xlabel=xlabel, title=title, ylim=(len(names) - 0.5, -0.5), xlim=(0, None))
    axes.set_yticks(rows, names)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.2)
    axes.set_xlim(left=min(0, float(means.min())))
    if handles > 1:
        figure.legend(loc="outside lower right", ncols=handles)
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

    A method below the line is beaten: another one is at least as good and costs no more. Larger quality is better.
    Raises: ValueError if the numbers do not match, or a cost is not positive on a logarithmic axis.
    """
    quality, cost = np.asarray(quality, dtype=np.float64), np.asarray(cost, dtype=np.float64)
    if not len(names) or not len(names) == len(quality) == len(cost):
        raise ValueError(f"{len(names)} names, {len(quality)} qualities, {len(cost)} costs: one of each a method")
    if log_cost and (cost <= 0).any():
        raise ValueError("a cost is zero or negative; it has no place on a logarithmic axis: use log_cost=False")
    order = np.lexsort((-quality, cost))
    best = np.maximum.accumulate(quality[order])
    front = [i for i, top in zip(order, np.r_[-np.inf, best[:-1]], strict=True) if quality[i] > top]
    figure, axes = plt.subplots(figsize=(7.2, 4.4))
    axes.step(cost[front], quality[front], where="post", color=FAINT, linewidth=1.6, zorder=1)
    beaten = [i for i in range(len(names)) if i not in front]
    axes.plot(cost[front], quality[front], "o", color=BLUE, markersize=10)
    axes.plot(cost[beaten], quality[beaten], "o", color=BLUE, markersize=9, markerfacecolor="white", markeredgewidth=2)
    if log_cost:
        axes.set_xscale("log")
    axes.set(xlabel=cost_label, ylabel=quality_label, title=title)
    axes.margins(0.14)
    for i, name in enumerate(names):
        axes.annotate(name, (cost[i], quality[i]), (8, -5), textcoords="offset points", va="top")
    return figure
