"""The Makefile, as far as it answers without installing anything."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def make(*arguments, profile):
    environment = os.environ | {"COURSE_PROFILE": profile}
    return subprocess.run(["make", "-n", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make on this machine")
@pytest.mark.parametrize(
    ("profile", "now"), [("mini", "drawn (once called mini)"), ("full", "real (once called full)")]
)
def test_a_profile_that_is_none_is_refused_before_anything_is_installed(profile, now):
    done = make("run", profile=profile)
    assert done.returncode and f"COURSE_PROFILE is '{profile}'" in done.stderr and now in done.stderr
    assert "venv" not in done.stdout
    assert make("help", profile="real").returncode == make("help", profile="").returncode == 0
