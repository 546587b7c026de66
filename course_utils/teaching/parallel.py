"""Lessons side by side: two with a thread each are done sooner than one after the other with two threads each."""

import os
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import psutil

from course_utils import config
from course_utils.teaching.execute import end_all

MEMORY = 2.5e9  # bytes that a lesson may take, with something to spare
MOST = 4


def jobs_here() -> int:
    """Return how many lessons fit side by side: each needs a core and memory; real data gets the machine for itself."""
    if config.profile() != "drawn":
        return 1
    return max(1, min(cores(), MOST, int(psutil.virtual_memory().available / MEMORY)))


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def threads_for(jobs: int) -> dict[str, str]:
    """Return the environment that divides the cores among `jobs` kernels, unless the user has done so."""
    if jobs == 1 or "OMP_NUM_THREADS" in os.environ:
        return {}
    return dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS"), str(max(1, cores() // jobs)))


def side_by_side(work: Callable, items: Iterable, jobs: int) -> list:
    """Return [work(item) for item in items], `jobs` at a time. Ctrl-C, or an error in one, ends the kernels of all."""
    if jobs == 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(work, item) for item in items]
        try:
            return [future.result() for future in futures]
        except BaseException:
            for future in futures:
                future.cancel()
            end_all()
            raise


class Progress:
    """One line on a terminal that says where each lesson is; lines of lessons that are done go above it."""

    def __init__(self):
        self.live, self._at, self._lock = sys.stdout.isatty(), {}, threading.Lock()

    def at(self, lesson: str, cell: int, cells: int) -> None:
        """Show that a lesson has come to its code cell number `cell` of `cells`."""
        with self._lock:
            self._at[lesson] = f"{lesson[:2]}: cell {cell} of {cells}"
            self._show()

    def done(self, lesson: str, text: str) -> None:
        """Print a line, or several, about a lesson that has ended."""
        with self._lock:
            self._at.pop(lesson, None)
            print(f"\r\033[K{text}" if self.live else text, flush=True)
            self._show()

    def _show(self) -> None:
        if self.live and self._at:
            print("\r\033[K" + "   ".join(self._at.values()), end="", flush=True)
