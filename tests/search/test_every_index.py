"""Every exact index gives the same answers, in the same order, with the same scores, and the same complaints."""

import errno
import json

import numpy as np
import pytest
from search_galleries import GALLERIES, METRICS, normal, queries_for, slow_search

from course_utils.search import FaissApproximate, FaissIndex, IndexFileError, KNNIndex, LanceIndex, PostgresIndex
from course_utils.search.candidates import Candidates, scan, settled
from course_utils.search.index_file import write_index

EXACT = ("knn", "faiss", "postgres", "lance")
STORED = ("postgres", "lance")


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("gallery", GALLERIES)
@pytest.mark.parametrize("name", STORED)
def test_stored_vectors_give_the_answer_of_sorting_all_scores(name, gallery, metric, new_index):
    rows = GALLERIES[gallery]()
    query = queries_for(rows, 5)
    index = new_index(name, metric)
    half = len(rows) // 2
    index.add(rows[:half])
    index.add(rows[half:])
    for k in (1, 10):
        scores, ids = index.search(query, k)
        expected_scores, expected_ids = slow_search(query, rows, k, metric)
        np.testing.assert_array_equal(ids, expected_ids)
        np.testing.assert_array_equal(scores, expected_scores)
        assert scores.dtype == np.float32 and ids.dtype == np.int64


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("name", STORED)
def test_ordinary_queries_are_answered_by_the_engine_itself(name, metric, new_index, monkeypatch):
    """Reading everything is for near-ties only: with it forbidden, ordinary data are still searched right."""

    def forbidden(*arguments):
        raise AssertionError("all rows were read")

    module = "course_utils.search." + name
    monkeypatch.setattr(f"{module}.scan", forbidden)
    rows, query = normal(2000, 32, 0), normal(20, 32, 1)
    index = new_index(name, metric)
    index.add(rows)
    np.testing.assert_array_equal(index.search(query, 10)[1], slow_search(query, rows, 10, metric)[1])
    tied = new_index(name, metric)
    tied.add(np.ones((100, 4)))
    with pytest.raises(AssertionError, match="all rows were read"):
        tied.search(np.ones((1, 4)), 10)


@pytest.mark.parametrize("name", EXACT)
def test_ids_travel_and_ties_follow_the_order_of_adding(name, new_index):
    index = new_index(name, "euclidean")
    index.add(np.zeros((2, 3)), ids=[700, 500])
    index.add(np.zeros((60, 3)))  # numbered on: 2, 3, ...
    index.add(np.zeros((1, 3)), ids=[1])
    assert len(index) == 63 and index.dimension == 3 and "63 items" in repr(index)
    assert index.search(np.ones((1, 3)), 63)[1].tolist() == [[700, 500, *range(2, 62), 1]]
    assert index.search(np.ones((1, 3)), 3)[1].tolist() == [[700, 500, 2]]


ADD_ERRORS = {
    "another dimension": (np.ones((2, 4)), None, "embeddings has 4 dimensions, the index has 3"),
    "NaN": ([[1, 2, 3], [1, np.nan, 3]], None, "embeddings: 1 of 2 rows hold NaN or infinity, the first is row 1"),
    "id twice": (np.ones((2, 3)), [8, 8], "1 ids are used twice, the first is 8"),
    "id taken": (np.ones((2, 3)), [9, 0], "1 ids are used twice, the first is 0"),
    "both": (np.ones((3, 3)), [9, 9, 1], "2 ids are used twice, the first is 1"),
    "nothing": (np.empty((0, 3)), None, "embeddings is empty"),
    "too few ids": (np.ones((2, 3)), [9], "ids has shape (1,)"),
    "file names as ids": (np.ones((2, 3)), ["a.jpg", "b.jpg"], "it needs an integer for each of 2 rows"),
    "too large an id": (np.ones((1, 3)), np.array([2**63], np.uint64), "9223372036854775808 is larger than"),
}


@pytest.mark.parametrize("case", ADD_ERRORS)
@pytest.mark.parametrize("name", EXACT)
def test_a_failed_add_says_why_and_adds_nothing(name, case, new_index):
    embeddings, ids, message = ADD_ERRORS[case]
    index = new_index(name)
    index.add(np.eye(3))
    with pytest.raises(ValueError) as error:
        index.add(embeddings, ids)
    assert message in str(error.value)
    assert len(index) == 3 and index.search(np.eye(3), 3)[1][:, 0].tolist() == [0, 1, 2]


@pytest.mark.parametrize("name", EXACT)
def test_a_failed_search_says_why(name, new_index):
    index = new_index(name)
    assert index.dimension is None and len(index) == 0
    with pytest.raises(ValueError, match="the index is empty: add gallery embeddings"):
        index.search(np.ones((1, 3)), 1)
    index.add(np.eye(3))
    with pytest.raises(ValueError, match="query has 4 dimensions, the index has 3"):
        index.search(np.ones((1, 4)), 1)
    with pytest.raises(ValueError, match="k is 4, but there are only 3 gallery items"):
        index.search(np.ones((1, 3)), 4)
    for k in (0, 2.5, True):
        with pytest.raises(ValueError, match="k is"):
            index.search(np.ones((1, 3)), k)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("name", EXACT)
