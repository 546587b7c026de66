"""What exercises are given: each helper against numbers worked out by hand."""

import numpy as np
import pytest

from course_utils.search import InvertedLists, recall_against
from course_utils.teaching.exercises import given, scale, vectors
from course_utils.teaching.exercises.course_data import Pictures, first_of_each


def test_softmax_of_large_scores_is_finite_and_adds_up_to_one():
    log_p = given.log_softmax(np.array([[5000.0, 5000, 4000], [0, np.log(2), np.log(5)]]))
    assert np.allclose(np.exp(log_p), [[0.5, 0.5, 0], [1 / 8, 2 / 8, 5 / 8]])
    assert log_p[0, 2] == pytest.approx(-1000 - np.log(2)), "a small share is no zero: its logarithm is finite"


def test_recall_and_failures():
    scores = np.array([[0.9, 0.5, 0.1, -1, -2, -3], [0.1, 0.2, 0.3, -1, -2, -3], [0.3, 0.2, 0.1, -1, -2, -3]])
    relevant = np.zeros((3, 6), dtype=bool)
    relevant[[0, 1, 2], [0, 0, 1]] = True
    assert [given.recall_at(scores, relevant, k) for k in (1, 2, 3)] == [1 / 3, 2 / 3, 1]
    asked, answers = given.failures(scores, relevant)
    assert asked.tolist() == [1, 2] and answers.tolist() == [[2, 1, 0, 3, 4], [0, 1, 2, 3, 4]]
    assert given.failures(scores, relevant, count=1)[0].tolist() == [1]
    asked, answers = given.failures(scores[:1], relevant[:1])
    assert len(asked) == 0 and answers.shape == (0, 5), "nothing failed"


def test_pictures_that_search_one_another_leave_themselves_out():
    assert given.mean_ap(np.array([[1.0, 0], [2, 0.1], [0, 1], [0, 3]]), np.array([0, 0, 1, 1])) == 1
    assert given.mean_ap(np.array([[1.0, 0], [0, 1], [1.0, 0], [0, 1]]), np.array([0, 0, 1, 1])) < 0.6


def test_ridge_pulls_weights_but_not_the_bias():
    x, y = np.array([[0.0], [2]]), np.array([[10.0], [14]])
    for strength, slope, bias in ((0, 2, 10), (2, 1, 11)):
        weights, free = given.ridge(x, y, strength)
        assert np.allclose([weights[0, 0], free[0]], [slope, bias])


def test_the_first_answer_may_be_any_picture_of_the_species():
    pictures = np.array([[1.0, 0], [1.1, 0.1], [-1, 0], [-1, 0.1]])
    assert given.first_right(pictures, pictures, np.array([0, 0, 1, 1])) == 1
    assert given.first_right(pictures[::-1], pictures, np.array([0, 0, 1, 1])) == 0


def test_everybody_gets_the_first_pictures_of_each_label():
    chosen, number = first_of_each(np.array([1, 0, 1, 1, 0]), 2)
    assert chosen.tolist() == [1, 4, 0, 2] and number.tolist() == [0, 1, 0, 1]
    part = Pictures(np.zeros((3, 2, 2, 3), np.uint8), np.array([0, 1, 1]), ["a", "b"]).subset(np.array([2, 0]))
    assert part.labels.tolist() == [1, 0] and len(part.pictures) == 2 and part.names == ["a", "b"]


def test_vectors_are_computed_once_and_for_other_pictures_anew(monkeypatch):
    asked = []

    class Encoder:
        def embed(self, pictures, cache):
            asked.append(len(pictures))
            return pictures.reshape(len(pictures), -1)[:, :2].astype(np.float32)

    monkeypatch.setattr("course_utils.encoders.load_encoder", lambda *_, **__: Encoder())
    pictures = np.random.default_rng(0).integers(0, 256, (4, 8, 8, 3), dtype=np.uint8)
    first = vectors.picture_vectors(pictures)
    assert np.array_equal(first, vectors.picture_vectors(pictures)) and asked == [4]
    vectors.picture_vectors(pictures[:2])
    assert asked == [4, 2]


def test_inverted_lists_are_judged_as_a_search_finds_and_looks():
    """The short cut, by the place of each neighbour's list, says what a real search of the lists and FAISS say."""
    rng = np.random.default_rng(0)
    rows, centroids, queries = (rng.normal(size=(n, 4)).astype(np.float32) for n in (200, 9, 20))
    lists = InvertedLists(9)
    lists.centroids = centroids
    lists.add(rows)
    exact = scale.exact_neighbours(queries, rows, 5)
    for probes, (recall, share) in scale.recall_and_share(rows, centroids, queries, (1, 3, 9), k=5).items():
        found = lists.search(queries, 5, probes)[1]
        assert recall == pytest.approx(recall_against(exact, found))
        assert share == pytest.approx((lists.visited(queries, probes).mean() + 9) / 200)
        assert np.array_equal(scale.faiss_neighbours(rows, centroids, queries, probes, 5), found)
    assert recall == 1 and share == pytest.approx(209 / 200), "all lists: exact search, and the centroids besides"
