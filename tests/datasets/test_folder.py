"""A drawn set that is not there is drawn when it is first asked for, by another program, whatever becomes of that."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from course_utils import config
from course_utils.config import DatasetMissing
from course_utils.datasets import folder
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


@pytest.fixture
def asking(program, tmp_path):
    """Ask for a set in another process and return it when the drawing has come so far that `ending` says it is ready.

    Whoever runs the tests in the background may have told its programs to ignore interrupts; these here must not.
    """
    started = []

    def start(ending):
        program(ending)
        code = (
            "import pathlib; from course_utils import config; from course_utils.datasets.folder import dataset_dir;"
            f"config.REPOSITORY = pathlib.Path({str(tmp_path)!r}); dataset_dir('toy')"
        )
        heed = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731
        process = subprocess.Popen(
            [sys.executable, "-c", code], stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=heed
        )
        started.append(process)
        wait_for("ready", process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(name, process):
    for _ in range(6000):  # two minutes at least; a quiet machine needs a tenth of a second
        if (config.data_root() / name).exists():
            return
        assert process.poll() is None, "the process that asked has ended"
        time.sleep(0.02)
    raise AssertionError(f"nothing came of it: {name}")


def is_over(process):
    """Whether asking failed, the drawing has ended, too, and no set was put in place."""
    assert process.wait(timeout=120) != 0
    pid = int((config.data_root() / "pid").read_text())
    return not psutil.pid_exists(pid) and not (config.data_root() / "drawn" / "toy").exists()


READY = "(pathlib.Path(root) / 'ready').touch()\n"
CLEANS = f"""
try:
    {READY}
    time.sleep(600)
except KeyboardInterrupt:
    time.sleep(1)
    (pathlib.Path(root) / 'clean').touch()
    raise
"""
HEEDLESS = f"""
import signal
signal.signal(signal.SIGINT, lambda *_: (pathlib.Path(root) / 'heard').touch())
{READY}
while True:
    time.sleep(0.1)
"""


def test_an_interrupt_ends_the_drawing_too(asking):
    process = asking(READY + "time.sleep(600)")
    process.send_signal(signal.SIGINT)
    assert is_over(process)


def test_an_interrupt_of_a_terminal_reaches_the_drawing_once_so_that_it_can_clean_up(asking):
    process = asking(CLEANS)
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to all of its processes
    assert is_over(process)
    assert (config.data_root() / "clean").exists()


def test_a_second_interrupt_ends_a_drawing_that_does_not_heed_the_first(asking):
    process = asking(HEEDLESS)
    process.send_signal(signal.SIGINT)
    wait_for("heard", process)
    process.send_signal(signal.SIGINT)
    assert is_over(process)


def test_many_complaints_do_not_stop_it(program):
    program("sys.stderr.write('x' * 1_000_000 + '\\n'); sys.stderr.flush()\n" + MAKES)
    assert dataset_dir("toy").is_dir()


def test_whoever_waits_for_another_kernel_is_told(program, monkeypatch):
    said = []
    monkeypatch.setattr(folder.tqdm, "set_description", lambda bar, text: said.append(text))
    program("print('toy: another run is drawing it', flush=True)\n" + MAKES)
    dataset_dir("toy")
    assert said[0].startswith("drawing toy, once: 3 pictures") and said[1] == "toy: another run is drawing it"
