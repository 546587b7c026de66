"""FAISS's approximate indexes: their settings, their files, and that looking everywhere is exact."""

import numpy as np
import pytest
from search_galleries import METRICS, normal

from course_utils.search import FaissApproximate, KNNIndex, recall_against

pytest.importorskip("faiss")
BUILT = {
    "ivf": {"nlist": 16, "nprobe": 2},
    "ivf-pq": {"nlist": 16, "nprobe": 2, "parts": 8, "bits": 6},
    "hnsw": {"M": 8, "efConstruction": 40, "efSearch": 10},
}
ROWS, QUERY = normal(3000, 16, 0), normal(40, 16, 1)


def built(method, metric="cosine", **settings):
    index = FaissApproximate(method, metric, **BUILT[method] | settings)
    index.add(ROWS[:2000])
    index.add(ROWS[2000:], np.arange(7000, 8000))
    return index


def exact(metric, k=10):
    index = KNNIndex(metric)
    index.add(ROWS, np.concatenate([np.arange(2000), np.arange(7000, 8000)]))
    return index.search(QUERY, k)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("method", BUILT)
def test_looking_farther_finds_more(method, metric):
    index, (_, best) = built(method, metric), exact(metric)
    narrow = recall_against(best, index.search(QUERY, 10)[1])
    index.set(**{"efSearch": 200} if method == "hnsw" else {"nprobe": 16})
    wide = recall_against(best, index.search(QUERY, 10)[1])
    assert 0.2 < narrow < wide
    assert wide > (0.4 if method == "ivf-pq" else 0.97)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("method", ["ivf", "hnsw"])
def test_scores_are_those_of_exact_search(method, metric):
    index, (expected, best) = built(method, metric), exact(metric)
    index.set(**{"efSearch": 400} if method == "hnsw" else {"nprobe": 16})
    scores, ids = index.search(QUERY, 10)
    same = ids == best
    assert same.mean() > 0.95 and scores.dtype == np.float32 and ids.dtype == np.int64
    np.testing.assert_allclose(scores[same], expected[same], atol=1e-5)


@pytest.mark.parametrize("metric", METRICS)
def test_refined_codes_give_exact_scores(metric):
    plain, refined = built("ivf-pq", metric, nprobe=16), built("ivf-pq", metric, nprobe=16, refine=20)
    expected, best = exact(metric)
    scores, ids = refined.search(QUERY, 10)
    assert recall_against(best, ids) > 0.95 > recall_against(best, plain.search(QUERY, 10)[1])
    np.testing.assert_allclose(scores[ids == best], expected[ids == best], atol=1e-5)
    assert plain.bytes_per_vector < 30 < 64 < refined.bytes_per_vector, "64 are the vectors themselves"
    with pytest.raises(ValueError, match="build it with refine=1"):
        plain.set(refine=2)


@pytest.mark.parametrize("method", BUILT)
def test_a_saved_index_answers_as_before(method, tmp_path):
    index = built(method)
    index.save(tmp_path / "file")
    again = FaissApproximate.load(tmp_path / "file")
    assert repr(again) == repr(index) and "3000 items" in repr(index) and again.dimension == 16
    for one, other in zip(index.search(QUERY, 10), again.search(QUERY, 10), strict=True):
        np.testing.assert_array_equal(one, other)
    with pytest.raises(ValueError, match="the first is 7000"):
        again.add(ROWS[:1], [7000])


def test_too_short_lists_leave_places_empty():
    index = built("ivf", nprobe=1)
    scores, ids = index.search(QUERY, 3000)
    missing = ids < 0
    assert missing.any(axis=1).all() and (ids[missing] == -1).all() and np.isneginf(scores[missing]).all()
    assert (np.sort(missing, axis=1) == missing).all(), "the last places"


def test_wrong_settings_are_named_before_anything_is_built():
    with pytest.raises(ValueError, match="method is 'lsh'; choose one of: ivf, ivf-pq, hnsw"):
        FaissApproximate("lsh")
    with pytest.raises(ValueError, match="a setting of hnsw is 'nprobe'; choose one of: M, efConstruction, efSearch"):
        FaissApproximate("hnsw", nprobe=3)
    with pytest.raises(ValueError, match="nprobe is 0"):
        FaissApproximate("ivf", nprobe=0)
    with pytest.raises(ValueError, match="a setting of ivf is 'nlist'; choose one of: nprobe"):
        built("ivf").set(nlist=3)
    index = FaissApproximate("ivf", nlist=100)
    with pytest.raises(ValueError, match="nlist is 100, but the first add brings 50 rows to learn from"):
        index.add(ROWS[:50])
    assert len(index) == 0 and index.dimension is None
    index.add(ROWS[:100])
    assert len(index) == 100
    with pytest.raises(ValueError, match="16 dimensions cannot be cut into parts=3"):
        FaissApproximate("ivf-pq", nlist=2, parts=3).add(ROWS)


def test_it_searches_beside_libraries_that_teach_faiss_tensors():
    """pytorch-metric-learning imports faiss.contrib.torch_utils, which replaces FAISS's own search."""
    pytest.importorskip("pytorch_metric_learning")
    import faiss.contrib.torch_utils  # noqa: F401

    rows = np.random.default_rng(0).normal(size=(300, 8)).astype(np.float32)
    index = FaissApproximate("ivf-pq", nlist=4, nprobe=4, parts=4, bits=4, refine=20)
    index.add(rows)
    assert index.search(rows[:5], 1)[1][:, 0].tolist() == [0, 1, 2, 3, 4]
