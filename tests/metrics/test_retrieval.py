"""`evaluate_retrieval` against a slow loop, torchmetrics and scikit-learn."""

import numpy as np
import pandas as pd
import pytest
import torch
from slow_reference import ranked_relevance, slow_average_precision, slow_means

from course_utils.metrics import average_precision, evaluate_retrieval, pairwise_scores


def problem(n_queries, n_gallery, dimension, classes, seed, integers=False):
    """Random (query, gallery, query_labels, gallery_labels); `integers` makes for massive ties."""
    rng = np.random.default_rng(seed)
    shape = (n_queries + n_gallery, dimension)
    x = rng.integers(-1, 2, shape) if integers else rng.standard_normal(shape)
    labels = rng.integers(0, classes, n_queries + n_gallery)
    x = x.astype(np.float32)
    return x[:n_queries], x[n_queries:], labels[:n_queries], labels[n_queries:]


def reference_input(query, gallery, query_labels, gallery_labels):
    """Return scores shifted above 0 (torchmetrics takes items of score <= 0 for irrelevant), relevance, query index."""
    scores = torch.tensor(pairwise_scores(query, gallery) + 2)
    relevant = torch.tensor(query_labels[:, None] == gallery_labels)
    index = torch.arange(len(query))[:, None].expand_as(scores)
    return scores.flatten(), relevant.flatten(), index.flatten()


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (5, 3, 2, 2), (12, 30, 4, 3), (20, 41, 7, 9)])
@pytest.mark.parametrize("seed", range(4))
def test_equals_the_slow_loop(metric, shape, seed):
    data = problem(*shape, seed)
    ks = [k for k in (1, 3, 10) if k <= shape[1]]
    rankings = ranked_relevance(*data, metric)
    if not any(map(any, rankings)):
        pytest.skip("no query of this draw has a relevant item")
    report = evaluate_retrieval(*data, ks=ks, metric=metric)
    mean_ap, recall_at, precision_at, map_at = slow_means(rankings, ks)
    assert report.mean_ap == pytest.approx(mean_ap, abs=1e-12)
    assert report.recall_at == pytest.approx(recall_at)
    assert report.precision_at == pytest.approx(precision_at)
    assert report.map_at == pytest.approx(map_at)
    np.testing.assert_allclose(report.average_precision, [slow_average_precision(r) for r in rankings], atol=1e-12)
    counted = [r for r in rankings if any(r)]
    assert report.r_precision == pytest.approx(np.mean([sum(r[: sum(r)]) / sum(r) for r in counted]))
    at_r = [slow_average_precision(r, sum(r)) if any(r) else np.nan for r in rankings]
    np.testing.assert_allclose(report.average_precision_at_r, at_r, atol=1e-12)
    assert report.map_at_r == pytest.approx(np.nanmean(at_r))
    assert report.n_skipped == sum(not any(r) for r in rankings)
    ranks = [r.index(True) + 1 if any(r) else np.nan for r in rankings]
    np.testing.assert_array_equal(report.first_hit_rank, ranks)
    assert report.median_rank == np.nanmedian(ranks)


@pytest.mark.parametrize("seed", range(5))
def test_equals_the_slow_loop_with_massive_ties_and_excluded_items(seed):
    query, gallery, query_labels, gallery_labels = problem(25, 40, 2, 3, seed, integers=True)
    exclude = np.random.default_rng(seed).integers(-1, 40, 25)
    rankings = ranked_relevance(query, gallery, query_labels, gallery_labels, "euclidean", exclude)
    report = evaluate_retrieval(
        query, gallery, query_labels, gallery_labels, metric="euclidean", exclude=exclude, ks=(1, 5, 39)
    )
    np.testing.assert_allclose(report.average_precision, [slow_average_precision(r) for r in rankings], atol=1e-12)
    assert [average_precision(r) for r in rankings] == pytest.approx(report.average_precision.tolist(), abs=1e-12)
    mean_ap, recall_at, precision_at, map_at = slow_means(rankings, (1, 5, 39))
    assert report.mean_ap == pytest.approx(mean_ap)
    assert (report.recall_at, report.precision_at) == (pytest.approx(recall_at), pytest.approx(precision_at))
    assert report.map_at == pytest.approx(map_at)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("empty", ["skip", "zero"])
def test_equals_torchmetrics(seed, empty):
    from torchmetrics.retrieval import RetrievalHitRate, RetrievalMAP, RetrievalPrecision

    data = problem(60, 150, 8, 80, seed)
    scores, relevant, index = reference_input(*data)
    action = {"skip": "skip", "zero": "neg"}[empty]
    report = evaluate_retrieval(*data, ks=(1, 5, 10), empty=empty)
    assert (report.n_relevant == 0).any(), "the draw should hold queries without a relevant item"

    def theirs(measure, **options):
        return measure(empty_target_action=action, **options)(scores, relevant, indexes=index).item()

    assert report.mean_ap == pytest.approx(theirs(RetrievalMAP), abs=1e-5)
    for k in (1, 5, 10):
        assert report.recall_at[k] == pytest.approx(theirs(RetrievalHitRate, top_k=k), abs=1e-5)
        assert report.precision_at[k] == pytest.approx(theirs(RetrievalPrecision, top_k=k), abs=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_equals_scikit_learn(seed):
    from sklearn.metrics import average_precision_score

    query, gallery, query_labels, gallery_labels = data = problem(40, 200, 16, 5, seed)
    scores = pairwise_scores(query, gallery)
    expected = [average_precision_score(gallery_labels == q, s) for q, s in zip(query_labels, scores, strict=True)]
    np.testing.assert_allclose(evaluate_retrieval(*data).average_precision, expected, atol=1e-12)


def test_tensors_strings_and_pandas_columns():
    query, gallery, query_labels, gallery_labels = problem(15, 30, 4, 3, 0)
    expected = evaluate_retrieval(query, gallery, query_labels, gallery_labels)
    tensors = evaluate_retrieval(*map(torch.tensor, (query, gallery, query_labels, gallery_labels)))
    names = np.array(["coast", "forest", "street"])
    strings = evaluate_retrieval(query, gallery, names[query_labels].tolist(), pd.Series(names[gallery_labels]))
    for other in (tensors, strings):
        assert np.array_equal(other.average_precision, expected.average_precision)
        assert other.values() == expected.values()


def test_report_shows_its_numbers():
    report = evaluate_retrieval([[1, 0]], [[5, 1], [1, 1], [0, 1]], [7], [3, 7, 7], ks=(1, 2))
    assert str(report).splitlines() == [
        "1 queries, 3 gallery items, cosine",
        "  mAP  0.5833    median rank of the first hit 2",
        "  R-precision 0.5000    MAP@R 0.2500",
        "  R@1    0.0000    P@1    0.0000    mAP@1    0.0000",
        "  R@2    1.0000    P@2    0.5000    mAP@2    0.2500",
    ]
    table = report.summary("baseline")
    assert table.loc["baseline", "mean_ap"] == report.mean_ap
    means = [f"{name}_{k}" for name in ("recall_at", "precision_at", "map_at") for k in (1, 2)]
    assert list(table.columns) == list(report.values()) == ["mean_ap", *means, "r_precision", "map_at_r", "median_rank"]
    assert "0.5833" in report._repr_html_()
    with pytest.raises(AttributeError):
        report.mean_ap = 1.0
