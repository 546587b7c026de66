import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from course_utils.features import BagOfWords, fit_vocabulary, nearest_word

WORDS = np.array([[0, 0], [10, 0], [0, 10]], np.float32)
NOTHING = np.zeros((0, 2), np.float32)
PICTURES = [
    np.array([[1, 0], [0, 1], [9, 1]], np.float32),  # words 0 0 1
    np.array([[0, 9], [1, 9], [1, 11]], np.float32),  # words 2 2 2
    np.array([[0, 0], [0, 8]], np.float32),  # words 0 2
    NOTHING,
]
COUNTS = [[2, 1, 0], [0, 0, 3], [1, 0, 1], [0, 0, 0]]


def bag(**options):
    return BagOfWords(n_words=3, **options).fit(PICTURES, vocabulary=WORDS)


def test_counts_by_hand():
    counts = bag().counts(PICTURES)
    np.testing.assert_array_equal(counts, COUNTS)
    assert counts.dtype == np.float32


def test_tfidf_equals_scikit_learn_and_the_formula():
    found = bag(weighting="tfidf").transform(PICTURES)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, TfidfTransformer().fit_transform(COUNTS).toarray(), atol=1e-6)
    # words 0, 1, 2 occur in 2, 1, 2 of 4 pictures
    np.testing.assert_allclose(bag().idf, np.log(5 / np.array([3, 2, 3])) + 1, rtol=1e-6)


def test_plain_counts_when_asked():
    np.testing.assert_array_equal(bag(weighting="tf", normalise=False).transform(PICTURES), COUNTS)
    np.testing.assert_allclose(bag(weighting="tf").transform(PICTURES)[2], [0.5**0.5, 0, 0.5**0.5], rtol=1e-6)


def test_idf_comes_from_the_pictures_given_to_fit():
    """A query seen alone must get the same vector as among others: idf may not be counted again."""
    fitted = bag()
    np.testing.assert_array_equal(fitted.transform(PICTURES)[:1], fitted.transform(PICTURES[:1]))


def test_a_picture_without_keypoints_is_the_zero_vector():
    np.testing.assert_array_equal(bag().transform([NOTHING]), np.zeros((1, 3)))


def test_nearest_word_against_a_loop():
    rng = np.random.default_rng(0)
    points, words = rng.normal(size=(50, 7)).astype(np.float32), rng.normal(size=(9, 7)).astype(np.float32)
    expected = [min(range(9), key=lambda k: float(((point - words[k]) ** 2).sum())) for point in points]
    np.testing.assert_array_equal(nearest_word(points, words), expected)
    assert nearest_word(np.float32([[5, 0]]), WORDS) == 0  # a tie goes to the lower index


def test_vocabulary_finds_clusters_that_are_there():
    rng = np.random.default_rng(0)
    pictures = [WORDS[rng.integers(0, 3, 40)] + rng.normal(0, 0.3, (40, 2)).astype(np.float32) for _ in range(5)]
    words = fit_vocabulary([*pictures, NOTHING], 3)
    assert words.dtype == np.float32
    np.testing.assert_allclose(words[np.lexsort(words.T)], WORDS[np.lexsort(WORDS.T)], atol=0.3)


def test_same_seed_same_words_and_sampling_is_seeded():
    pictures = [np.random.default_rng(i).normal(size=(100, 4)).astype(np.float32) for i in range(5)]
    first, second = (fit_vocabulary(pictures, 8, seed=3, max_descriptors=200) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, fit_vocabulary(pictures, 8, seed=4, max_descriptors=200))


def test_bad_arguments_say_what_is_wrong():
    with pytest.raises(ValueError, match="no picture has a keypoint"):
        fit_vocabulary([NOTHING, NOTHING], 2)
    with pytest.raises(ValueError, match="9 words cannot be learned from 8"):
        fit_vocabulary(PICTURES, 9)
    with pytest.raises(ValueError, match="0 words"):
        fit_vocabulary(PICTURES, 0)
    with pytest.raises(ValueError, match=r"several lengths \[2, 5\]"):
        fit_vocabulary([NOTHING, np.zeros((3, 5), np.float32)], 1)
    with pytest.raises(ValueError, match="same detector"):
        bag().transform([np.zeros((1, 5), np.float32)])
    with pytest.raises(ValueError, match="weighting is 'bm25'"):
        BagOfWords(weighting="bm25")
    with pytest.raises(ValueError, match="3 words, BagOfWords 4"):
        BagOfWords(n_words=4).fit(PICTURES, vocabulary=WORDS)
    with pytest.raises(RuntimeError, match="fit"):
        BagOfWords().transform(PICTURES)
