"""Source notebooks: solved and unsolved belong together, and each has what an exercise needs."""

import ast
import re
import shutil
import subprocess
import zipfile

import nbformat
import pytest
from submissions import ASSIGNMENTS, BEGIN, END, cells_by_id, source_notebook

from course_utils.teaching import find_lessons
from course_utils.teaching.grading.__main__ import VERBS
from course_utils.teaching.grading.course import Course, GradingError
from course_utils.teaching.grading.self_study import self_study
from course_utils.teaching.grading.student_edition import NAME, README, _files, build, unsolved

STUB = "raise NotImplementedError  # your code here"
MARKS = ("BEGIN SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
ABOUT_THE_ID = (
    "Enter your student id in the next cell. It decides which numbers you get, so they differ from those of your "
    "neighbours. Without an id you get a set of numbers that is the same for everybody."
)


@pytest.fixture(scope="module")
def released(grading_folders):
    grading_folders("sources")
    return {name: nbformat.reads(text.decode(), as_version=4) for name, text in unsolved(Course()).items()}


def test_lessons_and_exercises_belong_together():
    lessons = {lesson.stem[:2]: lesson.stem for lesson in find_lessons()}
    exercises = {name[:2]: name for name in ASSIGNMENTS}
    assert {f"{number:02}" for number in range(1, 8)} <= set(exercises)
    assert [name for number, name in exercises.items() if lessons.get(number, name) != name] == []


def test_readme_and_lessons_lead_to_the_exercises():
    readme = (Course().root / "README.md").read_text(encoding="utf-8")
    assert [name for name in ASSIGNMENTS if f"(notebooks/exercises/{name}/{name}.ipynb)" not in readme] == []
    lessons = {lesson.stem: lesson.read_text(encoding="utf-8") for lesson in find_lessons()}
    assert [n for n in ASSIGNMENTS if f"(exercises/{n}/{n}.ipynb)" not in lessons[n]] == []


def test_the_exercises_that_lessons_link_to_are_made_from_the_solved_sources(grading_folders):
    """Unsolved, no test hidden, nothing of nbgrader: and made anew they are the same files."""
    grading_folders("self-study")
    made = self_study(Course())
    assert set(made) == {f"notebooks/exercises/{name}/{name}.ipynb" for name in ASSIGNMENTS}
    stale = [path for path, text in made.items() if (Course().root / path).read_text(encoding="utf-8") != text]
    assert stale == [], "make exercises"
    for path, text in made.items():
        assert STUB in text and not any(mark in text for mark in (*MARKS, "nbgrader")), path
    hidden = [c.source for c in source_notebook(ASSIGNMENTS[0]).cells if "BEGIN HIDDEN TESTS" in c.source]
    shown = {cell.source for cell in nbformat.reads(made[next(iter(made))], as_version=4).cells}
    marks = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
    assert {"\n".join(line for line in text.splitlines() if line.strip() not in marks) for text in hidden} <= shown


def untyped(tree: ast.Module) -> list[str]:
    """Return what lacks a type (or, a function, its docstring) in the first statement, a function or a name."""
    first = tree.body[0]
    if isinstance(first, ast.AnnAssign):
        return []
    if not isinstance(first, ast.FunctionDef):
        return ["the cell"]
    missing = [argument.arg for argument in first.args.args if argument.annotation is None]
    return missing + ["return"] * (first.returns is None) + ["docstring"] * (ast.get_docstring(first) is None)


@pytest.mark.parametrize(
    ("stub", "missing"),
    [
        ("def f(a: int, b) -> int:\n    'A.'", ["b"]),
        ("def f(a: int):\n    pass", ["return", "docstring"]),
        ("x = 1", ["the cell"]),
        ("x: int", []),
    ],
)
def test_what_a_stub_lacks_is_named(stub, missing):
    assert untyped(ast.parse(stub)) == missing


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_an_exercise_has_all_its_parts(assignment):
    notebook = source_notebook(assignment)
    metas = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
    tests, questions = [m for m in metas if m.grade], [m for m in metas if m.task]
    assert len(tests) >= 4 and len(questions) >= 1
    points = sum(m.points for m in tests + questions)
    title = notebook.cells[0].source
    minutes = int(re.search(r"\*\*Time\*\* about (\d+) minutes", title)[1])
    assert f"**Points** {points}:" in title
    assert ABOUT_THE_ID in title and notebook.cells[1].source == 'STUDENT_ID = ""'
    assert all(cell.get("outputs", []) == [] for cell in notebook.cells), "outputs would go to the students"
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("grade"):
            assert "### BEGIN HIDDEN TESTS" in cell.source and "with task(" in cell.source
        if meta.get("task"):
            assert "### BEGIN MARK SCHEME" in cell.source and f"({meta.points} points, " in cell.source
        if meta.get("solution"):
            given = ast.parse(cell.source.partition(BEGIN)[0] + f"\n{' ' * 4 * ('def ' in cell.source)}pass")
            assert untyped(given) == [], f"{meta.grade_id}: a stub has types and a docstring"
    heading = re.compile(r"^## \d+ · .* \((\d+) points, (\d+) minutes\)$", re.MULTILINE)
    headings = [[int(n) for n in found] for c in notebook.cells for found in heading.findall(c.source)]
    assert [p for p, _ in headings] == [m.points for m in tests + questions]
    assert sum(m for _, m in headings) == minutes
    tasks = [c.source for c in notebook.cells if re.match(r"## \d+ · ", c.source) and "nbgrader" not in c.metadata]
    assert len(tasks) == len(tests)
    assert not [text for text in tasks if "→" not in text and "Expected form" not in text], "say what is expected"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_solved_and_unsolved_come_from_one_source(released, assignment):
    source, given = source_notebook(assignment), released[assignment]
    assert len(source.cells) == len(given.cells)
    theirs = cells_by_id(given)
    for name, cell in cells_by_id(source).items():
        before, rest = cell.source.partition(BEGIN)[::2]
        after = rest.partition(END)[2]
        if cell.metadata.nbgrader.solution:
            stub = before + STUB + after
            assert theirs[name].source.replace(" ", "") == stub.replace(" ", ""), name
        assert not any(mark in theirs[name].source for mark in MARKS), name
    for ours, other in zip(source.cells, given.cells, strict=True):
        if "nbgrader" not in ours.metadata:
            assert ours.source == other.source


def test_the_student_edition_holds_lessons_and_no_solutions(grading_folders, tmp_path):
    grading_folders("edition")
    archive = zipfile.ZipFile(build(Course(), tmp_path))
    names = {name.removeprefix(f"{NAME}/") for name in archive.namelist()}
    assert {f"notebooks/{lesson.name}" for lesson in find_lessons()} <= names
    assert {f"notebooks/exercises/{name}/{name}.ipynb" for name in ASSIGNMENTS} <= names
    assert {"course_utils/teaching/exercises/checking.py", "data_scripts/__main__.py", "Makefile", "README.md"} <= names
    ours = ("tests/", "grading/", "course_utils/teaching/grading/", "data/", ".venv/")
    assert not [name for name in names if name.startswith(ours) or "__pycache__" in name]
    texts = {name: archive.read(f"{NAME}/{name}").decode() for name in names if name.startswith("notebooks/exercises/")}
    assert not [name for name, text in texts.items() if any(mark in text for mark in MARKS)]
    assert all(STUB in text for text in texts.values())


def test_the_student_edition_may_hold_some_exercises_only(grading_folders, tmp_path):
    grading_folders("edition-of-one")
    path = build(Course(), tmp_path, [ASSIGNMENTS[2]])
    names = zipfile.ZipFile(path).namelist()
    exercises = [name for name in names if name.startswith(f"{NAME}/notebooks/exercises/")]
    assert exercises == [f"{NAME}/notebooks/exercises/{ASSIGNMENTS[2]}/{ASSIGNMENTS[2]}.ipynb"]
    first = path.read_bytes()
    assert build(Course(), tmp_path, [ASSIGNMENTS[2]]).read_bytes() == first, "the same files make the same archive"


def test_the_student_edition_names_nothing_that_it_does_not_hold():
    """Its Makefile and README speak of no tests and no grading, and its links lead somewhere."""
    root, held = Course().root, {path.relative_to(Course().root).as_posix() for path in _files(Course().root)}
    targets = set(re.findall(r"^(\w+):", (root / "Makefile").read_text(), re.MULTILINE))
    assert {"help", "run", "lab", "data", "clean"} <= targets and not {"test", *VERBS} & targets
    assert "authors.mk" not in held
    readme = (root / README).read_text(encoding="utf-8")
    commands = set(re.findall(r"\bmake ([a-z]+)", (root / "Makefile").read_text() + readme))
    assert commands <= targets
    links = [link for link in re.findall(r"\]\(([^)]+)\)", readme) if "://" not in link]
    assert {f"notebooks/{lesson.name}" for lesson in find_lessons()} <= set(links) <= held


@pytest.mark.skipif(not shutil.which("make"), reason="no make here")
def test_make_works_with_and_without_the_targets_of_authors(tmp_path):
    shutil.copy(Course().root / "Makefile", tmp_path)
    ours, theirs = (
        subprocess.run(
            ["make", "--no-print-directory", "help"], cwd=folder, capture_output=True, text=True, check=True
        ).stdout
        for folder in (Course().root, tmp_path)
    )
    assert ours.startswith(theirs) and "make grade " in ours and "make grade " not in theirs


def test_names_of_assignments():
    course = Course()
    assert course.assignments(["03"]) == ["03_metric_learning"] == course.assignments(["03_metric_learning"])
    with pytest.raises(GradingError, match="there is no assignment '9'; there are: 01_"):
        course.assignments(["9"])
