"""A linear map from one space of embeddings into another: text in, picture out.

map = fit_linear(texts, images)              least squares, as in the source
map = fit_linear(texts, images, ridge=10)    with a price on large weights
images_expected = map.predict(new_texts)
"""

import warnings
from dataclasses import dataclass

import numpy as np

from course_utils.checks import check_embeddings


class SingularWarning(UserWarning):
    """The map is not determined by the data: infinitely many fit equally well."""


@dataclass(frozen=True, eq=False)
class LinearMap:
    """y = x W + b with weight W float32 (D_in, D_out) and bias b float32 (D_out,)."""

    weight: np.ndarray
    bias: np.ndarray

    def predict(self, x) -> np.ndarray:
        """Map (N, D_in) to float32 (N, D_out)."""
        x = check_embeddings("x", x, len(self.weight), "the map's input")
        return x @ self.weight + self.bias


def fit_linear(x, y, ridge: float = 0.0) -> LinearMap:
    """Return the map that minimises  sum |x W + b - y|^2 + ridge * |W|^2  over N pairs of rows, in closed form.

    x (N, D_in), y (N, D_out). With both centred the bias drops out, and W solves  (X'X + ridge I) W = X'Y.
    ridge=0 is ordinary least squares. Where X'X is singular then (fewer pairs than dimensions, or dimensions that
    repeat each other), the solution of smallest norm is taken, with a SingularWarning.

    Source: Hoerl, Kennard, Ridge regression, Technometrics 1970. Raises ValueError for arrays that do not pair up.
    """
    if not 0 <= ridge < np.inf:
        raise ValueError(f"ridge is {ridge}; it is a price on large weights, a finite number from 0")
    x, y, x_mean, y_mean = _centred(x, y)
    if ridge == 0:
        weight, _, rank, _ = np.linalg.lstsq(x, y, rcond=1e-6)
        if rank < x.shape[1]:
            warnings.warn(
                f"{len(x)} pairs determine only {rank} of {x.shape[1]} dimensions; "
                "the map with the smallest weights is taken. A ridge above 0 would be safer",
                SingularWarning,
                stacklevel=2,
            )
    else:
        try:
            weight = np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)
        except np.linalg.LinAlgError as error:
            problem = f"ridge is {ridge}, too small to tell the dimensions of x apart; take 0 or more"
            raise ValueError(problem) from error
    return LinearMap(weight.astype(np.float32), (y_mean - x_mean @ weight).astype(np.float32))


def fit_by_descent(x, y, steps: int, ridge: float = 0.0, momentum: float = 0.9) -> tuple[LinearMap, list[float]]:
    """Find the same map step by step; return it and the mean squared error before each step.

    Gradient descent with momentum (Polyak) on the centred data, from W = 0, with a step size that cannot
    diverge. Directions in which the inputs hardly vary are learned last: stopping early acts like a ridge.
    """
    x, y, x_mean, y_mean = _centred(x, y)
    curvature = np.linalg.norm(x, 2) ** 2 + ridge
    if curvature == 0:
        raise ValueError("all rows of x are equal: there is nothing to learn from")
    step = 1 / curvature
    weight, velocity, errors = np.zeros((x.shape[1], y.shape[1])), 0.0, []
    for _ in range(steps):
        residual = x @ weight - y
        errors.append(float((residual**2).mean()))
        velocity = momentum * velocity - step * (x.T @ residual + ridge * weight)
        weight = weight + velocity
    return LinearMap(weight.astype(np.float32), (y_mean - x_mean @ weight).astype(np.float32)), errors


def sparsity(weight) -> float:
    """Return how unevenly |weight| is spread over its n entries: 0 if all are alike, 1 if only one is not zero.

        (sqrt(n) - |w|_1 / |w|_2) / (sqrt(n) - 1)

    It does not change with the scale of the weights. Source: Hoyer, Non-negative matrix factorization with sparseness
    constraints, JMLR 2004.

    >>> sparsity([[3.0, 0.0], [0.0, 0.0]])
    1.0
    """
    w = np.abs(np.asarray(weight, dtype=np.float64)).ravel()
    if w.size < 2 or not np.isfinite(w).all() or not w.any():
        raise ValueError("sparsity needs at least two finite weights that are not all zero")
    root = np.sqrt(w.size)
    return float((root - w.sum() / np.sqrt((w**2).sum())) / (root - 1))


def _centred(x, y) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return x and y without their means, as float64, and the two means; ValueError for arrays that do not pair up."""
    x, y = check_embeddings("x", x), check_embeddings("y", y)
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} rows and y {len(y)}: row i of one has to belong to row i of the other")
    x, y = x.astype(np.float64), y.astype(np.float64)
    x_mean, y_mean = x.mean(axis=0), y.mean(axis=0)
    return x - x_mean, y - y_mean, x_mean, y_mean
