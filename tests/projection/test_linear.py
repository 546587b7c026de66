"""The linear map against scikit-learn, against descent, and where it is not determined."""

import warnings

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, Ridge

from course_utils.projection import LinearMap, SingularWarning, fit_by_descent, fit_linear, sparsity


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(80, 6)) * [1, 2, 3, 1, 0.5, 1] + 4
    return x, x @ rng.normal(size=(6, 3)) - 7 + 0.1 * rng.normal(size=(80, 3))


def test_one_dimension_by_hand():
    fitted = fit_linear([[0.0], [2.0]], [[1.0], [5.0]])  # y = 2x + 1
    assert fitted.weight.item() == pytest.approx(2)
    assert fitted.bias.item() == pytest.approx(1)
    # centred: x = -1, 1; y = -2, 2; W = 4 / (2 + ridge)
    assert fit_linear([[0.0], [2.0]], [[1.0], [5.0]], ridge=2).weight.item() == pytest.approx(1)


def test_agrees_with_scikit_learn(data):
    x, y = data
    for fitted, library in ((fit_linear(x, y), LinearRegression()), (fit_linear(x, y, ridge=5), Ridge(alpha=5))):
        library.fit(x, y)
        np.testing.assert_allclose(fitted.weight, library.coef_.T, atol=1e-4)
        np.testing.assert_allclose(fitted.predict(x), library.predict(x), atol=1e-3)


@pytest.mark.parametrize("ridge", [0.0, 20.0])
def test_descent_arrives_at_the_closed_form(data, ridge):
    closed, (found, errors) = fit_linear(*data, ridge=ridge), fit_by_descent(*data, steps=3000, ridge=ridge)
    np.testing.assert_allclose(found.weight, closed.weight, atol=1e-3)
    np.testing.assert_allclose(found.bias, closed.bias, atol=1e-2)
    assert errors[-1] < 0.2 * errors[0]


def test_fewer_pairs_than_dimensions_warns_and_takes_the_smallest_weights():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(5, 9)), rng.normal(size=(5, 2))
    with pytest.warns(SingularWarning, match="5 pairs determine only 4 of 9 dimensions"):
        fitted = fit_linear(x, y)
    np.testing.assert_allclose(fitted.predict(x), y, atol=1e-4)  # it passes through all five points
    pinv = np.linalg.pinv(x - x.mean(0)) @ (y - y.mean(0))
    np.testing.assert_allclose(fitted.weight, pinv, atol=1e-4)


def test_repeated_dimension_warns_and_a_ridge_does_not():
    x = np.repeat(np.random.default_rng(0).normal(size=(30, 1)), 2, axis=1)
    with pytest.warns(SingularWarning):
        fit_linear(x, x)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fitted = fit_linear(x, x, ridge=1)
    np.testing.assert_allclose(fitted.weight[0], fitted.weight[1], rtol=1e-5)


@pytest.mark.parametrize(
    ("x", "y", "ridge", "message"),
    [
        (np.eye(3), np.eye(2), 0, "x has 3 rows and y 2"),
        (np.full((2, 2), np.nan), np.eye(2), 0, "x: 2 of 2 rows hold NaN"),
        (np.eye(2), np.eye(2), -1, "ridge is -1"),
        (np.eye(2), np.eye(2), float("nan"), "ridge is nan"),
        (np.zeros((0, 2)), np.zeros((0, 2)), 0, "x is empty"),
    ],
)
def test_what_does_not_fit(x, y, ridge, message):
    with pytest.raises(ValueError, match=message):
        fit_linear(x, y, ridge)


def test_predicting_from_another_space():
    with pytest.raises(ValueError, match="3 dimensions, the map's input has 2"):
        LinearMap(np.eye(2), np.zeros(2)).predict(np.zeros((1, 3)))


def test_sparsity_by_hand_and_free_of_scale():
    # n = 4, |w|_1 = 2, |w|_2 = sqrt 2: (2 - sqrt 2) / 1
    assert sparsity([1, 1, 0, 0]) == pytest.approx(2 - np.sqrt(2))
    w = np.random.default_rng(0).normal(size=(5, 7))
    assert sparsity(w) == pytest.approx(sparsity(-100 * w))
    with pytest.raises(ValueError, match="not all zero"):
        sparsity(np.zeros((2, 2)))


def test_ridges_that_are_none_and_inputs_that_do_not_vary():
    x = np.array([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]])
    with pytest.raises(ValueError, match="ridge is inf"):
        fit_linear(x, x, ridge=np.inf)
    with pytest.raises(ValueError, match="1e-300, too small"):
        fit_linear(x, x, ridge=1e-300)
    with pytest.raises(ValueError, match="all rows of x are equal"):
        fit_by_descent(np.ones((3, 2)), x, steps=2)
