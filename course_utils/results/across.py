"""One measure on several data sets: methods down, data sets across."""

import pandas as pd

from course_utils.results.display import EMPTY, wide
from course_utils.results.sources import source_table
from course_utils.results.tables import read_note, read_table


def across(lesson: str, topics: list[str], where: str, metric: str = "recall_at_1") -> pd.DataFrame:
    """Print how stored tables were made, once where they say the same, and return one metric of them as text.

    topics  of one table for each data set, or one table of several;  where  as in `read_table`
    A cell is as in `wide`: with its interval, or with its spread over seeds. ValueError where there is one data set.
    """
    if where == "papers":
        tables, notes = [source_table(lesson, topic) for topic in topics], []
    else:
        tables = [read_table(lesson, topic, where) for topic in topics]
        notes = dict.fromkeys(read_note(lesson, topic, where) for topic in topics)
    for note in filter(None, notes):
        print(f"stored, {where} pictures: {note}")
    table = pd.concat(tables, ignore_index=True)
    table = table[table["metric"].isin([metric, f"{metric}_low", f"{metric}_high"])]
    if table["dataset"].nunique() < 2:
        raise ValueError(f"{', '.join(topics)}: {metric} is there for one data set; show it with `stored`")
    table = table.assign(train_seconds=None, query_ms=None, parameters=None, peak_mb=None)
    table.attrs = tables[0].attrs
    methods = table["method"].unique()
    frame = wide(table)[metric]
    sets = frame.index.get_level_values(0).unique()
    return frame.unstack(level=0, fill_value=EMPTY).reindex(index=methods, columns=sets).rename_axis(None, axis=0)
