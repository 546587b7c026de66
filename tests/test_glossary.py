"""The glossary: sorted, and every term stands in bold in the lesson that it names."""

import re
from functools import cache

import nbformat
import pytest

from course_utils.config import REPOSITORY
from course_utils.teaching import find_lessons

ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<meaning>[^|]+) \| \[(?P<lesson>\d\d)\]\(\S+\) \|$", re.MULTILINE)
TERMS = ROW.findall((REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8"))


@cache
def bold_in(lesson):
    (path,) = find_lessons([lesson])
    prose = "\n".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown")
    return " ".join(re.findall(r"\*\*([^*]+)\*\*", prose)).lower()


def test_the_terms_are_sorted_and_each_stands_once():
    names = [term.lower() for term, _, _ in TERMS]
    assert names == sorted(set(names), key=lambda name: re.sub(r"[^a-z0-9]", "", name))


@pytest.mark.parametrize(("term", "meaning", "lesson"), TERMS, ids=[term for term, _, _ in TERMS])
def test_a_term_is_introduced_in_bold_in_its_lesson(term, meaning, lesson):
    assert any(part.strip().lower() in bold_in(lesson) for part in term.split(","))
    assert meaning[0] not in " ." and not meaning.endswith(".")
