"""What most shoes share: the dark inside, and laces."""

import numpy as np

from .garment import Made
from .palette import darker
from .shapes import curve, moved


def opening(sheet, m: Made, points) -> None:
    sheet.part(curve(points), m.plain.plain(darker(m.base, 0.4)), depth=0.3, soft=3)


def laces(sheet, m: Made, start, end, rows: int, colour, half: float = 0.075) -> None:
    """Rows of laces between two ends of the tongue's middle line, (x, y) each."""
    start, end = np.array(start), np.array(end)
    along = (end - start) / np.sqrt(((end - start) ** 2).sum())
    across = np.array((along[1], -along[0]))
    for i in range(rows):
        at = start + (end - start) * i / max(1, rows - 1)
        line = np.stack([at - across * half * 0.5, at + across * half])
        sheet.line(moved(line, 0.008, 0.014), darker(m.base, 0.35), 0.026, 0.6)
        sheet.line(line, colour, 0.028)
