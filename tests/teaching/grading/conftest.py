"""One graded course an assignment, made once for all tests of a worker and kept in folders of its own."""

import os
import shutil

import nbformat
import pytest
from submissions import Graded, source_notebook

from course_utils import config
from course_utils.teaching.grading import steps
from course_utils.teaching.grading.course import Course

# far above what any cell needs, so that no test fails on a busy machine; the tests of the limit set their own
CELL_SECONDS = 1200
LIMITS = {"COURSE_GRADING_CELL_SECONDS": str(CELL_SECONDS), "COURSE_GRADING_MEMORY_MB": "2500"}
# exercises end on the course's own pictures: those of whoever runs the tests, drawn if they are not there
FOLDERS = {"COURSE_DATA": str(config.data_root()), "COURSE_CACHE": str(config.cache_dir()), "COURSE_DRAW": ""}


@pytest.fixture(autouse=True)
def course_pictures(own_folders, monkeypatch):
    for variable, value in FOLDERS.items():
        monkeypatch.setenv(variable, value)


@pytest.fixture(scope="session")
def grading_folders(tmp_path_factory):
    """Return a function that makes a folder for grading and points the course at it until the next call."""
    before = dict(os.environ)

    def make(name):
        os.environ.update(LIMITS, COURSE_GRADING=str(tmp_path_factory.mktemp(name)))
        return Course()

    yield make
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def empty_gradebook(grading_folders):
    """Return the path of an empty gradebook to copy: nbgrader starts a program of its own for each new one."""
    course = grading_folders("empty")
    with course.gradebook:
        return course.folder("gradebook.db")


@pytest.fixture(scope="session")
def grade_course(grading_folders, empty_gradebook):
    """Return a function (name, assignment, write) -> Graded; write(released) hands the submissions in. Kept by name.

    seconds  that a cell may run
    """
    kept = {}

    def make(name, assignment, write, seconds=CELL_SECONDS):
        if name not in kept:
            course = grading_folders(name)
            os.environ["COURSE_GRADING_CELL_SECONDS"] = str(seconds)
            shutil.copy(empty_gradebook, course.folder("gradebook.db"))
            path = steps.release(course, [assignment])[0]
            write(nbformat.read(path, as_version=4))
            outcomes = {o.student: o for o in steps.grade(course, [assignment])}
            kept[name] = _read(course, assignment, outcomes)
        os.environ.update(LIMITS, COURSE_GRADING=str(kept[name].folder))
        return kept[name]

    return make


def _read(course, assignment, outcomes) -> Graded:
    cells = [c.metadata.nbgrader for c in source_notebook(assignment).cells if "nbgrader" in c.metadata]
    points = {meta.grade_id: float(meta.points) for meta in cells if meta.grade}
    marks = {}
    with course.gradebook as gradebook:
        for submission in gradebook.find_assignment(assignment).submissions:
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            marks[submission.student_id] = {g.name: g.auto_score for g in grades if g.name in points}
    return Graded(course.folder(".").resolve(), assignment, outcomes, marks, points)
