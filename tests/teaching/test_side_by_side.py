"""Lessons side by side: how many, on which threads, in which order, and what one line on a terminal says of them."""

import threading
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from toy_lesson import notebook_of, runs

from course_utils.teaching import parallel
from course_utils.teaching.__main__ import main


def meets(folder, name, other):
    """A lesson that ends only when the other one runs at the same time."""
    return notebook_of(
        "level = 1",
        f"import os, pathlib, time\nfolder = pathlib.Path({str(folder)!r})\n"
        f"(folder / {name!r}).write_text(os.environ.get('OMP_NUM_THREADS', ''))\nend = time.monotonic() + 60\n"
        f"while not (folder / {other!r}).exists():\n    assert time.monotonic() < end\n    time.sleep(0.05)",
    )


def test_lessons_run_side_by_side_and_share_the_cores(repository, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(parallel, "cores", lambda: 6)
    nbformat.write(meets(tmp_path, "a", "b"), repository / "notebooks" / "01_counting.ipynb")
    nbformat.write(meets(tmp_path, "b", "a"), repository / "notebooks" / "02_other.ipynb")
    assert main(["run", "--jobs", "2"]) == 0
    assert capsys.readouterr().out.count(" ok ") == 2
    assert [(tmp_path / name).read_text() for name in "ab"] == ["3", "3"]
    nbformat.write(meets(tmp_path, "c", "a"), repository / "notebooks" / "01_counting.ipynb")
    assert main(["run", "--jobs", "2"]) == 0
    assert (tmp_path / "c").read_text() == "", "alone it may use all cores"


def test_side_by_side_a_lesson_that_fails_stops_no_other(repository, capsys):
    nbformat.write(notebook_of("[][7]"), repository / "notebooks" / "00_broken.ipynb")
    assert main(["run", "--jobs", "2"]) == 1
    out = capsys.readouterr().out
    assert "00_broken                 FAILED" in out and "IndexError" in out and runs() == 1


def test_side_by_side_the_first_lesson_starts_first_and_then_the_last_ones(repository, tmp_path, monkeypatch):
    def begins(name):
        return f"import pathlib\npathlib.Path({str(tmp_path / 'order')!r}).open('a').write({name!r})"

    for name in ("02_b", "03_c", "04_d"):
        nbformat.write(notebook_of("level = 1", begins(name[:2])), repository / "notebooks" / f"{name}.ipynb")
    nbformat.write(notebook_of("level = 1", begins("01")), repository / "notebooks" / "01_counting.ipynb")
    serial = lambda work, items, jobs: [work(item) for item in items]  # noqa: E731
    monkeypatch.setattr("course_utils.teaching.__main__.side_by_side", serial)
    main(["run", "--jobs", "2"])
    main(["run", "--jobs", "1", "--force"])
    assert (tmp_path / "order").read_text() == "01040302" + "01020304"


@pytest.mark.parametrize(
    ("profile", "cores", "free", "jobs"),
    [
        ("drawn", 2, 9e9, 2),
        ("drawn", 2, 4e9, 1),
        ("drawn", 2, 1e9, 1),
        ("drawn", 1, 9e9, 1),
        ("drawn", 16, 64e9, 4),
        ("real", 16, 64e9, 1),
    ],
)
def test_how_many_lessons_fit_side_by_side(monkeypatch, profile, cores, free, jobs):
    monkeypatch.setenv("COURSE_PROFILE", profile)
    monkeypatch.setattr(parallel, "cores", lambda: cores)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=free))
    assert parallel.jobs_here() == jobs


def test_threads_that_the_user_chose_stay(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    assert parallel.threads_for(2) == {} == parallel.threads_for(1)


def test_an_error_of_the_runner_itself_ends_all_kernels_and_starts_no_more(monkeypatch):
    ended, begun = threading.Event(), []
    monkeypatch.setattr(parallel, "end_all", ended.set)

    def work(item):
        begun.append(item)
        if item == 0:
            raise OSError("disk full")
        assert ended.wait(30)

    with pytest.raises(OSError, match="disk full"):
        parallel.side_by_side(work, range(5), 2)
    assert len(begun) <= 3  # the two, and at most one more that had begun before the error was seen


def test_the_line_on_a_terminal_says_where_every_lesson_is(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    progress = parallel.Progress()
    progress.at("02_one", 3, 40)
    progress.at("03_two", 1, 9)
    assert capsys.readouterr().out.endswith("\r\033[K02: cell 3 of 40   03: cell 1 of 9")
    progress.done("02_one", "02_one  ok")
    assert capsys.readouterr().out == "\r\033[K02_one  ok\n\r\033[K03: cell 1 of 9"


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_a_number_of_jobs_that_is_none_is_refused(jobs, capsys):
    with pytest.raises(SystemExit):
        main(["run", "--jobs", jobs])
    assert "--jobs" in capsys.readouterr().err