def test_a_saved_index_answers_as_before(name, metric, new_index, tmp_path):
    rows, query = normal(500, 12, 2), normal(7, 12, 3)
    index = new_index(name, metric)
    index.add(rows[:400], 1000 + 3 * np.arange(400))
    index.add(rows[400:])
    index.save(tmp_path / "saved")
    with type(index).load(tmp_path / "saved") as again:
        assert len(again) == 500 and again.dimension == 12 and again.metric == metric
        for one, other in zip(index.search(query, 20), again.search(query, 20), strict=True):
            np.testing.assert_array_equal(one, other)
        with pytest.raises(ValueError, match="the first is 1003"):
            again.add(rows[:1], [1003])
        again.add(rows[:1], [1004])
        assert len(again) == 501 and len(index) == 500
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]


@pytest.mark.parametrize("kind", [KNNIndex, FaissIndex])
def test_an_empty_index_can_be_kept_too(kind, tmp_path):
    kind("euclidean").save(tmp_path / "empty")
    index = kind.load(tmp_path / "empty")
    assert len(index) == 0 and index.metric == "euclidean"


LOADED = (KNNIndex, FaissIndex, FaissApproximate, PostgresIndex, LanceIndex)


@pytest.mark.parametrize("kind", LOADED)
def test_what_is_no_index_is_not_loaded(kind, tmp_path):
    if kind is LanceIndex:
        pytest.importorskip("lance")
    with pytest.raises(FileNotFoundError, match="nowhere"):
        kind.load(tmp_path / "nowhere")
    text = tmp_path / "text"
    text.write_text("no index")
    with pytest.raises(IndexFileError, match="text is no"):
        kind.load(text)
    if kind is LanceIndex:
        return
    np.savez(tmp_path / "arrays.npz", x=np.ones(3))
    with pytest.raises(IndexFileError, match="of no index"):
        kind.load(tmp_path / "arrays.npz")
    write_index(tmp_path / "other", "other", {}, {})
    with pytest.raises(IndexFileError, match=f"holds an index of the kind other, not {kind.kind}"):
        kind.load(tmp_path / "other")


@pytest.mark.parametrize("kind", [KNNIndex, FaissIndex])
def test_a_damaged_file_is_noticed(kind, tmp_path):
    index = kind()
    index.add(normal(200, 8, 0))
    index.save(tmp_path / "file")
    content = bytearray((tmp_path / "file").read_bytes())
    (tmp_path / "short").write_bytes(content[: len(content) // 2])
    with pytest.raises(IndexFileError, match="short is no saved index, or its end is missing"):
        kind.load(tmp_path / "short")
    content[len(content) // 2] ^= 1  # one bit of one number
    (tmp_path / "bit").write_bytes(content)
    with pytest.raises(IndexFileError, match="bit is damaged"):
        kind.load(tmp_path / "bit")


@pytest.mark.parametrize("index", [KNNIndex(), FaissIndex(), FaissApproximate("hnsw")], ids=lambda i: i.kind)
def test_a_full_disk_leaves_the_older_file(index, tmp_path, monkeypatch):
    index.add(normal(50, 4, 0))
    index.save(tmp_path / "file")
    before = (tmp_path / "file").read_bytes()
    index.add(normal(50, 4, 1))

    def full(file, **arrays):
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match=r"No space left on device.*free some room there") as error:
        index.save(tmp_path / "file")
    assert error.value.errno == errno.ENOSPC and error.value.filename == str(tmp_path / "file")
    assert [path.name for path in tmp_path.iterdir()] == ["file"] and (tmp_path / "file").read_bytes() == before


def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(OSError, match="name a folder that may be written") as error:
        KNNIndex().save(tmp_path / "taken" / "file")
    assert str(tmp_path / "taken" / "file") in str(error.value)


def test_a_saved_file_is_read_without_pickle(tmp_path):
    np.savez(tmp_path / "evil.npz", about=np.array(json.dumps({"kind": "knn"})), rows=np.array([{}], dtype=object))
    with pytest.raises(IndexFileError, match="damaged"):
        KNNIndex.load(tmp_path / "evil.npz")


def test_reading_in_blocks_equals_reading_at_once():
    rows, query = np.random.default_rng(0).integers(0, 2, (300, 3)).astype(np.float32), np.ones(3, np.float32)
    ids = np.arange(300)[::-1].copy()
    for metric in METRICS:
        expected = 299 - slow_search(query[None], rows, 40, metric)[1][0]
        for size in (1, 7, 300):
            cut = [slice(i, i + size) for i in range(0, 300, size)]
            parts = [(ids[part], np.arange(300)[part], rows[part]) for part in cut]
            np.testing.assert_array_equal(scan(query, reversed(parts), 40, metric)[1], expected)
    scores, found = scan(query, [], 2, "cosine")
    assert found.tolist() == [-1, -1] and scores.tolist() == [-np.inf, -np.inf]


def test_nothing_is_settled_by_distances_that_overflowed_or_by_none():
    rows = np.ones((2, 3), np.float32)
    for distances in ([1.0, np.inf], [1.0, np.nan], []):
        found = Candidates(np.arange(2), np.arange(2), rows, np.array(distances))
        assert not settled(0.0, found, "euclidean") and not settled(1.0, found, "cosine")
