"""Attribute values as numbers: the classes are those of the training data, everything else is unknown (-1)."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd


class AttributeCoder:
    """Numbers the values of attributes by the classes that the training data show.

    classes  attribute -> sorted values, for the attributes that are learned
    dropped  attribute -> why it is not learned: no value, or one value only (nothing to tell apart)
    unseen   after `encode`: attribute -> {value that training never showed: how often}; such values become -1
    """

    def __init__(self, attributes: Mapping[str, Sequence[str]]) -> None:
        """Take the classes from training columns of strings, "" meaning unknown; ValueError if nothing is left."""
        self.classes: dict[str, list[str]] = {}
        self.dropped: dict[str, str] = {}
        self.unseen: dict[str, dict[str, int]] = {}
        for key, column in attributes.items():
            values = sorted({str(value) for value in column} - {""})
            if len(values) > 1:
                self.classes[key] = values
            else:
                self.dropped[key] = f"has the single value {values[0]!r}" if values else "has no value at all"
        if not self.classes:
            raise ValueError(f"no attribute has two values that a head could tell apart: {self.dropped}")

    @property
    def sizes(self) -> list[int]:
        """Number of classes of each learned attribute, in the order of `classes`."""
        return [len(values) for values in self.classes.values()]

    def encode(self, attributes: Mapping[str, Sequence[str]]) -> np.ndarray:
        """Return int64 (N, A), a column for each learned attribute; -1 for unknown and for values not in `classes`.

        What training never showed is counted in `unseen`. ValueError if an attribute is missing or columns differ in
        length.
        """
        missing = [key for key in self.classes if key not in attributes]
        if missing:
            raise ValueError(f"the attributes {', '.join(missing)} are missing; there are: {', '.join(attributes)}")
        lengths = {len(attributes[key]) for key in self.classes}
        if len(lengths) > 1:
            raise ValueError(f"the attributes have columns of different length: {sorted(lengths)}")
        self.unseen, columns = {}, []
        for key, values in self.classes.items():
            column = [str(value) for value in attributes[key]]
            if unseen := Counter(value for value in column if value and value not in values):
                self.unseen[key] = dict(unseen)
            columns.append(pd.Index(values).get_indexer(column))
        return np.array(columns, dtype=np.int64).T.reshape(lengths.pop(), len(columns))
