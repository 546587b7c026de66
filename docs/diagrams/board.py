"""A board on which block diagrams are drawn: pictures, boxes, vectors, arrows.

Units: the board is WIDTH units wide, y points upwards. Everything is placed by its centre and returns a Block, whose
edges are the ends of arrows.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

from course_utils.plots.style import BLUE, FAINT, GREEN, INK, ORANGE, RIGHT, WRONG

WIDTH = 16.0
INCHES_PER_UNIT = 0.55
TEXT, SMALL = 14, 12  # points; still readable when the figure is shown at half its width

# fill and edge of a box by what it works on; the words inside say it too
LOOKS = {
    "image": ("#dcebf6", BLUE),
    "text": ("#fdf0d2", ORANGE),
    "learned": ("#d8f0e7", GREEN),
    "plain": ("#f2f2f2", FAINT),
}

Point = tuple[float, float]


@dataclass(frozen=True)
class Block:
    """Something on the board: its centre, width and height, and the middle of each edge."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> Point:
        return self.x - self.width / 2, self.y

    @property
    def right(self) -> Point:
        return self.x + self.width / 2, self.y

    @property
    def top(self) -> Point:
        return self.x, self.y + self.height / 2

    @property
    def bottom(self) -> Point:
        return self.x, self.y - self.height / 2


class Board:
    """An empty figure of the given height in units."""

    def __init__(self, height: float, title: str):
        inches = (WIDTH * INCHES_PER_UNIT, height * INCHES_PER_UNIT + 0.45)
        self.figure: Figure
        self.axes: Axes
        self.figure, self.axes = plt.subplots(figsize=inches)
        self.axes.set(xlim=(0, WIDTH), ylim=(0, height), aspect="equal")
        self.axes.axis("off")
        self.figure.suptitle(title, x=0.01, ha="left")

    def picture(self, draw: Callable, x: float, y: float, size: float = 1.5, judge: bool | None = None) -> Block:
        """Place a little picture: `draw(axes, x, y, size)` from `icons`. judge frames it as right or wrong."""
        draw(self.axes, x, y, size)
        corner = (x - size / 2, y - size / 2)
        look = {None: (INK, "-", 1.2), True: (RIGHT, "-", 3.2), False: (WRONG, (0, (2.2, 1.1)), 3.2)}[judge]
        frame = {"edgecolor": look[0], "linestyle": look[1], "linewidth": look[2], "fill": False}
        self.axes.add_patch(Rectangle(corner, size, size, **frame))
        if judge is not None:
            self.text("✓" if judge else "✗", x - size / 2 + 0.06, y + size / 2 - 0.06, badge=look[0])
        return Block(x, y, size, size)

    def box(self, text: str, x: float, y: float, width: float, height: float = 1.3, kind: str = "plain") -> Block:
        """Place a box with text; kind is a key of LOOKS."""
        fill, edge = LOOKS[kind]
        style = "round,pad=0,rounding_size=0.22"
        corner = (x - width / 2, y - height / 2)
        self.axes.add_patch(
            FancyBboxPatch(corner, width, height, boxstyle=style, facecolor=fill, edgecolor=edge, linewidth=1.8)
        )
        self.text(text, x, y)
        return Block(x, y, width, height)

    def vector(self, x: float, y: float, seed: int, kind: str = "image", cells: int = 6, side: float = 0.3) -> Block:
        """Place an embedding: a column of cells, lighter and darker."""
        values = np.random.default_rng(seed).uniform(0.1, 1, cells)
        for i, value in enumerate(values):
            corner = (x - side / 2, y + (i - cells / 2) * side)
            look = {"facecolor": LOOKS[kind][1], "alpha": float(value), "linewidth": 0}
            self.axes.add_patch(Rectangle(corner, side, side, **look))
            self.axes.add_patch(Rectangle(corner, side, side, fill=False, edgecolor=INK, linewidth=0.8))
        return Block(x, y, side, cells * side)

    def vectors(self, x: float, y: float, seeds: tuple[int, ...], cells: int = 6) -> Block:
        """Place several embeddings of images side by side."""
        width = 0.3 * len(seeds)
        for i, seed in enumerate(seeds):
            self.vector(x - width / 2 + 0.3 * (i + 0.5), y, seed, "image", cells)
        return Block(x, y, width, cells * 0.3)

    def arrow(self, start: Point, end: Point, bend: float = 0.0, dashed: bool = False, colour: str = INK) -> None:
        """Draw an arrow between two points, bent to the right (bend < 0) or left (> 0)."""
        look = {"arrowstyle": "-|>", "mutation_scale": 15, "linewidth": 1.8, "color": colour}
        line = "--" if dashed else "-"
        path = f"arc3,rad={bend}"
        self.axes.add_patch(
            FancyArrowPatch(start, end, connectionstyle=path, shrinkA=3, shrinkB=3, linestyle=line, **look)
        )

    def chain(self, *blocks: Block) -> None:
        """Join blocks by arrows from left to right."""
        for first, second in itertools.pairwise(blocks):
            self.arrow(first.right, second.left)

    def text(self, text: str, x: float, y: float, size: int = TEXT, ha: str = "center", badge: str = "") -> None:
        """Write text centred at a point; `badge` puts it white on a disc of that colour."""
        look = {"ha": ha, "va": "center", "fontsize": size, "linespacing": 1.15, "zorder": 6}
        if badge:
            disc = {"boxstyle": "circle,pad=0.15", "facecolor": badge, "edgecolor": "white", "linewidth": 1}
            look |= {"color": "white", "weight": "bold", "fontsize": SMALL - 2, "bbox": disc}
        self.axes.text(x, y, text, **look)

    def note(self, text: str, x: float, y: float) -> None:
        """Write a smaller remark."""
        self.text(text, x, y, SMALL)
