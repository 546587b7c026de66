import numpy as np
import pytest

from course_utils.features import BagOfWords
from course_utils.features.inverted_file import InvertedFile


def slow_scores(vectors, query):
    return [sum(float(a) * float(b) for a, b in zip(row, query, strict=True)) for row in vectors]


def sparse_vectors(seed=0):
    rng = np.random.default_rng(seed)
    return (rng.random((30, 50)) * (rng.random((30, 50)) < 0.1)).astype(np.float32)


def test_scores_are_dot_products():
    vectors, query = sparse_vectors(), sparse_vectors(1)[0]
    index = InvertedFile(vectors)
    np.testing.assert_allclose(index.score(query), slow_scores(vectors, query), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(index.score(query), vectors @ query, rtol=1e-5, atol=1e-6)


def test_the_postings_by_hand():
    index = InvertedFile(np.array([[2.0, 0.0, 1.0], [0.0, 0.0, 3.0]]))
    found = [(pictures.tolist(), weights.tolist()) for pictures, weights in index.postings]
    assert found == [([0], [2.0]), ([], []), ([0, 1], [1.0, 3.0])]
    assert index.n_postings == 3
    assert index.visited(np.array([0.0, 5.0, 1.0])) == 2
    assert index.score(np.array([1.0, 5.0, 2.0])).tolist() == [4.0, 6.0]
    assert index.score(np.zeros(3)).tolist() == [0.0, 0.0]


def test_it_ranks_as_the_bag_of_words_does():
    rng = np.random.default_rng(4)
    pictures = [rng.random((n, 8)).astype(np.float32) for n in (20, 0, 35, 12)]
    bag = BagOfWords(10).fit(pictures)
    vectors = bag.transform(pictures)
    scores = InvertedFile(vectors).score(vectors[2])
    assert scores.argmax() == 2 and scores[1] == 0
    np.testing.assert_allclose(scores[2], 1, rtol=1e-5)


def test_bad_arguments_say_what_is_wrong():
    with pytest.raises(ValueError, match="shape"):
        InvertedFile(np.zeros(3))
    with pytest.raises(ValueError, match="knows 50 words"):
        InvertedFile(sparse_vectors()).score(np.zeros(49))
