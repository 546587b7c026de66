"""The table of all marks, from nbgrader's gradebook and from what was said while grading."""

import csv
from pathlib import Path

from course_utils.grading.course import Course
from course_utils.grading.outcome import Outcome, read_outcomes

COLUMNS = ("assignment", "student_id", "score", "max_score", "auto_score", "manual_score", "to_mark", "remark")


def write_grades(course: Course, path: Path, names: list[str] | None = None) -> int:
    """Write one row for each student and released assignment into a csv file; return their number.

    names  of assignments, in full; the others are left out. None: all that are released
    """
    rows = []
    with course.gradebook as gradebook:
        released = [a for a in gradebook.assignments if names is None or a.name in names]
        for assignment in sorted(released, key=lambda a: a.name):
            outcomes = read_outcomes(assignment.name)
            submissions = {submission.student_id: submission for submission in assignment.submissions}
            for student in sorted(gradebook.students, key=lambda s: s.id):
                outcome = outcomes.get(student.id, Outcome(assignment.name, student.id))
                row = {"assignment": assignment.name, "student_id": student.id, "max_score": assignment.max_score}
                remark = "; ".join(([f"refused: {outcome.refused}"] if outcome.refused else []) + outcome.notes)
                if student.id in submissions:
                    row |= _marks(submissions[student.id])
                else:
                    row["score"], remark = 0.0, remark or "nothing handed in"
                rows.append(row | {"remark": remark})
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def _marks(submission) -> dict:
    marks = [grade for notebook in submission.notebooks for grade in notebook.grades]
    return {
        "score": max(0.0, submission.score - submission.late_submission_penalty),
        "auto_score": sum(grade.auto_score or 0.0 for grade in marks),
        "manual_score": sum(grade.manual_score or 0.0 for grade in marks),
        "to_mark": sum(bool(grade.needs_manual_grade) for grade in marks),
    }
