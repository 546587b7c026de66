"""The five systems that the course rebuilds: who wrote what, in one place, results/papers/sources.toml."""

import tomllib
from dataclasses import dataclass

from course_utils import config


@dataclass(frozen=True)
class PaperSource:
    """letter   A to E; lessons, by number, rebuild it"""

    letter: str
    authors: str
    title: str
    place: str
    lessons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.authors}: *{self.title}*. {self.place}"


def sources() -> list[PaperSource]:
    """Return all five, in the order of their letters."""
    path = config.REPOSITORY / "results" / "papers" / "sources.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return [PaperSource(letter, **{**entry, "lessons": tuple(entry["lessons"])}) for letter, entry in entries.items()]


def source_list() -> str:
    """Return them as a list in Markdown, with the lessons that rebuild them."""
    return "\n".join(f"- {one}. (lesson{'s' * (len(one.lessons) > 1)} {', '.join(one.lessons)})" for one in sources())
