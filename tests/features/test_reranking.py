import numpy as np
import pytest
from skimage import data

from course_utils.datasets.views import take_view
from course_utils.features import detect
from course_utils.features.reranking import count_inliers, expand_query, rerank


def test_two_views_of_one_print_share_keypoints_and_two_prints_do_not():
    cat, cup = data.chelsea()[60:260, 120:320], data.coffee()[100:300, 150:350]
    wall = np.full((224, 224, 3), 90, np.uint8)
    rng = np.random.default_rng(0)
    first, second, other = (detect(take_view(p, wall, rng).image, "rootsift", 300) for p in (cat, cat, cup))
    assert count_inliers(first, second) > 15
    assert count_inliers(first, other) < 10
    nothing = detect(wall, "rootsift")
    assert count_inliers(first, nothing) == count_inliers(nothing, first) == 0


def test_rerank_as_a_sort_by_hand():
    ranking = np.array([9, 3, 7, 1, 5])
    assert rerank(ranking, np.array([2, 8, 2])).tolist() == [3, 9, 7, 1, 5]
    assert rerank(ranking, np.zeros(0)).tolist() == ranking.tolist()
    assert rerank(ranking, np.zeros(5)).tolist() == ranking.tolist(), "ties keep their order"
    with pytest.raises(ValueError, match="5 items"):
        rerank(ranking, np.zeros(6))


def test_average_expansion_is_the_mean():
    rng = np.random.default_rng(1)
    query, answers = rng.random(6), rng.random((3, 6))
    mean = (query + answers[0] + answers[1] + answers[2]) / 4
    np.testing.assert_allclose(expand_query(query, answers), mean / np.linalg.norm(mean))
    np.testing.assert_allclose(expand_query(query, answers[:0]), query / np.linalg.norm(query))


def test_alpha_expansion_by_hand():
    query, answers = np.array([1.0, 0.0]), np.array([[0.6, 0.8], [-1.0, 0.0]])
    # cosines 0.6 and -1: weights 0.6^2 = 0.36 and 0
    total = np.array([1 + 0.36 * 0.6, 0.36 * 0.8])
    np.testing.assert_allclose(expand_query(query, answers, alpha=2), total / np.linalg.norm(total))


def test_bad_arguments_say_what_is_wrong():
    with pytest.raises(ValueError, match="answers of shape"):
        expand_query(np.zeros(3), np.zeros((2, 4)))
    with pytest.raises(ValueError, match="alpha"):
        expand_query(np.zeros(3), np.zeros((2, 3)), alpha=-1)
    assert expand_query(np.zeros(3), np.zeros((0, 3))).tolist() == [0, 0, 0]
