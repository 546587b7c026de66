"""A drawn set that is not there is drawn when it is first asked for, by another program, whatever becomes of that."""

import signal
import subprocess
import sys

import psutil
import pytest

from course_utils import config
from course_utils.config import DatasetMissing
from course_utils.datasets.folder import dataset_dir

PROGRAM = """
import os, pathlib, sys, time
verb, name, _, root = sys.argv[1:5]
assert verb == "draw" and sys.argv[5] == "--lines"
(pathlib.Path(root) / "pid").write_text(str(os.getpid()))
log = pathlib.Path(root) / "calls"
log.write_text(log.read_text() + "x" if log.exists() else "x")
print("0 3 1", flush=True)
"""


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program in the place of data_scripts; return the log of its calls."""

    def put(ending: str):
        monkeypatch.setattr(config, "REPOSITORY", tmp_path)
        monkeypatch.delenv("COURSE_DRAW", raising=False)
        (tmp_path / "data_scripts.py").write_text(PROGRAM + ending)
        config.data_root().mkdir(parents=True, exist_ok=True)
        return config.data_root() / "calls"

    return put


MAKES = "(pathlib.Path(root) / 'drawn' / name).mkdir(parents=True)\nprint('3 3 1')\n"


def test_it_is_drawn_once_and_nothing_is_printed(program, capsys):
    calls = program(MAKES)
    assert dataset_dir("toy") == dataset_dir("toy") == config.data_root() / "drawn" / "toy"
    assert calls.read_text() == "x"
    assert capsys.readouterr().out == "", "outputs of lessons do not depend on what was there"


def test_what_went_wrong_is_said(program):
    program("sys.exit('the disk is full')")
    with pytest.raises(DatasetMissing, match="'toy' could not be drawn: the disk is full"):
        dataset_dir("toy")
    program("")
    with pytest.raises(DatasetMissing, match="python -m data_scripts draw toy"):
        dataset_dir("toy")


@pytest.mark.parametrize(("variable", "value"), [("COURSE_PROFILE", "real"), ("COURSE_DRAW", "never")])
def test_real_sets_are_never_drawn_and_drawing_can_be_forbidden(variable, value, program, monkeypatch):
    calls = program(MAKES)
    monkeypatch.setenv(variable, value)
    with pytest.raises(DatasetMissing):
        dataset_dir("toy")
    assert not calls.exists()


def test_an_interrupt_ends_the_drawing_too(program, tmp_path):
    calls = program("time.sleep(60)")
    code = (
        "import pathlib; from course_utils import config; from course_utils.datasets.folder import dataset_dir;"
        f"config.REPOSITORY = pathlib.Path({str(tmp_path)!r}); dataset_dir('toy')"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    while not calls.exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) != 0
    assert not psutil.pid_exists(int((config.data_root() / "pid").read_text()))
    assert not (config.data_root() / "drawn" / "toy").exists()
