"""Bad input: each message says what is wrong, where, and what to do."""

import numpy as np
import pytest
import torch

from course_utils.metrics import evaluate_retrieval, pairwise_scores


def good(**changed):
    """Return valid arguments, some of them replaced."""
    rng = np.random.default_rng(0)
    arguments = {
        "query": rng.standard_normal((4, 3)),
        "gallery": rng.standard_normal((6, 3)),
        "query_labels": [0, 1, 0, 1],
        "gallery_labels": [0, 1, 0, 1, 0, 1],
        "ks": (1, 5),
    }
    return arguments | changed


def with_value(n, row, value):
    x = np.ones((n, 3))
    x[row:, 1] = value
    return x


CASES = {
    "query of another dimension": (
        {"query": np.ones((4, 5))},
        "query has 5 dimensions, the gallery has 3; embed both with the same encoder",
    ),
    "NaN in the query": (
        {"query": with_value(4, 1, np.nan)},
        "query: 3 of 4 rows hold NaN or infinity, the first is row 1",
    ),
    "infinity in the gallery": (
        {"gallery": with_value(6, 5, -np.inf)},
        "gallery: 1 of 6 rows hold NaN or infinity, the first is row 5",
    ),
    "too large for float32": ({"gallery": with_value(6, 2, 1e60)}, "gallery: 4 of 6 rows hold NaN or infinity"),
    "NaN in a tensor": ({"query": torch.full((4, 3), torch.nan)}, "query: 4 of 4 rows hold NaN"),
    "empty gallery": ({"gallery": np.empty((0, 3)), "gallery_labels": []}, "gallery is empty: its shape is (0, 3)"),
    "no queries": ({"query": np.empty((0, 3)), "query_labels": []}, "query is empty: its shape is (0, 3)"),
    "no dimensions": ({"gallery": np.empty((6, 0))}, "its rows have no dimension"),
    "one query as a vector": ({"query": np.ones(3)}, "for a single item pass query[None, :]"),
    "images instead of embeddings": (
        {"query": np.ones((4, 8, 8))},
        "query has shape (4, 8, 8); embeddings are a table",
    ),
    "complex numbers": ({"query": np.ones((4, 3), complex)}, "query holds complex128 values"),
    "k beyond the gallery": ({"ks": (1, 7)}, "k is 7, but there are only 6 gallery items to rank; use k <= 6"),
    "k beyond the gallery without the own item": (
        {"ks": (6,), "exclude": [0, -1, -1, -1]},
        "k is 6, but there are only 5 gallery items to rank",
    ),
    "k zero": ({"ks": (0,)}, "k is 0; it must be at least 1"),
    "k negative": ({"ks": (-1,)}, "k is -1; it must be at least 1"),
    "k not whole": ({"ks": (2.5,)}, "k is 2.5; it must be a whole number"),
    "too few query labels": (
        {"query_labels": [0, 1]},
        "query_labels has shape (2,); it needs one label for each of the 4",
    ),
    "too many gallery labels": ({"gallery_labels": range(7)}, "gallery_labels has shape (7,)"),
    "one-hot labels": ({"query_labels": np.eye(4)}, "query_labels has shape (4, 4)"),
    "scores as labels": ({"query_labels": [0.5, 1, 1, 0]}, "query_labels holds float64 values; labels are integers or"),
    "numbers against names": ({"query_labels": list("abab")}, "mix numbers and strings"),
    "exclude too large": ({"exclude": [0, 1, 6, 2]}, "exclude[2] is 6; gallery indices go from 0 to 5, -1 means none"),
    "exclude too small": ({"exclude": [0, -2, 1, 2]}, "exclude[1] is -2"),
    "exclude too short": ({"exclude": [0, 1]}, "exclude has shape (2,)"),
    "exclude as a mask": ({"exclude": [True, False, True, True]}, "type bool; it needs one gallery index (or -1)"),
    "unknown metric": ({"metric": "manhattan"}, "metric is 'manhattan'; choose one of: cosine, euclidean"),
    "unknown policy": ({"empty": "ignore"}, "empty is 'ignore'; choose one of: skip, zero, error"),
    "no block": ({"block_size": 0}, "block_size is 0; it must be at least 1"),
}


def test_the_good_arguments_are_good():
    assert 0 < evaluate_retrieval(**good()).mean_ap <= 1


@pytest.mark.parametrize("case", CASES)
def test_message(case):
    changed, message = CASES[case]
    with pytest.raises(ValueError) as error:
        evaluate_retrieval(**good(**changed))
    assert message in str(error.value)


def test_scores_check_their_input_too():
    with pytest.raises(ValueError, match="query has 2 dimensions, the gallery has 3"):
        pairwise_scores(np.ones((1, 2)), np.ones((1, 3)))
    with pytest.raises(ValueError, match="metric is 'dot'"):
        pairwise_scores(np.ones((1, 3)), np.ones((1, 3)), "dot")
