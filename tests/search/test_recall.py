import numpy as np
import pytest

from course_utils.search import ServerError, if_possible, recall_against


def test_equals_the_loop():
    rng = np.random.default_rng(0)
    exact = np.stack([rng.permutation(20)[:6] for _ in range(30)])
    found = np.stack([rng.permutation(20)[:6] for _ in range(30)])
    expected = np.mean([len(set(a) & set(b)) / 6 for a, b in zip(exact.tolist(), found.tolist(), strict=True)])
    assert recall_against(exact, found) == pytest.approx(expected)
    assert recall_against(exact, exact[:, ::-1]) == 1


def test_what_does_not_exist_is_neither_sought_nor_found():
    assert recall_against([[1, 2, -1]], [[2, -1, -1]]) == 0.5
    assert recall_against([[1, 2], [-1, -1]], [[1, 2], [5, 6]]) == 1
    with pytest.raises(ValueError, match="no neighbour at all"):
        recall_against([[-1]], [[1]])
    with pytest.raises(ValueError, match=r"exact ids have shape \(1, 2\), found ids \(1, 3\)"):
        recall_against([[1, 2]], [[1, 2, 3]])


def test_what_cannot_be_started_here_is_said_and_left_out(capsys):
    def start():
        raise ServerError("no sockets")

    assert if_possible(lambda: 5) == 5 and capsys.readouterr().out == ""
    assert if_possible(start) is None and "Not on this machine: no sockets" in capsys.readouterr().out
    with pytest.raises(ZeroDivisionError):  # a fault of one's own is no lack of the machine
        if_possible(lambda: 1 / 0)
