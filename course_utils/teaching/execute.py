"""Execute one notebook in a kernel of the interpreter that runs this, and measure time and peak memory."""

import asyncio
import copy
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import nbformat
import psutil
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from course_utils import config
from course_utils.files import write_whole
from course_utils.memory import PeakMemory
from course_utils.teaching.colab import own_cells


@dataclass(frozen=True)
class Execution:
    """What came of executing a notebook."""

    notebook: nbformat.NotebookNode  # executed, as far as it got
    seconds: float
    peak_mb: float  # memory of the kernel and its children, sampled; 10^6 bytes
    error: str | None = None  # None: every cell ran
    cell: str = ""  # where it failed: "In [7]:  first line"


class _ThisInterpreter(KernelSpecManager):
    """Whatever kernels are registered on this machine, a lesson runs on the Python that has the course's packages."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        # only errors: it warns that its sockets on this very machine are not encrypted
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=40"]
        return KernelSpec(argv=command, display_name="Python 3 (ipykernel)", language="python")


class _Client(NotebookClient):
    """Ctrl-C ends the kernel, and we remember that it was Ctrl-C: nbclient would report a kernel that died."""

    interrupted = False
    running: ClassVar[set] = set()  # of all threads

    async def async_start_new_kernel(self, **kwargs) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(RuntimeError):  # Windows: KeyboardInterrupt arrives by itself; other threads: `end_all`
                asyncio.get_running_loop().add_signal_handler(number, self.interrupt)
        await super().async_start_new_kernel(**kwargs)
        if self.interrupted:  # while it was starting
            self.interrupt()

    def interrupt(self) -> None:
        self.interrupted = True
        with suppress(psutil.Error, AttributeError):  # it has ended, or was not there yet
            psutil.Process(self.km.provisioner.pid).kill()


def execute(
    notebook: nbformat.NotebookNode,
    *,
    environment: dict[str, str] | None = None,
    on_cell: Callable[[int, int], None] = lambda done, total: None,
) -> Execution:
    """Execute a copy of the notebook in the folder notebooks/, as Jupyter would; the argument stays as it is.

    environment  variables of the kernel beside those of this process
    on_cell      called with (code cells finished, code cells) before each of them

    A cell that fails ends the run; Execution.error says how. KeyboardInterrupt passes through, the kernel is gone then.
    """
    notebook = copy.deepcopy(notebook)
    notebook.cells = own_cells(notebook)
    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    started, memory, failed = time.perf_counter(), PeakMemory(), []
    state = {"done": 0}

    def before(cell, cell_index):
        if cell.cell_type == "code":
            memory.watch(client.km.provisioner.pid)
            on_cell(state["done"], total)
            state["done"] += 1

    client = _Client(
        notebook,
        km=AsyncKernelManager(kernel_spec_manager=_ThisInterpreter()),
        timeout=None,
        startup_timeout=300,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(config.REPOSITORY / "notebooks")}},
        on_cell_start=before,
        on_cell_error=lambda cell, cell_index, execute_reply: failed.append(cell),
    )
    error = None
    try:
        client.running.add(client)
        # a kernel manager that it did not make itself, nbclient would leave running, with all the memory of the lesson
        client.execute(env=_environment(environment or {}), cleanup_kc=True)
    except CellExecutionError as caught:
        error = f"{caught.ename}: {caught.evalue}"
    except RuntimeError as caught:
        if client.interrupted:
            raise KeyboardInterrupt from caught
        error = f"the kernel died; most often the machine ran out of memory ({caught})"
    finally:
        client.running.discard(client)
        memory.stop()
    where = _where(failed[-1]) if failed else f"code cell {state['done']} of {total}"
    return Execution(notebook, time.perf_counter() - started, memory.peak / 1e6, error, where if error else "")


def end_all() -> None:
    """End the kernels of all notebooks that other threads execute now; `execute` raises KeyboardInterrupt there."""
    for client in list(_Client.running):
        client.interrupt()


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


def write_notebook(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook in one step: an interrupted run leaves the old file, never half of one."""
    write_whole(path, lambda fresh: nbformat.write(notebook, fresh))
