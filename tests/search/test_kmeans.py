import numpy as np
import pytest

from course_utils.search.kmeans import kmeans, squared_distances


def test_distances_equal_the_loop():
    rng = np.random.default_rng(0)
    rows, centroids = rng.normal(size=(7, 3)), rng.normal(size=(4, 3))
    expected = [[sum((a - b) ** 2 for a, b in zip(row, centre, strict=True)) for centre in centroids] for row in rows]
    np.testing.assert_allclose(squared_distances(rows, centroids), expected, rtol=1e-9)
    assert (squared_distances(rows * 1e-9 + 1, rows * 1e-9 + 1) >= 0).all()


def test_two_pairs_by_hand():
    rows = np.array([[0.0, 0], [0, 2], [10, 0], [10, 2]])
    found = {tuple(centre) for centre in kmeans(rows, 2, seed=0).tolist()}
    assert found in ({(0.0, 1.0), (10.0, 1.0)}, {(5.0, 0.0), (5.0, 2.0)}), "a rest point of Lloyd's rounds"


def test_at_rest_every_centroid_is_the_mean_of_its_rows():
    rows = np.random.default_rng(1).normal(size=(400, 5)).astype(np.float32)
    centroids = kmeans(rows, 8, rounds=1000)
    nearest = squared_distances(rows, centroids).argmin(axis=1)
    means = [rows[nearest == i].mean(axis=0) for i in range(8)]
    np.testing.assert_allclose(centroids, means, atol=1e-5)


def test_more_rounds_fit_better_and_a_seed_repeats():
    rows = np.random.default_rng(2).normal(size=(500, 4))
    errors = [squared_distances(rows, kmeans(rows, 16, rounds)).min(axis=1).sum() for rounds in (1, 3, 30)]
    assert errors == sorted(errors, reverse=True) and errors[0] > errors[-1]
    np.testing.assert_array_equal(kmeans(rows, 16, seed=3), kmeans(rows, 16, seed=3))
    assert not np.array_equal(kmeans(rows, 16, rounds=0, seed=3), kmeans(rows, 16, rounds=0, seed=4))


def test_a_centroid_without_rows_moves_to_the_farthest():
    """Equal rows leave one of two centroids on them with nothing; it has to find the row far away."""
    rows = np.concatenate([np.zeros((20, 2)), [[9.0, 9.0]]])
    for seed in range(10):
        assert kmeans(rows, 2, seed=seed).tolist() in ([[0, 0], [9, 9]], [[9, 9], [0, 0]])


@pytest.mark.parametrize("k", [0, 4])
def test_there_are_as_many_rows_as_centroids(k):
    with pytest.raises(ValueError, match=f"cannot find {k} centroids in 3 rows"):
        kmeans(np.eye(3), k)
