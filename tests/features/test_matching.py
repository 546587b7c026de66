import numpy as np
import pytest

from course_utils.features.matching import match, squared_distances


def slow_match(a, b, ratio, mutual):
    """The ratio test as Lowe describes it, one descriptor at a time."""
    pairs = []
    for i, descriptor in enumerate(a):
        distances = [float(np.sqrt(((descriptor - other) ** 2).sum())) for other in b]
        first, second = sorted(range(len(b)), key=distances.__getitem__)[:2]
        if not distances[first] < ratio * distances[second]:
            continue
        back = [float(((other - b[first]) ** 2).sum()) for other in a]
        if not mutual or back.index(min(back)) == i:
            pairs.append([i, first])
    return pairs


@pytest.mark.parametrize("mutual", [False, True])
@pytest.mark.parametrize("ratio", [0.7, 0.9, 1.0])
def test_the_same_pairs_as_an_explicit_loop(ratio, mutual):
    rng = np.random.default_rng(3)
    a, b = rng.normal(size=(40, 6)), rng.normal(size=(30, 6))
    found = match(a, b, ratio, mutual).tolist()
    assert found == slow_match(a, b, ratio, mutual)
    assert 0 < len(found) <= 40


def test_a_pair_by_hand():
    # distances of the one descriptor: 3, 4, 5; the ratio of the nearest two is 0.75
    a, b = np.array([[0.0, 0.0]]), np.array([[4.0, 0.0], [0.0, 3.0], [3.0, 4.0]])
    np.testing.assert_allclose(squared_distances(a, b), [[16, 9, 25]])
    assert match(a, b, ratio=0.76).tolist() == [[0, 1]]
    assert match(a, b, ratio=0.75).tolist() == []  # strictly smaller


def test_the_same_pairs_as_scikit_image():
    from skimage.feature import match_descriptors

    rng = np.random.default_rng(0)
    a = rng.normal(size=(50, 8)).astype(np.float32)
    b = np.concatenate([a[:20] + 0.1 * rng.normal(size=(20, 8)), rng.normal(size=(30, 8))]).astype(np.float32)
    expected = match_descriptors(a, b, max_ratio=0.8, cross_check=True)
    assert sorted(match(a, b, 0.8, mutual=True).tolist()) == sorted(expected.tolist())


def test_two_equal_descriptors_are_never_sure():
    assert match(np.array([[1.0, 0.0]]), np.array([[1.0, 0.0], [1.0, 0.0]]), ratio=1.0).tolist() == []


@pytest.mark.parametrize("shapes", [((0, 4), (5, 4)), ((5, 4), (0, 4)), ((5, 4), (1, 4)), ((0, 4), (0, 4))])
def test_too_few_descriptors_match_nothing(shapes):
    found = match(*(np.ones(shape, np.float32) for shape in shapes))
    assert found.shape == (0, 2) and found.dtype == np.int64


def test_bad_arguments_say_what_is_wrong():
    with pytest.raises(ValueError, match=r"ratio is 1\.2"):
        match(np.ones((2, 2)), np.ones((2, 2)), ratio=1.2)
    with pytest.raises(ValueError, match="shape"):
        match(np.ones((2, 2)), np.ones((2, 3)))
