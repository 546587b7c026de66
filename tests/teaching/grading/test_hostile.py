"""Broken and hostile submissions: each is graded or refused in words that help, and everybody else's grade is there."""

import codecs
import csv

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from submissions import cells_by_id, hand_in, solutions, solved

from course_utils.teaching.grading import steps
from course_utils.teaching.grading.course import Course
from course_utils.teaching.grading.grades import write_grades

ASSIGNMENT = "01_handcrafted_features"
# until the limit of 30 seconds these two only sleep, which costs the tests nothing; "loop" is a busy one
ENDLESS = "import time\nwhile True:\n    time.sleep(0.01)"
STUBBORN = f"import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n{ENDLESS}"


def spoiled(notebook, **sources):
    """Return the notebook with other text in the named cells."""
    cells = cells_by_id(notebook)
    for name, text in sources.items():
        cells[name].source = text
    return notebook


def without(notebook, *names):
    notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in names]
    return notebook


def own_numbers_without_setup(notebook):
    """Return the notebook of a student with an id whose setup, which draws the numbers of that id, was deleted."""
    for cell in notebook.cells:
        cell.source = cell.source.replace("STUDENT_ID = ''", "STUDENT_ID = 'own-numbers'")
    return without(notebook, "setup")


def doubled(notebook, *names):
    """Return the notebook in which the named cells were copied, with their metadata, to right below themselves."""
    cells = []
    for cell in notebook.cells:
        again = cell.metadata.get("nbgrader", {}).get("grade_id") in names
        cells += [cell, nbformat.from_dict({**cell, "id": f"{cell.id}-2"})] if again else [cell]
    notebook.cells = cells
    return notebook


def tampered(notebook):
    """Return a notebook whose owner would like better tests, more points, and no locks."""
    cells = cells_by_id(spoiled(notebook, test_neighbours="pass", neighbours="neighbours = None"))
    cells["test_neighbours"].metadata.nbgrader.points = 100
    cells["test_colour_histogram"].metadata.nbgrader.grade_id = "test_colour"
    cells["setup"].metadata.nbgrader.locked = False
    cells["test_by_hand"].metadata.nbgrader = "none"
    cells["written"].source += "\n\nI would take the SIFT bag."
    return notebook


def old_metadata(notebook):
    for cell in cells_by_id(notebook).values():
        cell.metadata.nbgrader = {"grade_id": cell.metadata.nbgrader.grade_id, "schema_version": 1}
    return notebook


def unformed(notebook):
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def function(name, body):
    return f"def {name}(*arguments):\n    " + body.replace("\n", "\n    ")


# name: how the solved notebook is spoiled; marks of 19; what the instructor reads about it
GRADED = {
    "good-before": (lambda nb: nb, 19, []),
    'Zoë O\'Neil & "Søn"': (lambda nb: nb, 19, []),
    "zz-good-after": (lambda nb: nb, 19, []),
    "loop": (lambda nb: spoiled(nb, neighbours=function("neighbours", "while True: pass")), 16, []),
    "loop-cell": (lambda nb: spoiled(nb, by_hand=ENDLESS), 17, ["cell by_hand ran out of time"]),
    "hog": (lambda nb: spoiled(nb, colour_histogram=function("colour_histogram", "return np.ones(10**11)")), 17, []),
    "hog-cell": (lambda nb: spoiled(nb, neighbours="rows = []\nwhile True:\n    rows.append(np.zeros(10**8))"), 16,
                 ["cell neighbours ran out of memory"]),
    "deleted": (lambda nb: without(nb, "setup", "neighbours", "test_neighbours", "test_by_hand", "written"), 16,
                [f"cell {name} was deleted; put back" for name in
                 ("neighbours", "setup", "test_by_hand", "test_neighbours", "written")]),
    "own-numbers": (own_numbers_without_setup, 19, ["cell setup was deleted; put back"]),
    "duplicated": (lambda nb: doubled(nb, "neighbours", "test_neighbours", "setup"), 19,
                   [f"cell {name} exists more than once; the last copy counts"
                    for name in ("neighbours", "setup", "test_neighbours")]),
    "edited": (tampered, 16, ["a cell named 'test_colour' is none of this assignment; it counts as an ordinary cell",
                              "cell test_by_hand was deleted; put back",
                              "cell test_colour_histogram was deleted; put back",
                              "cell test_neighbours was edited; restored",
                              "question written was written over; restored, the text stands below it"]),
    "old": (old_metadata, 19, []),
    "unformed": (unformed, 0, [
        "no cell says to which task it belongs, as in a copied or converted notebook; all cells of the assignment were "
        "put back, and what was handed in stands below them, to be marked by hand"]),
    "renamed": (lambda nb: spoiled(nb, neighbours=function("neighbors", "return [1, 2]")), 16, []),
    "syntax": (lambda nb: spoiled(nb, colour_histogram="def colour_histogram(image, bins:"), 17,
               ["cell colour_histogram does not compile"]),
    "garbage": (lambda nb: spoiled(nb, neighbours=function(
        "neighbours", "import sys\nfor i in range(300_000): print('\\x1b[31m\\x00', i)\nprint('!', file=sys.stderr)")
        + "\n\n\nfor i in range(50_000):\n    print('garbage', i)"), 16, []),
    "noisy": (lambda nb: spoiled(nb, average_precision_at=cells_by_id(nb)["average_precision_at"].source.replace(
        "    if n_relevant == 0",
        "    import sys\n    print('?', file=sys.stderr)\n    np.log(np.zeros(1))\n    if n_relevant == 0")), 19, []),
}  # fmt: skip
REFUSED = {
    "stubborn": (lambda nb: spoiled(nb, by_hand=STUBBORN), "could not be interrupted"),
    "quits": (lambda nb: spoiled(nb, neighbours="import os\nos._exit(0)"), "the kernel died"),
}


