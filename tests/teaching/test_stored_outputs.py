"""What is stored: tables of the longer settings, and outputs in the notebooks that stay the same."""

import json
import os

import nbformat
import pytest
from nbformat.v4 import new_output
from toy_lesson import notebook_of

from course_utils import config
from course_utils.teaching.__main__ import main
from course_utils.teaching.settings import SettingsError, read_settings, with_settings
from course_utils.teaching.tidy import tidy


def test_results_uses_the_longer_settings_and_the_tracked_folder(repository):
    assert main(["results"]) == 0
    assert "toy,hog,mean_ap,0.75" in (repository / "results" / "drawn" / "01_counting" / "table.csv").read_text()
    assert not config.results_dir().exists(), "the tables of `make run` stay as they are"


def test_settings_of_a_profile_win_and_unknown_ones_are_named(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("[01_x]\nseeds = [0, 1]\nepochs = 5\n[01_x.real]\nepochs = 20\n")
    assert read_settings(path, "01_x", "drawn") == {"seeds": [0, 1], "epochs": 5}
    assert read_settings(path, "01_x", "real") == {"seeds": [0, 1], "epochs": 20}
    assert read_settings(path, "02_y", "real") == {}
    path.write_text("[01_x\n")
    with pytest.raises(SettingsError, match=r"settings\.toml cannot be read"):
        read_settings(path, "01_x", "drawn")
    notebook = notebook_of("seeds = [0]\nepochs = 1", "print(seeds)")
    changed = with_settings(notebook, {"seeds": [0, 1, 2]}, "01_x")
    assert changed.cells[2].source == "seeds = [0, 1, 2]" and len(notebook.cells) == 3
    with pytest.raises(SettingsError, match="01_x has no parameter epoch; it has: epochs, seeds"):
        with_settings(notebook, {"epoch": 3}, "01_x")
    del notebook.cells[1].metadata["tags"]
    with pytest.raises(SettingsError, match="no cell tagged `parameters`"):
        with_settings(notebook, {"epochs": 3}, "01_x")


def test_refresh_stores_outputs_that_stay_the_same(repository):
    path = repository / "notebooks" / "01_counting.ipynb"
    bar = "from tqdm.auto import tqdm\nfor _ in tqdm(range(3)): pass\nprint('counted')"
    claim = "# NBVAL_CHECK_OUTPUT\nprint('holds: the counter counts')"
    nbformat.write(notebook_of("level = 0.25", bar, claim, "def save_table(x): pass\nsave_table(1)"), path)
    assert main(["refresh"]) == 0
    first = path.read_bytes()
    assert main(["refresh"]) == 0
    assert path.read_bytes() == first
    stored = nbformat.read(path, as_version=4)
    assert [output.output_type for output in stored.cells[2].outputs] == ["stream"], "the bar is gone"
    assert "version" not in stored.metadata.language_info and "widgets" not in stored.metadata
    assert not any("execution" in cell.metadata for cell in stored.cells)
    assert os.listdir(repository / "notebooks") == [path.name]


def test_a_refresh_that_fails_leaves_the_notebook_alone(repository, monkeypatch, capsys):
    path = repository / "notebooks" / "01_counting.ipynb"
    nbformat.write(notebook_of("1 / 0"), path)
    before = path.read_bytes()
    assert main(["refresh"]) == 1
    assert path.read_bytes() == before
    monkeypatch.setenv("COURSE_PROFILE", "real")
    assert main(["refresh"]) == 1
    assert "unset COURSE_PROFILE" in capsys.readouterr().err


def test_tidy_keeps_other_widgets_and_names_cells_after_their_contents():
    view = "application/vnd.jupyter.widget-view+json"
    state = {
        "slider": {"model_name": "IntSliderModel", "state": {"layout": "IPY_MODEL_layout"}},
        "layout": {"model_name": "LayoutModel", "state": {}},
        "box": {"model_name": "HBoxModel", "state": {"children": ["IPY_MODEL_bar"]}},
        "bar": {"model_name": "FloatProgressModel", "state": {}},
    }
    notebook = notebook_of("slider", "progress", "slider")
    for cell, model in zip(notebook.cells[1:], ("slider", "box", "left"), strict=True):
        cell.outputs = [new_output("display_data", {view: {"model_id": model}})]
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": state}}
    tidy(notebook)
    assert [len(cell.outputs) for cell in notebook.cells[1:]] == [1, 0, 0]
    kept = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    assert sorted(kept) == ["layout", "slider"]
    ids = [cell.id for cell in notebook.cells]
    assert ids[3] == f"{ids[1]}-2" and len(set(ids)) == 4
    nbformat.validate(json.loads(nbformat.writes(notebook)))
