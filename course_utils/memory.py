"""Peak memory of a process while it works for us."""

import threading

import psutil

INTERVAL = 0.2  # seconds


def held_bytes(process: psutil.Process) -> int:
    """Return the memory that a process holds; what several processes share is divided among them (on Linux)."""
    try:
        return process.memory_full_info().pss
    except (AttributeError, psutil.AccessDenied):
        return process.memory_info().rss


class PeakMemory:
    """Largest memory (bytes) that a process and its children hold together, looked at five times a second."""

    def __init__(self):
        self.peak = 0
        self._ended = threading.Event()
        self._thread = None

    def watch(self, pid: int) -> None:
        """Begin to look at a process; calls after the first change nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._sample, args=(psutil.Process(pid),), daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Look no more; `peak` stays."""
        self._ended.set()
        if self._thread:
            self._thread.join()

    def _sample(self, process: psutil.Process) -> None:
        while True:
            try:
                family = [process, *process.children(recursive=True)]
                self.peak = max(self.peak, sum(map(held_bytes, family)))
            except psutil.Error:
                pass  # a process ended while it was being looked at
            if self._ended.wait(INTERVAL):
                return
