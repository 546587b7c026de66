"""Personal variants: the same id, the same numbers, everywhere; another id, other numbers; nobody else's numbers."""

import pytest

from course_utils.teaching.exercises import check_owner, generator, normalise_id, variants


@pytest.fixture(autouse=True)
def no_notebook(monkeypatch):
    monkeypatch.setattr(variants, "_drawn_for", None)


def numbers(*arguments):
    return generator(*arguments).integers(0, 10**6, 4).tolist()


def test_the_numbers_are_the_same_on_every_machine():
    assert numbers("01", "ada") == [703160, 676474, 174243, 423040]
    assert numbers("01") == [701697, 515088, 81291, 632484]


def test_case_and_blanks_of_an_id_do_not_count():
    assert numbers("01", " Ada ") == numbers("01", "ada") and numbers("01", 17) == numbers("01", "17")
    assert numbers("01", None) == numbers("01", "") == numbers("01")


def test_students_and_assignments_differ():
    drawn = [tuple(numbers(a, s)) for a in ("01", "02") for s in ("", "ada", "bob", "adabob")]
    assert len(set(drawn)) == len(drawn)
    assert numbers("1", "2") != numbers("12", "")
    with pytest.raises(ValueError, match="name of the assignment is empty"):
        generator("", "ada")


@pytest.fixture
def graded_as(monkeypatch, tmp_path):
    """Return a function that goes to where nbgrader would run the submission of a student."""

    def go(student, doing="autograde"):
        (tmp_path / student / "01").mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(tmp_path / student / "01")
        monkeypatch.setenv("NBGRADER_EXECUTION", doing)

    return go


def test_only_the_owner_may_hand_in_the_numbers(graded_as):
    graded_as("van_dam")
    check_owner(" Van Dam")
    check_owner("")
    with pytest.raises(AssertionError, match="those of 'ada', but 'van_dam' handed them in"):
        check_owner("Ada")


def test_a_class_can_insist_on_personal_numbers(graded_as, monkeypatch):
    graded_as("ada")
    monkeypatch.setenv("COURSE_REQUIRE_ID", "1")
    check_owner("ada")
    with pytest.raises(AssertionError, match="STUDENT_ID is empty"):
        check_owner(normalise_id(None))


def test_outside_of_grading_every_id_passes(graded_as, monkeypatch):
    graded_as("ada", doing="validate")
    check_owner("bob")
    monkeypatch.delenv("NBGRADER_EXECUTION")
    check_owner("bob")


def test_an_id_that_is_changed_after_the_numbers_were_drawn_is_noticed():
    generator("01", "")
    check_owner("")
    with pytest.raises(AssertionError, match="drawn for an empty id, and STUDENT_ID is 'ada' now: run the cell below"):
        check_owner("Ada")
    generator("01", "Ada")
    generator("01")  # numbers of a check, the same for everybody
    check_owner(" ada ")
    with pytest.raises(AssertionError, match="drawn for 'ada', and STUDENT_ID is 'bob' now"):
        check_owner("bob")
