"""Figures of metric learning: where a loss pushes points, what its trials reach, known against unseen classes."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.figure import Figure

from course_utils.plots.methods import method_looks
from course_utils.plots.style import BLACK, BLUE, FAINT, GREEN, INK, ORANGE, VERMILLION, styled, write_title

ROLES = {"anchor": (BLACK, "o"), "positive": (GREEN, "s"), "negative": (VERMILLION, "X")}


@styled
def pull_and_push(losses: Mapping, points: Mapping, reach: Mapping | None = None) -> Figure:
    """Show where one step down the gradient of each loss moves each point.

    losses  name -> scalar tensor that was computed from the points
    points  name -> tensor (1, 2) with requires_grad; the last word of the name says its role: "near negative"
    reach   name of a loss -> radius around the anchor beyond which a negative costs nothing, drawn dotted
    """
    figure, panels = plt.subplots(1, len(losses), figsize=(4.7 * len(losses), 4.3), sharey=True, squeeze=False)
    for axes, (name, loss) in zip(panels[0], losses.items(), strict=True):
        gradients = torch.autograd.grad(loss, list(points.values()), retain_graph=True)
        for (what, point), gradient in zip(points.items(), gradients, strict=True):
            (x, y), step = point.detach()[0].numpy(), -gradient[0].numpy()
            colour, marker = ROLES[what.split()[-1]]
            axes.scatter(x, y, s=130, color=colour, marker=marker, zorder=3)
            place, side = ((-10, -16), "right") if what == "anchor" else ((12, 9), "left")
            axes.annotate(what, (x, y), place, textcoords="offset points", ha=side)
            if np.abs(step).max() > 0:
                look = {"arrowstyle": "-|>", "lw": 2.2, "color": colour}
                axes.annotate("", (x + step[0], y + step[1]), (x, y), arrowprops=look)
        if reach and name in reach:
            centre = next(point for what, point in points.items() if what.split()[-1] == "anchor").detach()[0]
            axes.add_patch(plt.Circle(tuple(centre), reach[name], fill=False, linestyle=":", color=FAINT))
        axes.set(aspect="equal", xlim=(-1.7, 1.9), ylim=(-1.7, 2.4), title=name, xlabel="dimension 1")
    panels[0, 0].set_ylabel("dimension 2")
    return figure


@styled
def loss_by_scale(scales, losses: Mapping, title: str = "") -> Figure:
    """Show losses of one cloud of points that is made smaller and larger; 1 is its own size.

    scales  (n,), above 0;  losses  name -> (n,)  each is drawn relative to its value at the smallest scale
    """
    figure, axes = plt.subplots(figsize=(6.8, 4.0))
    for name, (colour, marker) in method_looks(losses).items():
        values = np.asarray(losses[name])
        axes.plot(scales, values - values[0], color=colour, marker=marker, markevery=4, label=name)
    axes.axvline(1, color=INK, linestyle=":", linewidth=1.3)
    place = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "va": "top"}
    axes.annotate("the network's\nown start", (1, 1), (5, -4), fontsize=10, **place)
    axes.axhline(0, color=FAINT, linewidth=1)
    axes.set_xscale("log")
    xlabel = "size of the cloud (1: as the untrained network makes it)"
    axes.set(xlabel=xlabel, ylabel="loss, less that of a single point", title=title)
    figure.legend(loc="outside lower center", ncols=2)
    return figure


@styled
def known_and_unseen(curves: Mapping, metric: str, title: str = "") -> Figure:
    """Show how well known and unseen classes are found after each epoch; epoch 0 is the frozen network.

    curves  name of a panel -> (known, unseen), each (seeds, epochs + 1), or (epochs + 1,) for the mean over seeds
    """
    figure, panels = plt.subplots(1, len(curves), figsize=(4.3 * len(curves), 3.7), sharey=True, squeeze=False)
    for axes, (name, parts) in zip(panels[0], curves.items(), strict=True):
        looks = {"known classes": (ORANGE, "o"), "unseen classes": (BLUE, "s")}
        for (what, (colour, marker)), values in zip(looks.items(), parts, strict=True):
            values = np.atleast_2d(values)
            epochs = np.arange(values.shape[1])
            axes.plot(epochs, values.mean(axis=0), color=colour, marker=marker, label=what)
            axes.fill_between(epochs, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.2, linewidth=0)
            axes.axhline(values.mean(axis=0)[0], color=colour, linestyle=":", linewidth=1.2)
        axes.set(title=name, xlabel="epoch")
        axes.xaxis.get_major_locator().set_params(integer=True)
    panels[0, 0].set_ylabel(metric)
    figure.legend(*panels[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    write_title(figure, title)
    return figure


@styled
def trial_strips(trials: Mapping, usual: Mapping, xlabel: str, title: str = "") -> Figure:
    """Show what all trials of each method reach, a row a method, the one with the best trial on top.

    trials  name -> (n,) one number a trial, larger is better; the best one is filled
    usual   name -> the number of the setting that is taken by default, a cross
    """
    names = sorted(trials, key=lambda name: -np.max(trials[name]))
    figure, axes = plt.subplots(figsize=(7.2, 1.5 + 0.34 * len(names)))
    rows = np.arange(len(names))
    axes.hlines(rows, [np.min(trials[n]) for n in names], [np.max(trials[n]) for n in names], color=FAINT, linewidth=1)
    look = {"color": BLUE, "markersize": 8}
    for y, name in enumerate(names):
        values = np.asarray(trials[name])
        axes.plot(values, np.full(len(values), y), "o", label="a trial", **look | {"markerfacecolor": "white"})
        axes.plot(values.max(), y, "o", label="best trial", **look)
        axes.plot(usual[name], y, "x", label="usual setting", **look | {"color": VERMILLION, "markeredgewidth": 2})
    axes.set_yticks(rows, names)
    axes.set(xlabel=xlabel, title=title, ylim=(len(names) - 0.5, -0.5))
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles[:3], labels[:3], loc="outside lower center", ncols=3)
    return figure
