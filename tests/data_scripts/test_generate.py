"""A mini set is absent or complete, whatever happens while it is drawn."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from toy_world import toy_paint

from data_scripts.install.complete import read_note
from data_scripts.install.generate import MANIFEST, NotOurs, generate, why_stale

REPOSITORY = Path(__file__).resolve().parents[2]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_complete_set_is_left_alone(toy, tmp_path):
    assert "drawn" in generate("mit_split", tmp_path, 1, toy)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "mit_split").rglob("*")}
    assert "nothing to do" in generate("mit_split", tmp_path, 1, toy)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "mit_split").rglob("*")} == before
    manifest = read_note(tmp_path / "mit_split", MANIFEST)
    assert manifest["counts"] == {"train/a": 3, "train/b": 3, "test/a": 3, "test/b": 3}
    assert manifest["seed"] == 1


def test_the_number_of_workers_changes_nothing(toy, tmp_path):
    generate("mit_split", tmp_path / "one", 1, toy)
    generate("mit_split", tmp_path / "three", 3, toy)
    assert files_of(tmp_path / "one" / "mit_split") == files_of(tmp_path / "three" / "mit_split")


def test_another_version_a_missing_and_a_changed_file_are_drawn_again(toy, tmp_path, capsys):
    folder = tmp_path / "mit_split"
    generate("mit_split", tmp_path, 1, toy)
    newer = replace(toy, version=2)
    assert "version 1, now 2" in why_stale(folder, newer)
    generate("mit_split", tmp_path, 1, newer)
    (folder / "train/a/0.jpg").unlink()
    assert "train/a/0.jpg" in why_stale(folder, newer)
    generate("mit_split", tmp_path, 1, newer)
    (folder / "train/a/0.jpg").write_bytes(b"scribble")
    assert "changed" in why_stale(folder, newer)
    generate("mit_split", tmp_path, 1, newer)
    assert why_stale(folder, newer) is None
    assert capsys.readouterr().out.count("drawing it again") == 3


def test_a_failure_half_way_leaves_nothing_behind_and_keeps_the_old_set(toy, tmp_path):
    generate("mit_split", tmp_path, 1, toy)
    old = files_of(tmp_path / "mit_split")

    def fails(item):
        if item.path == "test/a/1.jpg":
            raise OSError(28, "No space left on device", item.path)
        return toy_paint(item)

    with pytest.raises(OSError, match="No space"):
        generate("mit_split", tmp_path, 1, replace(toy, version=2, paint=fails))
    assert files_of(tmp_path / "mit_split") == old
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == ["mit_split"]


def test_leftovers_of_a_killed_run_are_removed(toy, tmp_path):
    (tmp_path / ".mit_split.drawing-1/train/a").mkdir(parents=True)
    (tmp_path / ".mit_split.drawing-1/train/a/0.jpg").write_bytes(b"half")
    (tmp_path / ".mit_split.old-1").mkdir()
    generate("mit_split", tmp_path, 1, toy)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".mit_split.lock", "mit_split"]


def test_strangers_files_are_never_deleted(toy, tmp_path):
    (tmp_path / "mit_split").mkdir()
    (tmp_path / "mit_split/mine.jpg").write_bytes(b"mine")
    with pytest.raises(NotOurs, match="move that folder away"):
        generate("mit_split", tmp_path, 1, toy)
    assert (tmp_path / "mit_split/mine.jpg").read_bytes() == b"mine"


def test_an_unreadable_note_counts_as_none(toy, tmp_path):
    generate("mit_split", tmp_path, 1, toy)
    (tmp_path / "mit_split" / MANIFEST).write_text("{", encoding="utf-8")
    assert read_note(tmp_path / "mit_split", MANIFEST) is None
    (tmp_path / "mit_split" / MANIFEST).write_text(json.dumps([1]), encoding="utf-8")
    assert read_note(tmp_path / "mit_split", MANIFEST) is None


SCRIPT = """
import sys, time
from dataclasses import replace
from pathlib import Path
sys.path[:0] = [{repository!r}, {tests!r}]
from toy_world import toy_items, toy_paint
from data_scripts.install.generate import generate
from data_scripts.drawn import World

def paint(item):
    time.sleep({pause})
    return toy_paint(item)

if __name__ == "__main__":
    print(generate("mit_split", Path({root!r}), 1, World("toy", "mit_split", 1, 1, toy_items, paint)))
"""


def start(tmp_path: Path, pause: float) -> subprocess.Popen:
    script = tmp_path / f"run_{pause}.py"
    tests = str(Path(__file__).parent)
    script.write_text(SCRIPT.format(repository=str(REPOSITORY), tests=tests, pause=pause, root=str(tmp_path / "data")))
    # a shell's background jobs ignore Ctrl-C and hand that down; this process has to hear it
    listen = None if os.name == "nt" else lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, str(script)], preexec_fn=listen, **pipes)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_run_never_looks_complete_and_the_next_one_finishes(toy, tmp_path, how):
    process = start(tmp_path, 0.3)
    deadline = time.monotonic() + 30
    while not list((tmp_path / "data").glob(".mit_split.drawing-*/*/*/*.jpg")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(how)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert not (tmp_path / "data/mit_split").exists()
    generate("mit_split", tmp_path / "data", 1, toy)
    assert why_stale(tmp_path / "data/mit_split", toy) is None
    assert not list((tmp_path / "data").glob(".mit_split.drawing-*"))


def test_two_runs_at_once_do_not_disturb_each_other(toy, tmp_path):
    runs = [start(tmp_path, 0.1), start(tmp_path, 0.1)]
    said = "".join(run.communicate(timeout=60)[0] for run in runs)
    assert [run.returncode for run in runs] == [0, 0]
    assert said.count("drawn (") == 1
    assert why_stale(tmp_path / "data/mit_split", toy) is None


def test_progress_comes_as_lines_for_a_program(toy, tmp_path, capsys):
    generate("mit_split", tmp_path, workers=1, world=toy, lines=True)
    out, err = capsys.readouterr()
    lines = [tuple(map(int, line.split())) for line in out.splitlines() if line[:1].isdigit()]
    total = len(toy.items())
    assert lines[0][:2] == (0, total) and lines[-1][:2] == (total, total) and err == ""
