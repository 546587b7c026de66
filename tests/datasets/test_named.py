"""Species searched by their name: every class has one of its own, and the list of flowers is read with care."""

import json

import numpy as np
import pytest
from toy_species import make_birds, make_flowers

from course_utils.datasets import LayoutError, by_name, flower_names, load_birds, load_flowers


def test_the_name_in_small_letters_is_the_only_sentence():
    make_birds((2, 3))
    birds = load_birds()
    named = by_name(birds)
    assert named.name == "birds_by_name" and named.paths == birds.paths and np.array_equal(named.labels, birds.labels)
    assert named.captions == [["grey backed bird0"]] * 2 + [["grey backed bird1"]] * 3
    assert birds.captions[0] != named.captions[0], "the set itself is left as it was"


def test_flowers_get_their_names_from_the_list_by_number():
    root = make_flowers((2, 1, 2))
    (root / "cat_to_name.json").write_text(json.dumps({"1": "pink  Primrose", "2": "moon orchid"}))
    named = by_name(load_flowers(), flower_names())
    assert named.classes == ["pink primrose", "moon orchid"]
    assert named.captions == [[named.classes[label]] for label in named.labels]


def test_splits_by_name_and_by_sentences_do_not_disturb_each_other():
    make_birds((2,) * 6)
    birds = load_birds()
    for images in (birds, by_name(birds), birds):
        assert len(images.class_disjoint_split().test)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"class 1": "rose", "class 2": " "}, "1 species have no name, the first is 'class 2'"),
        ({"class 1": "rose", "class 2": "Rose"}, "two species are called 'rose'"),
    ],
)
def test_a_class_without_a_name_of_its_own_is_an_error(names, message):
    make_flowers((2, 1, 2))
    with pytest.raises(ValueError, match=message):
        by_name(load_flowers(), names)


@pytest.mark.parametrize("content", ["{", "[1]", '{"one": "rose"}'])
def test_a_damaged_list_is_named(content):
    root = make_flowers((2, 1, 2))
    with pytest.raises(LayoutError, match=r"cat_to_name\.json is missing"):
        flower_names()
    (root / "cat_to_name.json").write_text(content)
    with pytest.raises(LayoutError, match=r"cat_to_name\.json is no list of names"):
        flower_names()
