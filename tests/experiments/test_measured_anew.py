"""A part of a long table measured anew: the other rows stay, in their places."""

import pytest

from course_utils.experiments import known, ladder
from course_utils.experiments.command import measured_anew, write_table
from course_utils.experiments.race.__main__ import main as race
from course_utils.experiments.small_network import Recipe
from course_utils.results import read_table, row, save_table

TOPIC = ("03_metric_learning", "toy")


def test_rows_are_replaced_where_they_stood_and_new_ones_come_last():
    first = [row("toy", name, metric, value) for name, value in (("a", 0.1), ("b", 0.2)) for metric in ("mean_ap", "r")]
    save_table(*TOPIC, first)
    save_table(*TOPIC, measured_anew(*TOPIC, [row("toy", "c", "r", 0.5), row("toy", "a", "r", 0.4, train_seconds=7)]))
    table = read_table(*TOPIC)
    assert table["method"].tolist() == ["a", "a", "b", "b", "c"]
    assert table["metric"].tolist() == ["mean_ap", "r", "mean_ap", "r", "r"]
    assert table["mean"].tolist() == [0.1, 0.4, 0.2, 0.2, 0.5]
    assert table["train_seconds"].dropna().tolist() == [7]


def test_without_a_table_there_is_nothing_to_keep():
    with pytest.raises(FileNotFoundError, match="there is no result table"):
        measured_anew("03_metric_learning", "missing", [row("toy", "a", "r", 0.4)])


def test_a_table_whose_rows_are_to_be_kept_is_looked_for_before_anything_is_measured():
    def part():
        raise AssertionError("hours of measuring")
        yield

    for command in (
        lambda: write_table("03_metric_learning", "missing", part(), anew=True),
        lambda: known.main(["triplet-cured"]),
        lambda: ladder.main(["triplet"]),
    ):
        with pytest.raises(FileNotFoundError, match="there is no result table"):
            command()


def test_a_table_grows_part_by_part_and_keeps_what_was_not_measured():
    save_table(*TOPIC, [row("toy", name, "r", value) for name, value in (("a", 0.1), ("b", 0.2), ("c", 0.3))])
    parts = ([row("toy", name, "r", value)] for name, value in (("c", 0.7), ("a", 0.5)))
    write_table(*TOPIC, parts, anew=True)
    assert read_table(*TOPIC)["mean"].tolist() == [0.5, 0.2, 0.7]


def test_the_margin_at_length_1_is_of_its_loss():
    steps = {name: ladder.ladder(name, "drawn") for name in ("siamese", "triplet")}
    for name, margin in ladder.UNIT_MARGIN.items():
        recipe: Recipe = steps[name]["longer"]
        assert recipe.margin == recipe.loss.keywords["margin"] == margin < 2
        assert steps[name]["whole-batch"].margin == 1.0


def test_a_name_that_nobody_has_is_refused_before_anything_is_measured():
    with pytest.raises(ValueError, match=r"method is 'triplet-curd'; choose one of: .*triplet-cured"):
        known.main(["triplet-curd"])
    with pytest.raises(ValueError, match="network is 'triplets'; choose one of: siamese, triplet"):
        ladder.main(["triplets"])
    with pytest.raises(ValueError, match=r"set is 'cars'; choose one of: .*birds"):
        race(["cars"])
