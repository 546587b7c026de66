"""Products in Fashion200k's protocol: captions of colour and type, one word replaced, the same queries every time."""

import numpy as np
import pytest
from shop_files import make_shop

from course_utils.datasets import load_products, replace_words

COLOURS, KINDS = ("Blue", "Red", "Navy Blue"), ("Shirts", "Casual Shoes", "Sports Shoes")


def row(number, colour, kind):
    return f"{number},Men,Apparel,Sub,{kind},{colour},Fall,2012,Casual,Item {number}"


def shop(each=6):
    kinds = [(colour, kind) for colour in COLOURS for kind in KINDS for _ in range(each)]
    rows = [row(100 + i, *pair) for i, pair in enumerate(kinds)]
    make_shop([*rows, row(900, "", "Shirts"), row(901, "Green", ""), row(902, "Pink", "Caps")])
    return load_products()


def test_captions_name_colour_and_type_and_rare_ones_are_left_out():
    data = replace_words(shop(), queries=20)
    assert set(data.train.captions) | set(data.test.captions) == {f"{c} {k}".lower() for c in COLOURS for k in KINDS}
    files = [set(part.paths) for part in (data.train, data.test)]
    assert not files[0] & files[1] and len(files[0]) + len(files[1]) == 54
    assert len(data.test) == round(54 * 0.25)
    assert data.test.load(8).shape == (len(data.test), 8, 8, 3)


def test_one_word_is_replaced_and_nothing_else():
    data = replace_words(shop(), queries=40)
    queries = data.test.queries()
    assert len(queries) == 40 and "replace blue with red" in queries.text
    for source, text, target in zip(queries.source, queries.text, queries.target_caption, strict=True):
        _, old, _, new = text.split()
        assert [new if word == old else word for word in queries.captions[source].split()] == target.split()


def test_queries_and_split_are_the_same_every_time_and_validation_takes_products():
    products = shop()
    first, second = (replace_words(products, queries=30) for _ in range(2))
    assert first.test.keys == second.test.keys
    assert np.array_equal(first.test.given, second.test.given)
    other = replace_words(products, queries=30, seed=1)
    assert other.test.keys != first.test.keys
    train, validation = first.validation_split()
    assert not set(train.products) & set(validation.products)
    assert sorted(train.products + validation.products) == sorted(first.train.products)
    assert len(train.pairs(1, 0, count=50)) == 50


def test_too_few_products_are_an_error():
    with pytest.raises(ValueError, match="no caption of colour and type belongs to 100 products; take a smaller"):
        replace_words(shop(), least=100)
