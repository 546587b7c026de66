"""Each assignment through the whole pipeline, in kernels: solved, copied and unsolved get what they deserve.

What each check says to each mistake is tried in this process, by test_wrong_answers.
"""

import nbformat
import pytest
from in_process import message
from submissions import ASSIGNMENTS, hand_in, solutions, solved

from course_utils.teaching.grading.course import Course

per_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS)


@pytest.fixture
def graded(grade_course, assignment):
    def write(released):
        hand_in(solved(released, assignment, "Ada"), "ada", assignment)
        hand_in(released, "unsolved", assignment)

    return grade_course(assignment, assignment, write)


@per_assignment
def test_the_solutions_get_full_marks(graded, assignment):
    assert graded.outcomes["ada"].refused == "" and graded.outcomes["ada"].notes == []
    assert graded.lost("ada") == set()
    assert graded.total("ada") == sum(graded.points.values()) == 19


@per_assignment
def test_the_solved_notebook_runs_to_its_end(graded, assignment):
    """The figure of the failures, too, which no check looks at."""
    path = Course().folder("autograded") / "ada" / assignment / f"{assignment}.ipynb"
    outputs = [o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", [])]
    assert [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"] == []


@per_assignment
def test_the_unsolved_notebook_gets_nothing(graded, assignment):
    assert graded.marks["unsolved"] == dict.fromkeys(graded.points, 0.0)


@pytest.mark.parametrize("assignment", ["03_metric_learning"])
def test_the_unsolved_notebook_passes_no_check(graded, assignment, monkeypatch):
    """As nbgrader's validate button asks; the others are asked in this process."""
    from nbgrader.validator import Validator

    path = Course().folder("release") / assignment / f"{assignment}.ipynb"
    assert Validator(invert=True).validate(str(path)) == {}


@per_assignment
def test_numbers_of_a_neighbour_are_refused(assignment, monkeypatch, tmp_path):
    folder = tmp_path / "copycat" / assignment
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    said = message(assignment, "by_hand", solutions(assignment)["by_hand"], student_id="ada")
    assert "those of 'ada', but 'copycat' handed them in" in said
