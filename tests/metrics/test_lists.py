"""AP@k and P@k against given lists of relevant items: by hand, against loops, and bad input."""

import numpy as np
import pytest
from slow_reference import score, slow_average_precision

from course_utils.metrics import evaluate_lists

# one dimension, euclidean: the ranking of the query 0 is the gallery's own order
LINE = np.arange(1.0, 7.0)[:, None]


def on_line(relevant, **options):
    options = {"k": 3, "metric": "euclidean", **options}
    return evaluate_lists(np.zeros((len(relevant), 1)), LINE, [np.array(r) for r in relevant], **options)


def test_by_hand():
    # ranks 1 and 3 of the first three: (1/1 + 2/3) / min(2, 3)
    report = on_line([[0, 2]])
    assert report.average_precision[0] == pytest.approx((1 + 2 / 3) / 2) and report.precision_at_k == pytest.approx(
        2 / 3
    )
    # five relevant ones, of which the first three are seen: the best that is possible
    assert on_line([[0, 1, 2, 3, 4]]).map_at_k == 1.0
    # one is found at rank 2, the other lies behind k and still counts in R
    assert on_line([[1, 5]]).map_at_k == pytest.approx((1 / 2) / 2)
    assert on_line([[5]]).map_at_k == 0.0


def test_the_query_itself_is_left_out_by_its_index():
    assert on_line([[1, 2]], exclude=np.array([0])).map_at_k == 1.0
    with pytest.raises(ValueError, match=r"relevant\[0\] holds 0, the query itself"):
        on_line([[0, 2]], exclude=np.array([0]))


def test_dropping_the_first_may_drop_another_item():
    # item 0 is relevant and comes first; dropped, it is lost, but R remembers it: (1/1) / min(2, 3)
    assert on_line([[0, 1]], drop_first=True).map_at_k == pytest.approx(1 / 2)
    assert on_line([[1, 2]], drop_first=True).map_at_k == 1.0
    with pytest.raises(ValueError, match="choose one"):
        on_line([[1]], drop_first=True, exclude=np.array([0]))


def test_empty_lists_follow_the_policy():
    lists = [[0], []]
    assert on_line(lists).map_at_k == 1.0 and on_line(lists).n_skipped == 1
    assert on_line(lists, empty="zero").map_at_k == 0.5
    with pytest.raises(ValueError, match="1 queries have an empty list, the first is query 1"):
        on_line(lists, empty="error")
    with pytest.raises(ValueError, match="no query has a relevant item"):
        on_line([[], []])


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_against_explicit_loops(metric):
    rng = np.random.default_rng(5)
    gallery = rng.standard_normal((30, 3)).astype(np.float32)
    gallery[10:20] = gallery[:10]  # ties
    own = rng.permutation(30)[:12]
    lists = []
    for q in own:
        items = rng.permutation(30)[: rng.integers(0, 14)]
        lists.append(items[items != q])
    report = evaluate_lists(gallery[own], gallery, lists, k=5, metric=metric, exclude=own)
    for i, q in enumerate(own):
        order = sorted((g for g in range(30) if g != q), key=lambda g: (-score(gallery[q], gallery[g], metric), g))
        flags = [g in set(lists[i].tolist()) for g in order]
        assert report.average_precision[i] == pytest.approx(slow_average_precision(flags, 5), nan_ok=True)
        assert report.precision[i] == pytest.approx(sum(flags[:5]) / 5)
    counted = report.n_relevant > 0
    assert report.values() == {
        "map_at_5": pytest.approx(report.average_precision[counted].mean()),
        "precision_at_5": pytest.approx(report.precision[counted].mean()),
    }


@pytest.mark.parametrize(
    ("relevant", "options", "words"),
    [
        ([[0], [1]], {"k": 6, "exclude": np.array([2, 3])}, "only 5 gallery items"),
        ([[0, 6]], {}, r"relevant\[0\] holds indices outside 0..5"),
        ([[-1]], {}, "outside"),
        ([[1, 1]], {}, "an index twice"),
        ([[0.5]], {}, "lists gallery indices"),
        ([[0]], {"metric": "manhattan"}, "metric is 'manhattan'"),
        ([[0]], {"empty": "none"}, "empty is 'none'"),
    ],
)
def test_bad_input(relevant, options, words):
    with pytest.raises(ValueError, match=words):
        on_line(relevant, **options)


def test_every_query_needs_a_list():
    with pytest.raises(ValueError, match="1 lists for 2 queries"):
        evaluate_lists(np.zeros((2, 1)), LINE, [np.array([0])], k=1)
