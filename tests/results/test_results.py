import re

import numpy as np
import pandas as pd
import pytest

from course_utils import config
from course_utils.results import (
    COLUMNS,
    TableError,
    display_table,
    read_table,
    report_rows,
    row,
    save_table,
    to_markdown,
    wide,
)
from course_utils.teaching.tables import main

LESSON = "03_metric_learning"
ROWS = [
    row("mit_split", "siamese", "mean_ap", 0.2, query_ms=0.05),
    row("mit_split", "siamese", "recall_at_10", 0.9),
    row("mit_split", "siamese", "recall_at_5", 0.8),
    row("mit_split", "triplet", "mean_ap", [0.5, 0.6, 0.7], train_seconds=41.04, parameters=1_234_567, peak_mb=99.96),
]


@pytest.fixture
def repository(monkeypatch, tmp_path):
    """A repository of its own, with a README and one paper table."""
    monkeypatch.setattr(config, "REPOSITORY", tmp_path)
    papers = tmp_path / "results" / "papers"
    papers.mkdir(parents=True)
    lines = [
        ",".join(COLUMNS),
        "02,mit_split,resnet50,mean_ap,0.7700,,,,,,",
        "03,mit_split,triplet,mean_ap,0.5800,,,,,,",
        "03,mit_split,triplet-faiss,mean_ap,0.6000,,,,,,",
        "03,other_set,triplet,mean_ap,0.1000,,,,,,",
    ]
    (papers / "image_retrieval.csv").write_text("\n".join(lines) + "\n")
    (papers / "sources.toml").write_text("")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "results.md").write_text("no table\n")
    return tmp_path


def test_a_row_averages_over_seeds_with_the_sample_deviation():
    made = row("mit_split", "triplet", "mean_ap", [0.5, 0.6, 0.7])
    assert made["mean"] == pytest.approx(0.6)
    assert made["std"] == pytest.approx(0.1)  # divided by seeds - 1
    assert made["seeds"] == 3
    assert row("mit_split", "hog", "mean_ap", 0.3)["std"] is None  # one run says nothing about the spread
    for bad in ([], [[0.1, 0.2]]):
        with pytest.raises(TableError, match="one number a seed"):
            row("mit_split", "hog", "mean_ap", bad)


def test_reports_become_rows_over_seeds():
    reports = [{"mean_ap": 0.5, "recall_at_1": 0.7}, {"mean_ap": 0.7, "recall_at_1": 0.9}]
    rows = report_rows("mit_split", "hog", reports, ("mean_ap", "recall_at_1"), query_ms=2.0)
    assert [(r["metric"], round(r["mean"], 6), r["seeds"], r["query_ms"]) for r in rows] == [
        ("mean_ap", 0.6, 2, 2.0),
        ("recall_at_1", 0.8, 2, None),
    ]
    with pytest.raises(TableError, match=r"no 'top_1'; it has: mean_ap, recall_at_1"):
        report_rows("mit_split", "hog", reports[0], ("top_1",))


def test_the_evaluation_report_becomes_rows():
    from course_utils.metrics import evaluate_retrieval

    points, labels = np.eye(4, dtype=np.float32)[[0, 0, 1, 1]], np.array([0, 0, 1, 1])
    report = evaluate_retrieval(points, points, labels, labels, ks=(1,))
    rows = report_rows("mit_split", "hog", report, ("mean_ap", "recall_at_1", "precision_at_1"))
    assert [r["mean"] for r in rows] == [1.0, 1.0, 1.0]


def test_a_table_is_read_back_as_it_was_saved_and_stored_with_fixed_digits():
    path = save_table(LESSON, "image_retrieval", ROWS)
    assert path == config.results_dir() / "drawn" / LESSON / "image_retrieval.csv"
    lines = path.read_text().splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert lines[1] == f"{LESSON},mit_split,siamese,mean_ap,0.2000,,1,,0.0500,,"
    assert lines[4] == f"{LESSON},mit_split,triplet,mean_ap,0.6000,0.1000,3,41.0,,1234567,100.0"
    table = read_table(LESSON, "image_retrieval")
    assert table["mean"].tolist() == [0.2, 0.9, 0.8, 0.6]
    assert np.isnan(table["std"][0])
    again = save_table(LESSON, "image_retrieval", table)
    assert again.read_text().splitlines() == lines  # a DataFrame is as good as rows
    assert [file.name for file in path.parent.iterdir()] == ["image_retrieval.csv"]  # nothing half-written remains


