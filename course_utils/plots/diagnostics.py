"""How a network learned a metric: loss, active triplets, distances, spread, rank and validation mAP by epoch."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from course_utils.plots.methods import method_looks
from course_utils.plots.style import INK, styled, write_title

PANELS = {
    "train_loss": "Loss",
    "active": "Active triplets",
    "distances": "Mean distance",
    "spread": "Spread",
    "effective_rank": "Effective rank",
    "validation_map": "Validation mAP",
}


@styled
def embedding_diagnostics(histories, title: str = "") -> Figure:
    """Show the six diagnostics of one or several runs of `train_embedding`, epoch 0 being the untrained network.

    histories  an EmbeddingHistory, or a mapping name -> EmbeddingHistory, at most 7
    Distances between pictures of one class are solid lines, of different classes dashed: training should part them.
    """
    runs = histories if isinstance(histories, Mapping) else {"": histories}
    if not 0 < len(runs) <= 7:
        raise ValueError(f"{len(runs)} histories; between one and seven can be told apart")
    epochs = max(history.epochs for history in runs.values())
    looks = [{"color": colour, "marker": marker} for colour, marker in method_looks(runs).values()]
    figure, all_axes = plt.subplots(2, 3, figsize=(10.2, 5.6))
    for axes, (what, heading) in zip(all_axes.flat, PANELS.items(), strict=True):
        for history, look in zip(runs.values(), looks, strict=True):
            _draw(axes, what, history, look | {"markevery": max(1, epochs // 6)})
        axes.set(title=heading, xlim=(-0.4, epochs + 0.4))
        axes.xaxis.get_major_locator().set_params(integer=True)
        if what in ("active", "validation_map"):
            axes.set_ylim(-0.03, 1.03)
        else:
            axes.set_ylim(bottom=0)
    for axes in all_axes[1]:
        axes.set_xlabel("epoch")
    handles = [Line2D([], [], label=name, **look) for name, look in zip(runs, looks, strict=True) if name]
    handles += [
        Line2D([], [], color=INK, linestyle="-", label="same class"),
        Line2D([], [], color=INK, linestyle="--", label="different classes"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles) if len(handles) < 6 else 4)
    write_title(figure, title)
    return figure


def _draw(axes: Axes, what: str, history, look: dict) -> None:
    if what == "distances":
        axes.plot(history.positive_distance, linestyle="-", **look)
        axes.plot(history.negative_distance, linestyle="--", **look)
    elif what == "train_loss":  # measured during an epoch, so there is none for epoch 0
        axes.plot(range(1, history.epochs + 1), history.train_loss, **look)
    else:
        axes.plot(getattr(history, what), **look)
