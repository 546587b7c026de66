"""Coloured rectangles and ellipses with their boxes: enough to tell whether a detector learns and is read rightly."""

import numpy as np

COLOURS = np.array([[200, 40, 40], [40, 180, 60], [50, 70, 200], [220, 200, 50]])


def toy_boxes(n: int, seed: int, pixels: int = 128):
    """Return pictures uint8 (n, pixels, pixels, 3), boxes, labels (colour); one to four things in each picture."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:pixels, :pixels]
    pictures, boxes, labels = np.empty((n, pixels, pixels, 3), np.uint8), [], []
    for picture in pictures:
        scene = rng.integers(90, 190, 3) + rng.normal(0, 8, (pixels, pixels, 3))
        placed, names = [], []
        for _ in range(rng.integers(1, 5)):
            width, height = rng.integers(18, 44, 2)
            left, top = rng.integers(0, pixels - width), rng.integers(0, pixels - height)
            if any(left < b[2] and b[0] < left + width and top < b[3] and b[1] < top + height for b in placed):
                continue
            inside = (columns >= left) & (columns < left + width) & (rows >= top) & (rows < top + height)
            if rng.random() < 0.5:
                x, y = (columns - left - width / 2) / (width / 2), (rows - top - height / 2) / (height / 2)
                inside &= x**2 + y**2 <= 1
            colour = rng.integers(len(COLOURS))
            scene[inside] = COLOURS[colour] * rng.uniform(0.8, 1.1) + rng.normal(0, 6, (inside.sum(), 3))
            placed.append([left, top, left + width, top + height])
            names.append(colour)
        picture[:] = scene.clip(0, 255)
        boxes.append(np.array(placed, np.float32))
        labels.append(np.array(names, np.int64))
    return pictures, boxes, labels