def test_profiles_do_not_overwrite_each_other(monkeypatch):
    save_table(LESSON, "image_retrieval", ROWS)
    monkeypatch.setenv("COURSE_PROFILE", "real")
    save_table(LESSON, "image_retrieval", ROWS[:1])
    assert len(read_table(LESSON, "image_retrieval")) == 1
    monkeypatch.setenv("COURSE_PROFILE", "drawn")
    assert len(read_table(LESSON, "image_retrieval")) == 4


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"metric": "mAP"}, "metric is 'mAP'"),
        ({"method": "SIFT bag"}, "method is 'SIFT bag'"),
        ({"dataset": "MIT split"}, "dataset is 'MIT split'"),
        ({"mean": float("nan")}, "mean of siamese, mean_ap is nan, not finite"),
        ({"mean": None}, "not finite"),
        ({"query_ms": float("inf")}, "query_ms of siamese"),
        ({"mean": "good"}, "column mean holds something that is no number"),
        ({"seconds": 3}, "unknown column.* seconds"),
    ],
)
def test_a_bad_row_is_refused_by_name_and_leaves_the_old_table(change, problem):
    path = save_table(LESSON, "features", ROWS)
    before = path.read_text()
    with pytest.raises(TableError, match=problem):
        save_table(LESSON, "features", [{**ROWS[0], **change}])
    assert path.read_text() == before


def test_doubles_empty_tables_and_bad_names_are_refused():
    with pytest.raises(TableError, match="siamese mean_ap appears more than once"):
        save_table(LESSON, "features", [ROWS[0], ROWS[0]])
    with pytest.raises(TableError, match="no row"):
        save_table(LESSON, "features", [])
    with pytest.raises(TableError, match="lesson is 'lesson three'"):
        save_table("lesson three", "features", ROWS)
    with pytest.raises(TableError, match="topic is"):
        save_table(LESSON, "../features", ROWS)


def test_a_missing_or_damaged_table_says_what_to_do():
    with pytest.raises(FileNotFoundError, match=f"run notebook {LESSON}"):
        read_table(LESSON, "features")
    with pytest.raises(FileNotFoundError, match=r"tables there: .*image_retrieval"):
        read_table(LESSON, "nothing", where="papers")
    with pytest.raises(ValueError, match="fresh, drawn, real, papers"):
        read_table(LESSON, "features", where="here")
    path = save_table(LESSON, "features", ROWS)
    path.write_text(path.read_text().replace("mean,std", "std,mean", 1))
    with pytest.raises(TableError, match="columns are"):
        read_table(LESSON, "features")


def test_wide_shows_methods_by_metrics_with_spread_and_costs():
    save_table(LESSON, "features", ROWS)
    frame = wide(read_table(LESSON, "features"))
    assert list(frame.index) == ["siamese", "triplet"]
    assert list(frame.columns) == [
        *("mean_ap", "recall_at_5", "recall_at_10"),
        *("train_seconds", "query_ms", "parameters", "peak_mb"),
    ]
    assert frame.loc["siamese"].tolist() == ["0.200", "0.800", "0.900", "–", "0.05", "–", "–"]
    assert frame.loc["triplet"].tolist() == ["0.600 ± 0.100", "–", "–", "41", "–", "1,234,567", "100"]
    assert wide(read_table(LESSON, "features"), digits=1).loc["triplet", "mean_ap"] == "0.6 ± 0.1"


def test_wide_keeps_data_sets_apart_and_says_which_are_drawn(monkeypatch):
    rows = [row(name, "hog", "mean_ap", value) for name, value in (("birds", 0.1), ("flowers", 0.2))]
    save_table(LESSON, "features", rows)
    frame = wide(read_table(LESSON, "features"))
    assert frame.loc[("Oxford flowers, drawn", "hog"), "mean_ap"] == "0.200"
    monkeypatch.setenv("COURSE_PROFILE", "real")
    save_table(LESSON, "features", rows[:1])
    table = read_table(LESSON, "features")
    assert wide(table).columns.name == "CUB birds"
    assert wide(table.query("method == 'hog'")).columns.name == "CUB birds"
    with pytest.raises(TableError, match="no row"):
        wide(read_table(LESSON, "features").iloc[:0])


