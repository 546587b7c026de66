"""Some rows of a data set: the same choice in every column that has one entry an item."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np


def check_positions(name: str, indices, n: int, items: str = "pictures") -> np.ndarray:
    """Return a choice among n items as int64 positions; `indices` are integers or a boolean mask of length n.

    Raises ValueError, naming the set, for a mask of another length.
    """
    indices = np.asarray(indices)
    if indices.dtype == bool:
        if indices.shape != (n,):
            raise ValueError(f"{name}: a mask of shape {indices.shape} for {n} {items}")
        indices = np.flatnonzero(indices)
    return indices.astype(np.int64)  # an empty list arrives as float


class Chooser:
    """What data sets share whose fields named in `columns` are lists, or arrays, of one entry for each item."""

    columns: tuple[str, ...] = ()
    items = "pictures"

    def __len__(self) -> int:
        return len(self.paths)

    def subset(self, indices: Sequence[int] | np.ndarray, name: str | None = None):
        """Return the chosen items in the given order; `indices` are integers or a boolean mask of length N."""
        chosen = check_positions(self.name, indices, len(self), self.items)
        picked = {column: _picked(getattr(self, column), chosen) for column in self.columns}
        return replace(self, name=name or self.name, **picked)


def _picked(column, chosen: np.ndarray):
    if isinstance(column, dict):
        return {key: _picked(part, chosen) for key, part in column.items()}
    return column[chosen] if isinstance(column, np.ndarray) else [column[i] for i in chosen]
