"""The spatial pyramid: words counted in cells, levels weighted as in the paper."""

import numpy as np
import pytest

from course_utils.features import BagOfWords, LocalFeatures, spatial_pyramid

WORDS = np.array([[0.0], [10.0]], np.float32)


def features_at(places, values):
    points = np.array([(x, y, 1, 0) for x, y in places], np.float32).reshape(-1, 4)
    return LocalFeatures(points, np.array(values, np.float32).reshape(-1, 1))


def counting_bag():
    return BagOfWords(2, weighting="tf").fit([np.array([[0.0], [10.0]], np.float32)], vocabulary=WORDS)


def test_by_hand():
    found = [features_at([(1, 1), (7, 1), (7, 7)], [0, 10, 10])]
    whole = np.array([1, 2]) / np.sqrt(5)  # word 0 once, word 1 twice
    cells = np.array([1, 0, 0, 1, 0, 0, 0, 1]) / np.sqrt(3)  # upper left, upper right, lower left, lower right
    expected = np.concatenate([whole, cells]) * np.sqrt(0.5)
    np.testing.assert_allclose(spatial_pyramid(found, counting_bag(), (8, 8)), expected[None], rtol=1e-6)


def test_one_level_is_the_bag_itself():
    rng = np.random.default_rng(0)
    found = [features_at(rng.uniform(0, 8, (n, 2)), rng.uniform(0, 10, n)) for n in (5, 9)]
    for weighting in ("tf", "tfidf"):
        bag = BagOfWords(2, weighting=weighting).fit([f.descriptors for f in found], vocabulary=WORDS)
        alike = spatial_pyramid(found, bag, (8, 8), grids=(1,))
        np.testing.assert_allclose(alike, bag.transform([f.descriptors for f in found]), rtol=1e-6)


def test_the_same_words_elsewhere_are_less_alike():
    here, there = features_at([(1, 1)], [0]), features_at([(7, 7)], [0])
    vectors = spatial_pyramid([here, here, there], counting_bag(), (8, 8), grids=(1, 2, 4))
    np.testing.assert_allclose(vectors[:2] @ vectors[0], [1, 1], rtol=1e-6)
    assert vectors[2] @ vectors[0] == pytest.approx(0.25)  # the weight of the level that agrees


def test_a_point_on_the_border_belongs_to_the_last_cell():
    vectors = spatial_pyramid([features_at([(8, 8)], [0])], counting_bag(), (8, 8), grids=(2,))
    assert vectors[0].nonzero()[0].tolist() == [6]


def test_a_picture_without_keypoints_is_zero():
    assert not spatial_pyramid([features_at([], [])], counting_bag(), (8, 8)).any()


def test_levels_are_checked():
    with pytest.raises(ValueError, match="grids"):
        spatial_pyramid([], counting_bag(), (8, 8), grids=())
