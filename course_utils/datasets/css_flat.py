"""The flat pictures of CSS's scenes: shapes on white, by the rule of the public code."""

import numpy as np
from PIL import Image, ImageDraw

from course_utils.datasets.css_scenes import COLOURS

HALF = {"small": 4 / 64, "large": 8 / 64}  # of the picture
FINE = 4  # drawn this much larger and reduced, for smooth edges


def draw_flat(scene: list[dict], size: int) -> np.ndarray:
    """Draw one scene: uint8 (size, size, 3).

    Rectangles are squares, triangles point upwards. A "circle" is a disc here; the public code, which paints row by
    row at 64 pixels, makes a diamond of it.
    """
    if size < 1:
        raise ValueError(f"size is {size}; it counts pixels and must be at least 1")
    side = size * FINE
    image = Image.new("RGB", (side, side), (255, 255, 255))
    pen = ImageDraw.Draw(image)
    for thing in scene:
        y, x = (c * side for c in thing["pos"])
        half, ink = HALF[thing["size"]] * side, COLOURS[thing["color"]]
        if thing["shape"] == "rectangle":
            pen.rectangle((x - half, y - half, x + half, y + half), fill=ink)
        elif thing["shape"] == "circle":
            pen.ellipse((x - half, y - half, x + half, y + half), fill=ink)
        else:
            pen.polygon([(x, y - half), (x - half, y + half), (x + half, y + half)], fill=ink)
    return np.asarray(image.resize((size, size), Image.Resampling.BOX))