@pytest.fixture
def graded(grade_course):
    def write(released):
        released.cells = [cell for cell in released.cells if cell.id != "look"]  # a figure that nobody needs here
        for student, (spoil, *_) in (GRADED | REFUSED).items():
            hand_in(spoil(solved(released, ASSIGNMENT)), student, ASSIGNMENT)
        folder = Course().folder("submitted")
        (folder / "misnamed" / ASSIGNMENT).mkdir(parents=True)
        (folder / "misnamed" / ASSIGNMENT / "Untitled.ipynb").write_text("{}")
        (folder / "no-notebook" / ASSIGNMENT).mkdir(parents=True)
        (folder / "no-notebook" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").write_text("<html>my solution</html>")
        marked = Course().submission("byte-order-mark", ASSIGNMENT)
        hand_in(solved(released, ASSIGNMENT), "byte-order-mark", ASSIGNMENT)
        marked.write_bytes(codecs.BOM_UTF8 + marked.read_bytes())
        inserted = new_code_cell("import sys\nsys.exit()")
        polite = solved(released, ASSIGNMENT)
        polite.cells.insert(3, inserted)
        hand_in(polite, "exits-politely", ASSIGNMENT)

    return grade_course("hostile", ASSIGNMENT, write, seconds=30)


@pytest.mark.parametrize("student", GRADED)
def test_it_is_graded(graded, student):
    _, marks, notes = GRADED[student]
    outcome = graded.outcomes[student]
    assert (outcome.refused, outcome.notes, graded.total(student)) == ("", notes, marks)


@pytest.mark.parametrize("student", REFUSED)
def test_it_is_refused_with_a_reason(graded, student):
    reason = graded.outcomes[student].refused
    assert REFUSED[student][1] in reason and "ask for a new one" in reason
    assert student not in graded.marks


def test_a_wrong_or_missing_file_is_named(graded):
    assert "there is: Untitled.ipynb; rename or ask" in graded.outcomes["misnamed"].refused
    assert "not a notebook" in graded.outcomes["no-notebook"].refused


def test_a_byte_order_mark_is_no_damage(graded):
    outcome = graded.outcomes["byte-order-mark"]
    assert (outcome.refused, outcome.notes, graded.total("byte-order-mark")) == ("", [], 19)


def test_what_was_handed_in_without_names_of_cells_is_kept_below(graded):
    path = Course().folder("autograded") / "unformed" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    own = [i for i, cell in enumerate(cells) if "nbgrader" not in cell.metadata]
    assert own == list(range(own[0], len(cells)))
    assert any(solutions(ASSIGNMENT)["neighbours"] in cells[i].source for i in own)


def test_the_table_holds_everybody_and_says_why(graded, tmp_path):
    write_grades(Course(), tmp_path / "grades.csv")
    rows = {row["student_id"]: row for row in csv.DictReader((tmp_path / "grades.csv").open(encoding="utf-8"))}
    assert sorted(rows) == sorted(graded.outcomes)
    assert float(rows["zz-good-after"]["score"]) == 19 and rows["zz-good-after"]["to_mark"] == "2"
    assert float(rows["quits"]["score"]) == 0 and rows["quits"]["remark"].startswith("refused: the kernel died")


def test_a_written_over_question_keeps_the_answer(graded):
    text = (Course().folder("autograded") / "edited" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text(encoding="utf-8")
    assert "I would take the SIFT bag." in text


@pytest.mark.parametrize("failures", [1, 2])
def test_a_failure_that_is_nobodys_fault_is_tried_once_more(grading_folders, monkeypatch, failures):
    """Such as a kernel that does not start on a busy machine."""
    course = grading_folders(f"busy{failures}")
    released = nbformat.read(steps.release(course, [ASSIGNMENT])[0], as_version=4)
    hand_in(solved(released, ASSIGNMENT, "ada"), "ada", ASSIGNMENT)
    autograde, left = course.api.autograde, [{"success": False, "error": "queue.Empty"}] * failures
    monkeypatch.setattr(course.api, "autograde", lambda *a, **kw: left.pop() if left else autograde(*a, **kw))
    (outcome,) = steps.grade(course, [ASSIGNMENT])
    if failures == 1:
        assert outcome.refused == ""
    else:
        log = course.folder("outcomes") / f"{ASSIGNMENT}-ada.log"
        assert outcome.refused == f"nbgrader could not grade it; all it said: {log}"
        assert "queue.Empty" in log.read_text(encoding="utf-8")
