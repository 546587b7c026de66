"""A folder that can be searched: by picture, by sentence, by both, filtered, and what it says of itself."""

import io

import numpy as np
import pandas as pd
import pytest
from app_collections import folder, mine, toys
from filelock import FileLock
from PIL import Image
from sklearn.datasets import load_sample_image
from toy_encoders import paint

from course_utils.app import Collection, Words, engine, near_duplicates, search
from course_utils.app.duplicates import small_copy
from course_utils.app.engine import best_among, open_index, remove_old
from course_utils.app.folder import NotInFolder
from course_utils.app.pictures import Unreadable, as_jpeg
from course_utils.app.searching import also_found
from course_utils.search import KNNIndex, PackageMissing


def id_of(mine, path):
    return int(mine.pictures.index[mine.pictures["path"] == path][0])


def first(table):
    return table["path"].iloc[0]


def test_a_file_finds_itself_and_a_number_finds_others(mine, folder):
    found = search(mine, picture=folder / "2019" / "red.png")
    assert first(found) == "2019/red.png" and found["score"].iloc[0] == pytest.approx(1, abs=1e-6)
    assert len(found) == 6 and (np.diff(found["score"]) <= 0).all()
    others = search(mine, picture=id_of(mine, "2019/red.png"), k=1)
    assert others["path"].tolist() == ["2020/summer/red 0.jpg"]


def test_a_sentence_finds_and_a_wish_moves_the_query(mine, folder):
    assert first(search(mine, text="something blue", k=2)).endswith("blue.png")
    red = folder / "2019" / "red.png"
    assert "red" in first(search(mine, picture=red, text="blue", wish=0))
    assert "blue" in first(search(mine, picture=red, text="blue", wish=3))
    with pytest.raises(ValueError, match="a picture, a sentence, or both"):
        search(mine, text="   ")


def test_answers_are_filtered_by_folder_and_day_without_losing_any(mine, toys, folder):
    assert mine.folders == ["2019", "2020", "2020/summer"]
    found = search(mine, text="red", folder="2020", k=50)
    assert set(found["path"]) == {f"2020/summer/{name}.jpg" for name in ("red 0", "green 1", "blue 2")}
    assert len(search(mine, text="red", folder="20")) == 0, "a folder's name, not its beginning"
    exif = Image.Exif()
    exif[0x0132] = "2001:02:03 04:05:06"
    paint(folder / "old.jpg", "green", exif=exif)
    mine.update()
    assert search(mine, text="red", until="2001-12-31")["path"].tolist() == ["old.jpg"]
    assert len(search(mine, text="red", since="2001-02-04")) == 6
    with pytest.raises(ValueError, match="isoformat"):
        search(mine, text="red", since="last year")


def test_filtered_answers_are_those_of_a_full_ranking():
    rng = np.random.default_rng(0)
    rows, query, index = rng.normal(size=(300, 8)), rng.normal(size=8), KNNIndex()
    index.add(rows, np.arange(300) + 7)
    allowed = np.arange(300)[::29] + 7
    scores, ids = best_among(index, query, 5, allowed)
    every = index.search(query[None], 300)[1][0]
    assert ids.tolist() == [i for i in every if i in allowed][:5] and (np.diff(scores) <= 0).all()
    assert best_among(index, query, 5, allowed[:0])[1].tolist() == []


