"""How long exact search takes: bytes that are read, over the bytes a second that memory gives."""

import numpy as np

from course_utils.experiments.rows import rows_of
from course_utils.experiments.scale.timing import Flat, bytes_a_second, query_seconds
from course_utils.experiments.scale.vectors import DATASET, draw

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
K = 10


def make_exact(n: int) -> list[dict]:
    """Return rows for each of SIZES up to n: megabytes, the time as a multiple of the smallest's, and of the line's.

    of_line  measured time / (bytes / bandwidth of memory); below 1 where a cache holds the vectors
    """
    drawn, bandwidth, rows, first = draw(n), bytes_a_second(), [], None
    for size in (size for size in SIZES if size <= n):
        gallery = drawn.gallery[:size]
        flat = Flat(gallery)
        seconds = float(np.median(query_seconds(flat.search, drawn.test, K)))
        first = first or seconds
        line = gallery.nbytes / bandwidth
        found = {"megabytes": gallery.nbytes / 1e6, "times_smallest": seconds / first, "of_line": seconds / line}
        rows += rows_of(DATASET, f"flat-{size}", found, query_ms=seconds * 1000)
    return rows
