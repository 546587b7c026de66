"""MIT-States' loader: held-out nouns, other states of the same noun, odd folders."""

import numpy as np
import pytest
from composed_files import make_states

from course_utils import config
from course_utils.datasets import LayoutError, load_mit_states
from course_utils.datasets.mit_states import TEST_NOUNS, adjectives, nouns


def test_a_sound_set():
    make_states()
    data = load_mit_states()
    assert data.problems == () and data.unlabelled == 2 and len(TEST_NOUNS) == 49
    assert set(data.train.nouns) == {"apple", "pear", "box"} and set(data.test.nouns) == {"fig", "tomato"}
    assert len(data.train) == 12 and len(data.test) == 8
    assert data.train.states_of["apple"] == ["burnt", "ripe", "wet"]
    assert data.test.load(8).shape == (8, 8, 8, 3)
    assert repr(data.test) == "MITStatesPart(mit_states/test: 8 pictures, 4 captions)"


def test_queries_ask_every_picture_for_every_other_state():
    make_states()
    test = load_mit_states().test
    queries = test.queries()
    assert len(queries) == 8 and queries.n_answers().tolist() == [2] * 8
    sources = [test.captions[source] for source in queries.source]
    asked = set(zip(sources, queries.text, queries.target_caption, strict=True))
    fig = {("ripe fig", "burnt", "burnt fig"), ("burnt fig", "ripe", "ripe fig")}
    assert asked == fig | {("wet tomato", "burnt", "burnt tomato"), ("burnt tomato", "wet", "wet tomato")}
    assert adjectives(queries.target_caption) == queries.text
    assert nouns(queries.target_caption) == [test.nouns[s] for s in queries.source]


def test_pairs_never_ask_for_the_sources_own_state():
    make_states()
    train = load_mit_states().train
    seen = set()
    for epoch in range(15):
        pairs = train.pairs(epoch, seed=2)
        assert len(pairs) == 10, "the box has one state: nothing to ask for"
        for source, text, target in zip(pairs.source, pairs.text, pairs.target, strict=True):
            assert text != train.adjectives[source]
            assert train.captions[target] == f"{text} {train.nouns[source]}"
            seen.add((train.captions[source], text))
    assert len(seen) == 3 * 2 + 2 * 1
    assert train.pairs(5, seed=2).target.tolist() == train.pairs(5, seed=2).target.tolist()
    assert len(train.pairs(count=33)) == 33
    box = train.subset(np.array(train.nouns) == "box")
    with pytest.raises(ValueError, match="no noun has two adjectives"):
        box.pairs()
    with pytest.raises(ValueError, match="no noun has two adjectives"):
        box.queries()


def test_validation_holds_back_nouns():
    make_states()
    train, validation = load_mit_states().validation_split(0.4, seed=0)
    assert not set(train.nouns) & set(validation.nouns) and len(train) + len(validation) == 12
    assert list((config.cache_dir() / "splits/drawn").glob("mit_states-0.4-seed0.json"))


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("ripe wet bag", "images/ripe wet bag: not called <adjective> <noun>"),
        ("apple", "images/apple: not called"),
        ("adj ", "images/adj : not called"),
        ("Ripe  apple", "means the same as images/"),
    ],
)
def test_a_folder_with_an_odd_name_is_left_out_and_told(folder, said):
    make_states(more=[folder])
    with pytest.warns(UserWarning, match=said):
        data = load_mit_states()
    assert len(data.train) == 12
    with pytest.raises(LayoutError, match=said):
        load_mit_states(on_problem="raise")


def test_empty_folders_hidden_files_and_missing_parts():
    root = make_states(empty=["dry apple"])
    (root / "images/ripe apple/._0.jpg").write_bytes(b"x")
    (root / "images/ripe apple/notes.txt").write_text("x")
    (root / "images/__MACOSX").mkdir()
    with pytest.warns(UserWarning, match="images/dry apple: holds no picture"):
        data = load_mit_states()
    assert len(data.train) == 12 and "dry" not in data.train.states_of["apple"]
    with pytest.raises(LayoutError, match="for the test part"):
        load_mit_states(test_nouns=())
