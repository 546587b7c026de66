"""Result tables: one csv a lesson and topic, one line a number, the same columns everywhere.

    save_table("03_metric_learning", "image_retrieval", [
        row("mit_split", "triplet", "mean_ap", [0.58, 0.60], train_seconds=41.0, parameters=84_000),
    ])
    read_table("03_metric_learning", "image_retrieval")                  what this machine measured last
    read_table("03_metric_learning", "image_retrieval", where="drawn")    what the repository stores
    read_table("03_metric_learning", "image_retrieval", where="papers")  what the sources report

Shares (mAP, recall, accuracy ...) are fractions between 0 and 1; what a paper prints in percent is stored so too.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from course_utils import config
from course_utils.checks import check_choice
from course_utils.files import write_whole
from course_utils.results.schema import COLUMNS, DIGITS, NAMES, TableError, check_name, checked

PLACES = ("fresh", "drawn", "real", "papers")


def row(
    dataset: str,
    method: str,
    metric: str,
    values: float | Iterable[float],
    *,
    train_seconds: float | None = None,
    query_ms: float | None = None,
    parameters: int | None = None,
    peak_mb: float | None = None,
) -> dict:
    """Make one row of a table from one number, or from one number a seed.

    `std` is the sample standard deviation (divided by seeds - 1) and stays empty with a single seed, because one run
    says nothing about the spread. Times are in seconds (training, all of it) and milliseconds (one query), peak_mb in
    MB (10^6 bytes). Costs that were not measured stay empty.
    """
    values = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if values.ndim != 1 or values.size == 0:
        raise TableError(f"{method}, {metric}: values of shape {values.shape}; give a number or one number a seed")
    return {
        "dataset": dataset,
        "method": method,
        "metric": metric,
        "mean": float(values.mean()),
        "std": float(values.std(ddof=1)) if values.size > 1 else None,
        "seeds": values.size,
        "train_seconds": train_seconds,
        "query_ms": query_ms,
        "parameters": parameters,
        "peak_mb": peak_mb,
    }


def report_rows(dataset: str, method: str, reports, metrics: Iterable[str] = ("mean_ap",), **costs) -> list[dict]:
    """Make one row a metric from the report of an evaluation, or from a list of them, one a seed.

    A report has `.values()` that returns {metric name: number}, as `metrics.RetrievalReport` does, or is such a
    dictionary. `costs` as in `row`; they stand in the first row only. Raises TableError for a metric it lacks.
    """
    reports = reports if isinstance(reports, list | tuple) else [reports]
    named = [report if isinstance(report, Mapping) else report.values() for report in reports]
    rows = []
    for metric in metrics:
        missing = [values for values in named if metric not in values]
        if missing:
            raise TableError(f"{method}: the report has no {metric!r}; it has: {', '.join(missing[0])}")
        rows.append(row(dataset, method, metric, [values[metric] for values in named], **({} if rows else costs)))
    return rows


def table_path(lesson: str, topic: str, where: str = "fresh") -> Path:
    """Return the csv file of a table: below results_dir()/<profile> if fresh, else below <repository>/results."""
    check_choice("where", where, PLACES)
    check_name("lesson", lesson, "table")
    check_name("topic", topic, "table")
    if where == "papers":
        return config.REPOSITORY / "results" / "papers" / f"{topic}.csv"
    root = config.results_dir() / config.profile() if where == "fresh" else config.REPOSITORY / "results" / where
    return root / lesson / f"{topic}.csv"


def save_table(lesson: str, topic: str, rows: Iterable[Mapping] | pd.DataFrame, note: str = "") -> Path:
    """Write a lesson's table, replacing an older one in one step, and return its path.

    note    how the numbers were made, in one sentence, for a table that a lesson shows stored; kept beside it as .txt
    rows    made by `row` (or a DataFrame with these columns); columns that are absent stay empty, order is kept
    Raises: TableError for an unknown column, a name against the rules, a mean that is not finite, or a
    (dataset, method, metric) that appears twice.
    """
    path = table_path(lesson, topic)
    frame = pd.DataFrame(rows) if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    frame = frame.assign(lesson=lesson)
    unknown = sorted(set(frame.columns) - set(COLUMNS))
    if unknown:
        raise TableError(f"table {path.stem}: unknown column(s) {', '.join(unknown)}; allowed: {', '.join(COLUMNS)}")
    frame = checked(frame.reindex(columns=list(COLUMNS)), path.stem)
    text = frame.copy().astype(object)
    for column, digits in DIGITS.items():
        text[column] = ["" if pd.isna(value) else f"{value:.{digits}f}" for value in frame[column]]
    write_whole(path, lambda fresh: text.to_csv(fresh, index=False, lineterminator="\n"))
    if note:
        write_whole(path.with_suffix(".txt"), f"{note}\n".encode())
    return path


def read_table(lesson: str, topic: str, where: str = "fresh") -> pd.DataFrame:
    """Read a table: what this machine measured ("fresh"), what the repository stores, or the "papers"' numbers.

    The papers' tables are shared by lessons: of "papers" the rows with this lesson's number are returned.
    Raises: FileNotFoundError that says how to make the table, TableError if it was damaged.
    """
    path = table_path(lesson, topic, where)
    if not path.is_file():
        there = ", ".join(sorted(other.stem for other in path.parent.glob("*.csv"))) or "none"
        advice = f"run notebook {lesson}" if where == "fresh" else f"tables there: {there}"
        raise FileNotFoundError(f"there is no result table {path}; {advice}")
    frame = pd.read_csv(path, dtype={name: str for name in NAMES}, keep_default_na=False, na_values=[""])
    if tuple(frame.columns) != COLUMNS:
        raise TableError(f"{path}: columns are {', '.join(frame.columns)}; they should be {', '.join(COLUMNS)}")
    frame = checked(frame, str(path))
    if where == "papers":
        frame = frame[frame["lesson"] == lesson[:2]].reset_index(drop=True)
    frame.attrs["profile"] = config.profile() if where == "fresh" else where
    return frame


def read_note(lesson: str, topic: str, where: str) -> str:
    """Return how a stored table was made, in one sentence; "" where nothing was noted."""
    note = table_path(lesson, topic, where).with_suffix(".txt")
    return note.read_text(encoding="utf-8").strip() if note.is_file() else ""


def stored_means(lesson: str, topic: str, where: str, metric: str, dataset: str | None = None) -> dict[str, float]:
    """Return one measure of a stored table: {method: mean over its seeds}.

    dataset  which one, in a table of several. Raises TableError where there is none, or several and none is named.
    """
    table = read_table(lesson, topic, where)
    if dataset is None and table["dataset"].nunique() > 1:
        raise TableError(f"{topic}: name one of the data sets {', '.join(table['dataset'].unique())}")
    mine = table[(table["metric"] == metric) & (table["dataset"].isin([dataset] if dataset else table["dataset"]))]
    if mine.empty:
        known = ", ".join(table["metric"].unique())
        raise TableError(f"{table_path(lesson, topic, where)}: there is no {metric}; it has {known}")
    return dict(zip(mine["method"], mine["mean"], strict=True))
