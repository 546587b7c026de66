"""Notebooks as students hand them in, made from what was released and from the solutions of the source."""

import copy
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course_utils.teaching.grading.course import Course
from course_utils.teaching.grading.outcome import Outcome

SOURCE = Course().source
ASSIGNMENTS = Course().assignments()
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def source_notebook(assignment: str):
    return nbformat.read(SOURCE / assignment / f"{assignment}.ipynb", as_version=4)


def cells_by_id(notebook) -> dict:
    return {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}


def read_released(path: Path):
    """Return a released notebook without the figure of the failures, which takes longer to draw than all its checks."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "look"]
    return notebook


def solutions(assignment: str) -> dict[str, str]:
    """Return the text of each solution cell without the two marks."""
    texts = {
        name: c.source for name, c in cells_by_id(source_notebook(assignment)).items() if c.metadata.nbgrader.solution
    }
    lines = {name: [s for s in text.splitlines() if s.strip() not in (BEGIN, END)] for name, text in texts.items()}
    return {name: "\n".join(text) for name, text in lines.items()}


def solved(released, assignment: str, student_id: str = "", changes: dict | None = None):
    """Return the released notebook with the solutions filled in; changes: {cell: [(old, new), ...]}."""
    notebook, texts = copy.deepcopy(released), solutions(assignment)
    for name, replacements in (changes or {}).items():
        for old, new in replacements:
            assert texts[name].count(old) == 1, (
                f"{assignment}, {name}: {old!r} stands there {texts[name].count(old)} times"
            )
            texts[name] = texts[name].replace(old, new)
    for name, cell in cells_by_id(notebook).items():
        cell.source = texts.get(name, cell.source)
    for cell in notebook.cells:
        cell.source = cell.source.replace('STUDENT_ID = ""', f"STUDENT_ID = {student_id!r}")
    return notebook


def hand_in(notebook, student: str, assignment: str) -> None:
    path = Course().submission(student, assignment)
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


@dataclass
class Graded:
    """A course in a folder of its own, graded once; tests read it."""

    folder: Path
    assignment: str
    outcomes: dict[str, Outcome]
    marks: dict[str, dict[str, float]]  # {student: {graded cell: marks}}
    points: dict[str, float]  # {graded cell: points}, without the written question

    def total(self, student: str) -> float:
        return sum(self.marks[student].values())

    def lost(self, student: str) -> set[str]:
        assert student in self.marks, f"{student} was not graded: {self.outcomes[student].refused}"
        return {cell for cell, points in self.points.items() if self.marks[student][cell] < points}
