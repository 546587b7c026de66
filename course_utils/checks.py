"""Checks of what goes into a search or a metric: every message says which array is wrong, where, and what to do."""

import difflib
from collections.abc import Sequence

import numpy as np

METRICS = ("cosine", "euclidean")


def to_numpy(values) -> np.ndarray:
    """Return a NumPy array of a list, an array, a pandas column or a torch tensor (on any device)."""
    if hasattr(values, "detach"):  # a torch tensor, recognised without importing torch
        values = values.detach().cpu()
        values = values.float() if values.is_floating_point() else values  # NumPy has no bfloat16
    return np.asarray(values)


def check_choice(name: str, value, choices) -> None:
    """Raise ValueError unless `value` is one of `choices`."""
    if value not in choices:
        raise ValueError(f"{name} is {value!r}; choose one of: {', '.join(map(str, choices))}")


def unknown(kind: str, name: str, choices) -> str:
    """Return the message about a name that does not exist: the choices that are spelt like it, else all of them."""
    spelt = {choice.lower().replace("-", "_"): choice for choice in choices}
    near = difflib.get_close_matches(str(name).lower().replace("-", "_"), spelt, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(spelt[n] for n in near)}?" if near else f"choose one of: {', '.join(choices)}"
    return f"there is no {kind} {name!r}; {hint}"


def check_embeddings(name: str, embeddings, dimension: int | None = None, other: str = "the gallery") -> np.ndarray:
    """Return embeddings as a contiguous float32 array (N, D); `dimension` is the D that `other` has.

    Raises ValueError for anything but a non-empty table of finite numbers, naming the array and the first bad row.
    """
    array = to_numpy(embeddings)
    if array.dtype.kind not in "buif":
        raise ValueError(f"{name} holds {array.dtype} values; embeddings are real numbers")
    if array.ndim != 2:
        hint = f"; for a single item pass {name}[None, :]" if array.ndim == 1 else ""
        raise ValueError(f"{name} has shape {array.shape}; embeddings are a table (N, D), one row per item{hint}")
    if len(array) == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}; pass at least one row")
    if array.shape[1] == 0:
        raise ValueError(f"{name} has shape {array.shape}: its rows have no dimension")
    if dimension is not None and array.shape[1] != dimension:
        raise ValueError(
            f"{name} has {array.shape[1]} dimensions, {other} has {dimension}; embed both with the same encoder"
        )
    with np.errstate(over="ignore"):  # a float64 number too large for float32 becomes infinite and is reported below
        array = np.ascontiguousarray(array, dtype=np.float32)
    bad = np.flatnonzero(~np.isfinite(array).all(axis=1))
    if len(bad):
        raise ValueError(
            f"{name}: {len(bad)} of {len(array)} rows hold NaN or infinity, the first is row {bad[0]}; "
            "look at what computed it (a division by a zero norm, a training run that diverged)"
        )
    return array


def check_labels(name: str, labels, n: int) -> np.ndarray:
    """Return labels as an array (n,) of integers or strings; ValueError for another shape, length or kind."""
    array = to_numpy(labels)
    if array.dtype.kind == "O" and all(isinstance(label, str) for label in array.flat):
        array = array.astype(str)  # a pandas column of names
    if array.ndim != 1 or len(array) != n:
        raise ValueError(f"{name} has shape {array.shape}; it needs one label for each of the {n} embeddings")
    if array.dtype.kind not in "buiU":
        raise ValueError(f"{name} holds {array.dtype} values; labels are integers or strings")
    return array


def check_classes(classes: Sequence[int]) -> None:
    """Raise ValueError unless there is an attribute, and each one has two classes or more."""
    if len(classes) == 0 or min(classes) < 2:
        raise ValueError(
            f"classes is {list(classes)}; every attribute needs two classes or more (one value teaches nothing: "
            "AttributeCoder leaves such attributes out)"
        )


def check_k(k, available: int) -> int:
    """Return k as an int; ValueError unless 1 <= k <= available, the number of gallery items to rank."""
    if isinstance(k, bool) or not isinstance(k, int | np.integer):
        raise ValueError(f"k is {k!r}; it must be a whole number")
    if k < 1:
        raise ValueError(f"k is {k}; it must be at least 1")
    if k > available:
        raise ValueError(f"k is {k}, but there are only {available} gallery items to rank; use k <= {available}")
    return int(k)


def check_exclude(exclude, n_queries: int, n_gallery: int) -> np.ndarray:
    """Return `exclude` as int64 (n_queries,), all -1 (nothing is excluded) for None; ValueError if wrong."""
    if exclude is None:
        return np.full(n_queries, -1)
    array = to_numpy(exclude)
    if array.shape != (n_queries,) or array.dtype.kind not in "ui":
        raise ValueError(
            f"exclude has shape {array.shape} and type {array.dtype}; it needs one gallery index (or -1) "
            f"for each of the {n_queries} queries"
        )
    array = array.astype(np.int64)
    wrong = np.flatnonzero((array < -1) | (array >= n_gallery))
    if len(wrong):
        raise ValueError(
            f"exclude[{wrong[0]}] is {array[wrong[0]]}; gallery indices go from 0 to {n_gallery - 1}, -1 means none"
        )
    return array
