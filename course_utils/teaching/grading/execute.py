"""Execution of submissions: nbgrader's, but always on the Python of the course and in a kernel with limits."""

import os
import sys

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbgrader.preprocessors import Execute

from course_utils import config


class _LimitedKernel(KernelSpecManager):
    """Whatever kernels are registered on this machine."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        module = "course_utils.teaching.grading.limited_kernel"
        command = [sys.executable, "-m", module, "-f", "{connection_file}", "--log-level=40"]
        # the package of this repository, also where it is not installed
        path = os.pathsep.join([str(config.REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])])
        return KernelSpec(argv=command, display_name="Python 3", language="python", env={"PYTHONPATH": path})


class _LimitedManager(AsyncKernelManager):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "kernel_spec_manager": _LimitedKernel()})


class LimitedExecute(Execute):
    """nbgrader's Execute with a kernel that has limits on memory and processor time."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "kernel_manager_class": _LimitedManager})
