"""Lessons are found, run, and skipped while nothing that they need has changed."""

import nbformat
import pytest
from nbformat.v4 import new_output
from toy_lesson import notebook_of, runs

from course_utils import config
from course_utils.teaching import UnknownLesson, find_lessons
from course_utils.teaching.__main__ import main
from course_utils.teaching.stamp import fingerprint, read_stamp


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
