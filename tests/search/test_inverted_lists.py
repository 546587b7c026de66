"""Inverted lists against numbers worked by hand, a loop, and FAISS with the same centroids."""

import numpy as np
import pytest

from course_utils.search import InvertedLists


def rows_of(n, dimension=8, seed=0):
    return np.random.default_rng(seed).normal(size=(n, dimension)).astype(np.float32)


def test_a_border_by_hand():
    """Centroids at 0 and 10: the query at 4.9 misses its nearest, 5.1, unless it looks into both lists."""
    lists = InvertedLists(2)
    lists.centroids = np.array([[0.0], [10.0]], np.float32)
    lists.add(np.array([[1.0], [5.1], [12.0]]))
    query = np.array([[4.9]])
    assert [list_.tolist() for list_ in lists.positions] == [[0], [1, 2]]
    scores, positions = lists.search(query, k=2, probes=1)
    assert positions.tolist() == [[0, -1]] and scores[0, 1] == -np.inf
    np.testing.assert_allclose(scores[0, 0], -3.9, rtol=1e-6)
    assert lists.search(query, k=2, probes=2)[1].tolist() == [[1, 0]]
    assert lists.visited(query, 1).tolist() == [1] and lists.visited(query, 2).tolist() == [3]


def test_all_lists_give_the_exact_answer_ties_by_position():
    rows = np.tile(rows_of(40), (3, 1))
    lists = InvertedLists(5).fit(rows)
    lists.add(rows[:50])
    lists.add(rows[50:])
    query = rows_of(6, seed=1)
    squared = np.square(query[:, None].astype(np.float64) - rows).sum(axis=2)
    expected = np.argsort(squared.round(9), axis=1, kind="stable")[:, :20]
    scores, positions = lists.search(query, 20, probes=5)
    assert len(lists) == 120
    np.testing.assert_allclose(scores, -np.sqrt(np.take_along_axis(squared, expected, axis=1)), rtol=1e-6)
    np.testing.assert_array_equal(positions[:, ::3] % 40, expected[:, ::3] % 40)


@pytest.mark.parametrize("probes", [1, 3])
def test_equals_the_loop(probes):
    rows, query = rows_of(300), rows_of(10, seed=1)
    lists = InvertedLists(7).fit(rows)
    lists.add(rows)
    for q, found in zip(query, lists.search(query, 5, probes)[1], strict=True):
        near = sorted(range(7), key=lambda c, q=q: sum((q - lists.centroids[c]) ** 2))[:probes]
        cells = [min(range(7), key=lambda c, row=row: sum((row - lists.centroids[c]) ** 2)) for row in rows]
        looked_at = [i for i, cell in enumerate(cells) if cell in near]
        assert found.tolist() == sorted(looked_at, key=lambda i, q=q: sum((q - rows[i]) ** 2))[:5]


@pytest.mark.parametrize("probes", [1, 4, 16])
def test_equals_faiss_with_the_same_centroids(probes):
    faiss = pytest.importorskip("faiss")
    rows, query = rows_of(1000), rows_of(30, seed=1)
    ours = InvertedLists(16).fit(rows)
    ours.add(rows)
    coarse = faiss.IndexFlatL2(8)
    coarse.add(ours.centroids)
    theirs = faiss.IndexIVFFlat(coarse, 8, 16)
    theirs.is_trained, theirs.nprobe = True, probes
    theirs.add(rows)
    squared, positions = theirs.search(query, 10)
    scores, found = ours.search(query, 10, probes)
    np.testing.assert_array_equal(found, positions)
    np.testing.assert_allclose(scores**2, squared, rtol=1e-4)


def test_before_fit_there_is_nothing_to_search():
    with pytest.raises(ValueError, match="call fit"):
        InvertedLists(3).add(rows_of(5))
