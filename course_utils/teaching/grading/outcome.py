"""What became of one submission, in words that an instructor can act on."""

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

import nbformat

from course_utils import config

NOTE = "note:"  # what an instructor should read starts with this in nbgrader's log
# what nbgrader's log or traceback holds, and what that means for the instructor; the first match counts
REASONS = {
    "DeadKernelError": "the kernel died: the notebook ends it, or used up its processor time or memory",
    "UnresponsiveKernelError": "the kernel could not be interrupted: it loops without end",
    "Timeout waiting for IOPub": "the kernel could not be interrupted: it loops or prints without end",
    "NotJSONError": "the file is not a notebook (an empty, cut or converted file)",
    "NotebookValidationError": "the notebook is damaged: its cells are not those of a notebook",
    "UnicodeDecodeError": "the file is not a notebook (an empty, cut or converted file)",
}
REFUSED = "{reason}; look at it, and ask for a new one"
UNEXPLAINED = "nbgrader could not grade it"


@dataclass
class Outcome:
    """`refused` says why there is no grade ("" if there is one); `notes` what was mended or stands out.

    `fingerprint` tells whether the submission has changed since.
    """

    assignment: str
    student: str
    refused: str = ""
    notes: list[str] = field(default_factory=list)
    fingerprint: str = ""


def missing_notebook(assignment: str, student: str, folder: Path) -> Outcome:
    """Refuse a submission without the notebook that belongs to the assignment; name what is there instead."""
    others = sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []
    there = f"there is: {', '.join(others)}; rename or ask" if others else "the folder is empty; ask for it"
    return Outcome(assignment, student, f"no {assignment}.ipynb in {folder}; {there}")


def read_outcome(assignment: str, student: str, result: dict, graded: Path) -> Outcome:
    """Return what nbgrader's result of one submission means; `graded` is the notebook that it wrote.

    result  of NbGraderAPI.autograde: success, log, error
    """
    log = result.get("log", "") + "\n" + result.get("error", "")
    notes = sorted(set(re.findall(rf"{NOTE} (.*)", log)))
    if not result["success"]:
        for sign, reason in REASONS.items():
            if sign in log:
                return Outcome(assignment, student, REFUSED.format(reason=reason), notes)
        return Outcome(assignment, student, f"{UNEXPLAINED}; all it said: {_keep_log(assignment, student, log)}", notes)
    return Outcome(assignment, student, "", notes + _stopped_cells(graded))


def _keep_log(assignment: str, student: str, log: str) -> Path:
    path = _path(assignment).with_name(f"{assignment}-{student}.log")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(log, encoding="utf-8")
    return path


def _stopped_cells(graded: Path) -> list[str]:
    """Say which cells ran out of time or memory, or do not compile."""
    seen = {"CellTimeoutError": "ran out of time", "MemoryError": "ran out of memory"}
    seen |= dict.fromkeys(("SyntaxError", "IndentationError", "TabError"), "does not compile")
    notes = []
    for cell in nbformat.read(graded, as_version=4).cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "of the student's own")
        ends = {output.ename for output in cell.get("outputs", []) if output.output_type == "error"}
        notes += [f"cell {name} {seen[end]}" for end in sorted(ends & set(seen))]
    return notes


def _path(assignment: str) -> Path:
    return config.grading_dir() / "outcomes" / f"{assignment}.json"


def read_outcomes(assignment: str) -> dict[str, Outcome]:
    """Return the outcomes of the last grading by student; none if there was no grading yet."""
    path = _path(assignment)
    stored = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return {values["student"]: Outcome(**values) for values in stored}


def write_outcomes(assignment: str, outcomes: dict[str, Outcome]) -> None:
    path = _path(assignment)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(outcomes[student]) for student in sorted(outcomes)]
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
