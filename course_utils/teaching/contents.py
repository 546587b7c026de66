"""The table of lessons, printed for README and for lesson 00 from notebooks/contents.toml and the notebooks."""

import re
import tomllib
from pathlib import Path

import nbformat

from course_utils import config
from course_utils.teaching import DEEPER

TIME = re.compile(r"\*\*Time\*\* about (\d+) minutes")


def contents(links_from: str = "") -> str:
    """Return the table as Markdown; `links_from` stands before each link, "notebooks/" for README.

    A lesson whose notebook is not there is called planned. Raises ValueError for a notebook without its time, or one
    that contents.toml does not name.
    """
    folder = config.REPOSITORY / "notebooks"
    listed = tomllib.loads((folder / "contents.toml").read_text(encoding="utf-8"))["lesson"]
    there = {path.stem for path in folder.glob("[0-9][0-9]_*.ipynb")}
    if unknown := sorted(there - {lesson["name"] for lesson in listed}):
        raise ValueError(f"{folder / 'contents.toml'} does not name {', '.join(unknown)}: add title and question")
    lines = ["| | lesson | question | minutes | further | exercise |", "|---|---|---|---|---|---|"]
    for lesson in listed:
        name = lesson["name"]
        number = name[:2]
        cells = [number, lesson["title"], lesson["question"], "*planned*", "–", "–"]
        if name in there:
            cells[1] = f"[{lesson['title']}]({links_from}{name}.ipynb)"
            cells[3] = str(_minutes(folder / f"{name}.ipynb"))
            further = sorted((folder / DEEPER).glob(f"{number}_*.ipynb"))
            cells[4] = ", ".join(f"[{_title(p)}]({links_from}{DEEPER}/{p.name})" for p in further) or "–"
            exercise = folder / "exercises" / name / f"{name}.ipynb"
            if exercise.is_file():
                cells[5] = f"[{number}]({links_from}exercises/{name}/{name}.ipynb)"
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _minutes(path: Path) -> int:
    first = nbformat.read(path, as_version=4).cells[0].source
    if not (found := TIME.search(first)):
        raise ValueError(f'{path}: the first cell does not say "**Time** about NN minutes"')
    return int(found[1])


def _title(path: Path) -> str:
    """Return a deeper notebook's title without its number: "# 01 · Visual words" -> "visual words"."""
    first = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
    title = first.lstrip("# ").rpartition("·")[2].strip()
    return title[:1].lower() + title[1:]
