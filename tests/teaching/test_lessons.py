import json
import os
import signal
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils import config
from course_utils.teaching import UnknownLesson, find_lessons, parallel
from course_utils.teaching.__main__ import main
from course_utils.teaching.settings import SettingsError, read_settings, with_settings
from course_utils.teaching.stamp import fingerprint, read_stamp
from course_utils.teaching.tidy import tidy

# a lesson without heavy imports: counts its own runs, and writes a table where the package would
COUNTING = """
import os, pathlib
if level < 0:  # what a lesson imports decides what makes it stale
    from course_utils.encoders.extra import x
    load("toy")
folder = pathlib.Path(os.environ["COURSE_RESULTS"]) / "drawn" / "01_counting"
folder.mkdir(parents=True, exist_ok=True)
runs = folder / "runs.txt"
runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
header = "lesson,dataset,method,metric,mean,std,seeds,train_seconds,query_ms,parameters,peak_mb"
(folder / "table.csv").write_text(header + f"\\n01_counting,toy,hog,mean_ap,{level},,1,,,,\\n")
"""


def notebook_of(*sources):
    cells = [new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    return new_notebook(cells=[new_markdown_cell("# A lesson"), *cells])


@pytest.fixture
def repository(monkeypatch, tmp_path):
    """A repository of its own, in a folder with a space and an umlaut, with one lesson."""
    root = tmp_path / "räume und mehr"
    (root / "notebooks").mkdir(parents=True)
    (root / "course_utils").mkdir()
    (root / "results").mkdir()
    (root / "results" / "settings.toml").write_text("[01_counting]\nlevel = 0.75\n")
    (root / "README.md").write_text("no table\n")
    monkeypatch.setattr(config, "REPOSITORY", root)
    nbformat.write(notebook_of("level = 0.25", COUNTING), root / "notebooks" / "01_counting.ipynb")
    return root


def runs():
    return len((config.results_dir() / "drawn" / "01_counting" / "runs.txt").read_text())


def test_lessons_are_found_in_order_and_by_every_name(repository):
    nbformat.write(notebook_of("1"), repository / "notebooks" / "00_first.ipynb")
    nbformat.write(notebook_of("1"), repository / "notebooks" / "scratch.ipynb")
    assert [path.stem for path in find_lessons()] == ["00_first", "01_counting"]
    for name in ("01", "01_counting", "notebooks/01_counting.ipynb"):
        assert [path.stem for path in find_lessons([name])] == ["01_counting"]
    with pytest.raises(UnknownLesson, match=r"'07'; there are: 00_first, 01_counting"):
        find_lessons(["07"])


def test_a_second_run_is_skipped_until_something_changes(repository, capsys):
    path = repository / "notebooks" / "01_counting.ipynb"
    before = path.read_bytes()
    assert main(["run"]) == 0
    assert "01_counting" in (first := capsys.readouterr().out) and " ok " in first and "0.250" in first
    assert main(["run"]) == 0
    assert "up to date" in (second := capsys.readouterr().out) and "0.250" in second
    assert runs() == 1
    assert path.read_bytes() == before, "a run must not change the notebook"
    executed = nbformat.read(repository / "build" / "lessons" / "drawn" / path.name, as_version=4)
    assert [cell.execution_count for cell in executed.cells if cell.cell_type == "code"] == [1, 2]

    assert main(["run", "01", "--force"]) == 0 and runs() == 2
    (repository / "course_utils" / "other.py").write_text("x = 1\n")
    assert main(["run"]) == 0 and runs() == 2, "nothing in the lesson needs that file"
    (repository / "course_utils" / "encoders").mkdir()
    (repository / "course_utils" / "encoders" / "extra.py").write_text("x = 1\n")
    assert main(["run"]) == 0 and runs() == 3
    (config.results_dir() / "drawn" / "01_counting" / "table.csv").unlink()
    assert main(["run"]) == 0 and runs() == 4


def test_the_fingerprint_follows_cells_package_and_data_but_not_outputs(repository):
    path = repository / "notebooks" / "01_counting.ipynb"
    notebook = nbformat.read(path, as_version=4)
    keys = [fingerprint(notebook)]
    notebook.cells[1].outputs = [new_output("stream", name="stdout", text="hello")]
    assert fingerprint(notebook) == keys[0]
    notebook.cells[1].source += "  # changed"
    keys.append(fingerprint(notebook))
    (repository / "course_utils" / "encoders").mkdir()
    (repository / "course_utils" / "encoders" / "extra.py").write_text("x = 1\n")
    keys.append(fingerprint(notebook))
    (repository / "course_utils" / "weights").mkdir()
    (repository / "course_utils" / "weights" / "resnet.safetensors").write_bytes(b"1")
    keys.append(fingerprint(notebook))
    drawn = config.data_root() / "drawn" / "toy"
    drawn.mkdir(parents=True)
    (drawn / ".drawn.json").write_text('{"sha256": "a"}')
    keys.append(fingerprint(notebook))
    (drawn / ".drawn.json").write_text('{"sha256": "b"}')
    keys.append(fingerprint(notebook))
    before = fingerprint(notebook)
    (drawn.parent / "another").mkdir()
    (drawn.parent / "another" / ".drawn.json").write_text('{"sha256": "c"}')
    assert fingerprint(notebook) == before, "a set that the lesson does not read"
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"key": "k"}', '{"key": "k", "tables": [1]}'])
def test_a_damaged_stamp_does_not_count(tmp_path, content):
    (tmp_path / "01_x.ipynb").write_text("{}")
    (tmp_path / "01_x.json").write_text(content)
    assert read_stamp(tmp_path / "01_x.json", "k") is None


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
    [("drawn", 2, 9e9, 2), ("drawn", 2, 4e9, 1), ("drawn", 2, 1e9, 1), ("drawn", 1, 9e9, 1), ("drawn", 16, 64e9, 4),
     ("real", 16, 64e9, 1)],
)  # fmt: skip
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


