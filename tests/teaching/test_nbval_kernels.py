"""The kernels that nbval starts: two that start in the same moment share nothing that either could take first."""

import importlib.util
import os

import nbval.kernel
import pytest

from course_utils.config import REPOSITORY


@pytest.mark.skipif(os.name != "posix", reason="files as sockets are there on POSIX systems alone")
def test_each_kernel_talks_through_files_of_its_own(monkeypatch):
    monkeypatch.setattr(nbval.kernel, "KernelManager", nbval.kernel.KernelManager)  # put back afterwards
    spec = importlib.util.spec_from_file_location("notebooks_conftest", REPOSITORY / "notebooks" / "conftest.py")
    conftest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conftest)
    first, second = (nbval.kernel.KernelManager(kernel_name="python3") for _ in range(2))
    assert first.transport == second.transport == "ipc"
    assert first.connection_file != second.connection_file and first.ip != second.ip
    first.start_kernel()
    try:
        client = first.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        client.stop_channels()
    finally:
        first.shutdown_kernel(now=True)
