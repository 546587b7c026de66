"""Times of single queries, and of memory: what ratios are made of. On one thread, as a core of a busy service works.

Seconds are those of the processor, so that another program that runs meanwhile hardly changes them; a database, which
works in processes of its own, is timed by the clock.
"""

import mmap
import time
from collections.abc import Callable

import numpy as np
from threadpoolctl import threadpool_limits

from course_utils.search.errors import package

PROBE = 512 << 20  # bytes that are read to measure memory: more than any cache holds


class Flat:
    """FAISS's exact index as it is, without our exact ranking of ties: the fastest exact search there is here."""

    def __init__(self, gallery: np.ndarray):
        self._index = package("faiss", "faiss-cpu").IndexFlatL2(gallery.shape[1])
        self._index.add(gallery)

    def search(self, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
        """Return (minus Euclidean distances, positions) (Q, k)."""
        squared, positions = self._index.search(query, k)
        return -np.sqrt(squared), positions


def query_seconds(search: Callable, queries: np.ndarray, k: int, clock: Callable = time.process_time) -> np.ndarray:
    """Return the seconds of each query, asked one at a time, as a service gets them: (Q,); one tenth warm up first.

    search  called with a query (1, D) and k
    """
    seconds = np.empty(len(queries))
    with threadpool_limits(1):
        for query in queries[: max(1, len(queries) // 10)]:
            search(query[None], k)
        for i, query in enumerate(queries):
            start = clock()
            search(query[None], k)
            seconds[i] = clock() - start
    return seconds


def answers_one_at_a_time(search: Callable, queries: np.ndarray, k: int, **clock) -> tuple[np.ndarray, float]:
    """Return (ids (Q, k), median seconds of a query); `clock` as of `query_seconds`."""
    ids = np.concatenate([search(query[None], k)[1] for query in queries])
    return ids, float(np.median(query_seconds(search, queries, k, **clock)))


def bytes_a_second(size: int = PROBE, rounds: int = 5) -> float:
    """Return how fast this machine reads memory: the best of some scalar products of a large array with itself."""
    array = np.frombuffer(mmap.mmap(-1, size), np.float32)  # the system gets it back, which an allocator may put off
    array[:] = 1
    with threadpool_limits(1):
        return array.nbytes / best_seconds(lambda: np.dot(array, array), rounds)


def best_seconds(run: Callable, rounds: int) -> float:
    """Return the processor time of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)
