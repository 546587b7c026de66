"""Article types as species: which are frequent enough, which products are drawn, and the split between types."""

import pytest
from shop_files import make_shop

from course_utils.datasets import as_species, load_products

COUNTS = {"Belts": 6, "Caps": 4, "Shirts": 9, "Ties": 3}


def shop():
    types = [kind for kind, count in COUNTS.items() for _ in range(count)]
    rows = [f"{100 + i},Men,Apparel,Sub,{kind},Blue,Fall,2012,Casual,Item {i} in blue" for i, kind in enumerate(types)]
    rows.append("900,Men,Apparel,Sub,Ties,Blue,Fall,2012,Casual,")  # without a name it has no caption
    make_shop(rows)
    return load_products()


def test_frequent_types_with_a_name_each_are_kept():
    species = as_species(shop(), least=4)
    assert species.classes == ["Belts", "Caps", "Shirts"]
    assert species.class_counts().tolist() == [6, 4, 9]
    assert species.captions[0] == ["Item 0 in blue"] and species.keys[0] == "Belts/100"
    assert species.paths[-1].name == "118.jpg"
    assert species.load(8).shape == (19, 8, 8, 3)


def test_at_most_so_many_are_drawn_by_their_ids():
    products = shop()
    drawn = as_species(products, least=4, most=4)
    assert drawn.class_counts().tolist() == [4, 4, 4]
    assert drawn.keys == as_species(products, least=4, most=4).keys
    assert drawn.keys != as_species(products, least=4, most=4, seed=1).keys
    assert set(drawn.keys) < set(as_species(products, least=4).keys)


def test_no_type_crosses_the_split():
    parts = as_species(shop(), least=3).class_disjoint_split(seed=0)
    known, unseen = set(parts.train.class_names()), set(parts.test.class_names())
    assert unseen and not known & unseen and set(parts.validation.class_names()) <= known
    assert sum(map(len, parts)) == 22


def test_too_few_frequent_types():
    with pytest.raises(
        ValueError, match=r"1 article types have 7 products with a name or more.* has 9. Take a smaller"
    ):
        as_species(shop(), least=7)
