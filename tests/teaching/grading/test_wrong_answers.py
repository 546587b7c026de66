"""Each exercise, cell by cell: the solution passes, the stub fails, and each mistake is named where it is made."""

import re

import numpy as np
import pytest
from in_process import by_hand, changed, message, stub
from submissions import ASSIGNMENTS, cells_by_id, solutions, source_notebook
from wrong import WRONG

per_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS)
IDS = 1500


@per_assignment
def test_the_solution_of_each_task_passes_its_check(assignment):
    assert {name: message(assignment, name, text) for name, text in solutions(assignment).items()} == dict.fromkeys(
        solutions(assignment), ""
    )


@per_assignment
def test_each_unsolved_task_fails(assignment):
    said = {name: message(assignment, name, stub(assignment, name)) for name in solutions(assignment)}
    assert [name for name, text in said.items() if not re.search("not done yet|is not there", text)] == []


@pytest.mark.parametrize(("assignment", "student"), [(a, s) for a in WRONG for s in WRONG[a]])
def test_a_wrong_answer_is_told_its_mistake(assignment, student):
    name, replacements, words = WRONG[assignment][student]
    assert words in message(assignment, name, changed(assignment, name, replacements))


@per_assignment
def test_twelve_mistakes_at_least_and_one_in_each_task(assignment):
    wrong = WRONG[assignment]
    assert len(wrong) >= 12
    assert {name for name, _, _ in wrong.values()} == set(solutions(assignment))
    assert min(len(words.split()) for _, _, words in wrong.values()) >= 2, "a message says more than a word"


@per_assignment
def test_numbers_are_personal(assignment):
    """Of a million equally likely answers 1,500 students would share one of them once; we allow five pairs."""
    answers = [by_hand(assignment, f"student-{i}") for i in range(IDS)]
    for key in answers[0]:
        values = {tuple(np.round(np.ravel(answer[key]), 9)) for answer in answers}
        assert len(values) >= IDS - 5, f"{key}: {len(values)} different answers"


@per_assignment
def test_no_expected_form_shows_a_value(assignment):
    """A form with numbers in it would be somebody's answer."""
    texts = [cell.source for cell in source_notebook(assignment).cells]
    forms = re.findall(r"Expected form: `by_hand = (\{.*\})`", "\n".join(texts))
    stubs = [cells_by_id(source_notebook(assignment))["by_hand"].source.splitlines()[0].partition("#")[2]]
    for form in [*forms, *stubs]:
        assert form and not re.search(r": *\[?-?\d", form), form
    assert len(forms) == 1
