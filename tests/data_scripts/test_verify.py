"""`verify` finds what is wrong with a set and says what to do."""

import shutil
import struct
import zlib

import pytest
from PIL import Image

from data_scripts.__main__ import main
from data_scripts.catalog.lessons_01_to_05 import MIT_CLASSES, MIT_TEST, MIT_TRAIN
from data_scripts.install import verify


def check(folder, capsys) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["verify", folder.name, "--root", str(folder.parents[1])])
    return code, capsys.readouterr().out


def test_a_sound_set_passes(toy_set, capsys):
    code, said = check(toy_set, capsys)
    assert code == 0 and said.startswith("OK    mit_split (drawn)")


def test_missing_class(toy_set, capsys):
    shutil.rmtree(toy_set / "train/b")
    code, said = check(toy_set, capsys)
    assert code == 1 and "the folder train/b is missing (3 pictures belong there)" in said
    assert "python -m data_scripts draw mit_split" in said


def test_missing_file_and_empty_class(toy_set, capsys):
    (toy_set / "train/a/1.jpg").unlink()
    for picture in (toy_set / "test/b").iterdir():
        picture.unlink()
    code, said = check(toy_set, capsys)
    assert code == 1
    assert "train/a/*.jpg has 2 pictures, 3 expected: 1 too few" in said
    assert "test/b/*.jpg matches nothing, 3 pictures belong there" in said


def test_corrupt_and_cut_off_pictures(toy_set, capsys):
    (toy_set / "train/a/0.jpg").write_bytes(b"not a picture")
    whole = (toy_set / "test/a/0.jpg").read_bytes()
    (toy_set / "test/a/0.jpg").write_bytes(whole[: len(whole) // 2])
    (toy_set / "test/a/1.jpg").write_bytes(b"")
    code, said = check(toy_set, capsys)
    assert code == 1
    for name in ("train/a/0.jpg", "test/a/0.jpg", "test/a/1.jpg"):
        assert f"{name} cannot be read" in said


def test_extra_picture_and_stray_class(toy_set, capsys):
    shutil.copy(toy_set / "train/a/0.jpg", toy_set / "train/a/extra.jpg")
    (toy_set / "train/c").mkdir()
    code, said = check(toy_set, capsys)
    assert code == 1 and "1 too many" in said and "the folder train/c does not belong here" in said


def test_folders_of_folders_belong_where_pictures_are_below_them(tmp_path):
    path = tmp_path / "women/dresses/casual/7/7_0.jpeg"
    path.parent.mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(path)
    (tmp_path / "women/hats").mkdir()
    said = list(verify._counts(tmp_path, {"women/dresses/casual/7/*.jpeg": 1}))
    assert said == ["the folder women/hats does not belong here"]


def test_a_readable_picture_that_was_changed_is_noticed(toy_set, capsys):
    Image.new("RGB", (8, 8)).save(toy_set / "train/a/0.jpg")
    code, said = check(toy_set, capsys)
    assert code == 1 and "some of its files were changed" in said


def test_many_broken_pictures_are_summed_up(toy_set, capsys):
    for picture in toy_set.rglob("*.jpg"):
        picture.write_bytes(b"")
    code, said = check(toy_set, capsys)
    assert code == 1 and "... and 2 more pictures that cannot be read" in said


@pytest.mark.parametrize("kind", ["drawn", "real"])
def test_an_absent_set_names_the_command(kind, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_PROFILE", kind)
    assert main(["verify", "mit_split", "--root", str(tmp_path)]) == 1
    verb = "draw" if kind == "drawn" else "download"
    assert f"python -m data_scripts {verb} mit_split --root {tmp_path}\n" in capsys.readouterr().out
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert main(["verify", "mit_split"]) == 1
    assert f"python -m data_scripts {verb} mit_split\n" in capsys.readouterr().out


def test_real_sets_that_the_profile_does_not_look_at_are_named(toy_set, capsys, monkeypatch):
    (toy_set.parents[1] / "real" / "mit_split").mkdir(parents=True)
    code, said = check(toy_set, capsys)
    assert code == 0 and "there are real ones, too (mit_split): set COURSE_PROFILE=real" in said
    monkeypatch.setenv("COURSE_PROFILE", "real")
    assert "there are real ones" not in check(toy_set, capsys)[1]


def test_a_set_that_is_never_drawn_is_checked_in_the_real_profile(tmp_path, capsys):
    assert main(["verify", "flickr8k", "--root", str(tmp_path)]) == 1
    assert "COURSE_PROFILE=real python -m data_scripts verify flickr8k --root" in capsys.readouterr().err


def test_full_counts_are_those_of_the_published_split(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    folder = tmp_path / "real" / "mit_split"
    Image.new("L", (4, 4), 90).save(tmp_path / "dot.jpg")
    for split, counts in (("train", MIT_TRAIN), ("test", MIT_TEST)):
        for name, count in zip(MIT_CLASSES, counts, strict=True):
            (folder / split / name).mkdir(parents=True)
            for i in range(count):
                (folder / split / name / f"{i}.jpg").hardlink_to(tmp_path / "dot.jpg")
    assert check(folder, capsys)[0] == 0
    (folder / "test/street/0.jpg").unlink()
    code, said = check(folder, capsys)
    assert code == 1 and "test/street/*.jpg has 79 pictures, 80 expected" in said
    assert "python -m data_scripts list mit_split" in said


def test_files_beside_the_pictures_are_required(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    folder = tmp_path / "real" / "mit_states"
    folder.mkdir(parents=True)
    code, said = check(folder, capsys)
    assert code == 1 and "the file adj_ants.csv is missing" in said


def test_a_picture_that_claims_to_be_enormous_is_named(toy_set, capsys):
    path = next(iter(sorted(toy_set.rglob("*.*g"))))
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    head = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + b"\0" * 100)
    assert main(["verify", "mit_split", "--root", str(toy_set.parents[1])]) == 1
    said = capsys.readouterr().out
    assert path.name in said and "cannot be read" in said
