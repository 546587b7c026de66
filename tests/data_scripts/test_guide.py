"""docs/real_data.md shows the settings and the catalog as they are."""

import re

import pytest

from course_utils.config import REPOSITORY
from course_utils.teaching.settings import read_settings
from data_scripts.catalog import catalog, weights
from data_scripts.guide import PAGE, parameters, refresh

LESSONS = ("02_pretrained_embeddings", "03_metric_learning", "04_cross_modal", "05_zero_shot", "06_attribute_boosting")


def test_its_tables_are_current():
    page = PAGE.read_text(encoding="utf-8")
    assert refresh(page) == page, "print its tables anew with:  python -m data_scripts.guide"


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_has_a_table_of_all_its_settings(lesson):
    page = PAGE.read_text(encoding="utf-8")
    table = page.split(f"<!-- settings: {lesson} -->")[1].split("<!-- end -->")[0]
    for name in parameters(REPOSITORY / "notebooks" / f"{lesson}.ipynb"):
        assert f"| `{name}` |" in table
    for name, value in read_settings(REPOSITORY / "results" / "settings.toml", lesson, "real").items():
        if not isinstance(value, list):
            assert re.search(rf"\| `{name}` \|.*\| {re.escape(str(value))} \|\n", table)
    assert "| workers |" in table and "| precision |" in table


def test_every_data_set_and_all_weights_are_listed():
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in catalog() | weights() if f"| `{name}` |" not in page] == []


def test_a_changed_table_is_printed_anew_and_an_open_marker_is_refused():
    page = PAGE.read_text(encoding="utf-8")
    assert refresh(page.replace("| 129 MB |", "| 130 MB |")) == page
    with pytest.raises(ValueError, match="not closed"):
        refresh(page.replace("<!-- end -->", "", 1))


def test_what_the_page_says_of_precision_holds():
    sources = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "course_utils").rglob("*.py"))
    assert "autocast" not in sources and "GradScaler" not in sources


def test_commands_that_the_page_names_exist():
    page = PAGE.read_text(encoding="utf-8")
    for names in re.findall(r"data_scripts download ((?:[a-z0-9_]+ ?)+)", page):
        assert set(names.split()) <= (catalog() | weights()).keys()
