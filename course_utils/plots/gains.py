"""What a change gains, method by method, against what it costs: an arrow from before to after."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from course_utils.plots.labels import log_x
from course_utils.plots.methods import method_looks
from course_utils.plots.style import FAINT, styled


@styled
def gains_against_cost(
    before: Mapping, after: Mapping, names: tuple[str, str], xlabel: str, ylabel: str, title: str = "", left=()
) -> Figure:
    """Draw one arrow a method, cost to the right on a logarithmic axis, quality upwards.

    before, after  method -> (cost, quality), the same methods
    names          of the two ends, such as ("raw", "boosted"): they have the course's colours
    left           methods whose name stands to the left of the arrow's head
    ValueError if the methods differ or a cost is not positive.
    """
    if set(before) != set(after) or not before:
        raise ValueError(f"before has {sorted(before)}, after has {sorted(after)}: give the same methods")
    if any(cost <= 0 for ends in (before, after) for cost, _ in ends.values()):
        raise ValueError("a cost is zero or negative; it has no place on a logarithmic axis")
    figure, axes = plt.subplots(figsize=(7.2, 4.2))
    looks = method_looks(names)
    for ends, name in zip((before, after), names, strict=True):
        colour, marker = looks[name]
        axes.plot(*zip(*ends.values(), strict=True), marker, color=colour, markersize=9, label=name)
    for method, head in after.items():
        axes.annotate("", head, before[method], arrowprops={"arrowstyle": "-", "color": FAINT, "lw": 1.6}, zorder=0)
        beside = {"xytext": (-9, 0), "ha": "right"} if method in left else {"xytext": (9, 0), "ha": "left"}
        axes.annotate(method, head, textcoords="offset points", va="center", **beside)
    log_x(axes)
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    axes.margins(x=0.4, y=0.12)
    figure.legend(loc="outside lower right", ncols=2)
    return figure
