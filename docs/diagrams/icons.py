"""Little pictures for diagrams: a scene, a bird, a shirt. Each draws itself into a square: draw(axes, x, y, size)."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, Polygon, Rectangle
from matplotlib.transforms import Affine2D

from course_utils.plots.style import BLACK, BLUE, GREEN, ORANGE, SKY, YELLOW

RED = "#c8201f"  # where a text says red

Draw = Callable[[Axes, float, float, float], None]


def _inside(axes: Axes, x: float, y: float, size: float, *patches) -> None:
    """Add patches given in coordinates 0..1 of the square, cut off at its edge."""
    place = Affine2D().scale(size).translate(x - size / 2, y - size / 2) + axes.transData
    frame = axes.add_patch(Rectangle((x - size / 2, y - size / 2), size, size, facecolor="white", linewidth=0))
    for patch in patches:
        patch.set_transform(place)
        axes.add_patch(patch)
        patch.set_clip_path(frame)


def coast(sun: float = 0.72, boat: float = 0.3) -> Draw:
    """Sea, sun and a sailing boat at the given positions (0 left, 1 right)."""

    def draw(axes, x, y, size):
        sail = Polygon([(boat, 0.38), (boat, 0.72), (boat + 0.22, 0.38)], color="white")
        hull = Polygon(
            [(boat - 0.14, 0.36), (boat + 0.28, 0.36), (boat + 0.18, 0.27), (boat - 0.06, 0.27)], color=BLACK
        )
        sky, sea = Rectangle((0, 0), 1, 1, color="#cfe8f8"), Rectangle((0, 0), 1, 0.42, color=BLUE)
        _inside(axes, x, y, size, sky, Circle((sun, 0.78), 0.11, color=YELLOW), sea, hull, sail)

    return draw


def mountain(peak: float = 0.6) -> Draw:
    """A snow-covered mountain with its top at `peak`."""

    def draw(axes, x, y, size):
        rock = Polygon([(peak - 0.6, 0.15), (peak, 0.85), (peak + 0.6, 0.15)], color="#6d6a75")
        snow = Polygon([(peak - 0.17, 0.65), (peak, 0.85), (peak + 0.17, 0.65), (peak, 0.7)], color="white")
        sky, ground = Rectangle((0, 0), 1, 1, color="#e4eef5"), Rectangle((0, 0), 1, 0.2, color=GREEN)
        _inside(axes, x, y, size, sky, rock, snow, ground)

    return draw


def street() -> Draw:
    """A road between two rows of houses."""

    def draw(axes, x, y, size):
        left = Polygon([(0, 0.15), (0, 0.95), (0.4, 0.6), (0.4, 0.42)], color="#b5651d")
        right = Polygon([(1, 0.15), (1, 0.95), (0.6, 0.6), (0.6, 0.42)], color="#8c564b")
        road = Polygon([(0, 0), (1, 0), (0.6, 0.42), (0.4, 0.42)], color="#5c5c5c")
        line = Polygon([(0.48, 0), (0.52, 0), (0.505, 0.4), (0.495, 0.4)], color="white")
        _inside(axes, x, y, size, Rectangle((0, 0), 1, 1, color="#dfeaf2"), left, right, road, line)

    return draw


def bird(body: str = RED, wing: str = BLACK) -> Draw:
    """A bird in profile, looking left, with body and wing of the given colours."""

    def draw(axes, x, y, size):
        parts = [
            Rectangle((0, 0), 1, 1, color="#eaf3e6"),
            Rectangle((0, 0.2), 1, 0.05, color="#7a5230"),
            Polygon([(0.7, 0.47), (0.99, 0.36), (0.96, 0.27), (0.66, 0.36)], color=wing),
            Ellipse((0.53, 0.46), 0.52, 0.36, angle=-18, color=body),
            Circle((0.31, 0.64), 0.16, color=body),
            Polygon([(0.17, 0.68), (0.02, 0.62), (0.18, 0.58)], color=ORANGE),
            Circle((0.27, 0.67), 0.03, color="white"),
            Circle((0.27, 0.67), 0.016, color=BLACK),
            Ellipse((0.6, 0.46), 0.34, 0.17, angle=-22, color=wing),
            *(Rectangle((left, 0.22), 0.018, 0.12, color=ORANGE) for left in (0.46, 0.54)),
        ]
        _inside(axes, x, y, size, *parts)

    return draw


def shirt(colour: str = SKY) -> Draw:
    """A T-shirt of the given colour."""
    half = [(0.5, 0.84), (0.6, 0.88), (0.72, 0.88), (0.95, 0.68), (0.83, 0.54), (0.73, 0.62), (0.73, 0.1), (0.5, 0.1)]
    outline = np.array([*half, *((1 - px, py) for px, py in half[::-1])])
    outline[0, 1] = outline[-1, 1] = 0.79

    def draw(axes, x, y, size):
        shape = Polygon(outline, facecolor=colour, edgecolor=BLACK, linewidth=1)
        _inside(axes, x, y, size, Rectangle((0, 0), 1, 1, color="#fafafa"), shape)

    return draw
