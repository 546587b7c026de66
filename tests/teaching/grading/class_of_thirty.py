"""A class of thirty of whom eight hand in something broken, through release, grading, feedback and grades.

    PYTHONPATH=. python tests/teaching/grading/class_of_thirty.py [ASSIGNMENT] [STUDENTS]

Checks every mark and prints how long each step took. It takes minutes and is no test; test_hostile tries the same
kinds of submissions, and more, on one assignment.
"""

import csv
import os
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from submissions import hand_in, solved
from test_hostile import spoiled, without

from course_utils.teaching.grading.__main__ import main
from course_utils.teaching.grading.course import Course

FULL = 19
NAMES = ("Zoë Ångström", "o'neil", 'say "hi"', "van den Berg", "学生", "a&b; c", "100%", "-dash", "$HOME", "ada.l")
QUITS, LOOP = "import os\nos._exit(1)", "while True: pass"


def broken(task: str, points: float) -> dict:
    """Return {student: (how the solved notebook is spoiled, marks; None: refused)}."""
    hog = "rows = []\nwhile True:\n    rows.append(np.zeros(10**8))"
    return {
        "b1 syntax error": (lambda nb: spoiled(nb, **{task: f"def {task}(a, b:"}), FULL - points),
        "b2 endless loop": (lambda nb: spoiled(nb, **{task: f"def {task}(*given):\n    {LOOP}"}), FULL - points),
        "b3 memory hog": (lambda nb: spoiled(nb, **{task: hog}), FULL - points),
        "b4 deleted cells": (lambda nb: without(nb, "setup", task, f"test_{task}"), FULL - points),
        "b5 edited test": (lambda nb: spoiled(nb, **{task: f"{task} = None", f"test_{task}": "pass"}), FULL - points),
        "b6 kills the kernel": (lambda nb: spoiled(nb, **{task: QUITS}), None),
        "b7 renamed file": (None, None),
        "b8 no notebook": (None, None),
    }


def hand_everything_in(assignment: str, count: int, wrong: dict) -> None:
    released = nbformat.read(Course().folder("release") / assignment / f"{assignment}.ipynb", as_version=4)
    for i in range(count - len(wrong)):
        student = NAMES[i] if i < len(NAMES) else f"student {i:02}"
        hand_in(solved(released, assignment, student), student, assignment)
    for student, (spoil, _) in wrong.items():
        if spoil:
            hand_in(spoil(solved(released, assignment, student)), student, assignment)
            continue
        folder = Course().submission(student, assignment).parent
        folder.mkdir(parents=True)
        name = "my solution.ipynb" if "renamed" in student else f"{assignment}.ipynb"
        (folder / name).write_text("<html>my solution</html>", encoding="utf-8")


def run(assignment: str, count: int) -> bool:
    task = {"01": "neighbours", "02": "shorten", "03": "hardest", "04": "recall_both_ways"}[assignment[:2]]
    wrong, took = broken(task, 3), {}
    for step in ("release", "grade", "feedback", "grades"):
        if step == "grade":
            hand_everything_in(assignment, count, wrong)
        started = time.monotonic()
        code = main([step, assignment])
        took[step] = time.monotonic() - started
        print(f"{step}: exit code {code}, {took[step]:.0f} s", flush=True)
    with (Path(os.environ["COURSE_GRADING"]) / "grades.csv").open(encoding="utf-8", newline="") as file:
        marks = {row["student_id"]: (float(row["score"]), row["remark"]) for row in csv.DictReader(file)}
    expected = {student: FULL for student in marks} | {s: m or 0 for s, (_, m) in wrong.items()}
    bad = {s: (marks[s], expected[s]) for s in marks if marks[s][0] != expected[s]}
    refused = {s for s, (_, m) in wrong.items() if m is None}
    bad |= {s: marks[s] for s in refused if not marks[s][1].startswith("refused: ")}
    print(f"{len(marks)} rows, {len(bad)} wrong marks {bad}; {sum(took.values()):.0f} s in all")
    return len(marks) == count and not bad


if __name__ == "__main__":
    chosen = Course().assignments(sys.argv[1:2] or ["02"])[0]
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "COURSE_GRADING": folder,
            "COURSE_GRADING_CELL_SECONDS": "60",
            "COURSE_GRADING_MEMORY_MB": "2500",
        }
        sys.exit(not run(chosen, int((sys.argv[2:3] or ["30"])[0])))
