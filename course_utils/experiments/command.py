"""What the commands of the experiments share: topics named on the command line, and tables written as they grow."""

import argparse
from collections.abc import Iterable

from course_utils.results import read_table, save_table


def topics_parser(program: str, topics: Iterable[str], metavar: str = "TOPIC") -> argparse.ArgumentParser:
    """Return the parser of `python -m course_utils.experiments.<program>`, which puts what is named into `topics`."""
    parser = argparse.ArgumentParser(f"python -m course_utils.experiments.{program}")
    parser.add_argument("topics", nargs="+", choices=tuple(topics), metavar=metavar, help=f"of {', '.join(topics)}")
    return parser


def write_table(lesson: str, topic: str, parts: Iterable[list[dict]], note: str = "", anew: bool = False) -> None:
    """Write the table after each part of its rows, so that what was measured stays if the rest is interrupted.

    anew  the table that is there keeps its other rows, see `measured_anew`; it is looked for before the first part
    """
    rows = measured_anew(lesson, topic, []) if anew else []
    for part in parts:
        rows = measured_anew(lesson, topic, part) if anew else rows + part
        path = save_table(lesson, topic, rows, note)
        print(f"wrote {path}", flush=True)


def measured_anew(lesson: str, topic: str, rows: list[dict]) -> list[dict]:
    """Return the rows of the table that is there, these in the places of the old ones; what is new comes last."""
    key = lambda one: (one["dataset"], one["method"], one["metric"])  # noqa: E731
    table = {key(one): one for one in read_table(lesson, topic).to_dict("records")}
    return list((table | {key(one): one for one in rows}).values())
