"""The frame around the checks: one sentence for whatever goes wrong, and nothing that harms the grading."""

import sys
import time
import warnings

import pytest

from course_utils.teaching.exercises import CheckFailed, NotYet, task


def fails(body, **options):
    """Return what the frame says about code that fails."""
    with pytest.raises(AssertionError) as caught, task("1 · a task", **options):
        body()
    return str(caught.value)


def test_a_task_that_passes_says_so(capsys):
    with task("1 · a task"):
        assert True
    assert capsys.readouterr().out == "task 1 · a task: looks right, as far as this check can see\n"


def test_a_failed_check_keeps_its_words():
    def check():
        raise AssertionError("one of two is relevant")

    assert fails(check) == "task 1 · a task: one of two is relevant"


def test_jupyter_shows_the_words_alone_but_the_way_to_an_error_in_the_code():
    with pytest.raises(CheckFailed) as caught, task("1"):
        raise AssertionError("one of two")
    assert caught.value._render_traceback_() == ["task 1: one of two"]
    with pytest.raises(AssertionError) as caught, task("1"):
        1 / 0  # noqa: B018
    assert not isinstance(caught.value, CheckFailed) and isinstance(caught.value.__cause__, ZeroDivisionError)


def test_an_open_task_is_not_a_mistake():
    with pytest.raises(NotYet, match="not done yet"), task("1"):
        raise NotImplementedError


def test_a_missing_function_is_named():
    assert "neighbours is not there: its cell has an error" in fails(lambda: neighbours([1]))  # noqa: F821


def test_other_errors_keep_their_kind_and_cause():
    assert fails(lambda: 1 / 0) == "task 1 · a task: your code stopped with ZeroDivisionError: division by zero"
    assert "more memory" in fails(lambda: bytearray(10**16))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarm signal")
def test_an_endless_loop_is_stopped_even_if_it_catches_errors():
    def loop():
        while True:
            try:
                time.sleep(0.01)
            except Exception:
                continue

    started = time.monotonic()
    assert "a loop that never ends" in fails(loop, seconds=0.2)
    assert time.monotonic() - started < 5


def test_warnings_and_floods_do_not_reach_the_notebook(capsys):
    with task("1"):
        warnings.warn("look out", stacklevel=1)
        print("failure?", file=sys.stderr)
        print("x" * 10**6)
    said = capsys.readouterr()
    assert said.err == "" and "failure?" in said.out and len(said.out) < 2_200


def test_ctrl_c_stays_ctrl_c():
    with pytest.raises(KeyboardInterrupt), task("1"):
        raise KeyboardInterrupt
