"""Scores are exact: no block, order or duplicate changes a single bit."""

import math

import numpy as np
import pytest
import torch

from course_utils.metrics import pairwise_scores, rank_gallery
from course_utils.metrics.similarity import on_grid, ranks_of

METRICS = ("cosine", "euclidean")


def embeddings(n, dimension, seed, offset=0.0):
    return (np.random.default_rng(seed).standard_normal((n, dimension)) + offset).astype(np.float32)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("dimension", [1, 3, 64, 700])
def test_close_to_the_plain_formula(metric, dimension):
    query, gallery = embeddings(20, dimension, 0), embeddings(30, dimension, 1)
    q, g = query.astype(np.float64), gallery.astype(np.float64)
    if metric == "cosine":
        plain = (q @ g.T) / np.linalg.norm(q, axis=1)[:, None] / np.linalg.norm(g, axis=1)
    else:
        plain = -np.linalg.norm(q[:, None] - g, axis=2)
    np.testing.assert_allclose(pairwise_scores(query, gallery, metric), plain, rtol=0, atol=1e-7 * dimension**0.5)


@pytest.mark.parametrize("dimension", [3, 64, 1000])
def test_cosine_products_are_never_rounded(dimension):
    query, gallery = embeddings(5, dimension, 2, offset=0.5), embeddings(40, dimension, 3, offset=0.5)
    scores = pairwise_scores(query, gallery)
    q, g = on_grid(query, "cosine"), on_grid(gallery, "cosine")
    for i in range(5):
        for j in range(40):
            assert scores[i, j] == math.fsum(q[i] * g[j])  # fsum rounds only once, here not even that


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("scale", [1e-30, 1.0, 1e30])
def test_bitwise_equal_for_blocks_duplicates_and_swapped_sides(metric, scale):
    query = embeddings(33, 129, 4) * np.float32(scale)
    gallery = np.concatenate([embeddings(57, 129, 5) * np.float32(scale)] * 3)
    scores = pairwise_scores(query, gallery, metric)
    assert np.isfinite(scores).all() and len(np.unique(scores)) > 1000
    for j in (0, 1, 56, 100):  # one gallery column at a time: another matrix shape, another kernel
        assert np.array_equal(pairwise_scores(query, gallery[j : j + 1], metric)[:, 0], scores[:, j])
    assert np.array_equal(pairwise_scores(query[:1], gallery, metric)[0], scores[0])
    assert np.array_equal(scores[:, :57], scores[:, 57:114]) and np.array_equal(scores[:, :57], scores[:, 114:])
    assert np.array_equal(pairwise_scores(gallery, query, metric).T, scores)


def test_distance_of_equal_vectors_is_zero_even_far_from_the_origin():
    x = embeddings(50, 32, 6, offset=1000.0)
    scores = pairwise_scores(x, x, "euclidean")
    assert (np.diagonal(scores) == 0).all() and not np.signbit(np.diagonal(scores)).any()
    plain = -np.linalg.norm(x[:, None].astype(np.float64) - x.astype(np.float64), axis=2)
    np.testing.assert_allclose(scores, plain, atol=1e-3)  # 7e-9 of the length, 5,700, for each of 32 coordinates


def test_zero_vectors_have_cosine_similarity_zero():
    scores = pairwise_scores([[0, 0], [1, 0]], [[1, 2], [0, 0]])
    assert scores[0].tolist() == [0, 0] and scores[1, 1] == 0 and scores[1, 0] == pytest.approx(5**-0.5)


def test_tensors_give_what_arrays_give():
    query, gallery = embeddings(4, 8, 7), embeddings(6, 8, 8)
    expected = pairwise_scores(query, gallery)
    tracked = torch.tensor(query, requires_grad=True)
    assert np.array_equal(pairwise_scores(tracked, torch.tensor(gallery)), expected)
    half = pairwise_scores(torch.tensor(query).bfloat16(), torch.tensor(gallery).bfloat16())
    np.testing.assert_allclose(half, expected, atol=0.02)


@pytest.mark.parametrize("levels", [1, 2, 5, 10**3, 10**9])
def test_ranks_of_items_are_their_places_in_the_ranked_gallery(levels):
    rng = np.random.default_rng(levels)
    for row in rng.integers(0, levels, (200, 97)) / 7 - 3.0:
        items = np.flatnonzero(rng.random(97) < 0.2)
        ranking = sorted(range(97), key=lambda item: (-row[item], item))
        assert rank_gallery(row[None])[0].tolist() == ranking
        assert ranks_of(items, row).tolist() == sorted(ranking.index(item) + 1 for item in items)


def test_rank_gallery_treats_both_zeros_as_equal_and_infinity_as_last():
    assert rank_gallery(np.array([[0.0, -0.0, 0.0, -np.inf, 1.0, -0.0]])).tolist() == [[4, 0, 1, 2, 5, 3]]
