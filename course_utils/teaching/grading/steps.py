"""Three steps over nbgrader: release, grade, feedback. Each goes on where a single submission fails."""

import codecs
import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from course_utils.files import write_whole
from course_utils.teaching.grading.course import Course, GradingError
from course_utils.teaching.grading.outcome import (
    UNEXPLAINED,
    Outcome,
    missing_notebook,
    read_outcome,
    read_outcomes,
    write_outcomes,
)


def release(course: Course, assignments: list[str]) -> list[Path]:
    """Make the students' notebooks in grading/release, enter the assignments into the gradebook; return the paths.

    Raises GradingError with nbgrader's words where a source notebook is not fit for release.
    """
    check_paths(course)
    made = []
    for assignment in assignments:
        result = course.api.generate_assignment(assignment, force=True)
        if not result["success"]:
            raise GradingError(f"{assignment} cannot be released:\n{result.get('log', result.get('error', ''))}")
        made.append(course.folder("release") / assignment / f"{assignment}.ipynb")
    return made


def grade(
    course: Course,
    assignments: list[str],
    *,
    again: bool = False,
    say: Callable[[Outcome, str], None] = lambda *_: None,
) -> list[Outcome]:
    """Grade what lies in grading/submitted; return what became of each submission.

    again  also those that have been graded and have not changed since; marks given by hand are kept
    say    called with each outcome and its score in words, as soon as it is there
    """
    check_paths(course, {student for assignment in assignments for student in course.students(assignment)})
    outcomes = []
    for assignment in assignments:
        _check_released(course, assignment)
        known = read_outcomes(assignment)
        for student in course.students(assignment):
            _without_mark(course.submission(student, assignment))
            now = _fingerprint(course, student, assignment)
            graded = student in known and not known[student].refused
            lost = graded and not course.submission(student, assignment).is_file()  # the marks stay
            if (again or student not in known or known[student].fingerprint != now) and not lost:
                known[student] = _grade_one(course, student, assignment)
                known[student].fingerprint = now
                write_outcomes(assignment, known)
            outcomes.append(known[student])
            say(known[student], _score_in_words(course, known[student]))
    return outcomes


def _without_mark(path: Path) -> None:
    """Take away a byte order mark, which some editors put before a file and nbgrader takes for damage."""
    if path.is_file() and (content := path.read_bytes()).startswith(codecs.BOM_UTF8):
        write_whole(path, content.removeprefix(codecs.BOM_UTF8))


def check_paths(course: Course, students: Iterable[str] = ()) -> None:
    """Raise GradingError for a name that nbgrader reads as a pattern: it would find nothing, and write zeros."""
    folders = {f"the path {path}": path for path in (course.root, course.folder("submitted"))}
    for what, name in (*folders.items(), *((f"the folder {name} of a student", name) for name in students)):
        if wrong := set(str(name)) & set("[]*?"):
            todo = "Rename that folder, or set COURSE_GRADING to another one" if what in folders else "Rename it"
            signs = " ".join(sorted(wrong))
            raise GradingError(f"{what} holds {signs}, which nbgrader takes for a pattern: nothing was done. {todo}")


def _check_released(course: Course, assignment: str) -> None:
    from nbgrader.api import MissingEntry

    with course.gradebook as gradebook:
        try:
            gradebook.find_assignment(assignment)
        except MissingEntry:
            raise GradingError(f"{assignment} has not been released yet; first:  make release") from None


def _grade_one(course: Course, student: str, assignment: str) -> Outcome:
    path = course.submission(student, assignment)
    with course.gradebook as gradebook:
        gradebook.update_or_create_student(student)  # so that a refused one stands in the table, too
    if not path.is_file():
        return missing_notebook(assignment, student, path.parent)
    outcome = _autograde(course, student, assignment)
    if outcome.refused.startswith(UNEXPLAINED):  # such as a kernel that did not start: no fault of the student
        outcome = _autograde(course, student, assignment)
    if outcome.refused:
        _forget(course, student, assignment)
    return outcome


def _autograde(course: Course, student: str, assignment: str) -> Outcome:
    result = course.api.autograde(assignment, student, force=True)
    if "KeyboardInterrupt" in result.get("error", ""):  # nbgrader catches it
        raise KeyboardInterrupt
    return read_outcome(assignment, student, result, _graded(course, student, assignment))


def _graded(course: Course, student: str, assignment: str) -> Path:
    return course.folder("autograded") / student / assignment / f"{assignment}.ipynb"


def _fingerprint(course: Course, student: str, assignment: str) -> str:
    """Return a hash of what was released and of what was handed in; dates of files would say nothing about a copy."""
    released = course.folder("release") / assignment / f"{assignment}.ipynb"
    digest = hashlib.sha256()
    for path in (released, course.submission(student, assignment)):
        digest.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return digest.hexdigest()


def _forget(course: Course, student: str, assignment: str) -> None:
    """Remove an earlier grade: what is there now could not be graded."""
    from nbgrader.api import MissingEntry

    shutil.rmtree(_graded(course, student, assignment).parent, ignore_errors=True)
    with course.gradebook as gradebook, contextlib.suppress(MissingEntry):
        gradebook.remove_submission(assignment, student)


def _score_in_words(course: Course, outcome: Outcome) -> str:
    if outcome.refused:
        return "REFUSED"
    with course.gradebook as gradebook:
        submission = gradebook.find_submission(outcome.assignment, outcome.student)
        marks = f"{submission.score:g} of {submission.max_score:g}"
        return marks + (", written answers to mark" if submission.needs_manual_grade else "")


def feedback(course: Course, assignments: list[str]) -> list[Path]:
    """Write grading/feedback/<student>/<assignment>/<assignment>.html for all that is graded; return the paths."""
    check_paths(course)
    made = []
    for assignment in assignments:
        for student, outcome in sorted(read_outcomes(assignment).items()):
            if outcome.refused:
                continue
            result = course.api.generate_feedback(assignment, student, force=True)
            if not result["success"]:
                raise GradingError(f"no feedback for {student}, {assignment}:\n{result.get('log', '')}")
            made.append(course.folder("feedback") / student / assignment / f"{assignment}.html")
    return made
