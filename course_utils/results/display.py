"""Result tables as a reader wants them: methods down, metrics across.

What a source reports was measured with other data or another network, so its numbers stand in a table of their own.
"""

import re

import pandas as pd

from course_utils import config
from course_utils.datasets.titles import title_of
from course_utils.results.schema import COSTS, TableError
from course_utils.results.sources import source_table
from course_utils.results.tables import read_note, read_table

EMPTY = "–"
HEADINGS = (
    (r"^mean_ap\b", "mAP"),
    (r"^map_at_(\d+)", r"mAP@\1"),
    (r"^map_at_r$", "MAP@R"),
    (r"^r_precision$", "R-precision"),
    (r"^recall_at_(\d+)", r"R@\1"),
    (r"^precision_at_(\d+)", r"P@\1"),
    (r"^top_(\d+)", r"top-\1"),
    (r"^ap_(\d+)", r"AP@\1"),
    (r"^harmonic_mean$", "H"),
    (r"^train_seconds$", "training, s"),
    (r"^query_ms$", "query, ms"),
    (r"^peak_mb$", "peak, MB"),
)


def wide(table: pd.DataFrame, digits: int = 3) -> pd.DataFrame:
    """Turn a long table into methods x metrics, as text: "0.770", or "0.770 ± 0.012" where several seeds were run.

    An interval, held as rows <metric>_low and <metric>_high, stands behind its mean: "0.770 [0.750, 0.790]".
    Rows and columns keep the order of the table, but recall_at_1, _5, _10 stand in the order of K; costs (seconds, ms,
    parameters, MB) follow where any was measured. With several data sets the rows are (dataset, method). What is
    missing shows as "–". A table that `read_table` returned knows whether its pictures were drawn and says so.
    """
    if table.empty:
        raise TableError("the table has no row: nothing to show")
    rows = ["method"] if table["dataset"].nunique() == 1 else ["dataset", "method"]
    cells = [_spread(mean, std, digits) for mean, std in zip(table["mean"], table["std"], strict=True)]
    frame = _with_intervals(table.assign(cell=cells).pivot(index=rows, columns="metric", values="cell"))
    order = table.drop_duplicates(rows).set_index(rows).index
    frame = frame.reindex(index=order, columns=_metrics(table, frame.columns))
    for cost in COSTS:
        if table[cost].notna().any():
            # a method's cost may stand in any of its rows
            frame[cost] = table.groupby(rows, sort=False)[cost].first().reindex(frame.index).map(_cost)
    frame, profile = frame.astype(object).fillna(EMPTY).rename_axis(columns=None), table.attrs.get("profile")
    if profile is None:
        return frame
    if len(rows) == 2:
        return frame.rename(index=lambda name: title_of(name, profile), level="dataset")
    return frame.rename_axis(columns=title_of(table["dataset"].iloc[0], profile))  # stands in the table's corner


def display_table(lesson: str, topic: str, where: str) -> pd.DataFrame:
    """Read a table and lay it out; a source's with what guessing gives on its data, as a row "chance" of its own."""
    return wide(source_table(lesson, topic) if where == "papers" else read_table(lesson, topic, where))


def stored(lesson: str, topic: str, profile: str | None = None) -> pd.DataFrame:
    """Print how a table that takes too long for a lesson was made, and return it laid out, with the field's headings.

    profile  "drawn" or "real"; None takes the present one. Raises FileNotFoundError where the repository has no such
             table.
    """
    where = profile or config.profile()
    table, note = read_table(lesson, topic, where), read_note(lesson, topic, where)
    print(f"stored, {where} pictures{': ' if note else ''}{note}")
    return wide(table).rename(columns=heading)


def to_markdown(frame: pd.DataFrame) -> str:
    """Return a `wide` table as a Markdown table with the field's headings (mAP, R@1), aligned in the source too."""
    title, frame = frame.columns.name, frame.reset_index()
    frame = frame.rename(columns={"method": f"method ({title})"}) if title else frame
    lines = [[heading(str(column)) for column in frame.columns], *frame.astype(str).values.tolist()]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    named = 2 if "dataset" in frame else 1
    text = []
    for line in lines:
        cells = [
            cell.ljust(w) if i < named else cell.rjust(w) for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        ]
        text.append(f"| {' | '.join(cells)} |")
    rule = [":" + "-" * (w - 1) if i < named else "-" * (w - 1) + ":" for i, w in enumerate(widths)]
    return "\n".join([text[0], f"| {' | '.join(rule)} |", *text[1:]])


def heading(column: str) -> str:
    """Spell the name of a metric or cost as a reader knows it: mean_ap -> mAP, recall_at_5 -> R@5."""
    first, _, rest = column.partition("_")
    if rest and first in ("known", "seen", "unseen", "t2i", "i2t"):  # classes; directions
        return f"{first} {heading(rest)}"
    for pattern, spelling in HEADINGS:
        column = re.sub(pattern, spelling, column)
    return column.replace("_", " ")


def _with_intervals(frame: pd.DataFrame) -> pd.DataFrame:
    """Put <metric>_low and <metric>_high behind <metric>; what has a mean and no interval stays as it is."""
    for name in [name for name in frame.columns if {f"{name}_low", f"{name}_high"} <= set(frame.columns)]:
        low, high = (frame.pop(f"{name}_{end}") for end in ("low", "high"))
        frame[name] = frame[name].where(low.isna(), frame[name] + " [" + low + ", " + high + "]")
    return frame


def _metrics(table: pd.DataFrame, shown) -> list[str]:
    """List the metrics in order of appearance, those that differ only in their number by that number."""
    names = [name for name in table["metric"].unique() if name in shown]
    families = [re.sub(r"\d+", "", name) for name in names]
    numbers = {name: [int(number) for number in re.findall(r"\d+", name)] for name in names}
    return sorted(names, key=lambda name: (families.index(re.sub(r"\d+", "", name)), numbers[name]))


def _spread(mean: float, std: float, digits: int) -> str:
    if mean >= 2:  # a size or a rank, not a share
        return f"{mean:,.1f}".removesuffix(".0") if pd.isna(std) else f"{mean:,.1f} ± {std:,.1f}"
    return f"{mean:.{digits}f}" if pd.isna(std) else f"{mean:.{digits}f} ± {std:.{digits}f}"


def _cost(value: float) -> str:
    if pd.isna(value):
        return EMPTY
    return f"{value:,.0f}" if value >= 100 or value == round(value) else f"{value:.3g}"
