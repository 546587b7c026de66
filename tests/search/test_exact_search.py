"""Both indexes return the same neighbours, in the same order, with the same scores; bad input is explained."""

import sys

import numpy as np
import pytest
import torch
from search_galleries import GALLERIES, METRICS, exact_scores, normal, slow_search

from course_utils import search
from course_utils.metrics import pairwise_scores, rank_gallery
from course_utils.search import FaissIndex, KNNIndex, top_k

INDEXES = (KNNIndex, FaissIndex)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("name", GALLERIES)
@pytest.mark.parametrize("index_type", INDEXES)
def test_equals_sorting_all_scores(index_type, name, metric):
    gallery = GALLERIES[name]()
    rng = np.random.default_rng(11)
    near = gallery[rng.integers(0, len(gallery), 20)] * (1 + 1e-3 * rng.standard_normal((20, gallery.shape[1])))
    query = np.concatenate([near.astype(np.float32), gallery[::67], gallery[-5:]])
    index = index_type(metric)
    index.add(gallery)
    for k in (1, 10, 100):
        scores, ids = index.search(query, k)
        expected_scores, expected_ids = slow_search(query, gallery, k, metric)
        np.testing.assert_array_equal(ids, expected_ids)
        np.testing.assert_array_equal(scores, expected_scores)
        assert scores.dtype == np.float32 and ids.dtype == np.int64 and scores.shape == ids.shape == (len(query), k)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("k", [1, 7, 99, 100])
def test_every_k_up_to_the_whole_gallery(metric, k):
    gallery = np.random.default_rng(0).integers(0, 3, (100, 2)).astype(np.float32)
    for index in (KNNIndex(metric), FaissIndex(metric)):
        index.add(gallery)
        np.testing.assert_array_equal(
            index.search(gallery, k)[1], rank_gallery(exact_scores(gallery, gallery, metric))[:, :k]
        )


@pytest.mark.parametrize("metric", METRICS)
def test_faiss_answers_ordinary_queries_itself(metric, monkeypatch):
    """The exact scan is for near-ties only: with it forbidden, ordinary data is still searched right."""
    gallery, query = normal(4000, 64, 12), normal(50, 64, 13)
    index = FaissIndex(metric)
    index.add(gallery)
    expected = slow_search(query, gallery, 10, metric)[1]

    def forbidden(*arguments):
        raise AssertionError("exact scan")

    monkeypatch.setattr(search.KNNIndex, "_search", forbidden)
    np.testing.assert_array_equal(index.search(query, 10)[1], expected)
    tied = FaissIndex(metric)
    tied.add(np.tile(gallery[:40], (100, 1)))
    with pytest.raises(AssertionError, match="exact scan"):
        tied.search(query, 10)


@pytest.mark.parametrize("index_type", INDEXES)
def test_scores_are_similarity_and_minus_distance(index_type):
    gallery = np.array([[3.0, 4.0], [0.0, 2.0], [-1.0, 0.0]])
    index = index_type("cosine")
    index.add(gallery)
    scores, ids = index.search([[1.0, 0.0]], 3)
    np.testing.assert_allclose(scores, [[0.6, 0.0, -1.0]], atol=1e-7)
    assert ids.tolist() == [[0, 1, 2]]
    index = index_type("euclidean")
    index.add(gallery)
    scores, ids = index.search([[0.0, 0.0]], 3)
    assert scores.tolist() == [[-1.0, -2.0, -5.0]] and ids.tolist() == [[2, 1, 0]]


