"""One measure of a table whose methods are called <model>-<kind>: models down, kinds across."""

import pandas as pd

from course_utils.results.display import EMPTY
from course_utils.results.tables import read_note, read_table


def crossed(lesson: str, topic: str, where: str, metric: str = "map_at_10") -> pd.DataFrame:
    """Print how a stored table was made and return it as text: "0.230", "0.230 ± 0.002" over seeds, "–" not measured.

    Where a method's last word stands behind one model only, as in "chance", it is left out. Arguments as in
    `read_table`.
    """
    if note := read_note(lesson, topic, where):
        print(f"stored, {where} pictures: {note}")
    table = read_table(lesson, topic, where)
    table = table[table["metric"] == metric]
    model_kind = table["method"].str.extract(r"^(?P<model>.+)-(?P<kind>[a-z]+)$")
    table = pd.concat([table, model_kind], axis=1)
    shared = table.groupby("kind")["model"].transform("count") > 1
    table = table[shared.fillna(False)]
    spread = table["std"].map("± {:.3f}".format, na_action="ignore").fillna("")
    table = table.assign(cell=(table["mean"].map("{:.3f}".format) + " " + spread).str.strip())
    frame = table.pivot(index="model", columns="kind", values="cell")
    frame = frame.reindex(index=table["model"].unique(), columns=table["kind"].unique())
    return frame.fillna(EMPTY).rename_axis(index=None, columns=None)
