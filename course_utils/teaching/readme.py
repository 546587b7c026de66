"""Tables inside README.md and docs/results.md, printed from the csv files so that no number is typed by hand.

    <!-- table: drawn/01_handcrafted/features -->
    ... whatever stands here is replaced ...
    <!-- end -->

In the same way <!-- lessons --> opens the table of lessons, <!-- sources --> the list of the five sources, and
<!-- front --> the table of questions (see `front`).

The first part is drawn, real or papers; for papers the second is a lesson's number: papers/03/image_retrieval.
"""

import re

from course_utils.results.display import display_table, to_markdown
from course_utils.results.sources import source_list
from course_utils.teaching.contents import contents
from course_utils.teaching.front import front_table

BLOCK = re.compile(r"<!-- table: *(?P<name>\S+) *-->\n(?P<body>.*?)<!-- end -->", re.DOTALL)
OPENING = re.compile(r"<!-- table:")
LISTS = re.compile(r"<!-- (sources|lessons|front) -->\n.*?<!-- end -->", re.DOTALL)


def refresh(text: str) -> str:
    """Return the text with every marked table printed anew.

    Raises: ValueError for a marker that is not closed or not of the form above, FileNotFoundError for a table that
    the repository does not store.
    """
    found = list(BLOCK.finditer(text))
    # a block that swallowed the next opening marker lacks its own end
    nested = [match["name"] for match in found if OPENING.search(match["body"])]
    if len(found) != len(OPENING.findall(text)):
        which = f" after {nested[0]}" if nested else ""
        raise ValueError(f"a table marker{which} is not closed: every <!-- table: ... --> needs its <!-- end -->")
    made = {"sources": source_list, "lessons": lambda: contents("notebooks/"), "front": front_table}
    return LISTS.sub(lambda m: f"<!-- {m[1]} -->\n{made[m[1]]()}\n<!-- end -->", BLOCK.sub(_print, text))


def _print(match: re.Match) -> str:
    name = match["name"]
    parts = name.split("/")
    if len(parts) != 3 or parts[0] == "fresh":
        raise ValueError(
            f"table marker {name!r}: write it as drawn/<lesson>/<topic>, real/... or papers/<number>/<topic>"
        )
    where, lesson, topic = parts
    return f"<!-- table: {name} -->\n{to_markdown(display_table(lesson, topic, where))}\n<!-- end -->"
