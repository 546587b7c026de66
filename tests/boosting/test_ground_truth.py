"""Similarity of products: worked by hand, against loops, and fast."""

import re

import numpy as np
import pytest

from course_utils.boosting import product_similarity, published_lists, repaired_lists, words

COLOURS = {"colour": ["Blue", "Blue", "Blue", "Red"], "usage": ["Casual"] * 4}
NAMES = ["Tarnell Men Striped Shirt", "Tarnell Men Checked Shirt Slim Fit", "Kestro Tie", "Tarnell Men Striped Shirt"]


def slow_similarity(query_attributes, query_names, gallery_attributes, gallery_names, form):
    table = []
    for q, name in enumerate(query_names):
        row = []
        mine = {w for w in re.split("[^a-z0-9]+", name.lower()) if w}
        for g, other in enumerate(gallery_names):
            theirs = {w for w in re.split("[^a-z0-9]+", other.lower()) if w}
            alike = all(query_attributes[key][q] == gallery_attributes[key][g] for key in query_attributes)
            divisor = len(mine) if form == "published" else len(mine | theirs)
            row.append(len(mine & theirs) / divisor if alike and divisor else 0.0)
        table.append(row)
    return np.array(table)


def toy_shop(rng, n):
    vocabulary = [f"w{i}" for i in range(40)] + ["T-Shirt", "Men's", "", "A_b"]
    names = [" ".join(vocabulary[i] for i in rng.integers(0, 44, rng.integers(1, 9))) for _ in range(n)]
    attributes = {key: np.array(["x", "y", ""])[rng.integers(0, 3, n)] for key in ("gender", "colour")}
    return attributes, names


def test_words():
    assert words("Tarnell Men's T-Shirt, Pack of 2") == {"tarnell", "men", "s", "t", "shirt", "pack", "of", "2"}
    assert words("shirt Shirt SHIRT") == {"shirt"}
    assert words(" -- ") == set() == words("")
    assert words("a_b") == {"a", "b"}


def test_by_hand():
    similarity = product_similarity(COLOURS, NAMES, COLOURS, NAMES)
    assert similarity[0].tolist() == [1.0, 3 / 4, 0.0, 0.0]  # the last one is red
    assert similarity[1].tolist() == [3 / 6, 1.0, 0.0, 0.0]  # not symmetric
    jaccard = product_similarity(COLOURS, NAMES, COLOURS, NAMES, form="jaccard")
    assert jaccard[0, 1] == jaccard[1, 0] == 3 / 7
    assert (jaccard == jaccard.T).all()


def test_a_long_name_wins_as_published_and_not_when_repaired():
    attributes = {"colour": ["Blue"] * 3}
    names = ["Blue Shirt", "Blue Shirt Tie Belt Hat Shoe Sock Cap", "Blue Shirt Slim"]
    assert product_similarity(attributes, names, attributes, names)[0].tolist() == [1.0, 1.0, 1.0]
    jaccard = product_similarity(attributes, names, attributes, names, form="jaccard")
    assert jaccard[0].tolist() == [1.0, 2 / 8, 2 / 3]


@pytest.mark.parametrize("form", ["published", "jaccard"])
def test_against_explicit_loops(form):
    rng = np.random.default_rng(1)
    query, gallery = toy_shop(rng, 30), toy_shop(rng, 45)
    fast = product_similarity(*query, *gallery, form=form)
    assert fast.shape == (30, 45) and fast.dtype == np.float64
    np.testing.assert_array_equal(fast, slow_similarity(*query, *gallery, form))
    assert 0 < (fast > 0).mean() < 0.5


def test_published_lists_are_padded_and_break_ties_by_index():
    similarity = np.array([[1.0, 0.0, 0.5, 0.5, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0]])
    lists = published_lists(similarity, exclude=np.array([0, 1]), k=3)
    assert [row.tolist() for row in lists] == [[2, 3, 1], [0, 2, 3]]
    assert published_lists(similarity, k=2)[0].tolist() == [0, 2]


def test_repaired_lists_hold_similar_items_only_and_cut_no_tie():
    similarity = np.array([[1.0, 0.0, 0.5, 0.5, 0.9], [0.0, 1.0, 0.0, 0.0, 0.0]])
    lists = repaired_lists(similarity, exclude=np.array([0, 1]), k=2)
    assert [row.tolist() for row in lists] == [[4, 2, 3], []]
    assert repaired_lists(similarity, exclude=np.array([0, 1]), k=4)[0].tolist() == [4, 2, 3]


def test_bad_input():
    with pytest.raises(ValueError, match="both sides need the same attributes"):
        product_similarity({"colour": ["Blue"]}, ["a"], {"usage": ["Casual"]}, ["a"])
    with pytest.raises(ValueError, match="'colour' has 2 and 1 values for 1 and 1 names"):
        product_similarity({"colour": ["Blue", "Red"]}, ["a"], {"colour": ["Blue"]}, ["a"])
    with pytest.raises(ValueError, match="form is 'dice'"):
        product_similarity({"colour": ["Blue"]}, ["a"], {"colour": ["Blue"]}, ["a"], form="dice")
    with pytest.raises(ValueError, match="a table"):
        published_lists(np.array([1.0, 0.5]))
    with pytest.raises(ValueError, match="only 3 gallery items"):
        published_lists(np.eye(4), exclude=np.arange(4), k=4)
