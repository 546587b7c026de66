"""Run a test file as a script with numpy's vector extensions switched off: an older processor, for a moment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy._core._multiarray_umath as umath
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def printed_without_vector_units(script: str, timeout: int = 120):
    """Return what `python script` prints as JSON under these conditions; skips where there is nothing to switch off."""
    fast = " ".join(name for name in umath.__cpu_dispatch__ if umath.__cpu_features__.get(name))
    if not fast:
        pytest.skip("numpy found no vector extensions to switch off on this processor")
    path = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": fast, "PYTHONPATH": path}
    run = subprocess.run(
        [sys.executable, script], env=environment, capture_output=True, text=True, timeout=timeout, check=True
    )
    return json.loads(run.stdout)
