"""Authors and titles of the five sources: in one file, and the same wherever a reader meets them."""

import re

import nbformat
import pytest

from course_utils.config import REPOSITORY
from course_utils.results.sources import source_list, sources


def pages():
    yield "README.md", (REPOSITORY / "README.md").read_text(encoding="utf-8")
    for path in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        yield path.stem, "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def test_the_readme_prints_them():
    assert source_list() in dict(pages())["README.md"]


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.letter)
def test_the_lessons_that_rebuild_one_name_its_authors(source):
    for name, text in pages():
        if name[:2] in source.lessons and name != "README.md":
            assert source.authors.split(",")[0] in text, f"lesson {name} does not say whose system it rebuilds"


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.letter)
def test_no_page_gives_one_another_title(source):
    found = 0
    for name, text in pages():
        for title in re.findall(rf"{re.escape(source.authors)}(?: et al\.)?: \*([^*]+)\*", text):
            assert title == source.title, name
            found += 1
    assert found, "a pattern that matches nothing would pass"
