"""Lines: how training went, how precision falls with recall, how a result depends on a setting."""

from collections.abc import Mapping, Sequence
from functools import partial

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils.plots.labels import spread_labels
from course_utils.plots.methods import method_looks
from course_utils.plots.style import BLUE, DASHES, INK, VERMILLION, styled, write_title


@styled
def learning_curves(history, title: str = "") -> Figure:
    """Show loss and accuracy on train and validation over the epochs, with the best epoch marked.

    history  object with attributes, or a mapping with keys: train_loss, validation_loss, train_accuracy,
             validation_accuracy (one number an epoch; an empty or absent one is left out) and best_epoch, counted
             from 1 (None: not marked)
    Raises: ValueError if it has neither losses nor accuracies.
    """
    read = history.get if isinstance(history, Mapping) else partial(getattr, history)
    panels = [
        (what, {part: list(read(f"{part}_{what}", ())) for part in ("train", "validation")})
        for what in ("loss", "accuracy")
    ]
    panels = [(what, series) for what, series in panels if any(series.values())]
    if not panels:
        raise ValueError("the history holds no losses and no accuracies: nothing to draw")
    best = read("best_epoch", None)
    figure, all_axes = plt.subplots(1, len(panels), figsize=(4.3 * len(panels), 3.5), squeeze=False)
    for axes, (what, series) in zip(all_axes[0], panels, strict=True):
        for part, colour, dashes, marker in (("train", BLUE, "--", "o"), ("validation", VERMILLION, "-", "s")):
            values = series[part]
            if values:
                epochs = np.arange(1, len(values) + 1)
                every = max(1, len(values) // 12)
                axes.plot(epochs, values, color=colour, linestyle=dashes, marker=marker, markevery=every, label=part)
        if best is not None:
            axes.axvline(best, color=INK, linewidth=1.2, linestyle=":", zorder=1, label=f"best epoch ({best})")
        axes.set(xlabel="epoch", ylabel=what, title=what.capitalize())
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.margins(y=0.08)
    handles, labels = all_axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3)
    write_title(figure, title)
    return figure


@styled
def epoch_panels(histories: Mapping, panels: Mapping[str, str], title: str = "") -> Figure:
    """Show one or several trainings epoch by epoch, a panel for each measure.

    histories  name -> history, at most 7
    panels     attribute of the histories -> heading; what has a value of the untrained network, too, starts at epoch 0
    """
    if not (0 < len(histories) <= 7 and panels):
        raise ValueError(f"{len(histories)} histories, {len(panels)} panels; between one and seven can be told apart")
    looks = method_looks(histories)
    figure, all_axes = plt.subplots(1, len(panels), figsize=(3.4 * len(panels), 3.4), squeeze=False)
    for axes, (what, heading) in zip(all_axes[0], panels.items(), strict=True):
        for i, (name, history) in enumerate(histories.items()):
            values, (colour, marker) = getattr(history, what), looks[name]
            epochs = range(history.epochs + 1 - len(values), history.epochs + 1)
            look = {"color": colour, "linestyle": DASHES[i % 8], "marker": marker}
            axes.plot(epochs, values, markevery=max(1, len(values) // 6), label=name, **look)
        axes.set(title=heading, xlabel="epoch")
        axes.set_ylim(bottom=0)
        axes.xaxis.get_major_locator().set_params(integer=True)
    if len(histories) > 1:
        figure.legend(*all_axes[0][0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    write_title(figure, title)
    return figure


@styled
def sweep(
    x: Sequence[float], series: Mapping, xlabel: str, ylabel: str, title: str = "", log_x: bool = False
) -> Figure:
    """Show how results depend on a setting: one line a method, with the spread over seeds as a band.

    x       the settings, (n,)
    series  name -> (n,) numbers, or (seeds, n): the line is the mean, the band reaches from the lowest to the highest
    log_x   settings that double each time are evenly apart
    """
    if not series:
        raise ValueError("sweep got no series")
    figure, axes = plt.subplots(figsize=(6.8, 4.2))
    ends, looks = [], method_looks(series)
    for i, (name, values) in enumerate(series.items()):
        values = np.atleast_2d(np.asarray(values, dtype=np.float64))
        if values.shape[1] != len(x):
            raise ValueError(f"{name} has {values.shape[1]} values for {len(x)} settings")
        mean, (colour, marker) = values.mean(axis=0), looks[name]
        axes.plot(x, mean, color=colour, linestyle=DASHES[i % 8], marker=marker)
        if len(values) > 1:
            axes.fill_between(x, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.18, linewidth=0)
        ends.append((name, float(mean[-1]), colour))
    if log_x:
        axes.set_xscale("log", base=2)
    axes.set_xticks(x, [f"{value:g}" for value in x])
    axes.xaxis.set_minor_locator(plt.NullLocator())
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    axes.margins(y=0.1)
    _label_ends(axes, ends)
    return figure


def _label_ends(axes: Axes, ends: list[tuple[str, float, str]]) -> None:
    """Write each line's name to the right of its end, moved apart where they would overlap."""
    bottom, top = axes.get_ylim()
    gap = (top - bottom) * 0.075
    beside = {"xycoords": axes.get_yaxis_transform(), "textcoords": "offset points", "annotation_clip": False}
    for (name, _, colour), y in zip(ends, spread_labels([end[1] for end in ends], gap), strict=True):
        axes.annotate(name, (1, y), (10, 0), va="center", color=colour, weight="bold", **beside)
