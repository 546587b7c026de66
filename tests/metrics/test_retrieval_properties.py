"""What must not change a result, what must, and how much memory it takes."""

import tracemalloc

import numpy as np
import pytest

from course_utils.metrics import average_precision, evaluate_retrieval

METRICS = ("cosine", "euclidean")


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 6, 170)
    x = (rng.standard_normal((170, 12)) + 2 * rng.standard_normal((6, 12))[labels]).astype(np.float32)
    return x[:50], x[50:], labels[:50], labels[50:]


def same(first, second):
    for name in ("average_precision", "first_hit_rank", "n_relevant"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    assert first.values() == second.values()


@pytest.mark.parametrize("metric", METRICS)
def test_permuted_gallery(data, metric):
    query, gallery, query_labels, gallery_labels = data
    order = np.random.default_rng(1).permutation(len(gallery))
    same(
        evaluate_retrieval(*data, metric=metric),
        evaluate_retrieval(query, gallery[order], query_labels, gallery_labels[order], metric=metric),
    )


def test_permuted_queries(data):
    query, gallery, query_labels, gallery_labels = data
    order = np.random.default_rng(1).permutation(len(query))
    permuted = evaluate_retrieval(query[order], gallery, query_labels[order], gallery_labels)
    expected = evaluate_retrieval(*data).average_precision
    np.testing.assert_array_equal(permuted.average_precision, expected[order])
    assert not np.array_equal(permuted.average_precision, expected)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("factor", [0.5, 3.7, 1e-12, 1e12])
def test_scaled_embeddings(data, metric, factor):
    query, gallery, query_labels, gallery_labels = data
    factor = np.float32(factor)
    scaled = evaluate_retrieval(query * factor, gallery * factor, query_labels, gallery_labels, metric=metric)
    same(evaluate_retrieval(*data, metric=metric), scaled)


def test_cosine_ignores_the_length_of_each_row_and_euclidean_does_not(data):
    query, gallery, query_labels, gallery_labels = data
    lengths = np.float32(2.0) ** np.random.default_rng(2).integers(-5, 6, (len(gallery), 1))
    same(evaluate_retrieval(*data), evaluate_retrieval(query, gallery * lengths, query_labels, gallery_labels))
    changed = evaluate_retrieval(query, gallery * lengths, query_labels, gallery_labels, metric="euclidean")
    assert changed.mean_ap < evaluate_retrieval(*data, metric="euclidean").mean_ap - 0.05


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("block_size", [1, 7, 49, 50, 1000])
def test_block_size_changes_nothing(data, metric, block_size):
    query, gallery, query_labels, gallery_labels = data
    gallery = np.concatenate([gallery, gallery[::-1]])  # each item twice: ties everywhere
    gallery_labels = np.concatenate([gallery_labels, gallery_labels[::-1] + 1])
    arguments = (query, gallery, query_labels, gallery_labels)
    exclude = np.arange(len(query))
    expected = evaluate_retrieval(*arguments, metric=metric, exclude=exclude)
    same(expected, evaluate_retrieval(*arguments, metric=metric, exclude=exclude, block_size=block_size))


@pytest.mark.parametrize("metric", METRICS)
def test_all_ties_leave_the_gallery_order(metric):
    relevant = np.random.default_rng(3).integers(0, 2, 80)
    gallery = np.full((80, 5), 0.1)
    report = evaluate_retrieval(gallery[:3] * 3, gallery, [1, 1, 0], relevant, metric=metric)
    expected = [average_precision(relevant), average_precision(relevant), average_precision(1 - relevant)]
    np.testing.assert_allclose(report.average_precision, expected, rtol=1e-15)


def test_negative_scores_count_as_any_other():
    report = evaluate_retrieval([[1.0, 0.0]], [[-1.0, 0.0], [-1.0, 0.5], [-1.0, 2.0]], [1], [0, 1, 1], ks=(2,))
    assert report.mean_ap == 1 and report.recall_at == {2: 1}  # all similarities are below 0


def test_single_item():
    report = evaluate_retrieval([[2.0]], [[-3.0]], [4], [4], ks=(1,))
    assert (report.mean_ap, report.recall_at[1], report.precision_at[1], report.median_rank) == (1, 1, 1, 1)


def test_own_item_is_excluded_by_index_not_by_rank():
    x = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])  # items 0 and 1 are copies of each other
    labels = [5, 5, 6]
    kept = evaluate_retrieval(x, x, labels, labels, ks=(1, 2))
    assert kept.average_precision.tolist() == [1, 1, 1]
    excluded = evaluate_retrieval(x, x, labels, labels, ks=(1, 2), exclude=[0, 1, 2])
    assert excluded.average_precision[:2].tolist() == [1, 1] and np.isnan(excluded.average_precision[2])
    assert excluded.n_relevant.tolist() == [1, 1, 0] and excluded.precision_at == {1: 1.0, 2: 0.5}
    # query 1 ranks its copy, item 0, first: dropping rank 1 would take away the copy and leave the query itself
    partly = evaluate_retrieval(x, x, labels, labels, ks=(1, 2), exclude=[-1, 1, -1])
    assert partly.n_relevant.tolist() == [2, 1, 1]


def test_policies_for_queries_without_relevant_item():
    arguments = ([[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]], [1, 9], [1, 2])
    skip = evaluate_retrieval(*arguments, ks=(1,))
    assert (skip.mean_ap, skip.recall_at[1], skip.precision_at[1], skip.n_skipped) == (1, 1, 1, 1)
    zero = evaluate_retrieval(*arguments, ks=(1,), empty="zero")
    assert (zero.mean_ap, zero.recall_at[1], zero.precision_at[1], zero.n_skipped) == (0.5, 0.5, 0.5, 0)
    assert "1 without a relevant item left out" in str(skip) and "left out" not in str(zero)
    for report in (skip, zero):
        assert report.average_precision[0] == 1 and np.isnan(report.average_precision[1])
    with pytest.raises(ValueError, match="1 of 2 queries have no relevant item in the gallery, the first is query 1"):
        evaluate_retrieval(*arguments, ks=(1,), empty="error")


def test_nobody_has_a_relevant_item():
    arguments = ([[1.0]], [[1.0]], [1], [2])
    with pytest.raises(ValueError, match="no query has a relevant item"):
        evaluate_retrieval(*arguments, ks=(1,))
    report = evaluate_retrieval(*arguments, ks=(1,), empty="zero")
    assert report.mean_ap == 0 and np.isnan(report.median_rank)


def test_memory_grows_with_the_block_not_with_the_score_matrix():
    rng = np.random.default_rng(4)
    query, gallery = rng.standard_normal((6000, 4), np.float32), rng.standard_normal((12000, 4), np.float32)
    labels = rng.integers(0, 100, 12000)
    tracemalloc.start()
    evaluate_retrieval(query, gallery, labels[:6000], labels)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 * 2**20  # the scores alone would take 550 MB
