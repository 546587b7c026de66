"""The lessons as they are stored: nbval would pass on a notebook without outputs, so here is what must be in one."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils.teaching import find_lessons
from course_utils.teaching.rules import problems


@pytest.mark.parametrize("lesson", find_lessons(deeper=True), ids=lambda path: path.stem)
def test_a_stored_lesson_is_complete_and_clean(lesson):
    assert problems(lesson) == []


def said(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def good():
    """A small notebook that has all that a lesson needs."""
    cells = [
        new_markdown_cell("# 01 · A lesson"),
        new_code_cell("SEEDS = [0]", metadata={"tags": ["parameters"]}),
        new_code_cell("for seed in SEEDS:\n    print(seed)", outputs=[said("0\n")]),
        new_code_cell("# NBVAL_CHECK_OUTPUT\nclaim('it works', 1, '>', 0)", outputs=[said("holds: it works\n")]),
        new_code_cell("save_table('01_lesson', 'topic', rows)"),
    ]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    for number, cell in enumerate(cells[1:], start=1):
        cell.execution_count = number
    return notebook


def problems_of(notebook, tmp_path, name="01_lesson"):
    path = tmp_path / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return problems(path)


def test_a_good_notebook_has_no_problem(tmp_path):
    assert problems_of(good(), tmp_path) == []


# what is done to cell number i of the good notebook, and what has to be said about it
SPOILED = {
    "title": (0, {"source": "Welcome"}, "the first cell is not a title"),
    "parameters": (1, {"metadata": {}}, "not tagged `parameters`"),
    "unrun": (2, {"execution_count": None}, "1 of 4 code cells were not run in order from a fresh kernel"),
    "order": (2, {"execution_count": 7}, "the first is 2"),
    "stripped": (3, {"outputs": []}, "calls claim() but no output is stored"),
    "error": (2, {"outputs": [new_output("error", ename="E", evalue="", traceback=[])]}, "a stored error"),
    "stderr": (2, {"outputs": [said("Warning", "stderr")]}, "stored stderr"),
    "path": (2, {"outputs": [said("/home/ada/course/data")]}, "a machine's path '/home/ada/course'"),
    "windows": (2, {"source": r"open('C:\\Users\\ada\\x')"}, "a machine's path"),
    "no figure": (2, {"source": "plt.show()", "outputs": []}, "calls plt.show() but no output is stored"),
    "no claim": (3, {"outputs": [said("does not hold")]}, "no claim holds"),
    "unchecked": (3, {"source": "claim('it works', 1, '>', 0)"}, "claims without # NBVAL_CHECK_OUTPUT"),
    "marker": (3, {"source": "claim('x', 1, '>', 0)  # NBVAL_CHECK_OUTPUT"}, "alone on its line"),
    "skip": (2, {"source": "# NBVAL_SKIP\nx = 1"}, "no marker of nbval's that tests something"),
    "address": (3, {"outputs": [said("holds: <object at 0x7f1234567890>")]}, "compares an object's address"),
    "nothing to compare": (4, {"source": "# NBVAL_CHECK_OUTPUT\nsave_table()"}, "no output to compare"),
    "semicolon": (3, {"source": "# NBVAL_CHECK_OUTPUT\nclaim('x', 1, '>', 0)\nsave_table();"}, "ends in ';'"),
    "no table": (4, {"source": "x = 1"}, "no code cell saves the results"),
}


@pytest.mark.parametrize("spoiled", SPOILED)
def test_each_slip_is_named(tmp_path, spoiled):
    index, changes, expected = SPOILED[spoiled]
    notebook = good()
    notebook.cells[index].update(nbformat.from_dict(changes))
    found = problems_of(notebook, tmp_path)
    assert any(expected in problem for problem in found), found


def test_the_kernel_the_size_and_empty_notebooks_are_looked_at(tmp_path):
    notebook = good()
    notebook.metadata.kernelspec.name = "my-kernel"
    notebook.cells[2].outputs = [said("x" * 1_600_000)]
    found = problems_of(notebook, tmp_path)
    assert any("the kernel is not python3" in problem for problem in found)
    assert any(problem.startswith("1.6 MB") for problem in found)
    assert problems_of(new_notebook(cells=[new_markdown_cell("# Empty")]), tmp_path) == ["no code cell"]


def test_the_first_lesson_needs_no_table(tmp_path):
    notebook = good()
    notebook.cells[4].source = "x = 1"
    assert problems_of(notebook, tmp_path, "00_start_here") == []
