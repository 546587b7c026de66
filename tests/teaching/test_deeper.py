"""Notebooks that go further: found beside the lessons, executed again only where something behind them changed."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils import config
from course_utils.teaching import find_lessons
from course_utils.teaching.__main__ import main
from course_utils.teaching.form import form_problems
from course_utils.teaching.stamp import note_made_from


@pytest.fixture
def repository(tmp_path, monkeypatch):
    monkeypatch.setattr(config, "REPOSITORY", tmp_path)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "data"))
    (tmp_path / "course_utils" / "metrics").mkdir(parents=True)
    (tmp_path / "course_utils" / "metrics" / "__init__.py").write_text("K = 1\n")
    (tmp_path / "notebooks" / "deeper").mkdir(parents=True)
    for name in ("01_features", "deeper/01_words", "deeper/02_layers"):
        notebook = new_notebook(cells=[new_code_cell("from course_utils.metrics import K\nprint(K)")])
        note_made_from(notebook)
        nbformat.write(notebook, tmp_path / "notebooks" / f"{name}.ipynb")
    return tmp_path


def test_deeper_notebooks_are_found_by_name_or_on_request(repository):
    assert [path.stem for path in find_lessons()] == ["01_features"]
    assert [path.stem for path in find_lessons(deeper=True)] == ["01_features", "01_words", "02_layers"]
    assert [path.stem for path in find_lessons(["01"])] == ["01_features"]
    assert [path.stem for path in find_lessons(["02_layers", "01"])] == ["01_features", "02_layers"]


def test_a_deeper_notebook_is_stale_when_a_cell_or_the_code_behind_it_changes(repository, capsys):
    assert main(["stale"]) == 0
    assert capsys.readouterr().out == ""
    path = repository / "notebooks" / "deeper" / "02_layers.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "  # once more"
    nbformat.write(notebook, path)
    assert main(["stale"]) == 0
    assert capsys.readouterr().out == "notebooks/deeper/02_layers.ipynb\n"
    (repository / "course_utils" / "metrics" / "__init__.py").write_text("K = 2\n")
    assert main(["stale"]) == 0
    assert capsys.readouterr().out.split() == ["notebooks/deeper/01_words.ipynb", "notebooks/deeper/02_layers.ipynb"]


def test_a_lesson_that_is_too_long_is_told_what_to_move():
    picture = new_output("display_data", data={"image/png": ""})
    cells = [new_markdown_cell("word " * 2001), new_code_cell("x\n" * 16)]
    cells += [new_code_cell("x", outputs=[picture]) for _ in range(9)] + [new_code_cell("x") for _ in range(26)]
    found = "\n".join(form_problems(new_notebook(cells=cells)))
    for part in ("2001 words", "36 code cells", "9 figures", "code cell 1 has 16 lines, more than 15"):
        assert part in found
    assert not list(form_problems(new_notebook(cells=cells[1:1] + cells[2:10])))
