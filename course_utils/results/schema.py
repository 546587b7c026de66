"""What a result table may hold: its columns, its names, its numbers."""

import re

import numpy as np
import pandas as pd

NAMES = ("lesson", "dataset", "method", "metric")
# digits stored after the point: enough for any table, few enough that a new run changes only lines that changed
DIGITS = {"mean": 4, "std": 4, "seeds": 0, "train_seconds": 1, "query_ms": 4, "parameters": 0, "peak_mb": 1}
COSTS = ("train_seconds", "query_ms", "parameters", "peak_mb")
COLUMNS = (*NAMES, *DIGITS)
NAME_RULES = {
    "lesson": (r"\d\d(_[a-z0-9_]+)?", "like 03_metric_learning"),
    "topic": (r"[a-z][a-z0-9_]*", "lower-case letters, digits and _, like image_retrieval"),
    "dataset": (r"[a-z][a-z0-9_]*", "the folder's name, like mit_split"),
    "method": (r"[a-z0-9][a-z0-9_.+-]*", "lower case without spaces, like sift-bow-256 or distilbert-vgg"),
    "metric": (r"[a-z][a-z0-9_]*", "lower case with _, like mean_ap, recall_at_1, top_5, macro_precision"),
}


class TableError(ValueError):
    """A result table is malformed; the message names the table, the row and the column."""


def check_name(kind: str, value: object, table: str) -> None:
    """Raise TableError unless value is a good name of its kind (a key of NAME_RULES)."""
    pattern, example = NAME_RULES[kind]
    if not (isinstance(value, str) and re.fullmatch(pattern, value)):
        raise TableError(f"{table}: {kind} is {value!r}; it should be {example}")


def checked(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return the table with numeric columns as float64; raise TableError for what must not be stored."""
    if frame.empty:
        raise TableError(f"{table}: the table has no row")
    for name in NAMES:
        for value in frame[name]:
            check_name(name, value, table)
    for column in DIGITS:
        try:
            frame[column] = pd.to_numeric(frame[column]).astype(np.float64)
        except (ValueError, TypeError) as error:
            raise TableError(f"{table}: column {column} holds something that is no number ({error})") from error
        infinite = frame[np.isinf(frame[column]) | (frame[column].isna() & (column == "mean"))]
        if len(infinite):
            first = infinite.iloc[0]
            raise TableError(
                f"{table}: {column} of {first['method']}, {first['metric']} is {first[column]}, not finite"
            )
    double = frame[frame.duplicated(list(NAMES))]
    if len(double):
        raise TableError(f"{table}: {' '.join(double.iloc[0][list(NAMES)])} appears more than once")
    return frame
