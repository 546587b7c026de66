"""README's table of questions: every number is out of a stored table, and one that is not there is named."""

import pytest

from course_utils import config
from course_utils.results import row, save_table
from course_utils.results.schema import TableError
from course_utils.teaching.front import front_table, number

TOML = """
[[row]]
lesson = "02"
question = "How far?"
source = ""
drawn = "raw {drawn/02_pretrained/topic raw mean_ap}, tuned {drawn/02_pretrained/topic tuned mean_ap}"
real = "words alone"
"""


@pytest.fixture
def course(monkeypatch, tmp_path):
    monkeypatch.setattr(config, "REPOSITORY", tmp_path)
    monkeypatch.setenv("COURSE_RESULTS", str(tmp_path / "results"))
    rows = [
        row("birds", "raw", "mean_ap", 0.5),
        row("birds", "tuned", "mean_ap", 0.71234),
        row("birds", "tuned", "mean_ap_low", 0.7),
        row("birds", "tuned", "mean_ap_high", 1.0),
        row("flowers", "twice", "mean_ap", 0.1),
        row("birds", "twice", "mean_ap", 0.2),
    ]
    save_table("02_pretrained", "topic", rows)
    (tmp_path / "results" / "front.toml").write_text(TOML)


def test_numbers_come_out_of_tables_with_their_intervals(course):
    assert front_table().splitlines()[2:] == [
        "| 02 | How far? | – | raw .500, tuned .712 [.700, 1.000] | words alone |"
    ]
    assert number("drawn/02_pretrained/topic twice mean_ap birds") == ".200"


@pytest.mark.parametrize(
    "place", ["drawn/02_pretrained/topic nobody mean_ap", "drawn/02_pretrained/topic twice mean_ap"]
)
def test_a_number_that_is_not_there_or_not_the_only_one_is_named(course, place):
    with pytest.raises(TableError, match=r"front.toml: \{drawn/02_pretrained/topic"):
        number(place)
