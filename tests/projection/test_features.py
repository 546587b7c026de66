"""Pairs and WordSequences say what does not fit, and keep captions with their pictures."""

import numpy as np
import pytest

from course_utils.projection import Pairs, WordSequences, side_by_side


def make(n=4, per_image=2):
    images = np.arange(n * 3, dtype=np.float32).reshape(n, 3)
    index = np.tile(np.arange(n), per_image)  # not sorted by picture on purpose
    return Pairs(images, images[index] + 0.5, index)


def test_captions_of_lists_the_rows_of_each_picture():
    assert [rows.tolist() for rows in make().captions_of()] == [[0, 4], [1, 5], [2, 6], [3, 7]]


def test_a_subset_keeps_each_caption_with_its_picture():
    part = make().subset([3, 1])
    assert part.caption_image.tolist() == [0, 0, 1, 1]
    np.testing.assert_array_equal(part.texts - 0.5, part.images[part.caption_image])


def test_subset_of_word_sequences():
    words = WordSequences(np.arange(24, dtype=np.float32).reshape(4, 3, 2), [1, 2, 3, 1])
    part = Pairs(np.eye(2), words, [0, 1, 0, 1]).subset([1])
    assert part.texts.lengths.tolist() == [2, 1]
    np.testing.assert_array_equal(part.texts.vectors, words.vectors[[1, 3]])


@pytest.mark.parametrize(
    ("images", "texts", "index", "message"),
    [
        (np.full((2, 2), np.nan), np.eye(2), [0, 1], "images: 2 of 2 rows hold NaN"),
        (np.eye(2), np.full((2, 2), np.inf), [0, 1], "texts: 2 of 2 rows"),
        (np.eye(2), np.eye(2), [0, 2], "there are 2 pictures"),
        (np.eye(2), np.eye(2), [0, -1], "there are 2 pictures"),
        (np.eye(2), np.eye(2), [0], "each of the 2 captions needs one picture"),
        (np.eye(2), np.eye(2), [0.0, 1.0], "each of the 2 captions"),
        (np.eye(3), np.eye(2), [0, 1], "1 picture\\(s\\) have no caption, the first is row 2"),
        (np.eye(2), np.zeros((0, 2)), np.zeros(0, int), "texts is empty"),
    ],
)
def test_pairs_that_do_not_fit(images, texts, index, message):
    with pytest.raises(ValueError, match=message):
        Pairs(images, texts, index)


@pytest.mark.parametrize(
    ("vectors", "lengths", "message"),
    [
        (np.zeros((2, 3)), [1, 1], "should be"),
        (np.zeros((2, 3, 4)), [1], "should be"),
        (np.zeros((2, 3, 4)), [-1, 1], "outside of 0..3"),
        (np.zeros((2, 3, 4)), [1, 4], "outside of 0..3"),
    ],
)
def test_words_that_do_not_fit(vectors, lengths, message):
    with pytest.raises(ValueError, match=message):
        WordSequences(vectors, lengths)


def test_a_sentence_without_any_known_word_has_length_zero():
    assert WordSequences(np.zeros((2, 3, 4)), [0, 3])[:1].lengths.tolist() == [0]


def test_features_side_by_side_have_length_one_each():
    joined = side_by_side([[3.0, 4.0], [0.0, 0.0]], [[10.0], [-2.0]])
    assert np.allclose(joined, [[0.6, 0.8, 1.0], [0.0, 0.0, -1.0]])
    with pytest.raises(ValueError, match="2, 1 rows"):
        side_by_side(np.ones((2, 1)), np.ones((1, 1)))
