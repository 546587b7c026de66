"""python -m course_utils.teaching.tables show [--where fresh|drawn|real]     all tables, and what the sources report
python -m course_utils.teaching.tables pages [--check]                     prints them into the pages that show them
"""

import argparse
import sys

from course_utils import config
from course_utils.console import replace_unprintable
from course_utils.files import write_whole
from course_utils.results.display import display_table
from course_utils.results.tables import read_table, table_path
from course_utils.teaching.readme import refresh

PAGES = ("README.md", "docs/results.md")


def main(arguments: list[str] | None = None) -> int:
    replace_unprintable()
    parser = argparse.ArgumentParser(
        prog="python -m course_utils.teaching.tables", description="Result tables of the course."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    show = commands.add_parser("show", help="print all tables, each followed by what the source of its lesson reports")
    show.add_argument("--where", choices=("fresh", "drawn", "real"), default="fresh", help="default: the last run here")
    pages = commands.add_parser("pages", help=f"print the stored tables anew between the markers of {', '.join(PAGES)}")
    pages.add_argument("--check", action="store_true", help="change nothing; exit status 1 if a table is out of date")
    options = parser.parse_args(arguments)
    try:
        return _show(options.where) if options.command == "show" else _pages(options.check)
    except (ValueError, FileNotFoundError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _show(where: str) -> int:
    root = config.results_dir() / config.profile() if where == "fresh" else config.REPOSITORY / "results" / where
    paths = sorted(root.glob("*/*.csv"))
    if not paths:
        raise FileNotFoundError(f"no result table below {root}; the lessons write them: make run")
    for path in paths:
        lesson, topic = path.parent.name, path.stem
        print(f"\n{lesson} · {topic}\n")
        print(display_table(lesson, topic, where).to_string())
        if table_path(lesson, topic, "papers").is_file() and len(read_table(lesson, topic, "papers")):
            print(f"\n{lesson} · {topic}, as the source reports (other data and networks)\n")
            print(display_table(lesson, topic, "papers").to_string())
    return 0


def _pages(check: bool) -> int:
    for name in PAGES:
        path = config.REPOSITORY / name
        old = path.read_text(encoding="utf-8")
        new = refresh(old)
        if check and new != old:
            raise ValueError(
                f"{name} shows old results; refresh it with:  python -m course_utils.teaching.tables pages"
            )
        if new != old:
            write_whole(path, new.encode())
        print(f"{name} is up to date" if new == old else f"{name} refreshed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
