"""Each assignment through the whole pipeline: solved, unsolved, copied and wrong submissions get what they deserve."""

import pytest
from submissions import ASSIGNMENTS, hand_in, solved
from wrong_answers import WRONG

from course_utils.teaching.grading.course import Course

per_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS)


@pytest.fixture
def graded(grade_course, assignment):
    def write(released):
        hand_in(solved(released, assignment, "Ada"), "ada", assignment)
        hand_in(solved(released, assignment, "ada"), "copycat", assignment)
        hand_in(released, "unsolved", assignment)
        for student, (_, changes) in WRONG[assignment].items():
            hand_in(solved(released, assignment, "", changes), student, assignment)

    return grade_course(assignment, assignment, write)


@per_assignment
def test_the_solutions_get_full_marks(graded, assignment):
    assert graded.outcomes["ada"].refused == "" and graded.outcomes["ada"].notes == []
    assert graded.lost("ada") == set()
    assert graded.total("ada") == sum(graded.points.values()) == 16


@per_assignment
def test_the_unsolved_notebook_gets_nothing(graded, assignment):
    assert graded.marks["unsolved"] == dict.fromkeys(graded.points, 0.0)


@per_assignment
def test_the_unsolved_notebook_passes_no_check(graded, assignment, monkeypatch):
    from nbgrader.validator import Validator

    path = Course().folder("release") / assignment / f"{assignment}.ipynb"
    assert Validator(invert=True).validate(str(path)) == {}


@per_assignment
def test_numbers_of_a_neighbour_are_refused(graded, assignment):
    assert graded.lost("copycat") == {"test_by_hand"}


@per_assignment
def test_wrong_submissions_get_exactly_their_marks(graded, assignment):
    assert len(WRONG[assignment]) >= 3
    for student, (marks, changes) in WRONG[assignment].items():
        assert graded.lost(student) == {f"test_{cell}" for cell in changes}, student
        assert graded.total(student) == marks, student
