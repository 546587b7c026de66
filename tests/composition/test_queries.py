"""Composed queries: what is refused, and which pictures answer."""

import numpy as np
import pytest

from course_utils.composition import CompositionQueries

CAPTIONS = ["red disc", "blue disc", "red disc", "blue square", "blue disc", "blue disc"]


def queries(**changes):
    texts = ["make it blue", "make it a disc", "make it red"]
    parts = {"captions": CAPTIONS, "source": [0, 3, 1], "text": texts, "target": [1, 4, 2]}
    return CompositionQueries(**{**parts, **changes})


def test_captions_of_targets_and_numbers_for_them():
    q = queries()
    assert q.target_caption == ["blue disc", "blue disc", "red disc"]
    assert q.source.dtype == q.target.dtype == q.caption_ids.dtype == q.target_ids.dtype == np.int64
    assert q.caption_ids.tolist() == [2, 0, 2, 1, 0, 0] and q.target_ids.tolist() == [0, 0, 2]
    assert repr(q) == "CompositionQueries(queries: 3 queries over 6 pictures)" and len(q) == 3


def test_the_numbers_do_not_depend_on_the_order_of_the_pictures():
    q = queries(captions=["b", "a", "c"], source=[0], text=["x"], target=[1])
    assert q.caption_ids.tolist() == [1, 0, 2]


def test_how_many_pictures_answer():
    assert queries().n_answers().tolist() == [3, 3, 2]
    absent = queries(target=[-1, 4, 2], target_caption=["green disc", "blue disc", "red disc"])
    assert absent.n_answers().tolist() == [0, 3, 2]
    assert absent.target_ids.tolist() == [3, 0, 2]


def test_a_subset_keeps_its_pictures():
    part = queries().subset(np.array([True, False, True]), "part")
    assert (len(part), part.name, part.text) == (2, "part", ["make it blue", "make it red"])
    assert part.captions == CAPTIONS and part.source.tolist() == [0, 1]
    assert queries().subset([2, 0]).target.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source": [0, 6, 1]}, r"query 1 \(source 6, text 'make it a disc', target 4\) starts from no picture: there"),
        ({"source": [0, -1, 1]}, "starts from no picture"),
        ({"target": [1, 4, 6]}, "query 2 .* asks for no picture: there are 6"),
        ({"target": [1, -1, 2]}, "query 1 .* neither a target picture nor a target caption"),
        ({"text": ["", " ", "x"]}, "query 0 .* has an empty text; so do 1 more of 3"),
        ({"source": [1, 3, 1]}, "query 0 .* its own source as target"),
        ({"target": [2, 4, 2]}, "query 0 .* asks for the caption that its source has already"),
        (
            {"target_caption": ["blue disc", "red disc", "red disc"]},
            "query 1 .* a target caption that is not the target's",
        ),
        ({"target_caption": ["blue disc"]}, "one of each for every query.*'target_caption': 1"),
        ({"text": ["x"]}, "one of each for every query, not .*'text': 1"),
        ({"source": [], "text": [], "target": []}, "one of each for every query"),
        ({"source": [0.5, 1, 2]}, "source has shape .* type float64"),
        ({"source": [[0, 1, 2]]}, "source has shape"),
        ({"text": "make it blue"}, "text is a single string; pass a list"),
        ({"captions": "red disc"}, "captions is a single string"),
    ],
)
def test_what_makes_no_sense_is_refused(changes, message):
    with pytest.raises(ValueError, match=f"queries: .*{message}"):
        queries(**changes)
