"""Marks in the forms that Moodle and Canvas read, from the table of all marks.

Moodle: Grades, Import, CSV file; map "ID number" to the ID number (or to the username, if those are your ids).
Canvas: Grades, Import; a new column becomes a new assignment, so the first upload asks where it belongs.
"""

from pathlib import Path

import pandas as pd

from course_utils.files import write_whole

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")  # one of the first three is enough, empty or not


def write_uploads(grades: Path) -> list[Path]:
    """Write moodle.csv and canvas.csv beside a grades.csv and return their paths; one row a student.

    Who has nothing for an assignment that others have gets no mark there, which leaves the mark of the platform alone.
    """
    table = pd.read_csv(grades, dtype={"student_id": str, "assignment": str}, keep_default_na=False)
    table["assignment"] = "Exercise " + table["assignment"].str.replace("_", " ")
    marks = table.pivot(index="student_id", columns="assignment", values="score").sort_index()
    points = table.groupby("assignment")["max_score"].first()
    moodle = marks.rename_axis(index="ID number", columns=None).reset_index()
    people = pd.DataFrame("", index=marks.index, columns=list(CANVAS))
    people["SIS User ID"] = people["SIS Login ID"] = marks.index
    canvas = people.join(marks).reset_index(drop=True)
    possible = pd.DataFrame([{"Student": "    Points Possible", **points}], columns=canvas.columns)
    written = {"moodle.csv": moodle, "canvas.csv": pd.concat([possible, canvas], ignore_index=True)}
    for name, frame in written.items():
        write_whole(grades.with_name(name), frame.to_csv(index=False, lineterminator="\r\n").encode())
    return [grades.with_name(name) for name in written]
