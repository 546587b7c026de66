"""A lesson that fails, dies or is interrupted: what is said, what is kept, and that no kernel is left behind."""

import os
import signal
import subprocess
import sys
import time

import nbformat
import psutil
import pytest
from toy_lesson import notebook_of, runs

from course_utils.teaching.__main__ import main


def test_a_failing_lesson_is_reported_and_the_others_run(repository, capsys):
    broken = notebook_of("level = 1", "# a comment\nscores = [1, 2]\nscores[7]", "print('never')")
    nbformat.write(broken, repository / "notebooks" / "00_broken.ipynb")
    assert main(["run"]) == 1
    out = capsys.readouterr().out
    assert "00_broken" in out and "FAILED" in out
    assert "In [2]:  scores = [1, 2]" in out and "IndexError: list index out of range" in out
    copy = repository / "build" / "lessons" / "drawn" / "00_broken.ipynb"
    assert str(copy) in out
    assert nbformat.read(copy, as_version=4).cells[2].outputs[0].ename == "IndexError"
    assert runs() == 1
    assert main(["run"]) == 1, "a lesson that failed is not up to date"
    assert runs() == 1, "one that ran is"


def test_a_dead_kernel_is_reported(repository, capsys):
    nbformat.write(notebook_of("import os", "os._exit(9)"), repository / "notebooks" / "01_counting.ipynb")
    assert main(["run"]) == 1
    assert "the kernel died" in (out := capsys.readouterr().out) and "code cell 2 of 2" in out


@pytest.mark.parametrize("last", ["level = 2", "[][1]"], ids=["fine", "fails"])
def test_the_kernel_of_a_finished_lesson_is_gone_with_its_memory(repository, tmp_path, last):
    note = tmp_path / "pid"
    writes = f"import os, pathlib\npathlib.Path({str(note)!r}).write_text(str(os.getpid()))"
    nbformat.write(notebook_of("level = 1", writes, last), repository / "notebooks" / "01_counting.ipynb")
    main(["run"])
    assert not psutil.pid_exists(int(note.read_text()))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to another process")
def test_an_interrupted_run_ends_its_kernel_and_goes_on_from_there(repository, tmp_path, capsys):
    note = tmp_path / "pid"
    wait = f"import os, pathlib, time\npathlib.Path({str(note)!r}).write_text(str(os.getpid()))\ntime.sleep(600)"
    nbformat.write(notebook_of("level = 1", wait), repository / "notebooks" / "02_waiting.ipynb")
    code = (
        "import pathlib, sys; from course_utils import config; from course_utils.teaching.__main__ import main;"
        f"config.REPOSITORY = pathlib.Path({str(repository)!r}); sys.exit(main(['run']))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
    first = repository / "build" / "lessons" / "drawn" / "01_counting.json"
    while not (first.is_file() and note.is_file() and note.read_text()):  # they run side by side
        assert process.poll() is None
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from here" in errors and "Traceback" not in errors
    assert not psutil.pid_exists(int(note.read_text()))
    assert runs() == 1

    nbformat.write(notebook_of("level = 1"), repository / "notebooks" / "02_waiting.ipynb")
    assert main(["run"]) == 0
    assert runs() == 1, "the lesson that had finished is not run again"
