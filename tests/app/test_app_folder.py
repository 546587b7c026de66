"""What a folder holds, and that nobody gets out of it."""

import os

import pytest
from toy_encoders import paint

from course_utils.app import folder
from course_utils.app.folder import NotInFolder, list_folder, open_inside

ODD = ["two words.png", 'it\'s "quoted".png', "naïve 日本 🌊.png", "percent %2e%2e.png", "semi;colon.png", "-rf.png"]


@pytest.fixture(params=[True, False], ids=["step by step", "at once, as on Windows"])
def both_ways(request, monkeypatch):
    """A file is opened folder by folder where the system can do that, and by its whole path elsewhere."""
    if request.param and not folder.SAFE_OPEN:
        pytest.skip("this system opens files by their whole path only")
    monkeypatch.setattr(folder, "SAFE_OPEN", request.param)


@pytest.fixture
def outside(tmp_path):
    return paint(tmp_path / "outside" / "secret.png", "red")


def test_pictures_are_listed_by_path_with_hidden_and_other_files_left_out(tmp_path):
    for name in ("b/2.png", "a.JPG", "b/c/3.webp", ".hidden/4.png", "b/.5.png"):
        paint(tmp_path / name, "red")
    (tmp_path / "b" / "song.mp3").write_bytes(b"x")
    (tmp_path / "Makefile").write_text("x")
    found = list_folder(tmp_path)
    assert [file.path for file in found.files] == ["a.JPG", "b/2.png", "b/c/3.webp"]
    assert found.others == {".mp3": 1, "no suffix": 1} and found.problems == []


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_listed_and_opened(tmp_path, name, both_ways):
    paint(tmp_path / "x y" / name, "red")
    (file,) = list_folder(tmp_path).files
    with open_inside(tmp_path, file.path) as opened:
        assert opened.read() == (tmp_path / "x y" / name).read_bytes()


def test_links_are_reported_and_not_followed(tmp_path, outside):
    root = tmp_path / "root"
    paint(root / "real.png", "red")
    (root / "file.png").symlink_to(outside)
    (root / "folder").symlink_to(outside.parent)
    (root / "circle").symlink_to(root)
    (root / "broken.png").symlink_to(root / "nothing")
    found = list_folder(root)
    assert [file.path for file in found.files] == ["real.png"]
    assert sorted(path for path, _ in found.problems) == ["broken.png", "circle", "file.png", "folder"]
    assert all("link" in why for _, why in found.problems)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_neither_listed_nor_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    assert [path for path, _ in list_folder(tmp_path).problems] == ["pipe.png"]
    with pytest.raises(NotInFolder, match=r"pipe\.png is no ordinary file"):
        open_inside(tmp_path, "pipe.png")


@pytest.mark.parametrize(
    "path",
    ["../outside/secret.png", "a/../../outside/secret.png", "", ".", "..", "a//real.png", "./a/real.png", "a\0b"],
)
def test_a_path_that_is_not_plain_is_refused(tmp_path, outside, path, both_ways):
    root = tmp_path / "root"
    paint(root / "a" / "real.png", "red")
    with pytest.raises(NotInFolder, match="no path below the folder"):
        open_inside(root, path)
    with pytest.raises(NotInFolder):
        open_inside(root, str(outside))


@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_what_was_swapped_for_a_link_is_refused(tmp_path, outside, swapped, both_ways):
    root = tmp_path / "root"
    picture = paint(root / "a" / "secret.png", "green")
    open_inside(root, "a/secret.png").close()
    picture.unlink()
    if swapped == "file":
        picture.symlink_to(outside)
    else:
        picture.parent.rmdir()
        picture.parent.symlink_to(outside.parent)
    with pytest.raises(NotInFolder, match=r"a/secret\.png: it is a link"):
        open_inside(root, "a/secret.png")


def test_a_file_that_is_gone_is_named(tmp_path, both_ways):
    with pytest.raises(FileNotFoundError, match="index the folder again"):
        open_inside(tmp_path, "gone/away.png")
