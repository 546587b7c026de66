"""The closed form against its own cost: worked by hand, and by a general solver of the same equations."""

import numpy as np
import pytest

from course_utils.projection import fit_bilinear


def test_one_picture_of_one_number_by_hand():
    """x = 2, s = 1, y = 1: (4 + 1)^-1 * 2 * 1 * (1 + 1)^-1 = 0.2."""
    assert fit_bilinear([[2.0]], [0], [[1.0]], 1.0, 1.0).tolist() == [[pytest.approx(0.2)]]


def test_equals_the_solution_of_the_normal_equations_written_out():
    """The gradient of the cost is (X'X + g) V (S'S + l) - X'Y S; as one system for the entries of V."""
    rng = np.random.default_rng(0)
    x, s, labels, g, penalty = rng.normal(size=(12, 3)), rng.normal(size=(4, 2)), rng.integers(0, 4, 12), 0.7, 0.3
    y = np.full((12, 4), -1.0)
    for row, label in enumerate(labels):
        y[row, label] = 1.0
    system = np.kron(x.T @ x + g * np.eye(3), s.T @ s + penalty * np.eye(2))
    expected = np.linalg.solve(system, (x.T @ y @ s).ravel()).reshape(3, 2)
    assert np.allclose(fit_bilinear(x, labels, s, g, penalty), expected, atol=1e-5)


def test_no_small_change_lowers_the_cost():
    rng = np.random.default_rng(1)
    x, s, labels, g, penalty = rng.normal(size=(10, 3)), rng.normal(size=(3, 2)), rng.integers(0, 3, 10), 0.5, 2.0
    y = np.where(labels[:, None] == np.arange(3), 1.0, -1.0)

    def cost(v):
        squares = [x @ v @ s.T - y, g**0.5 * v @ s.T, penalty**0.5 * x @ v, (g * penalty) ** 0.5 * v]
        return sum((part**2).sum() for part in squares)

    best = fit_bilinear(x, labels, s, g, penalty).astype(np.float64)
    for _ in range(20):
        assert cost(best + 0.01 * rng.normal(size=best.shape)) > cost(best)


def test_a_class_never_seen_is_ranked_by_its_signature():
    """Three colours are seen, each picture being its colour; a fourth colour is a mixture of two of them."""
    signatures = np.eye(3)
    pictures = np.repeat(np.eye(3), 5, axis=0)
    matrix = fit_bilinear(pictures, np.repeat(np.arange(3), 5), signatures, 0.01, 0.01)
    candidates = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    assert (np.array([[0.7, 0.7, 0.0], [0.0, 0.1, 0.9]]) @ matrix @ candidates.T).argmax(axis=1).tolist() == [0, 1]


@pytest.mark.parametrize("ridges", [(0.0, 1.0), (1.0, -1.0), (1.0, np.nan)])
def test_ridges_have_to_be_above_zero(ridges):
    with pytest.raises(ValueError, match="both have to be above 0"):
        fit_bilinear([[1.0]], [0], [[1.0]], *ridges)


def test_each_label_needs_a_signature():
    with pytest.raises(ValueError, match="labels go from 0 to 3, there are 2 signatures"):
        fit_bilinear(np.ones((2, 2)), [0, 3], np.eye(2), 1.0, 1.0)
