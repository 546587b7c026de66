"""One look for all figures: colours that everybody can tell apart, text that stays readable at half width.

Every function of `course_utils.plots` draws in this style by itself; `use_style()` gives it to a lesson's own plots.
Meaning never hangs on colour alone: lines differ in dashes, points in markers, right and wrong in sign and border.
"""

import functools

import matplotlib.pyplot as plt
from cycler import cycler

from course_utils.plots.inline import store_by_content

# Okabe & Ito 2008, "Color universal design"; yellow last, for it is too pale for lines on white
BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
ORANGE, SKY, BLACK, YELLOW = "#E69F00", "#56B4E9", "#000000", "#F0E442"
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, BLACK, YELLOW)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
DASHES = ("-", "--", "-.", (0, (1, 1.2)), (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)), (0, (3, 3)), (0, (1, 3)))

RIGHT, WRONG, ALSO = GREEN, VERMILLION, BLUE
INK, FAINT = "#262626", "#8a8a8a"

STYLE = {
    "figure.dpi": 80,  # a figure of 7 inches fills a notebook's column and the stored picture stays small
    "savefig.dpi": 80,
    "figure.constrained_layout.use": True,
    "font.size": 12,
    "axes.titlesize": 13,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "figure.titlesize": 14,
    "figure.titleweight": "bold",
    "axes.labelsize": 12,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "legend.fontsize": 11,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.9,
    "lines.linewidth": 2.2,
    "lines.markersize": 6.5,
    "axes.prop_cycle": cycler(color=COLOURS[:7]),
    "image.cmap": "viridis",
}


def use_style() -> None:
    """Give the course's look to every figure drawn from now on; in a notebook, charts are stored sharply."""
    plt.rcParams.update(STYLE)
    store_by_content()


def write_title(figure, title: str) -> None:
    """Write what a whole figure shows above all its panels; an empty title takes no room."""
    if title:
        figure.suptitle(title, x=0.01, ha="left")


def styled(draw):
    """Decorate a plotting function: it draws in the course's style and leaves the global settings as they were."""

    @functools.wraps(draw)
    def wrapper(*args, **kwargs):
        with plt.rc_context(STYLE):
            return draw(*args, **kwargs)

    return wrapper
