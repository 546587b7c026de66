"""One measure on several data sets, laid out side by side."""

import pytest

from course_utils.results import row, save_table
from course_utils.results.across import across

LESSON = "07_composition"


def test_methods_stand_below_one_another_and_sets_side_by_side(monkeypatch, capsys):
    monkeypatch.setenv("COURSE_PROFILE", "drawn")
    for name, methods in (("css_3d", ("tirg", "mrn")), ("mit_states", ("tirg", "film"))):
        rows = [row(name, m, "recall_at_1", [0.4, 0.6]) for m in methods]
        rows += [row(name, "tirg", "recall_at_1_low", 0.45), row(name, "tirg", "recall_at_1_high", 0.55)]
        rows += [row(name, m, "recall_at_10", 0.9, train_seconds=3.0) for m in methods]
        save_table(LESSON, f"methods_{name}", rows, "three seeds")
    frame = across(LESSON, ["methods_css_3d", "methods_mit_states"], "fresh")
    assert capsys.readouterr().out.count("three seeds") == 1
    assert frame.index.tolist() == ["tirg", "mrn", "film"]
    assert frame.columns.tolist() == ["CSS, 3D to 3D, drawn", "MIT-States, drawn"]
    assert frame.iloc[0].tolist() == ["0.500 ± 0.141 [0.450, 0.550]"] * 2
    assert frame.loc["mrn"].tolist() == ["0.500 ± 0.141", "–"] and frame.loc["film"].tolist() == ["–", "0.500 ± 0.141"]


def test_one_set_is_no_comparison():
    save_table(LESSON, "methods_css_3d", [row("css_3d", "tirg", "recall_at_1", 0.5)])
    with pytest.raises(ValueError, match="one data set"):
        across(LESSON, ["methods_css_3d"], "fresh")


def test_the_paper_has_its_ablation_beside_its_methods():
    frame = across(LESSON, ["composition_ablation"], "papers")
    assert frame.loc["gate-only"].tolist() == ["0.139", "0.071", "0.065"]
    assert "chance" in frame.index
