"""The main table of a lesson: what it holds is what the metrics say, over queries and over seeds."""

import numpy as np
import pytest

from course_utils.experiments import Scoreboard
from course_utils.experiments.rows import PER_QUERY
from course_utils.metrics import evaluate_retrieval
from course_utils.results import read_table, stored_means, table_path


class Part:
    def __init__(self, labels):
        self.labels, self.classes = np.array(labels), ("coast", "forest")

    def __len__(self):
        return len(self.labels)


class TwoClasses:
    """Six queries, ten gallery pictures; what validation uses are the first two of the gallery and the rest."""

    name, test, train = "mit_split", Part([0, 0, 0, 1, 1, 1]), Part([0, 1] * 5)

    def validation_positions(self, fraction, seed):
        return np.arange(2, 10), np.arange(2)


RNG = np.random.default_rng(0)
VECTORS = [(RNG.normal(size=(6, 4)), RNG.normal(size=(10, 4))) for _ in range(2)]


@pytest.fixture
def board():
    board = Scoreboard(TwoClasses())
    for query, gallery in VECTORS:
        board.add("mine", query, gallery, train_seconds=2.0)
    return board


def test_a_method_is_measured_by_cosine_and_averaged_over_its_seeds(board):
    reports = [
        evaluate_retrieval(q, g, board.scenes.test.labels, board.scenes.train.labels, ks=(1,)) for q, g in VECTORS
    ]
    assert board.mean("mine") == pytest.approx(np.mean([report.mean_ap for report in reports]))
    assert board.per_query("mine") == pytest.approx(np.mean([report.average_precision for report in reports], axis=0))
    assert board.mean("mine", "precision_at_1") == pytest.approx(np.mean([r.precision_at[1] for r in reports]))
    assert np.array_equal(board.embeddings["mine"][0], VECTORS[0][0])  # of the first seed
    assert len(board.reports["chance"]) == 3


def test_a_loss_of_distances_is_ranked_by_distance():
    board, (query, gallery) = Scoreboard(TwoClasses()), VECTORS[0]
    report = board.add("mine", query, gallery * np.arange(1, 11)[:, None], metric="euclidean")
    labels = board.scenes.test.labels, board.scenes.train.labels
    expected = evaluate_retrieval(query, gallery * np.arange(1, 11)[:, None], *labels, ks=(1,), metric="euclidean")
    assert report.mean_ap == expected.mean_ap != board.add("by angle", query, gallery).mean_ap


def test_validation_lets_its_fifth_search_the_rest_and_never_looks_at_the_test_part(board):
    gallery = VECTORS[0][1]
    labels = board.scenes.train.labels
    expected = evaluate_retrieval(gallery[:2], gallery[2:], labels[:2], labels[2:], ks=(1,)).mean_ap
    assert board.validate(gallery) == pytest.approx(expected)


def test_the_table_by_class_averages_the_queries_of_a_class(board):
    frame = board.by_class()
    assert frame.loc["mine", "coast"] == pytest.approx(board.per_query("mine")[:3].mean())
    assert list(frame.columns) == ["coast", "forest"]


def test_what_is_stored_is_what_was_measured(board, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_RESULTS", str(tmp_path))
    board.save("03_metric_learning", "image_retrieval", "how it was made")
    path = table_path("03_metric_learning", "image_retrieval")
    assert path.with_suffix(".txt").read_text().strip() == "how it was made"
    means = stored_means("03_metric_learning", "image_retrieval", "fresh", "mean_ap")
    assert means["mine"] == pytest.approx(board.mean("mine"), abs=1e-4)
    table = read_table("03_metric_learning", "image_retrieval").set_index(["method", "metric"])
    assert table.loc[("mine", "mean_ap"), "seeds"] == 2 and table.loc[("mine", "mean_ap"), "train_seconds"] == 2
    low, high = (table.loc[("mine", f"mean_ap_{end}"), "mean"] for end in ("low", "high"))
    assert low < board.mean("mine") < high and table.loc[("mine", "vector_size"), "mean"] == 4
    with pytest.raises(ValueError, match="there is no recall_at_7"):
        stored_means("03_metric_learning", "image_retrieval", "fresh", "recall_at_7")


def test_the_figure_has_a_row_for_every_method_but_chance(board):
    axes = board.figure("title").axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["mine"]
    assert "interval" in axes.get_xlabel()


@pytest.mark.parametrize("name", PER_QUERY)
def test_the_mean_over_queries_is_the_measure_and_a_query_that_cannot_be_answered_does_not_count(name):
    query, gallery = VECTORS[0]
    report = evaluate_retrieval(query, gallery, [0, 0, 0, 1, 1, 7], Part([0, 1] * 5).labels, ks=(1,))
    each = PER_QUERY[name](report)
    assert np.isnan(each).tolist() == [False] * 5 + [True]
    assert np.nanmean(each) == pytest.approx(report.values()[name])
