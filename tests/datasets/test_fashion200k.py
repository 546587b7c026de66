"""Fashion200k's loader: captions one word apart, published queries, and its rule for every surprise."""

import pytest
from composed_files import key_of, make_fashion, picture

from course_utils import config
from course_utils.datasets import ImageError, LayoutError, load_fashion200k
from course_utils.datasets.fashion200k_files import replacement


def test_a_sound_set():
    root = make_fashion()
    data = load_fashion200k()
    assert len(data.train) == len(data.test) == 12 and data.problems == ()
    assert data.test.paths[0] == root / key_of("dress", "test", 0)
    assert data.test.products[:2] == ["2000", "2001"] and data.test.groups[4] == "jacket"
    queries = data.test.queries()
    assert queries.text == ["replace red with blue", "replace grey with navy"]
    assert queries.target_caption == ["blue mini dress", "navy striped top"]
    assert data.test.load(16).shape == (12, 16, 16, 3)
    assert repr(data.test) == f"Fashion200kPart(fashion200k/test: 12 pictures, {len(set(data.test.captions))} captions)"


def test_captions_one_word_apart():
    make_fashion()
    train = load_fashion200k().train
    assert train.neighbours["red mini dress"] == ["blue mini dress", "red maxi dress"]
    assert train.neighbours["blue slim jeans"] == ["blue slim trousers"]
    assert replacement("red mini dress", "red maxi dress") == "replace mini with maxi"
    assert replacement("red dress", "red dress") is None
    assert replacement("blue denim blue jeans", "blue denim red jeans") is None


def test_pairs_never_ask_for_the_sources_own_caption():
    make_fashion()
    train = load_fashion200k().train
    seen = set()
    for epoch in range(12):
        pairs = train.pairs(epoch, seed=4)
        assert len(pairs) == 12 and sorted(pairs.source.tolist()) == list(range(12))
        for source, target, text in zip(pairs.source, pairs.target, pairs.text, strict=True):
            assert train.captions[source] != train.captions[target]
            assert text == replacement(train.captions[source], train.captions[target])
            seen.add((int(source), train.captions[target]))
    assert {(0, "blue mini dress"), (0, "red maxi dress")} <= seen
    again = train.pairs(3, seed=4)
    assert (again.target == train.pairs(3, seed=4).target).all() and len(train.pairs(count=30)) == 30


def test_a_word_that_comes_twice_is_no_replacement():
    captions = ("denim red denim dress", "denim red blue dress")
    keys = [key_of("dress", "train", 50 + i) for i in range(2)]
    lines = [f"{key}\t1\t{caption}" for key, caption in zip(keys, captions, strict=True)]
    root = make_fashion(more={"dress_train_detect_all.txt": lines})
    for key in keys:
        picture(root / key)
    train = load_fashion200k(on_problem="raise").train
    assert train.neighbours[captions[0]] == train.neighbours[captions[1]] == []
    assert set(train.captions) >= set(captions) and not set(train.pairs().target_caption) & set(captions)


def test_a_picture_without_a_partner_is_no_source():
    make_fashion(more={"top_train_detect_all.txt": []})
    data = load_fashion200k()
    alone = data.train.subset([0, 1, 4], "three")
    assert set(alone.pairs().source.tolist()) == {0, 1}
    with pytest.raises(ValueError, match="no two captions differ"):
        data.train.subset([0, 4], "two").pairs()


def test_validation_shares_no_product_and_has_fixed_queries():
    make_fashion()
    train, validation = load_fashion200k().validation_split(0.5, seed=1)
    assert len(train) + len(validation) == 12 and not set(train.products) & set(validation.products)
    assert {"dress", "jacket", "pants", "skirt", "top"} == set(validation.groups)
    assert list((config.cache_dir() / "splits/drawn").glob("fashion200k-0.5-seed1.json"))
    whole = load_fashion200k().train
    assert (whole.queries().target == whole.queries().target).all()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("women/a/b/1/1_0.jpeg\t0.9", r"top_test_detect_all\.txt line 3 has not the fields"),
        ("women/a/b/1/1_0.jpeg\t0.9\t ", "line 3 has not the fields"),
        ("women/a/b/1/1_0.jpeg 0.9 red top", "line 3 has not the fields"),
        ("women/a/b/1/1_0.jpeg\t0.9\tred top", r"line 3: the picture women/a/b/1/1_0\.jpeg is not there"),
        (f"{key_of('top', 'test', 0)}\t0.9\tgrey top", r"listed before, in top_test_detect_all\.txt line 1"),
        (f"{key_of('top', 'train', 0)}\t0.9\tgrey top", "is in the train part, too"),
    ],
)
def test_a_line_that_cannot_be_used_is_left_out_and_told(line, said):
    make_fashion(more={"top_test_detect_all.txt": [line]})
    with pytest.warns(UserWarning, match=said):
        data = load_fashion200k()
    assert len(data.test) == 12 and len(data.problems) == 1
    with pytest.raises(LayoutError, match=said):
        load_fashion200k(on_problem="raise")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (key_of("top", "test", 0), "line 3 has not the two fields"),
        (
            f"{key_of('top', 'test', 0)} women/gone.jpeg",
            r"line 3: the target women/gone\.jpeg is no picture of the test",
        ),
        (f"women/gone.jpeg {key_of('top', 'test', 0)}", "the source women/gone"),
        (f"{key_of('dress', 'test', 0)} {key_of('dress', 'test', 3)}", "replaces no word of 'red mini dress'"),
    ],
)
def test_a_query_that_cannot_be_answered_is_left_out_and_told(line, said):
    make_fashion(queries=[line])
    with pytest.warns(UserWarning, match=said):
        data = load_fashion200k()
    assert len(data.test.queries()) == 2
    with pytest.raises(LayoutError, match=said):
        load_fashion200k(on_problem="raise")


def test_files_that_are_missing_empty_or_lead_elsewhere():
    root = make_fashion()
    (root / "labels/stray_test_detect_all.txt").write_text("women/a.jpeg\t1\tnobody reads this\n")
    assert len(load_fashion200k(on_problem="raise").test) == 12
    (root / key_of("dress", "train", 0)).write_bytes(b"")
    with pytest.raises(ImageError, match="1000_0"):
        load_fashion200k().train.load(8)
    (root / "test_queries.txt").write_text("\n")
    with pytest.raises(LayoutError, match="holds no query"):
        load_fashion200k()
    (root / "labels/top_train_detect_all.txt").unlink()
    with pytest.raises(LayoutError, match=r"top_train_detect_all\.txt is missing"):
        load_fashion200k()
    make_fashion(more={"top_train_detect_all.txt": ["../../secret.jpeg\t1\tred top"]})
    with pytest.raises(LayoutError, match="leads out of the data set"):
        load_fashion200k()
