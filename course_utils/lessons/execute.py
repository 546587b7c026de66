"""Execute one notebook in a kernel of the interpreter that runs this, and measure time and peak memory."""

import copy
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from course_utils import config


@dataclass(frozen=True)
class Run:
    """What came of executing a notebook."""

    notebook: nbformat.NotebookNode  # executed, as far as it got
    seconds: float
    peak_mb: float  # resident memory of the kernel and its children, sampled; 10^6 bytes
    error: str | None = None  # None: every cell ran
    cell: str = ""  # where it failed: "In [7]:  first line"


class _ThisInterpreter(KernelSpecManager):
    """Whatever kernels are registered on this machine, a lesson runs on the Python that has the course's packages."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        # only errors: it warns that its sockets on this very machine are not encrypted
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=40"]
        return KernelSpec(argv=command, display_name="Python 3 (ipykernel)", language="python")


def execute(
    notebook: nbformat.NotebookNode,
    *,
    environment: dict[str, str] | None = None,
    on_cell: Callable[[int, int], None] = lambda done, total: None,
) -> Run:
    """Execute a copy of the notebook in the folder notebooks/, as Jupyter would; the argument stays as it is.

    environment  variables of the kernel beside those of this process
    on_cell      called with (code cells finished, code cells) before each of them

    A cell that fails ends the run; Run.error says how. KeyboardInterrupt passes through, the kernel is gone then.
    """
    notebook = copy.deepcopy(notebook)
    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    started, memory, failed = time.perf_counter(), _PeakMemory(), []
    state = {"done": 0}

    def before(cell, cell_index):
        if cell.cell_type == "code":
            memory.watch(client.km.provisioner.pid)
            on_cell(state["done"], total)
            state["done"] += 1

    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_spec_manager=_ThisInterpreter()),
        timeout=None,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(config.REPOSITORY / "notebooks")}},
        on_cell_start=before,
        on_cell_error=lambda cell, cell_index, execute_reply: failed.append(cell),
    )
    error = None
    try:
        client.execute(env=_environment(environment or {}))
    except CellExecutionError as caught:
        error = f"{caught.ename}: {caught.evalue}"
    except DeadKernelError:
        error = "the kernel died; most often the machine ran out of memory"
    finally:
        memory.stop()
    where = _where(failed[-1]) if failed else f"code cell {state['done']} of {total}"
    return Run(notebook, time.perf_counter() - started, memory.peak / 1e6, error, where if error else "")


def _where(cell: nbformat.NotebookNode) -> str:
    first = next((line for line in cell.source.splitlines() if line.strip() and not line.startswith("#")), "")
    return f"In [{cell.execution_count or ' '}]:  {first}"


def _environment(extra: dict[str, str]) -> dict[str, str]:
    folders = {  # absolute: the kernel runs in another folder
        "COURSE_DATA": str(config.data_root()),
        "COURSE_CACHE": str(config.cache_dir()),
        "COURSE_RESULTS": str(config.results_dir()),
    }
    environment = {**os.environ, **folders, **extra}
    environment.pop("MPLBACKEND", None)  # a backend set for scripts would leave the notebook without figures
    # the package of this repository, also where it is not installed
    paths = [str(config.REPOSITORY), *filter(None, [environment.get("PYTHONPATH")])]
    return {**environment, "PYTHONPATH": os.pathsep.join(paths)}


class _PeakMemory:
    """Largest resident memory of a process and its children, looked at five times a second."""

    def __init__(self):
        self.peak = 0
        self._ended = threading.Event()
        self._thread = None

    def watch(self, pid: int) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._sample, args=(psutil.Process(pid),), daemon=True)
            self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        if self._thread:
            self._thread.join()

    def _sample(self, process: psutil.Process) -> None:
        while not self._ended.wait(0.2):
            try:
                family = [process, *process.children(recursive=True)]
                self.peak = max(self.peak, sum(member.memory_info().rss for member in family))
            except psutil.Error:
                continue  # a process ended while it was being looked at


def write_notebook(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook in one step: an interrupted run leaves the old file, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    nbformat.write(notebook, temporary)
    temporary.replace(path)
