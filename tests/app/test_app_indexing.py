"""The catalogue follows the folder: what is new, what has changed, what has gone, and what cannot be read."""

import os
import shutil

import numpy as np
import pytest
from app_collections import folder, mine, toys
from toy_encoders import ToyPictures, paint

from course_utils.app import indexing
from course_utils.app.catalogue import Catalogue, CatalogueError
from course_utils.app.folder import File, list_folder
from course_utils.app.indexing import update


@pytest.fixture
def catalogue(tmp_path):
    return Catalogue(tmp_path / "index" / "catalogue.sqlite", "toys")


def counts(report):
    return report.new, report.changed, report.removed, report.unchanged


def state(root):
    """Everything of a folder that an index could change: names, bytes, times."""
    paths = sorted(root.rglob("*"))
    return [(str(p), p.lstat().st_mtime_ns, p.lstat().st_mode, p.read_bytes() if p.is_file() else b"") for p in paths]


def test_only_what_is_new_or_changed_is_read_again(folder, catalogue):
    before, toy = state(folder), ToyPictures()
    assert counts(update(folder, catalogue, {"toy": toy}, workers=2)) == (6, 0, 0, 0) and toy.calls == 6
    assert counts(update(folder, catalogue, {"toy": toy}, workers=2)) == (0, 0, 0, 6) and toy.calls == 6
    assert state(folder) == before, "nothing in the folder is changed"
    ids = catalogue.pictures().reset_index().set_index("path")["id"]
    paint(folder / "2019" / "red.png", "blue", size=(60, 30))
    paint(folder / "new.png", "red")
    (folder / "2019" / "green.png").unlink()
    assert counts(update(folder, catalogue, {"toy": toy})) == (1, 1, 1, 4) and toy.calls == 8
    table = catalogue.pictures()
    assert "2019/green.png" not in set(table["path"]) and len(table) == 6
    now = table.reset_index().set_index("path")
    assert now.loc["2019/red.png", "width"] == 60 and now.loc["2019/red.png", "id"] not in set(ids)
    assert now.loc["2019/blue.png", "id"] == ids["2019/blue.png"], "what stayed keeps its number"
    with pytest.raises(KeyError):
        catalogue.vectors("toy", [ids["2019/green.png"]])
    assert catalogue.thumbnail(ids["2019/green.png"]) is None


def test_an_interrupted_run_goes_on_where_it_was(tmp_path, catalogue):
    root = tmp_path / "many"
    for i in range(40):
        paint(root / f"{i:02d}.png", (i, 2 * i, 3 * i))
    with pytest.raises(KeyboardInterrupt):
        update(root, catalogue, {"toy": ToyPictures(stop=16)}, workers=1)
    kept = len(catalogue.pictures())
    assert kept == 16
    toy = ToyPictures()
    assert counts(update(root, catalogue, {"toy": toy}, workers=1)) == (24, 0, 0, 16) and toy.calls == 24
    whole = Catalogue(tmp_path / "other.sqlite", "toys")
    update(root, whole, {"toy": ToyPictures()}, workers=1)
    ids = [c.pictures().index for c in (catalogue, whole)]
    assert np.array_equal(catalogue.vectors("toy", ids[0]), whole.vectors("toy", ids[1]))


def test_no_file_stops_it_and_each_is_named(folder, catalogue):
    (folder / "broken.jpg").write_bytes(b"nothing")
    (folder / "empty.png").touch()
    sound = (folder / "2020" / "summer" / "red 0.jpg").read_bytes()
    (folder / "cut.jpg").write_bytes(sound[: len(sound) // 2])
    (folder / "link.png").symlink_to("/etc/passwd")
    toy = ToyPictures()
    report = update(folder, catalogue, {"toy": toy})
    assert counts(report) == (6, 0, 0, 0) and report.others == {".txt": 1}
    assert [path for path, _ in report.problems] == ["broken.jpg", "cut.jpg", "empty.png", "link.png"]
    assert "passed over: broken.jpg: it is no picture" in str(report) and "1 .txt" in str(report)
    assert report.unreadable == 3 and str(report).splitlines()[0].endswith("0 as before, 3 unreadable")
    again = update(folder, catalogue, {"toy": toy})
    assert counts(again) == (0, 0, 0, 6) and again.unreadable == 3
    assert again.problems == report.problems and toy.calls == 6
    paint(folder / "broken.jpg", "red")
    assert "broken.jpg" not in dict(update(folder, catalogue, {"toy": toy}).problems) and toy.calls == 7


def test_a_file_that_vanishes_meanwhile_is_reported_and_forgotten(folder, catalogue, monkeypatch):
    listing = list_folder(folder)
    listing.files.insert(0, File("2019/gone.png", 5, 7))
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "list_folder", lambda root: listing)
        report = update(folder, catalogue, {"toy": ToyPictures()})
    assert counts(report)[0] == 6 and dict(report.problems) == {"2019/gone.png": indexing.VANISHED}
    assert "2019/gone.png" not in catalogue.known()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_what_may_not_be_read_is_reported(folder, catalogue):
    (folder / "2019" / "red.png").chmod(0)
    (folder / "2020").chmod(0)
    try:
        problems = dict(update(folder, catalogue, {"toy": ToyPictures()}).problems)
        assert "cannot be opened" in problems["2019/red.png"] and "cannot be read" in problems["2020/"]
    finally:
        (folder / "2020").chmod(0o755)


@pytest.mark.parametrize("name", [b'it\'s "odd" %s;--.png', "日本 🌊.png".encode(), b"not \xff unicode.png"])
def test_names_may_hold_anything(tmp_path, catalogue, name):
    root = tmp_path / "root"
    picture = paint(root / "x.png", "red")
    try:
        os.rename(picture, os.path.join(os.fsencode(root), name))
    except OSError:
        pytest.skip("this file system does not take such a name")
    assert counts(update(root, catalogue, {"toy": ToyPictures()})) == (1, 0, 0, 0)
    assert counts(update(root, catalogue, {"toy": ToyPictures()})) == (0, 0, 0, 1)
    assert [os.fsencode(path) for path in catalogue.pictures()["path"]] == [name]
    shutil.rmtree(root)
    root.mkdir()
    assert counts(update(root, catalogue, {"toy": ToyPictures()})) == (0, 0, 1, 0)


@pytest.mark.parametrize("when", [10**19, -(10**19), -(10**17)], ids=["2286", "1653", "1966"])
def test_a_clock_may_be_far_off(mine, folder, when):
    file = folder / "2019" / "red.png"
    try:
        os.utime(file, ns=(when, when))
    except (OSError, OverflowError):
        pytest.skip("this system does not take such a time")
    assert counts(mine.update()) == (0, 1, 0, 5) and counts(mine.update()) == (0, 0, 0, 6)
    row = mine.pictures[mine.pictures["path"] == "2019/red.png"].iloc[0]
    assert len(row["day"]) == 10 and mine.preview(int(row.name))


def test_other_weights_make_the_catalogue_anew(folder, catalogue):
    update(folder, catalogue, {"toy": ToyPictures()})
    assert not Catalogue(catalogue.path, "toys").started_anew
    other = Catalogue(catalogue.path, "other toys")
    assert other.started_anew and len(other.pictures()) == 0


def test_a_damaged_catalogue_is_named(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(CatalogueError, match=r"catalogue\.sqlite.*index again"):
        Catalogue(path, "toys")
