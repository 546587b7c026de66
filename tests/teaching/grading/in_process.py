"""The cells of an exercise, run in this process: a hundred wrong answers in the time of a few kernels."""

import contextlib
import io
from functools import cache

from submissions import BEGIN, cells_by_id, solutions, source_notebook

from course_utils.teaching.exercises import generator


def _run(source: str, names: dict) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        exec(_compiled(source), names)


@cache
def _compiled(source: str):
    return compile(source, "<cell>", "exec")


@cache
def solved_names(assignment: str) -> dict:
    """Return what all cells leave behind where every task is solved; tests and cells that only show are not run."""
    names = {"STUDENT_ID": "", "__name__": "__main__"}
    for cell in source_notebook(assignment).cells:
        meta = cell.metadata.get("nbgrader")
        if meta and cell.cell_type == "code" and not meta.grade:
            _run(cell.source, names)
    return names


def message(assignment: str, name: str, source: str, student_id: str = "") -> str:
    """Return what the check of a solution cell says when this stands in it; "" if it passes."""
    names = {**solved_names(assignment), "STUDENT_ID": student_id}
    generator(assignment, student_id)  # as the cell that draws would have, which is not run again for each id
    try:
        _run(source, names)
    except NotImplementedError:
        names.pop(name, None)
    try:
        _run(cells_by_id(source_notebook(assignment))[f"test_{name}"].source, names)
    except AssertionError as error:
        return str(error)
    return ""


def changed(assignment: str, name: str, replacements: list[tuple[str, str]]) -> str:
    """Return the text of a solution cell with replacements; each old text has to stand there once."""
    text = solutions(assignment)[name]
    for old, new in replacements:
        assert text.count(old) == 1, f"{assignment}, {name}: {old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def stub(assignment: str, name: str) -> str:
    """Return a solution cell as students get it."""
    before = cells_by_id(source_notebook(assignment))[name].source.partition(BEGIN)[0]
    return before + "raise NotImplementedError"


def by_hand(assignment: str, student_id: str) -> dict:
    """Return the right answers to the first task of one student."""
    names = {"STUDENT_ID": student_id}
    for source in _first_task(assignment):
        _run(source, names)
    return names["by_hand"]


@cache
def _first_task(assignment: str) -> tuple[str, str]:
    cells = cells_by_id(source_notebook(assignment))
    return cells["setup"].source, cells["by_hand"].source
