"""The table of all marks, from the class list, nbgrader's gradebook and what was said while grading."""

import csv
from pathlib import Path

from course_utils import config
from course_utils.teaching.grading.course import Course, GradingError
from course_utils.teaching.grading.outcome import Outcome, read_outcomes

COLUMNS = ("assignment", "student_id", "score", "max_score", "auto_score", "manual_score", "to_mark", "remark")
CLASS_LIST = "students.txt"  # in grading/, optional


def write_grades(course: Course, path: Path, names: list[str] | None = None) -> int:
    """Write one row for each student and released assignment into a csv file; return their number.

    Students are those who handed in at least once and those of the class list, where there is one.
    names  of assignments, in full; the others are left out. None: all that are released
    """
    rows, listed = [], class_list()
    with course.gradebook as gradebook:
        released = [a for a in gradebook.assignments if names is None or a.name in names]
        for assignment in sorted(released, key=lambda a: a.name):
            outcomes = read_outcomes(assignment.name)
            submissions = {submission.student_id: submission for submission in assignment.submissions}
            for student in sorted({student.id for student in gradebook.students} | set(listed)):
                outcome = outcomes.get(student, Outcome(assignment.name, student))
                row = {"assignment": assignment.name, "student_id": student, "max_score": assignment.max_score}
                remarks = ([f"refused: {outcome.refused}"] if outcome.refused else []) + outcome.notes
                if student in submissions:
                    row |= _marks(submissions[student])
                else:
                    row["score"], remarks = 0.0, remarks or ["not handed in"]
                if listed and student not in listed:
                    remarks = [*remarks, f"not in {CLASS_LIST}"]
                rows.append(row | {"remark": "; ".join(remarks)})
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def class_list() -> list[str]:
    """Return the ids of grading/students.txt, one a line, named like the folders below submitted/; none without it.

    Raises GradingError for a line that cannot be the name of such a folder.
    """
    path = config.grading_dir() / CLASS_LIST
    if not path.is_file():
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise GradingError(f"{path} is not a text in UTF-8; save it as one") from error
    ids = {number: line.strip() for number, line in enumerate(lines, start=1) if line.strip()}
    for number, student in ids.items():
        if set(student) & set(",;/\\\t"):
            raise GradingError(f"{path}, line {number}: {student!r} is not one id; write one id a line, nothing else")
    return list(ids.values())


def count_to_mark(course: Course, names: list[str]) -> int:
    """Return how many written answers of these assignments wait for marks by hand."""
    with course.gradebook as gradebook:
        found = [s for a in gradebook.assignments if a.name in names for s in a.submissions]
        return sum(_marks(submission)["to_mark"] for submission in found)


def _marks(submission) -> dict:
    marks = [grade for notebook in submission.notebooks for grade in notebook.grades]
    return {
        "score": max(0.0, submission.score - submission.late_submission_penalty),
        "auto_score": sum(grade.auto_score or 0.0 for grade in marks),
        "manual_score": sum(grade.manual_score or 0.0 for grade in marks),
        "to_mark": sum(bool(grade.needs_manual_grade) for grade in marks),
    }
