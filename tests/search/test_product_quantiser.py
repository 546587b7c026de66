"""Product quantisation against numbers worked by hand, a loop, and FAISS with the same centroids."""

import numpy as np
import pytest

from course_utils.search import ProductQuantiser
from course_utils.search.product_quantiser import first_k


def rows_of(n, dimension=12, seed=0):
    return np.random.default_rng(seed).normal(size=(n, dimension)).astype(np.float32)


@pytest.fixture
def by_hand():
    """Two parts of two dimensions, two centroids each."""
    quantiser = ProductQuantiser(parts=2, bits=1)
    quantiser.centroids = np.array([[[0, 0], [4, 0]], [[0, 1], [0, 5]]], np.float32)
    return quantiser


def test_codes_and_distances_by_hand(by_hand):
    rows = np.array([[1, 0, 0, 0], [3, 1, 0, 4]])
    codes = by_hand.encode(rows)
    assert codes.tolist() == [[0, 0], [1, 1]] and codes.dtype == np.uint8
    assert by_hand.decode(codes).tolist() == [[0, 0, 0, 1], [4, 0, 0, 5]]
    query = np.array([[0, 0, 0, 0]])
    assert by_hand.tables(query).tolist() == [[[0, 16], [1, 25]]]
    assert by_hand.distances(query, codes).tolist() == [[1, 41]]


def test_re_ranking_by_hand(by_hand):
    """Codes put row 1 first; its vector is farther than that of row 0."""
    rows = np.array([[2.1, 0, 0, 1], [0, 1.9, 0, 1], [4, 0, 0, 5]])
    codes, query = by_hand.encode(rows), np.array([[1.5, 0, 0, 1]])
    assert by_hand.search(query, codes, k=1)[1].tolist() == [[1]]
    scores, positions = by_hand.search(query, codes, k=1, rows=rows, refine=2)
    assert positions.tolist() == [[0]]
    np.testing.assert_allclose(scores, [[-0.6]])


def test_equals_the_loop():
    rows, query = rows_of(300), rows_of(5, seed=1)
    quantiser = ProductQuantiser(parts=3, bits=4).fit(rows)
    codes = quantiser.encode(rows)
    for row, code in zip(rows[:40], codes, strict=False):
        for m in range(3):
            piece = row[4 * m : 4 * m + 4]
            assert code[m] == min(
                range(16), key=lambda c, m=m, piece=piece: sum((piece - quantiser.centroids[m, c]) ** 2)
            )
    expected = np.square(query[:, None] - quantiser.decode(codes)).sum(axis=2)
    np.testing.assert_allclose(quantiser.distances(query, codes), expected, rtol=1e-4)
    scores, positions = quantiser.search(query, codes, k=7)
    np.testing.assert_array_equal(
        positions, np.argsort(quantiser.distances(query, codes), axis=1, kind="stable")[:, :7]
    )
    np.testing.assert_allclose(-(scores**2), -np.sort(expected, axis=1)[:, :7], rtol=1e-4)


@pytest.mark.parametrize(("parts", "bits"), [(4, 8), (6, 4), (1, 8)])
def test_equals_faiss_with_the_same_centroids(parts, bits):
    faiss = pytest.importorskip("faiss")
    rows, query = rows_of(600), rows_of(20, seed=1)
    ours = ProductQuantiser(parts, bits).fit(rows)
    theirs = faiss.IndexPQ(12, parts, bits)
    faiss.copy_array_to_vector(ours.centroids.ravel(), theirs.pq.centroids)
    theirs.is_trained = True
    theirs.add(rows)
    codes = ours.encode(rows)
    if bits == 8:  # FAISS packs smaller codes
        np.testing.assert_array_equal(codes, theirs.pq.compute_codes(rows))
    squared, positions = theirs.search(query, 10)
    scores, found = ours.search(query, codes, 10)
    np.testing.assert_allclose(scores**2, squared, rtol=1e-4, atol=1e-5)
    assert (found == positions).mean() > 0.99, "equal but for near-ties of float32"


def test_more_bytes_round_less_and_re_ranking_finds_more():
    rows, query = rows_of(2000), rows_of(50, seed=1)
    exact = first_k(np.square(query[:, None] - rows).sum(axis=2), 10)[1]
    errors, recalls = [], []
    for parts in (2, 6):
        quantiser = ProductQuantiser(parts, bits=6).fit(rows)
        codes = quantiser.encode(rows)
        errors.append(np.square(rows - quantiser.decode(codes)).mean())
        for again in ({}, {"rows": rows}):
            found = quantiser.search(query, codes, 10, **again)[1]
            recalls.append(np.mean([len(set(a) & set(b)) for a, b in zip(exact, found, strict=True)]) / 10)
    assert errors[0] > errors[1]
    assert recalls[0] < recalls[1] and recalls[2] < recalls[3] and recalls[0] < recalls[2]
    everything = quantiser.search(query, codes, 10, rows=rows, refine=200)[1]
    np.testing.assert_array_equal(everything, exact)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="cannot be cut into 5 equal parts"):
        ProductQuantiser(5).fit(rows_of(300))
    with pytest.raises(ValueError, match="call fit"):
        ProductQuantiser(3).encode(rows_of(3))
    with pytest.raises(ValueError, match="bits is 9"):
        ProductQuantiser(3, bits=9)
    with pytest.raises(ValueError, match="256 centroids in 200 rows"):
        ProductQuantiser(3).fit(rows_of(200))
