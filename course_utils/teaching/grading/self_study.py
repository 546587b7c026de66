"""The exercises where lessons link to them: unsolved, every test visible with what it says, for whoever learns alone.

Made from the solved sources by `make exercises`; a test makes them anew and finds the same files.
"""

import nbformat

from course_utils import config
from course_utils.files import write_whole
from course_utils.teaching.colab import with_colab
from course_utils.teaching.grading.course import Course
from course_utils.teaching.grading.student_edition import unsolved

MARKS = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")


def self_study(course: Course, names: list[str] | None = None) -> dict[str, str]:
    """Return {path below the repository: notebook} of the assignments, without nbgrader's marks."""
    made = {}
    for name, text in unsolved(course, names, hide=False).items():
        notebook = nbformat.reads(text.decode(), as_version=4)
        for cell in notebook.cells:
            lines = cell.source.splitlines(keepends=True)
            cell.source = "".join(line for line in lines if line.strip() not in MARKS).rstrip("\n")
            cell.metadata.pop("nbgrader", None)
        path = f"notebooks/exercises/{name}/{name}.ipynb"
        with_colab(notebook, config.REPOSITORY / path)
        made[path] = nbformat.writes(notebook, indent=1) + "\n"
    return made


def write(course: Course, names: list[str] | None = None) -> list[str]:
    """Write them and return their paths."""
    made = self_study(course, names)
    for path, text in made.items():
        write_whole(course.root / path, text.encode())
    return list(made)
