import numpy as np
import pytest

from course_utils.results.guess import reveal


@pytest.mark.parametrize(
    ("guess", "measured", "says"),
    [
        (60, 98.4, "you said 60, it is 98 of 100: 38 too low"),
        (99.6, 98.0, "you said 99.6, it is 98 of 100: 2 too high"),
        (np.float64(5), 5.2, "you said 5, it is 5 of 100: right"),
    ],
)
def test_the_difference_is_told(guess, measured, says, capsys):
    reveal(guess, measured)
    assert capsys.readouterr().out == f"{says}\n"


def test_no_guess_yet_shows_the_result_and_asks_for_one(capsys):
    reveal(..., 12.0, "classes")
    assert capsys.readouterr().out.startswith("it is 12 classes (no guess was written)")


@pytest.mark.parametrize("bad", ["60", None, True, [60]])
def test_anything_but_a_number_is_named(bad):
    with pytest.raises(TypeError, match=r"in place of the three dots"):
        reveal(bad, 1.0)