def test_results_uses_the_longer_settings_and_the_tracked_folder(repository):
    assert main(["results"]) == 0
    assert "toy,hog,mean_ap,0.75" in (repository / "results" / "drawn" / "01_counting" / "table.csv").read_text()
    assert not config.results_dir().exists(), "the tables of `make run` stay as they are"


def test_settings_of_a_profile_win_and_unknown_ones_are_named(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("[01_x]\nseeds = [0, 1]\nepochs = 5\n[01_x.real]\nepochs = 20\n")
    assert read_settings(path, "01_x", "drawn") == {"seeds": [0, 1], "epochs": 5}
    assert read_settings(path, "01_x", "real") == {"seeds": [0, 1], "epochs": 20}
    assert read_settings(path, "02_y", "real") == {}
    path.write_text("[01_x\n")
    with pytest.raises(SettingsError, match=r"settings\.toml cannot be read"):
        read_settings(path, "01_x", "drawn")
    notebook = notebook_of("seeds = [0]\nepochs = 1", "print(seeds)")
    changed = with_settings(notebook, {"seeds": [0, 1, 2]}, "01_x")
    assert changed.cells[2].source == "seeds = [0, 1, 2]" and len(notebook.cells) == 3
    with pytest.raises(SettingsError, match="01_x has no parameter epoch; it has: epochs, seeds"):
        with_settings(notebook, {"epoch": 3}, "01_x")
    del notebook.cells[1].metadata["tags"]
    with pytest.raises(SettingsError, match="no cell tagged `parameters`"):
        with_settings(notebook, {"epochs": 3}, "01_x")


def test_refresh_stores_outputs_that_stay_the_same(repository):
    path = repository / "notebooks" / "01_counting.ipynb"
    bar = "from tqdm.auto import tqdm\nfor _ in tqdm(range(3)): pass\nprint('counted')"
    claim = "# NBVAL_CHECK_OUTPUT\nprint('holds: the counter counts')"
    nbformat.write(notebook_of("level = 0.25", bar, claim, "def save_table(x): pass\nsave_table(1)"), path)
    assert main(["refresh"]) == 0
    first = path.read_bytes()
    assert main(["refresh"]) == 0
    assert path.read_bytes() == first
    stored = nbformat.read(path, as_version=4)
    assert [output.output_type for output in stored.cells[2].outputs] == ["stream"], "the bar is gone"
    assert "version" not in stored.metadata.language_info and "widgets" not in stored.metadata
    assert not any("execution" in cell.metadata for cell in stored.cells)
    assert os.listdir(repository / "notebooks") == [path.name]


def test_a_refresh_that_fails_leaves_the_notebook_alone(repository, monkeypatch, capsys):
    path = repository / "notebooks" / "01_counting.ipynb"
    nbformat.write(notebook_of("1 / 0"), path)
    before = path.read_bytes()
    assert main(["refresh"]) == 1
    assert path.read_bytes() == before
    monkeypatch.setenv("COURSE_PROFILE", "real")
    assert main(["refresh"]) == 1
    assert "unset COURSE_PROFILE" in capsys.readouterr().err


def test_tidy_keeps_other_widgets_and_names_cells_after_their_contents():
    view = "application/vnd.jupyter.widget-view+json"
    state = {
        "slider": {"model_name": "IntSliderModel", "state": {"layout": "IPY_MODEL_layout"}},
        "layout": {"model_name": "LayoutModel", "state": {}},
        "box": {"model_name": "HBoxModel", "state": {"children": ["IPY_MODEL_bar"]}},
        "bar": {"model_name": "FloatProgressModel", "state": {}},
    }
    notebook = notebook_of("slider", "progress", "slider")
    for cell, model in zip(notebook.cells[1:], ("slider", "box", "left"), strict=True):
        cell.outputs = [new_output("display_data", {view: {"model_id": model}})]
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": state}}
    tidy(notebook)
    assert [len(cell.outputs) for cell in notebook.cells[1:]] == [1, 0, 0]
    kept = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    assert sorted(kept) == ["layout", "slider"]
    ids = [cell.id for cell in notebook.cells]
    assert ids[3] == f"{ids[1]}-2" and len(set(ids)) == 4
    nbformat.validate(json.loads(nbformat.writes(notebook)))
