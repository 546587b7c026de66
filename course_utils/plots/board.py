"""A board of pictures: equal squares in rows, a picture in each, judged by colour, dash and sign."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from course_utils.plots.inline import PICTURES
from course_utils.plots.style import ALSO, RIGHT, WRONG, write_title

WIDTH = 8.0  # inches of a figure that fills the notebook's column
SMALL = 10  # points
# how a judgement looks: colour, dashes, sign; "also true" is not the answer by the book
LOOKS = {"right": (RIGHT, "-", "✓"), "wrong": (WRONG, (0, (2.2, 1.1)), "✗"), "also true": (ALSO, (0, (1, 0.6)), "≈")}


def as_picture(image) -> np.ndarray:
    image = np.asarray(image)
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"a picture has shape {image.shape}; it must be (H, W, 3); permute a tensor (3, H, W)")
    if image.dtype != np.uint8 and not (np.isfinite(image).all() and image.min() >= 0 and image.max() <= 1):
        raise ValueError("a picture that is not uint8 must lie in 0..1: undo the normalisation of the network first")
    return image


def cell_inches(columns: int) -> float:
    return WIDTH / max(columns, 5)  # inches of a picture and its gap: few pictures need not fill the page


def make_board(width: float, height: float, title: str, columns: int, legend: bool = False) -> tuple[Figure, Axes]:
    """Make a figure with one pair of axes whose unit is the width of a picture, y downwards."""
    inches = cell_inches(columns) * columns
    extra = (0.45 if title else 0.05) + (0.4 if legend else 0)
    figure, axes = plt.subplots(figsize=(inches, inches * height / width + extra))
    figure.set_label(PICTURES)
    axes.set(xlim=(-0.04, width + 0.04), ylim=(height + 0.04, -0.04), aspect="equal")
    axes.axis("off")
    write_title(figure, title)
    return figure, axes


def place(axes: Axes, image, left: float, top: float) -> None:
    """Draw a picture centred in the unit square at (left, top), its proportions kept."""
    image = as_picture(image)
    height, width = image.shape[:2]
    w, h = width / max(height, width), height / max(height, width)
    x, y = left + (1 - w) / 2, top + (1 - h) / 2
    axes.imshow(image, extent=(x, x + w, y + h, y), aspect="auto", interpolation="antialiased")
    axes.autoscale(False)


def look_of(right: bool, also: bool = False) -> tuple:
    """Return colour, dashes and sign of a judgement."""
    return LOOKS["right" if right else "also true" if also else "wrong"]


def judge(axes: Axes, right: bool, left: float, top: float, also: bool = False) -> None:
    colour, dashes, sign = look_of(right, also)
    # a white line below: dashes must show on dark pictures as well as on bright ones
    for edge, style, width in (("white", "-", 4.6), (colour, dashes, 3.2)):
        axes.add_patch(Rectangle((left, top), 1, 1, fill=False, edgecolor=edge, linestyle=style, linewidth=width))
    badge = {"boxstyle": "circle,pad=0.18", "facecolor": colour, "edgecolor": "white", "linewidth": 1}
    look = {"ha": "center", "va": "center", "fontsize": 9, "color": "white", "weight": "bold", "bbox": badge}
    axes.text(left + 0.03, top + 0.03, sign, **look)


def judge_legend(figure: Figure, also: bool = False) -> None:
    handles = []
    for name, (colour, dashes, sign) in LOOKS.items():
        if also or name != "also true":
            handles.append(Line2D([], [], color=colour, linewidth=3.2, linestyle=dashes, label=f"{sign} {name}"))
    figure.legend(handles=handles, loc="outside lower right", ncols=len(handles), handlelength=2.6)


def check_also(also, correct: np.ndarray) -> np.ndarray:
    """Return `also` as bool of the shape of `correct`, all False for None; ValueError for another shape."""
    also = np.zeros_like(correct) if also is None else np.asarray(also, dtype=bool)
    if also.shape != correct.shape:
        raise ValueError(f"also_true has shape {also.shape}; it must be that of correct, {correct.shape}")
    return also


def check_judged(correct, queries: Sequence, results: Sequence[Sequence]) -> np.ndarray:
    """Return `correct` as bool (Q, K); ValueError unless there are Q queries and Q rows of K results."""
    correct = np.asarray(correct, dtype=bool)
    if correct.ndim != 2 or correct.size == 0:
        raise ValueError(f"correct has shape {correct.shape}; it must be (queries, results)")
    n, k = correct.shape
    if {len(queries), len(results)} != {n} or any(len(row) != k for row in results):
        raise ValueError(
            f"correct says {n} queries with {k} results each; there are {len(queries)} queries and {len(results)} rows "
            "of results, not all of them as long"
        )
    return correct
