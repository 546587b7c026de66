"""Evaluation as published, against loops: cosine, source excluded by index, a hit is any picture with the caption."""

import math

import numpy as np
import pytest
from toy_shapes import CPU, build, world

from course_utils.composition import evaluate_composer, evaluate_composition


def slow_recall(query, gallery, source, target, captions, ks):
    hits = {k: 0 for k in ks}
    for q, row in enumerate(query):

        def cosine(g, row=row):
            product = math.fsum(float(a) * float(b) for a, b in zip(row, gallery[g], strict=True))
            return product / math.hypot(*map(float, row)) / math.hypot(*map(float, gallery[g]))

        ranking = sorted((g for g in range(len(gallery)) if g != source[q]), key=lambda g: (-cosine(g), g))
        for k in ks:
            hits[k] += any(captions[g] == target[q] for g in ranking[:k])
    return {k: n / len(query) for k, n in hits.items()}


def random_task(seed, n_queries=40, n_gallery=60, texts=False):
    rng = np.random.default_rng(seed)
    gallery = rng.normal(size=(n_gallery, 5))
    gallery[1] = gallery[0]  # a tie
    captions, source = rng.integers(0, 15, n_gallery), rng.integers(0, n_gallery, n_queries)
    target = rng.choice(captions, n_queries)
    query = gallery[source] + 0.3 * rng.normal(size=(n_queries, 5))  # the source is nearly always the nearest
    if texts:
        captions, target = (np.array([f"caption {c}" for c in part]) for part in (captions, target))
    return query, gallery, source, target, captions


@pytest.mark.parametrize("texts", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_equals_a_slow_loop(seed, texts):
    task = random_task(seed, texts=texts)
    report = evaluate_composition(*task, absent="zero")
    expected = slow_recall(*task, ks=(1, 5, 10, 50))
    assert report.recall_at == pytest.approx(expected)
    assert 0.03 < expected[5] < expected[50] <= 1


def test_by_hand():
    gallery = np.array([[1.0, 0.0], [0.9, 0.1], [0.5, 0.5], [0.0, 1.0]])
    query, captions = np.array([[1.0, 0.0], [0.0, 2.0]]), ["red", "blue", "red", "blue"]
    # query 0 starts from picture 0 and wants red: ranked 1, 2, 3, so the first red one is second
    # query 1 starts from picture 2 and wants blue: ranked 3, 1, 0, a hit at once
    report = evaluate_composition(query, gallery, [0, 2], ["red", "blue"], captions, ks=(1, 2))
    assert report.recall_at == {1: 0.5, 2: 1.0}
    assert report.first_hit_rank.tolist() == [2, 1] and report.n_relevant.tolist() == [1, 2]


def test_a_source_that_stays_in_takes_the_first_place():
    """The source left in never answers, but pushes every answer down by one where it comes first."""
    query, gallery, source, target, captions = random_task(0)
    captions = np.arange(60) % 20
    target = (captions[source] + 1) % 20
    out = evaluate_composition(query, gallery, source, target, captions)
    left_in = evaluate_composition(query, gallery, None, target, captions)
    assert left_in.recall_at[1] < 0.1 and left_in.recall_at[5] < out.recall_at[5]
    ranks = left_in.first_hit_rank - out.first_hit_rank
    assert set(ranks.tolist()) <= {0, 1} and ranks.mean() > 0.8


def test_queries_without_an_answer():
    query, gallery, source, target, captions = random_task(1)
    target[3] = 99
    with pytest.raises(ValueError, match=r"queries have no relevant item.*the first is query 3"):
        evaluate_composition(query, gallery, source, target, captions)
    as_miss = evaluate_composition(query, gallery, source, target, captions, absent="zero")
    left_out = evaluate_composition(query, gallery, source, target, captions, absent="skip")
    assert left_out.n_skipped == 1
    assert as_miss.recall_at[50] * 40 == pytest.approx(left_out.recall_at[50] * 39)
    # a caption that only the source has is no answer either
    with pytest.raises(ValueError, match="no relevant item"):
        evaluate_composition(query[:1], gallery, source[:1], [77], np.where(np.arange(60) == source[0], 77, 1), ks=(1,))


def test_a_model_is_evaluated_over_all_pictures():
    pictures, queries = world(24, 12, 0)
    model = build()
    report = evaluate_composer(model, pictures, queries, device=CPU)
    assert list(report.recall_at) == [1, 5, 10] and (report.n_queries, report.n_gallery) == (12, 24)
    np.testing.assert_array_equal(report.n_relevant, queries.n_answers())
    query, gallery = model.embed_queries(pictures, queries, device=CPU), model.embed_pictures(pictures, device=CPU)
    expected = slow_recall(query, gallery, queries.source, queries.target_caption, queries.captions, (1, 5, 10))
    assert report.recall_at == pytest.approx(expected)
    with pytest.raises(ValueError, match="there are 23 pictures but 24 captions"):
        evaluate_composer(model, pictures[:23], queries)
    model.image.project.weight.data.fill_(np.nan)
    with pytest.raises(FloatingPointError, match="no longer finite"):
        evaluate_composer(model, pictures, queries, device=CPU)
