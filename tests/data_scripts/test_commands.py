"""The command line: what it prints, its exit codes, and its messages when something is wrong."""

import errno
import inspect
import re

import pytest

from course_utils.config import REPOSITORY
from course_utils.experiments.boosting import shop
from course_utils.experiments.composition import tasks
from course_utils.experiments.cross_modal import features
from course_utils.experiments.zero_shot import tasks as species
from data_scripts import __main__ as commands
from data_scripts.__main__ import main
from data_scripts.catalog import UnknownName, catalog, find
from data_scripts.catalog.lessons_01_to_05 import MIT_TEST, MIT_TRAIN
from data_scripts.drawn import drawable


def test_list_shows_every_data_set(capsys, tmp_path):
    assert main(["list", "--root", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    for name in (
        "mit_split",
        "flickr30k",
        "flickr8k",
        "birds",
        "flowers",
        "fashion_products",
        "fashion200k",
        "mit_states",
        "css",
    ):
        assert f"\n{name} " in said
    assert "outdoors" in said


def test_list_name_says_where_from_where_to_and_how_to_cite(capsys, tmp_path):
    assert main(["list", "birds", "mit_split", "--root", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    for part in (
        "data.caltech.edu",
        "0c685df5597a8b24",
        "Wah",
        "non-commercial",
        str(tmp_path / "real" / "birds"),
        "train_test_split.txt",
    ):
        assert part in said
    assert "python -m data_scripts draw mit_split" in said
    assert "292/244/227/184/214/260/212/248" in said


def test_entries_are_complete():
    assert (sum(MIT_TRAIN), sum(MIT_TEST)) == (1881, 807)
    for name, entry in catalog().items():
        assert find(name) is entry
        assert entry.lessons and entry.citation and entry.terms and entry.sources and entry.layout and entry.place
        assert entry.images or entry.files, f"verify could check nothing in {name}"
        for source in entry.sources:
            assert len(source.sha256) in (0, 64) and len(source.md5) in (0, 32)


LOADED = {
    "load_scenes": ["mit_split"],
    "load_captions": ["flickr30k", "flickr8k"],  # either; they are alike
    "load_products": ["fashion_products"],
} | {f"load_{name}": [name] for name in ("birds", "flowers", "fashion200k", "mit_states", "css")}


def test_the_catalog_names_the_lessons_that_load_a_set():
    lessons = {name: set() for name in catalog()}
    for notebook in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        code = notebook.read_text(encoding="utf-8")
        if "course_utils.composition" in code:
            code += inspect.getsource(tasks)  # it loads what is composed
        if "experiments.cross_modal" in code:
            code += inspect.getsource(features)  # it loads the pictures with captions
        if "experiments.zero_shot" in code and "load_set" in code:
            code += inspect.getsource(species)
        if "experiments.boosting" in code:
            code += inspect.getsource(shop)
        for loader in set(re.findall(r"\bload_\w+\b", code)) & LOADED.keys():
            for name in LOADED[loader]:
                lessons[name].add(notebook.name[:2])
    assert {name: set(entry.lessons) for name, entry in catalog().items()} == lessons


@pytest.mark.parametrize("verb", ["list", "draw", "verify"])
def test_an_unknown_name_is_answered_with_near_ones(verb, capsys, tmp_path):
    assert main([verb, "mit-splt", "--root", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "did you mean mit_split" in said.err and "Traceback" not in said.err
    with pytest.raises(UnknownName, match="choose one of: mit_split"):
        find("zzzzzz")


def test_a_set_without_a_world_says_so(capsys, tmp_path):
    assert main(["draw", "flickr8k", "--root", str(tmp_path)]) == 1
    assert f"no generated form yet (there is one for: {', '.join(drawable())})" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_unknown_profile_is_named(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROFILE", "medium")
    assert main(["verify", "--root", str(tmp_path)]) == 1
    assert "'medium'; set it to one of: drawn, real" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EACCES, "cannot be written"),
        (errno.EROFS, "cannot be written"),
        (errno.ENOSPC, "the disk is full"),
    ],
)
def test_troubles_of_the_disk_become_one_line(code, words, toy_set, capsys, monkeypatch):
    def refuse(path, target):
        raise OSError(code, "no", str(target))

    (toy_set / "train/a/0.jpg").unlink()
    monkeypatch.setattr("data_scripts.install.generate.os.replace", refuse)
    assert main(["draw", "mit_split", "--root", str(toy_set.parents[1]), "--workers", "1"]) == 1
    said = capsys.readouterr().err
    assert words in said and "mit_split" in said and "--root" in said and "Traceback" not in said


@pytest.mark.parametrize("verb", ["list", "verify"])
def test_a_root_that_cannot_be_read_is_called_so(verb, tmp_path, capsys, monkeypatch):
    def refuse(folder):
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    monkeypatch.setattr("pathlib.Path.is_dir", refuse)
    assert main([verb, "mit_split", "--root", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert f"cannot be read: {tmp_path}" in said and "written" not in said


def test_a_file_in_place_of_the_data_folder_is_named(tmp_path, capsys):
    (tmp_path / "data").write_text("not a folder")
    assert main(["draw", "mit_split", "--root", str(tmp_path / "data")]) == 1
    said = capsys.readouterr().err
    assert str(tmp_path / "data") in said and "a file stands where a folder is needed" in said


def test_ctrl_c_is_no_traceback(monkeypatch, capsys, tmp_path):
    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "generate", interrupted)
    assert main(["draw", "--root", str(tmp_path)]) == 1
    assert "interrupted" in capsys.readouterr().err


def test_root_may_hold_spaces_and_other_letters(toy, tmp_path, monkeypatch):
    for module in ("generate", "verify"):
        monkeypatch.setattr(f"data_scripts.install.{module}.world_of", lambda name: toy)
    root = tmp_path / "mes données ü"
    assert main(["draw", "mit_split", "--root", str(root), "--workers", "1"]) == 0
    assert main(["verify", "mit_split", "--root", str(root)]) == 0


def test_the_old_verb_is_told_its_new_name(capsys):
    assert main(["mini", "mit_split"]) == 1
    assert "called `draw` now:  python -m data_scripts draw" in capsys.readouterr().err
