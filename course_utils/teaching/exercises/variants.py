"""Personal variants: the numbers of an exercise are drawn from the id of the student who does it.

Neighbours cannot copy a result then, only an idea. Whoever has no id (self-study, a class that does not grade) gets
one fixed variant. While nbgrader grades, the folder of the submission says whose it is: numbers that were computed for
another id are refused there by `check_owner`, with a message that names both.
"""

import hashlib
import os
import re
from pathlib import Path

import numpy as np

REQUIRED = "COURSE_REQUIRE_ID"  # environment of `make grade`: 1 refuses the fixed variant


def normalise_id(student_id) -> str:
    """Return the id as the draw takes it: text without blanks around it, lower case; "" for None.

    >>> normalise_id("  S1234567 "), normalise_id(1234567), normalise_id(None)
    ('s1234567', '1234567', '')
    """
    return "" if student_id is None else str(student_id).strip().lower()


_drawn_for: str | None = None  # the id that the numbers in this notebook were last drawn for


def generator(assignment: str, student_id=None) -> np.random.Generator:
    """Return a NumPy generator that depends on the assignment and on the id, and on nothing else.

    assignment  name of the exercise, like "03_metric_learning": two exercises of one student share no numbers
    student_id  text or number; case and blanks around it do not count; empty or None: the fixed variant. An id, also
                an empty one, is remembered for `check_owner`.

    Raises ValueError for an empty name of the assignment.
    """
    if not assignment:
        raise ValueError("the name of the assignment is empty; without it all exercises would draw the same numbers")
    if student_id is not None:
        global _drawn_for
        _drawn_for = normalise_id(student_id)
    digest = hashlib.sha256(f"{assignment}\n{normalise_id(student_id)}".encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype="<u4").astype(np.uint32))


def handed_in_by() -> str | None:
    """Return the id of the student whose submission is being graded, None outside of grading.

    nbgrader runs a notebook in <autograded>/<student>/<assignment> and says in NBGRADER_EXECUTION what it is doing.
    """
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        return None
    return Path.cwd().parent.name


def check_owner(student_id) -> None:
    """Raise AssertionError if these numbers belong to another id: the one typed before, or that of another student.

    While nbgrader grades, the student is the one who handed in; an empty id, the fixed variant, passes then unless
    COURSE_REQUIRE_ID=1 is set.
    """
    owner, typed = handed_in_by(), normalise_id(student_id)
    if owner is not None and not typed and os.environ.get(REQUIRED) == "1":
        raise AssertionError(f"STUDENT_ID is empty; this class asks for personal numbers: enter {owner!r} and redo")
    if owner is not None and typed and _letters(typed) != _letters(owner):
        raise AssertionError(f"the numbers are those of {typed!r}, but {owner!r} handed them in")
    if _drawn_for not in (None, typed):
        before = repr(_drawn_for) if _drawn_for else "an empty id"
        raise AssertionError(
            f"the numbers were drawn for {before}, and STUDENT_ID is {typed!r} now: run the cell below it again, "
            "and compute with what it prints"
        )


def _letters(student_id: str) -> str:
    """Letters and digits only: folders may spell "van Dam" as van_dam."""
    return re.sub(r"[\W_]", "", normalise_id(student_id))
