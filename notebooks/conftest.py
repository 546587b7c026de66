"""For the check of the stored outputs (nbval): nothing that a cell says may get lost on its way."""

import os
import tempfile

import nbval.kernel
from jupyter_client.manager import KernelManager

# nbval listens to a cell only when it has finished. Until then its messages wait in a queue of limited length, and the
# progress bars of a training send so many that the last one, by which nbval knows the end, may find no room.
os.environ.setdefault("TQDM_MININTERVAL", "10")  # seconds

FOLDERS = []  # of the kernels' sockets; each goes when it is forgotten, at the end


def manager_with_own_files(**settings) -> KernelManager:
    """Talk to the kernel through files of its own: two workers that start one at once may draw the same free port."""
    FOLDERS.append(tempfile.TemporaryDirectory(prefix="nbval-"))
    return KernelManager(transport="ipc", connection_file=f"{FOLDERS[-1].name}/kernel.json", **settings)


if os.name == "posix":
    nbval.kernel.KernelManager = manager_with_own_files


def pytest_collection_modifyitems(items):
    """Wait up to a minute, not five seconds, for what a finished cell has printed: the machine may do much else."""
    for item in items:
        if hasattr(item, "output_timeout"):
            item.output_timeout = 60