def test_lance_and_memory_give_the_same_and_say_which_they_are(tmp_path, monkeypatch):
    pytest.importorskip("lance", reason="Lance is not installed: nothing to compare")
    rows, ids = np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32), np.arange(50)
    stored, says = open_index(tmp_path, "a-1", ids, lambda: rows)
    assert "Lance" in says and open_index(tmp_path, "a-1", ids, lambda: 1 / 0)[0].dimension == 8, "it is there already"
    open_index(tmp_path, "a-12", ids, lambda: rows)
    remove_old(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["a-1"], "what was made before the last change is removed"

    def missing(*_):
        raise PackageMissing("pylance is not there; install it with: pip")

    monkeypatch.setattr(engine, "LanceIndex", missing)
    memory, says = open_index(tmp_path, "a-3", ids, lambda: rows)
    assert "in memory" in says and "install it with" in says
    for one, other in zip(stored.search(rows[:5], 9), memory.search(rows[:5], 9), strict=True):
        assert np.array_equal(one, other)


def test_the_index_follows_the_folder(mine, folder):
    assert first(search(mine, text="white")) != "white.png"
    paint(folder / "white.png", "white")
    assert mine.update().new == 1
    assert first(search(mine, text="white")) == "white.png"
    assert len(Collection(folder)) == 7, "another program finds what this one indexed"


def test_nothing_is_written_into_the_folder(toys, folder, tmp_path):
    before = sorted(folder.rglob("*"))
    for place in (folder, folder / "index", tmp_path / "x" / ".." / folder.name / "2019"):
        with pytest.raises(ValueError, match="inside the folder of pictures"):
            Collection(folder, index=place)
    mine = Collection(folder, index=tmp_path / "elsewhere")
    mine.update()
    search(mine, text="red")
    assert sorted(folder.rglob("*")) == before and (tmp_path / "elsewhere" / "catalogue.sqlite").is_file()
    with pytest.raises(NotADirectoryError, match="there is no folder"):
        Collection(folder / "nowhere")


def test_two_programs_do_not_index_at_once(mine):
    with FileLock(mine.place / "lock"), pytest.raises(TimeoutError, match="wait until it has finished"):
        mine.update()


def test_an_empty_folder_is_searched_in_vain(toys, tmp_path):
    (tmp_path / "empty").mkdir()
    mine = Collection(tmp_path / "empty")
    assert mine.update().new == 0 and len(search(mine, text="red")) == 0 and mine.duplicates() == []


def test_a_preview_shows_the_file_that_was_indexed_or_nothing(mine, folder, tmp_path):
    number, file = id_of(mine, "2019/red.png"), folder / "2019" / "red.png"
    assert mine.preview(number)[:2] == b"\xff\xd8"
    paint(file, "blue", size=(50, 50))
    with pytest.raises(NotInFolder, match=r"2019/red\.png has changed"):
        mine.preview(number)
    file.unlink()
    with pytest.raises(FileNotFoundError, match="index the folder again"):
        mine.preview(number)
    file.symlink_to(paint(tmp_path / "secret.png", "red"))
    with pytest.raises(NotInFolder, match="it is a link"):
        mine.preview(number)
    with pytest.raises(KeyError):
        mine.preview(10**6)


def test_a_query_that_is_no_picture_says_so(mine):
    with pytest.raises(Unreadable, match="no picture of a format"):
        search(mine, picture=io.BytesIO(b"hello"))


def test_another_encoder_and_what_it_would_find(mine):
    query = {"picture": id_of(mine, "2019/red.png")}
    answers = search(mine, k=3, **query)
    both = also_found(mine, answers, "efficientnet_lite0", **query)
    assert both.all() and both.index.equals(answers.index), "the two toys are equal"
    with pytest.raises(ValueError, match="choose one of: clip-small, efficientnet_lite0"):
        search(mine, encoder="resnet", **query)


def test_copies_in_another_size_are_found_where_no_vector_says_so():
    photographs = [Image.fromarray(load_sample_image(name)) for name in ("china.jpg", "flower.jpg")]
    contents = [as_jpeg(picture, side) for side in (320, 160, 80) for picture in photographs]
    small = np.stack([small_copy(content) for content in contents])
    assert [group.tolist() for group in near_duplicates(np.eye(6), 0.95, small)] == [[0, 2, 4], [1, 3, 5]]
    assert near_duplicates(np.eye(6), 0.95) == []


def test_a_copy_in_another_size_is_found_in_a_folder(toys, tmp_path):
    china = Image.fromarray(load_sample_image("china.jpg"))
    china.save(tmp_path / "large.png")
    china.resize((80, 53)).save(tmp_path / "small.png")
    Image.fromarray(load_sample_image("flower.jpg")).save(tmp_path / "flower.png")
    mine = Collection(tmp_path)
    mine.update(workers=1)
    (group,) = mine.duplicates(1)
    assert set(mine.pictures.loc[group, "path"]) == {"large.png", "small.png"}
    (tmp_path / "small.png").unlink()
    mine.update(workers=1)
    assert mine.duplicates(1) == []


def test_near_duplicates_are_grouped(mine, folder):
    for name in ("a", "b"):
        paint(folder / f"{name}.png", "white", size=(90, 40))
    mine.update()
    (group,) = [g for g in mine.duplicates(0.9999) if "a.png" in set(mine.pictures.loc[g, "path"])]
    assert sorted(mine.pictures.loc[group, "path"]) == ["a.png", "b.png"]


def test_groups_equal_those_of_a_slow_search():
    rng = np.random.default_rng(0)
    rows = np.repeat(rng.normal(size=(700, 6)), 2, axis=0) + rng.normal(size=(1400, 6)) * 0.05
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    near = {(i, j) for i, j in np.argwhere(unit @ unit.T >= 0.999) if i < j}
    found = near_duplicates(rows, 0.999)
    together = {(int(i), int(j)) for group in found for i in group for j in group if i < j}
    assert near and near <= together and len(set(np.concatenate(found))) == sum(map(len, found))
    assert [len(group) for group in found] == sorted((len(group) for group in found), reverse=True)
    assert near_duplicates(np.eye(3)) == []
    with pytest.raises(ValueError, match=r"such as 0\.95"):
        near_duplicates(np.eye(3), 1.5)


class FourWords:
    def embed(self, texts):
        return np.eye(4, dtype=np.float32)


def test_words_are_measured_against_the_other_pictures():
    pictures = np.array([[3, 1, 0, 0], [3, 0, 1, 0], [3, 0, 0, 1.0]])
    words = Words(FourWords(), ["always", "one", "two", "three"]).fit(pictures)
    assert words.of(pictures, 1) == [["one"], ["two"], ["three"]], "not the word that is near to all of them"
    assert words.shared(np.array([0, 1, 0.9, 0]), pictures[:2], 1) == [["one"], ["two"]]
    alone = Words(FourWords(), ["a", "b", "c", "d"]).fit(pictures[:1])
    assert np.isfinite(alone.scores(pictures[:1])).all()


def test_answers_are_a_table_that_a_notebook_can_show(mine):
    found = search(mine, text="red", k=2)
    assert isinstance(found, pd.DataFrame) and list(found.columns) == ["score", "path", "day", "why"]
    assert all(len(why.split(", ")) == 3 for why in found["why"])
