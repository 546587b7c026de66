"""Judges: the clicks of a person are kept, and those that a program plays err as often as they say."""

import numpy as np
import pytest

from course_utils.app.judging import Judge, played_judge


def test_a_played_judge_errs_as_often_as_it_says_and_always_in_the_same_places():
    truth = np.random.default_rng(0).random((400, 5)) < 0.6
    labels = played_judge(truth, 0.1, seed=3)
    assert 0.07 < (labels != truth).mean() < 0.13 and set(np.unique(labels)) == {0.0, 1.0}
    assert np.array_equal(labels, played_judge(truth, 0.1, seed=3))
    assert np.array_equal(played_judge(truth, 0), truth)
    assert (labels != played_judge(truth, 0.1, seed=4)).any()


@pytest.fixture
def asked():
    """Two queries, one of them a sentence alone, with three answers each."""
    pictures = np.random.default_rng(0).integers(0, 255, (2, 3, 8, 8, 3), dtype=np.uint8)
    return [pictures[0, 0], None], ["picture: ", "sentence: <b>dogs</b>"], pictures


def buttons(widget):
    """Return (the choices of the answers that are shown, back, number, next)."""
    _, row, controls = widget.children
    choices = [box.children[1] for box in row.children if hasattr(box.children[1], "options")]
    return choices, *controls.children


def test_clicks_are_kept_in_the_file_and_there_again(asked, tmp_path):
    judge = Judge(*asked, tmp_path / "new" / "first.csv")
    assert judge.missing == 6
    widget = judge.show()
    choices, back, number, on = buttons(widget)
    assert len(choices) == 3 and len(widget.children[1].children) == 4, "the query's picture and three answers"
    choices[0].value, choices[2].value = "right", "wrong"
    on.click()
    assert number.value == 2 and len(widget.children[1].children) == 3, "a sentence has no picture"
    assert widget.children[0].description == "sentence: <b>dogs</b>" and "<b>" not in widget.children[0].value
    buttons(widget)[0][1].value = "right"
    assert "3 answers are not judged yet" in widget.children[0].value
    expected = np.array([[1, np.nan, 0], [np.nan, 1, np.nan]])
    np.testing.assert_array_equal(judge.labels, expected)
    back.click()
    choices = buttons(widget)[0]
    assert [choice.value for choice in choices] == ["right", "?", "wrong"]
    choices[0].value = "?"
    np.testing.assert_array_equal(Judge(*asked, judge.file).labels, judge.labels)
    assert Judge(*asked, judge.file).missing == 4


def test_labels_of_other_answers_are_not_taken_over(asked, tmp_path):
    queries, titles, answers = asked
    Judge(queries, titles, answers, tmp_path / "x.csv").note(0, 0, 1.0)
    assert Judge(queries, titles, answers, tmp_path / "x.csv").missing == 5
    assert Judge(queries, titles, answers[:, ::-1], tmp_path / "x.csv").missing == 6
    assert Judge(queries, ["other", "titles"], answers, tmp_path / "x.csv").missing == 6
