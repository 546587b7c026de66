"""README's table of questions: what the sources say and what the course found, every number out of a stored table.

results/front.toml holds the rows. {where/lesson/topic method metric [dataset]} stands for a number, where/lesson/topic
as in the markers of `readme`.
"""

import re
import tomllib

from course_utils import config
from course_utils.results.display import EMPTY
from course_utils.results.schema import TableError
from course_utils.results.tables import read_table

COLUMNS = ("source", "drawn", "real")
NUMBER = re.compile(r"\{([^{}]*)\}")


def front_table() -> str:
    """Return the table as Markdown. TableError, naming the row, for a number that no stored table has."""
    path = config.REPOSITORY / "results" / "front.toml"
    lines = ["| | question | the source says | found, drawn pictures | found, photographs |", "|---|---|---|---|---|"]
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["row"]:
        cells = [NUMBER.sub(lambda match: number(match[1]), row[column]) or EMPTY for column in COLUMNS]
        lines.append(f"| {' | '.join([row['lesson'], row['question'], *cells])} |")
    return "\n".join(lines)


def number(place: str) -> str:
    """Return a stored number as text, ".681 [.667, .695]" where it has an interval.

    >>> number("papers/02/image_retrieval resnet50 mean_ap")
    '.770'
    """
    table, method, metric, *dataset = place.split(" ")
    where, lesson, topic = table.split("/")
    rows = read_table(lesson, topic, where)
    rows = rows[(rows["method"] == method) & (rows["dataset"].isin(dataset) if dataset else True)]
    found = [rows.loc[rows["metric"] == name, "mean"].tolist() for name in (metric, f"{metric}_low", f"{metric}_high")]
    if len(found[0]) != 1:
        raise TableError(f"results/front.toml: {{{place}}} names {len(found[0])} numbers of {where}/{lesson}/{topic}")
    mean, low, high = (f"{values[0]:.3f}".removeprefix("0") if values else "" for values in found)  # ".681"
    return f"{mean} [{low}, {high}]" if low else mean
