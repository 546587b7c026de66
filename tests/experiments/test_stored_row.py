"""One stored row of the tables, made again as the lesson says, has the stored numbers within their spread."""

import os

import pytest

from course_utils import config
from course_utils.experiments.composition.recipes import recipe_for
from course_utils.experiments.composition.rows import measure
from course_utils.experiments.composition.tasks import open_task
from course_utils.results import read_table

DRAWN = os.environ.get("COURSE_DATA", str(config.REPOSITORY / "data"))  # each test has an empty folder instead


def test_a_stored_row_can_be_made_again(monkeypatch):
    monkeypatch.setenv("COURSE_DATA", DRAWN)
    try:
        task = open_task("css_3d")
    except config.DatasetMissing:
        pytest.skip("the scenes are not drawn: python -m data_scripts draw css")
    table = read_table("07_composition", "methods_css_3d", "drawn").set_index(["dataset", "method", "metric"])
    values = measure(task, "image-only", seed=0, recipe=recipe_for("css_3d", "image-only")).values
    for k in (1, 5, 10, 50):
        stored = table.loc[("css_3d", "image-only", f"recall_at_{k}")]
        assert values[f"recall_at_{k}"] == pytest.approx(stored["mean"], abs=3 * stored["std"] + 0.01)
    assert values["parameters"] == table.loc[("css_3d", "image-only", "recall_at_1"), "parameters"]
