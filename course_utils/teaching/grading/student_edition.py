"""The student edition: lessons, unsolved exercises and package as one archive, for classes without nbgrader."""

import tempfile
import zipfile
from pathlib import Path

from course_utils.files import write_whole
from course_utils.teaching.grading.course import Course, GradingError
from course_utils.teaching.grading.steps import check_paths

NAME = "image-retrieval-course"
README = "course_utils/teaching/grading/student_readme.md"
# what students get, beside the exercises and a README of their own; tests and the instructor's pages stay here
PARTS = (
    "LICENSE",
    "LICENSE-text",
    "Makefile",
    "pyproject.toml",
    "constraints.txt",
    "environment.yml",
    "notebooks/*.ipynb",
    "course_utils/**/*",
    "data_scripts/**/*",
    "docs/**/*",
    "results/**/*",
)
LEFT_OUT = (
    *("__pycache__", ".ipynb_checkpoints", "grading", "instructors.md"),
    *("make_pictures.py", "make_book.py", "make_slides.py", "book", "diagrams"),
)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files make the same archive


def build(course: Course, folder: Path, names: list[str] | None = None) -> Path:
    """Write <folder>/image-retrieval-course.zip and return its path.

    names  of the assignments that go into it, in full; None: all

    Raises GradingError where a source notebook is not fit for release.
    """
    check_paths(course)
    files = {path.relative_to(course.root).as_posix(): path.read_bytes() for path in _files(course.root)}
    files["README.md"] = (course.root / README).read_bytes()
    # the place of an exercise is that of its source, so that the lessons' links to it lead there
    files |= {f"notebooks/exercises/{name}/{name}.ipynb": text for name, text in unsolved(course, names).items()}
    target = folder / f"{NAME}.zip"
    write_whole(target, lambda fresh: _pack(files, fresh))
    return target


def _pack(files: dict[str, bytes], target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, files[name])


def unsolved(course: Course, names: list[str] | None = None, hide: bool = True) -> dict[str, bytes]:
    """Return the students' notebook of each assignment, made by nbgrader from its source, without the gradebook.

    hide  the tests that a class does not see are left out; False keeps them, between their marks
    """
    from nbgrader.converters import GenerateAssignment

    notebooks, left_out = {}, {"SaveCells"} if hide else {"SaveCells", "ClearHiddenTests"}
    coursedir = course.api.coursedir
    before = coursedir.release_directory, coursedir.assignment_id
    with tempfile.TemporaryDirectory() as scratch:
        try:
            coursedir.release_directory = scratch
            for name in course.assignments(names):
                coursedir.assignment_id = name
                converter = GenerateAssignment(coursedir=coursedir, parent=course.api)
                converter.no_database, converter.force = True, True
                converter.preprocessors = [p for p in converter.preprocessors if p.__name__ not in left_out]
                converter.start()
                notebooks[name] = (Path(scratch) / name / f"{name}.ipynb").read_bytes()
        except Exception as error:  # nbgrader raises what it likes
            raise GradingError(f"{name} cannot be released: {error}") from error
        finally:
            coursedir.release_directory, coursedir.assignment_id = before
    return notebooks


def _files(root: Path):
    for pattern in PARTS:
        found = sorted(path for path in root.glob(pattern) if path.is_file())
        if not found:
            raise GradingError(f"the student edition needs {pattern}, and there is no such file in {root}")
        yield from (path for path in found if not set(LEFT_OUT) & set(path.relative_to(root).parts))