def test_a_source_s_numbers_stand_in_a_table_of_their_own_with_what_guessing_gives(repository):
    save_table(LESSON, "image_retrieval", ROWS)
    ours = display_table(LESSON, "image_retrieval", "fresh")
    assert list(ours.index) == ["siamese", "triplet"] and "0.580" not in ours.to_string()
    (repository / "results" / "papers" / "sources.toml").write_text(
        '[B]\nauthors = "a"\ntitle = "t"\nplace = "p"\nlessons = ["03"]\n'
        'chance = [{ dataset = "mit_split", metric = "mean_ap", value = 0.13, because = "x" },\n'
        '          { dataset = "birds", metric = "mean_ap", value = 0.5, because = "not in this table" }]\n'
    )
    source = display_table("03", "image_retrieval", "papers")
    assert source.loc[("MIT split", "chance"), "mean_ap"] == "0.130"
    assert source.loc[("MIT split", "triplet-faiss"), "mean_ap"] == "0.600"
    assert "resnet50" not in source.index.get_level_values("method")  # another lesson's row


def test_an_interval_stands_behind_its_mean():
    measured = {"mean_ap": 0.5, "mean_ap_low": 0.4512, "mean_ap_high": 0.55}
    rows = [row("birds", "hog", metric, value) for metric, value in measured.items()]
    rows.append(row("birds", "gist", "mean_ap", 0.3))
    save_table(LESSON, "features", rows)
    frame = wide(read_table(LESSON, "features"))
    assert list(frame.columns) == ["mean_ap"]
    assert frame["mean_ap"].tolist() == ["0.500 [0.451, 0.550]", "0.300"]


def test_markdown_aligns_names_left_and_numbers_right():
    frame = wide(pd.DataFrame([{**dict.fromkeys(COLUMNS), **ROWS[0], "lesson": LESSON}]))
    assert to_markdown(frame) == (
        "| method  |   mAP | query, ms |\n| :------ | ----: | --------: |\n| siamese | 0.200 |      0.05 |"
    )


def test_markdown_headings_are_the_field_s(repository):
    names = ("recall_at_10", "precision_at_5", "map_at_10", "top_1", "macro_precision", "mean_ap")
    save_table(LESSON, "image_retrieval", [row("mit_split", "triplet", name, 0.5) for name in names])
    text = to_markdown(wide(read_table(LESSON, "image_retrieval")))
    headings = [cell.strip() for cell in text.splitlines()[0].strip("|").split("|")]
    assert headings == ["method (MIT split, drawn)", "R@10", "P@5", "mAP@10", "top-1", "macro precision", "mAP"]


def test_show_prints_all_tables_and_what_the_source_reports(repository, capsys):
    assert main(["show"]) == 1
    assert "make run" in capsys.readouterr().err
    save_table(LESSON, "image_retrieval", ROWS)
    save_table("01_handcrafted", "features", [row("mit_split", "hog", "mean_ap", 0.338)])
    assert main(["show"]) == 0
    out = capsys.readouterr().out
    assert out.index("01_handcrafted · features") < out.index("03_metric_learning · image_retrieval")
    reported = out[out.index("as the source reports") :]
    assert "triplet-faiss" in reported and "0.580" in reported and "siamese" not in reported
    assert "MIT split, drawn" in out
    assert "0.338" in out
    assert main(["show", "--where", "real"]) == 1


def stored(repository, monkeypatch, value):
    """Store a table in the repository as `make results` does: with the results folder set to it."""
    monkeypatch.setenv("COURSE_RESULTS", str(repository / "results"))
    save_table("01_handcrafted", "features", [row("mit_split", "hog", "mean_ap", value)])


def test_readme_is_refreshed_and_checked(repository, monkeypatch, capsys):
    readme = repository / "README.md"
    readme.write_text(
        "# Été\n<!-- table: drawn/01_handcrafted/features -->\nold\n<!-- end -->\ntext between\n"
        "<!-- table: papers/03/image_retrieval -->\n<!-- end -->\nthe end\n"
    )
    stored(repository, monkeypatch, 0.338)
    assert main(["pages", "--check"]) == 1
    assert "python -m course_utils.teaching.tables pages" in capsys.readouterr().err
    assert main(["pages"]) == 0
    text = readme.read_text()
    assert re.search(r"\| hog +\| 0\.338 \|", text)
    assert "0.600" in text
    assert "old" not in text
    assert all(part in text for part in ("# Été\n", "\ntext between\n", "\nthe end\n"))
    assert main(["pages", "--check"]) == 0
    assert main(["pages"]) == 0
    assert readme.read_text() == text
    stored(repository, monkeypatch, 0.339)
    assert main(["pages", "--check"]) == 1
    assert readme.read_text() == text  # --check changes nothing


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<!-- table: drawn/01_handcrafted/features -->\n", "not closed"),
        (
            "<!-- table: drawn/01_handcrafted/features -->\n" * 2 + "<!-- end -->",
            "not closed",
        ),
        ("<!-- table: fresh/01_handcrafted/features -->\n<!-- end -->", "write it as drawn/"),
        ("<!-- table: features -->\n<!-- end -->", "write it as drawn/"),
        ("<!-- table: drawn/01_handcrafted/nothing -->\n<!-- end -->", "there is no result table"),
        ("<!-- table: papers/09/image_retrieval -->\n<!-- end -->", "no row"),
    ],
)
def test_a_readme_marker_that_cannot_be_served_is_an_error_and_changes_nothing(
    repository, monkeypatch, capsys, text, problem
):
    stored(repository, monkeypatch, 0.338)
    (repository / "README.md").write_text(text)
    assert main(["pages"]) == 1
    assert problem in capsys.readouterr().err
    assert (repository / "README.md").read_text() == text