@pytest.mark.parametrize("index_type", INDEXES)
def test_adding_in_parts_equals_adding_at_once(index_type):
    gallery, query = normal(300, 10, 14), normal(9, 10, 15)
    whole, parts = index_type(), index_type()
    whole.add(gallery)
    for start, stop in ((0, 1), (1, 170), (170, 300)):
        parts.add(torch.tensor(gallery[start:stop]))
        parts.search(query, 1)  # searching in between must not disturb
    assert len(parts) == len(whole) == 300 and "300 items" in repr(parts)
    for one, other in zip(whole.search(query, 20), parts.search(torch.tensor(query), 20), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("index_type", INDEXES)
def test_ids_travel_with_embeddings_and_ties_follow_the_order_of_adding(index_type):
    index = index_type("euclidean")
    index.add(np.zeros((2, 3)), ids=[700, 500])
    index.add(np.zeros((60, 3)))  # numbered on: 2, 3, ...
    index.add(np.zeros((1, 3)), ids=torch.tensor([1]))
    assert index.search(np.ones((1, 3)), 63)[1].tolist() == [[700, 500, *range(2, 62), 1]]
    assert index.search(np.ones((1, 3)), 3)[1].tolist() == [[700, 500, 2]]


SEARCH_ERRORS = {
    "another dimension": (
        np.ones((2, 4)),
        1,
        "query has 4 dimensions, the index has 3; embed both with the same encoder",
    ),
    "NaN": (np.full((2, 3), np.nan), 1, "query: 2 of 2 rows hold NaN or infinity, the first is row 0"),
    "no queries": (np.empty((0, 3)), 1, "query is empty"),
    "one query as a vector": (np.ones(3), 1, "for a single item pass query[None, :]"),
    "k beyond the gallery": (np.ones((1, 3)), 4, "k is 4, but there are only 3 gallery items to rank; use k <= 3"),
    "k zero": (np.ones((1, 3)), 0, "k is 0; it must be at least 1"),
}


@pytest.mark.parametrize("case", SEARCH_ERRORS)
@pytest.mark.parametrize("index_type", INDEXES)
def test_a_failed_search_says_why(index_type, case):
    query, k, message = SEARCH_ERRORS[case]
    index = index_type()
    index.add(np.eye(3))
    with pytest.raises(ValueError) as error:
        index.search(query, k)
    assert message in str(error.value)


@pytest.mark.parametrize("index_type", INDEXES)
def test_empty_index_and_unknown_metric(index_type):
    with pytest.raises(ValueError, match="the index is empty: add gallery embeddings"):
        index_type().search(np.ones((1, 3)), 1)
    with pytest.raises(ValueError, match="metric is 'l2'; choose one of: cosine, euclidean"):
        index_type("l2")


@pytest.mark.parametrize("levels", [1, 2, 4, 50, 10**9])
@pytest.mark.parametrize("k", [1, 5, 39, 40])
def test_top_k_is_the_head_of_the_stable_order(levels, k):
    scores = np.random.default_rng(levels).integers(0, levels, (100, 40)) - 3.5
    values, columns = top_k(scores, k)
    expected = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    np.testing.assert_array_equal(columns, expected)
    np.testing.assert_array_equal(values, np.take_along_axis(scores, expected, axis=1))


@pytest.mark.parametrize("kind", [KNNIndex, FaissIndex])
def test_an_id_that_does_not_fit_is_refused_and_nothing_is_added(kind):
    index = kind()
    with pytest.raises(ValueError, match="9223372036854775808 is larger than"):
        index.add([[1.0, 0.0]], np.array([2**63], dtype=np.uint64))
    index.add([[1.0, 0.0]], np.array([2**63 - 1], dtype=np.uint64))
    assert index.search([[1.0, 0.0]], 1)[1].item() == 2**63 - 1


def test_without_faiss_nothing_is_added_and_counted(monkeypatch):
    monkeypatch.setitem(sys.modules, "faiss", None)
    index = FaissIndex()
    with pytest.raises(ImportError):
        index.add([[1.0, 0.0]])
    assert len(index) == 0


@pytest.mark.parametrize("dim", [3, 64, 2048])
def test_no_similarity_leaves_its_range(dim):
    z = np.random.default_rng(0).normal(size=(200, dim))
    scores = pairwise_scores(np.r_[z, -z], z)
    assert scores.max() <= 1 and scores.min() >= -1
    index = KNNIndex()
    index.add(z)
    assert index.search(z, 1)[0].max() <= 1
