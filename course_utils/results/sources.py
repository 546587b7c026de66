"""The five systems that the course rebuilds: who wrote what, in one place, results/papers/sources.toml."""

import tomllib
from dataclasses import dataclass

import pandas as pd

from course_utils import config
from course_utils.results.tables import read_table


@dataclass(frozen=True)
class Chance:
    """What guessing gives on a source's data, worked out by the course: no source reports it."""

    dataset: str
    metric: str
    value: float
    because: str


@dataclass(frozen=True)
class PaperSource:
    """letter   A to E; lessons, by number, rebuild it; chance, for the data and metrics where it is known"""

    letter: str
    authors: str
    title: str
    place: str
    lessons: tuple[str, ...]
    chance: tuple[Chance, ...] = ()

    def __str__(self) -> str:
        return f"{self.authors}: *{self.title}*. {self.place}"


def sources() -> list[PaperSource]:
    """Return all five, in the order of their letters."""
    path = config.REPOSITORY / "results" / "papers" / "sources.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    found = []
    for letter, entry in entries.items():
        chance = tuple(Chance(**one) for one in entry.pop("chance", ()))
        found.append(PaperSource(letter, **entry | {"lessons": tuple(entry["lessons"]), "chance": chance}))
    return found


def source_table(lesson: str, topic: str) -> pd.DataFrame:
    """Return what the source of a lesson reports, with the rows of "chance" that `sources` knows, first.

    lesson  "05_zero_shot" or its number      Raises FileNotFoundError if no such table is stored.
    """
    table = read_table(lesson, topic, "papers")
    asked = set(zip(table["dataset"], table["metric"], strict=True))
    known = [one for source in sources() if lesson[:2] in source.lessons for one in source.chance]
    rows = [
        {"lesson": lesson[:2], "dataset": one.dataset, "method": "chance", "metric": one.metric, "mean": one.value}
        for one in known
        if (one.dataset, one.metric) in asked
    ]
    both = pd.DataFrame([*rows, *table.to_dict("records")], columns=table.columns).astype(table.dtypes.to_dict())
    both.attrs = table.attrs
    sets = list(table["dataset"].unique())
    return both.sort_values("dataset", key=lambda names: names.map(sets.index), kind="stable", ignore_index=True)


def source_list() -> str:
    """Return them as a list in Markdown, with the lessons that rebuild them."""
    return "\n".join(f"- {one}. (lesson{'s' * (len(one.lessons) > 1)} {', '.join(one.lessons)})" for one in sources())