PAPER_CELLS = [
    ("02", "image_retrieval", "mit_split", "resnet50", "mean_ap", 0.77),
    ("03", "image_retrieval", "mit_split", "triplet-faiss", "mean_ap", 0.60),
    ("04", "size_sweep", "flickr30k", "i2t-vgg-fasttext-sum-4096", "validation_loss", 1.704),
    ("04", "size_sweep", "flickr30k", "t2i-fasterrcnn-fasttext-sum-512", "accuracy", 0.427),
    ("05", "zero_shot", "birds", "tfidf-inception", "macro_precision", 0.38),
    ("05", "zero_shot", "flowers", "distilbert-vgg", "top_5", 0.57),
    ("05", "zero_shot_classification", "flowers", "word-cnn-rnn", "accuracy", 0.656),
    ("05", "zero_shot_methods", "birds", "eszsl", "harmonic_mean", 0.21),
    ("06", "attribute_boosting", "fashion_products", "vit_b_16-attributes", "map_at_10", 0.1624),
    ("06", "attribute_boosting", "fashion_products", "resnet101-tags", "map_at_10", 0.1524),
    ("06", "attribute_boosting", "fashion_products", "pca-both", "map_at_10", 0.0671),
    ("07", "composition", "fashion200k", "tirg", "recall_at_50", 0.638),
    ("07", "composition", "mit_states", "attribute-as-operator", "recall_at_1", 0.088),
    ("07", "composition", "css_2d", "film", "recall_at_1", 0.437),
    ("07", "composition_ablation", "css_3d", "gate-only", "recall_at_1", 0.065),
]


@pytest.mark.parametrize(("lesson", "topic", "dataset", "method", "metric", "value"), PAPER_CELLS)
def test_papers_say_what_the_sources_report(lesson, topic, dataset, method, metric, value):
    table = read_table(lesson, topic, where="papers").set_index(["dataset", "method", "metric"])
    assert table.loc[(dataset, method, metric), "mean"] == pytest.approx(value, abs=1e-9)


def test_every_paper_table_is_complete_and_can_be_shown():
    counts = {}
    for path in sorted((config.REPOSITORY / "results" / "papers").glob("*.csv")):
        lessons = sorted(set(pd.read_csv(path, dtype=str)["lesson"]))
        tables = [read_table(lesson, path.stem, where="papers") for lesson in lessons]
        counts[path.stem] = sum(map(len, tables))
        for table in tables:
            assert len(wide(table)) == len(table[["dataset", "method"]].drop_duplicates())
            shares = table[~table["metric"].str.endswith("loss")]["mean"]
            assert shares.between(0, 1).all()  # fractions, not percentages
    assert counts == {
        "attribute_boosting": 24,
        "composition": 75,
        "composition_ablation": 21,
        "image_retrieval": 6,
        "published_recall": 42,
        "size_sweep": 45,
        "zero_shot": 60,
        "zero_shot_classification": 2,
        "zero_shot_methods": 12,
    }


@pytest.mark.parametrize(
    ("mean", "std", "shown"),
    [
        (0.77, None, "0.770"),
        (0.77, 0.0123, "0.770 ± 0.012"),
        (512.0, None, "512"),
        (53.5, None, "53.5"),
        (2.9478, None, "2.9"),
        (4096.0, None, "4,096"),
        (24.67, 0.58, "24.7 ± 0.6"),
    ],
)
def test_shares_have_three_digits_and_ranks_one(mean, std, shown):
    from course_utils.results.display import _spread

    assert _spread(mean, float("nan") if std is None else std, 3) == shown
