"""R-precision and MAP@R: by hand, against libraries, and what they tell apart that R@1 does not."""

import numpy as np
import pytest
import torch

from course_utils.metrics import average_precision_at_r, bootstrap_interval, evaluate_retrieval, r_precision


def test_by_hand():
    ranking = [1, 0, 1, 0, 1, 0]  # three relevant items; two of them among the first three
    assert r_precision(ranking) == pytest.approx(2 / 3)
    assert average_precision_at_r(ranking) == pytest.approx((1 / 1 + 2 / 3) / 3)
    assert r_precision([1, 1, 0]) == average_precision_at_r([1, 1, 0]) == 1
    assert np.isnan(r_precision([0, 0])) and np.isnan(average_precision_at_r([0, 0]))


def test_r_at_1_is_content_with_one_neighbour_and_map_at_r_is_not():
    """The example of Musgrave et al.: both rankings have R@1 = 1, AP hardly tells them apart."""
    lonely, full = [1] + [0] * 9 + [1] * 9, [1] * 10 + [0] * 9
    assert average_precision_at_r(full) == 1 > 0.2 > average_precision_at_r(lonely)


def data(seed):
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(60, 5)).astype(np.float32)
    return z, rng.integers(0, 4, 60)


@pytest.mark.parametrize("seed", range(3))
def test_against_torchmetrics(seed):
    from torchmetrics.retrieval import RetrievalRPrecision

    z, labels = data(seed)
    unit = torch.nn.functional.normalize(torch.from_numpy(z))
    scores = unit @ unit.T + 2
    scores.fill_diagonal_(0)  # torchmetrics leaves such items out of what is relevant, at the end of the ranking
    relevant = torch.from_numpy(labels[:, None] == labels)
    relevant.fill_diagonal_(False)
    index = torch.arange(60)[:, None].expand(60, 60)
    theirs = RetrievalRPrecision()(scores.flatten(), relevant.flatten(), indexes=index.flatten()).item()
    ours = evaluate_retrieval(z, z, labels, labels, exclude=np.arange(60), ks=(1,))
    assert ours.r_precision == pytest.approx(theirs, abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_against_pytorch_metric_learning(seed):
    from pytorch_metric_learning.distances import CosineSimilarity
    from pytorch_metric_learning.utils.accuracy_calculator import AccuracyCalculator
    from pytorch_metric_learning.utils.inference import CustomKNN

    z, labels = data(seed)
    names = ("mean_average_precision_at_r", "r_precision", "precision_at_1")
    search = {"device": torch.device("cpu"), "knn_func": CustomKNN(CosineSimilarity())}
    calculator = AccuracyCalculator(include=names, k="max_bin_count", **search)
    theirs = calculator.get_accuracy(torch.from_numpy(z), torch.from_numpy(labels))
    ours = evaluate_retrieval(z, z, labels, labels, exclude=np.arange(60), ks=(1,))
    found = (ours.map_at_r, ours.r_precision, ours.recall_at[1])
    assert found == pytest.approx([theirs[name] for name in names], abs=1e-6)


def test_the_report_tells_them():
    z, labels = data(0)
    report = evaluate_retrieval(z, z, labels, labels, exclude=np.arange(60), ks=(1,))
    assert {"r_precision", "map_at_r"} <= report.values().keys()
    assert f"R-precision {report.r_precision:.4f}    MAP@R {report.map_at_r:.4f}" in str(report)


def test_the_bootstrap_covers_the_true_mean_as_often_as_it_says():
    """Of 200 samples of 80 queries, about 95 % of the intervals hold the mean of all (binomial, five deviations)."""
    rng, hits = np.random.default_rng(0), 0
    for sample in range(200):
        low, high = bootstrap_interval(rng.beta(2, 5, 80), draws=400, seed=sample)
        hits += low <= 2 / 7 <= high
    assert hits > 200 * 0.95 - 5 * 3.1


def test_the_bootstrap_leaves_out_what_does_not_count_and_is_the_same_each_time():
    values = np.array([0.1, 0.9, np.nan, 0.4])
    assert bootstrap_interval(values) == bootstrap_interval(values[~np.isnan(values)])
    low, high = bootstrap_interval(values)
    assert 0.1 <= low < np.nanmean(values) < high <= 0.9
    assert bootstrap_interval(torch.tensor([0.1, 0.9]), level=0.5)[0] >= 0.1


@pytest.mark.parametrize(
    ("values", "level", "message"),
    [([], 0.95, "no value"), ([np.nan], 0.95, "no value"), ([[0.1]], 0.95, "no value"), ([0.1], 1.5, "level is 1.5")],
)
def test_wrong_input_is_named(values, level, message):
    with pytest.raises(ValueError, match=message):
        bootstrap_interval(values, level)
