"""The loader of the products: what it reads, and its rule for every surprise that the table may hold."""

import numpy as np
import pytest
from shop_files import HEADER, ROWS, make_shop

from course_utils import config
from course_utils.datasets import ATTRIBUTES, ImageError, LayoutError, load_products
from course_utils.datasets.products import fit_white


def test_a_sound_table():
    root = make_shop()
    products = load_products()
    assert len(products) == 4 and products.ids.tolist() == [11, 12, 13, 14]
    assert products.ids.dtype == products.years.dtype == np.int64
    assert products.paths[2] == root / "images/13.jpg"
    assert list(products.attributes) == list(ATTRIBUTES)
    assert products.attributes["usage"].tolist() == ["Casual", "Party", "NA", "Formal"]
    assert products.years.tolist() == [2011, 2012, 2012, -1]
    assert products.names[0] == "Tarnell Men Blue Shirt"
    assert products.load(8).shape == (4, 8, 8, 3)


def test_commas_in_a_name_belong_to_it():
    make_shop()
    products = load_products()
    assert products.names[1] == "Odalane Women Red Dress, Belted, Pack of 2"
    assert products.report.with_commas == 1


def test_na_is_a_value_and_an_empty_cell_is_not():
    make_shop()
    products = load_products()
    assert products.classes("usage") == ["Casual", "Formal", "NA", "Party"]
    assert products.codes("usage").tolist() == [0, 3, 2, 1]
    assert products.classes("gender") == ["Men", "Women"]
    assert products.codes("gender").tolist() == [0, 1, 0, -1]
    assert products.report.empty_cells == {"gender": 1}
    with pytest.raises(KeyError, match="no attribute is called 'size'"):
        products.codes("size")


def test_an_empty_column_is_unknown_for_all():
    make_shop([row.replace(",Fall,", ",,").replace(",Summer,", ",,") for row in ROWS])
    products = load_products()
    assert products.report.empty_attributes == ["season"]
    assert products.classes("season") == [] and products.codes("season").tolist() == [-1] * 4
    assert "season" not in products.known_attributes() and len(products.known_attributes()) == 6


def test_an_attribute_with_a_single_value_is_reported():
    make_shop([row.replace("Accessories", "Apparel") for row in ROWS])
    assert load_products().report.single_valued == ["masterCategory"]


def test_products_without_a_picture_are_left_out_and_listed():
    root = make_shop(pictures=[11, 13, 99])
    products = load_products()
    assert products.ids.tolist() == [11, 13]
    assert products.report.without_picture == [12, 14] and products.report.stray_pictures == 1
    assert "2 products without a picture, left out: 12, 14" in str(products.report)
    for path in (root / "images").iterdir():
        path.unlink()
    with pytest.raises(LayoutError, match="none of the 4 products"):
        load_products()


def test_malformed_rows_are_left_out_with_their_line():
    short, no_id = "12,Men,Apparel", "x7,Men,A,B,C,Blue,Fall,2011,Casual,Name"
    rows = [ROWS[0], short, no_id, ROWS[2], "15,Men,A,B,C,Blue,Fall,soon,Casual,Name"]
    make_shop(rows)
    products = load_products()
    assert products.ids.tolist() == [11, 13]
    assert products.report.malformed == [
        (3, "3 cells instead of 10"),
        (4, "the id 'x7' is no whole number"),
        (6, "the year 'soon' is no whole number"),
    ]
    assert "line 3: 3 cells instead of 10" in str(products.report)


def test_of_rows_with_the_same_id_the_first_counts():
    make_shop([*ROWS, ROWS[0].replace("Blue", "Green")])
    products = load_products()
    assert products.attributes["baseColour"].tolist() == ["Blue", "Red", "Blue", "White"]
    assert products.report.duplicates == [(6, 11)]


def test_a_product_without_a_name_is_kept_and_listed():
    make_shop([ROWS[0], "20,Men,Apparel,Topwear,Shirts,Blue,Fall,2011,Casual,"])
    products = load_products()
    assert products.names == ["Tarnell Men Blue Shirt", ""] and products.report.without_name == [20]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_line_ends_byte_order_marks_and_blank_lines_do_not_matter(ends, start):
    make_shop([*ROWS, "", "  "], ends=ends, start=start, pictures=[11, 12, 13, 14])
    products = load_products()
    assert products.names[3] == "Pellworth White Shirt" and products.report.rows == 4
    assert not products.report.malformed


def test_what_a_csv_library_may_have_made_of_the_table():
    make_shop(['11,Men,Apparel,Topwear,Shirts,Blue,Fall,2011.0,Casual,"Shirt ""Best"", Blue"'])
    products = load_products()
    assert products.names == ['Shirt "Best", Blue'] and products.years.tolist() == [2011]


def test_broken_characters_are_kept_and_listed():
    root = make_shop()
    data = (root / "styles.csv").read_bytes().replace(b"Striped", b"Stri\xffped")
    (root / "styles.csv").write_bytes(data)
    products = load_products()
    assert products.report.broken_characters == [4] and products.names[2] == "Fenwright Men Stri\ufffdped Tie"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (HEADER.replace("season", "saison"), "lacks season, and has 'saison' instead"),
        (HEADER.replace("gender,masterCategory", "masterCategory,gender"), "has its columns in another order"),
        (ROWS[0], "lacks id, gender"),
    ],
)
def test_another_header_is_refused(header, words):
    make_shop(header=header)
    with pytest.raises(LayoutError, match=words):
        load_products()


def test_missing_parts_are_named():
    with pytest.raises(config.DatasetMissing, match="python -m data_scripts draw fashion_products"):
        load_products()
    root = make_shop(rows=[])
    with pytest.raises(LayoutError, match="holds no product"):
        load_products()
    (root / "images").rmdir()
    (root / "styles.csv").unlink()
    with pytest.raises(LayoutError, match=r"styles\.csv is missing"):
        load_products()
    (root / "styles.csv").write_text("\n".join([HEADER, *ROWS]))
    with pytest.raises(LayoutError, match="images is missing"):
        load_products()


def test_subsets_and_damaged_pictures():
    root = make_shop()
    products = load_products()
    some = products.subset([2, 0], "some")
    assert some.ids.tolist() == [13, 11] and some.names[0].startswith("Fenwright")
    assert some.attributes["usage"].tolist() == ["NA", "Casual"] and some.name == "some"
    assert products.subset(products.codes("gender") == 0).ids.tolist() == [11, 13]
    assert len(products.subset([])) == 0
    with pytest.raises(ValueError, match="mask"):
        products.subset(np.ones(3, dtype=bool))
    (root / "images/13.jpg").write_bytes(b"no picture")
    with pytest.raises(ImageError, match=r"13\.jpg"):
        some.load(8)


def test_pictures_are_fitted_whole_with_white_beside_them():
    image = np.zeros((8, 4, 3), dtype=np.uint8)
    fitted = fit_white(image, 16)
    assert fitted.shape == (16, 16, 3)
    assert (fitted[:, 4:12] == 0).all() and (fitted[:, :4] == 255).all() and (fitted[:, 12:] == 255).all()
    assert fit_white(np.zeros((100, 1, 3), np.uint8), 10).shape == (10, 10, 3)
    with pytest.raises(ValueError, match="size is 0"):
        fit_white(image, 0)
