"""A part of a long table measured anew: the other rows stay, in their places."""

import pytest

from course_utils.experiments import known, ladder
from course_utils.experiments.command import measured_anew
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


def test_the_margin_at_length_1_is_of_its_loss():
    steps = {name: ladder.ladder(name, "drawn") for name in ("siamese", "triplet")}
    for name, margin in ladder.UNIT_MARGIN.items():
        recipe: Recipe = steps[name]["longer"]
        assert recipe.margin == recipe.loss.keywords["margin"] == margin < 2
        assert steps[name]["whole-batch"].margin == 1.0


def test_a_name_that_nobody_has_is_refused_before_anything_is_measured(monkeypatch):
    monkeypatch.setattr(known, "load_scenes", lambda: None)
    with pytest.raises(ValueError, match=r"method is 'triplet-curd'; choose one of: .*triplet-cured"):
        known.main(["triplet-curd"])
    with pytest.raises(ValueError, match="network is 'triplets'; choose one of: siamese, triplet"):
        ladder.main(["triplets"])
