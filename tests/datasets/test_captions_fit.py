"""Whether a caption fits a picture of the blocks world: by hand, and fast = slow."""

import json

import numpy as np
import pytest
from blocks_fit import fits
from caption_layouts import entry, flickr30k

from course_utils.datasets import LayoutError, load_blocks, load_captions
from course_utils.datasets.blocks import ATTRIBUTES, BlockPictures, part_of
from course_utils.datasets.blocks_relations import RELATIONS, Places, degrees

VALUES = {
    "shape": ["cube", "ball", "cone"],
    "colour": ["red", "blue", "green"],
    "size": ["small", "large"],
    "material": ["glass", "stone"],
}


def thing(shape="cube", colour="red", x=0.0, y=0.0, size="large", material="stone", on=-1, z=0.0):
    look = {"shape": shape, "colour": colour, "size": size, "material": material}
    return {**look, "position": [x, y, z], "width": 1.0, "centre": [64 + 20 * x, 64 - 10 * y], "on": on}


def picture(*objects, ground="sand", light="warm"):
    return {"ground": ground, "light": light, "objects": list(objects)}


# a red cube on the left, a small blue ball on the right and farther away, a red cone on a large green cube in front
SCENE = picture(
    thing("cube", "red", -2, 0),
    thing("ball", "blue", 1.9, 1.5, size="small", material="glass"),
    thing("cube", "green", 0.2, -1.5),
    thing("cone", "red", 0.2, -1.5, size="small", on=2, z=1.5),
)
ONE, TWO = {"shape": "cube", "colour": "red"}, {"colour": "blue"}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"things": [ONE]}, True),
        ({"things": [{"shape": "cube", "colour": "blue"}]}, False),
        ({"things": [{}]}, True),  # "something"
        ({"things": [ONE, TWO], "relations": [["left_of", 0, 1]]}, True),
        ({"things": [ONE, TWO], "relations": [["right_of", 0, 1]]}, False),
        ({"things": [ONE, TWO], "relations": [["right_of", 1, 0]]}, True),
        ({"things": [{"colour": "green"}, TWO], "relations": [["in_front_of", 0, 1]]}, True),
        ({"things": [{"colour": "green"}, TWO], "relations": [["behind", 0, 1]]}, False),
        ({"things": [{"shape": "cone"}, {"shape": "cube"}], "relations": [["on", 0, 1]]}, True),
        ({"things": [{"shape": "cone"}, ONE], "relations": [["on", 0, 1]]}, False),
        ({"things": [{"colour": "green"}, {"colour": "red"}], "relations": [["under", 0, 1]]}, True),
        ({"things": [{"shape": "cube"}, {"shape": "cube"}]}, True),
        ({"things": [{"shape": "ball"}, {"shape": "ball"}]}, False),  # two things are two objects
        ({"things": [{"shape": "cube", "count": 2}]}, True),
        ({"things": [{"shape": "cube", "count": 3}]}, False),
        ({"things": [{"count": 2, "size": "large"}, {"shape": "ball"}]}, True),
        ({"things": [{"count": 3, "colour": "red"}]}, False),
        ({"things": [ONE], "total": 4}, True),
        ({"things": [ONE], "total": 3}, False),
        ({"things": [ONE], "ground": "sand", "light": "warm"}, True),
        ({"things": [ONE], "ground": "table"}, False),
        ({"things": [ONE], "light": "cool"}, False),
        ({"things": [ONE], "relations": [["at_left", 0]]}, True),
        ({"things": [ONE], "relations": [["at_right", 0]]}, False),
        ({"things": [TWO], "relations": [["at_right", 0], ["in_background", 0]]}, True),
        ({"things": [{"colour": "green"}], "relations": [["in_foreground", 0]]}, True),
        # one object has to do both: the red thing on the left is not the red thing on the cube
        ({"things": [{"colour": "red"}, {"colour": "green"}], "relations": [["at_left", 0], ["on", 0, 1]]}, False),
    ],
)
def test_by_hand(form, expected):
    assert fits(form, SCENE) is expected
    assert BlockPictures([SCENE]).fits([form]).tolist() == [[expected]]


def test_between_and_next_to():
    row = picture(thing(colour="red", x=-2), thing(colour="blue", x=0), thing(colour="green", x=2))
    things = [{"colour": c} for c in ("red", "blue", "green")]
    assert fits({"things": things, "relations": [["between", 1, 0, 2]]}, row)
    assert fits({"things": things, "relations": [["between", 1, 2, 0]]}, row)
    assert not fits({"things": things, "relations": [["between", 0, 1, 2]]}, row)
    assert not fits({"things": things, "relations": [["next_to", 0, 2]]}, row)
    close = picture(thing(colour="red"), thing(colour="blue", x=1.3))
    assert fits({"things": things[:2], "relations": [["next_to", 1, 0]]}, close)


def random_picture(rng):
    objects = []
    for _ in range(rng.integers(2, 6)):
        x, y = rng.uniform(-2, 2, 2)
        objects.append(thing(*(str(rng.choice(VALUES[k])) for k in ("shape", "colour")), float(x), float(y)))
        objects[-1]["size"] = str(rng.choice(VALUES["size"]))
    if rng.random() < 0.5 and len(objects) > 2:
        objects[-1]["on"] = 0
    return picture(*objects, ground=str(rng.choice(["sand", "table"])))


def random_form(rng):
    things = []
    for _ in range(rng.integers(1, 4)):
        chosen = {k: str(rng.choice(VALUES[k])) for k in ATTRIBUTES[:3] if rng.random() < 0.4}
        things.append(chosen | ({"count": 2} if rng.random() < 0.1 else {}))
    singles = [i for i, t in enumerate(things) if "count" not in t]
    form = {"things": things, "relations": []}
    for name in rng.choice(sorted(RELATIONS), 2):
        need = 3 if name == "between" else 1 if name.startswith(("at_", "in_m", "in_fore", "in_back")) else 2
        if len(singles) >= need:
            form["relations"].append([str(name), *(int(i) for i in rng.permutation(singles)[:need])])
    if rng.random() < 0.3:
        form["ground"] = "sand"
    if rng.random() < 0.2:
        form["total"] = int(rng.integers(2, 6))
    return form


def test_all_pairs_at_once_gives_what_one_at_a_time_gives():
    rng = np.random.default_rng(0)
    pictures, forms = [random_picture(rng) for _ in range(20)], [random_form(rng) for _ in range(50)]
    table = BlockPictures(pictures).fits(forms)
    assert table.tolist() == [[fits(form, p) for p in pictures] for form in forms]
    assert 0.05 < table.mean() < 0.95


def test_opposite_relations_are_opposite_and_a_thing_has_none_to_nothing():
    rng = np.random.default_rng(2)
    degree = degrees(Places.of([random_picture(rng) for _ in range(30)], 5))
    assert degree.keys() == RELATIONS.keys()
    for one, other in (("left_of", "right_of"), ("in_front_of", "behind"), ("on", "under")):
        assert (degree[one] == degree[other].swapaxes(1, 2)).all()
        assert not ((degree[one] > 0) & (degree[other] > 0)).any()
    two = degrees(Places.of([picture(thing(x=-1), thing(x=1))], 5))
    assert (two["left_of"][0, 2:] == -np.inf).all() and (two["at_left"][0, 2:] == -np.inf).all()


def said(name, which):
    return {"raw": f"{name} {which}.", "form": {"things": [{}]}}


def test_load_blocks_is_aligned_with_the_part_and_says_where_it_is_missing():
    names = {"a.jpg": "train", "b.jpg": "train", "c.jpg": "val", "d.jpg": "test"}
    root = flickr30k([entry(n, part, [f"{n} one.", f"{n} two."]) for n, part in names.items()])
    train = load_captions().train
    with pytest.raises(LayoutError, match=r"blocks\.json is missing: only the generated"):
        load_blocks(train)
    images = [
        picture(thing(colour="red")) | {"filename": n, "sentences": [said(n, "one"), said(n, "two")]}
        for n in reversed(names)
    ]
    images[-1]["sentences"][1]["form"] = {"things": [{"colour": "blue"}]}
    (root / "blocks.json").write_text(json.dumps({"images": images}))
    blocks = load_blocks(train)
    assert [record["filename"] for record in blocks.records] == ["a.jpg", "b.jpg"]
    assert blocks.fits().tolist() == [[True, True], [False, False], [True, True], [True, True]]
    (root / "blocks.json").write_text(json.dumps({"images": images[:1]}))
    with pytest.raises(LayoutError, match=r"does not know 'a\.jpg'"):
        load_blocks(train)


def test_a_part_of_what_a_sentence_says():
    things = [{"shape": "ball", "colour": "red", "count": 2}, {"shape": "cube", "colour": "blue"}]
    form = {"things": things, "relations": [["on", 1, 1]], "total": 4, "ground": "sand"}
    assert part_of(form, ["shape"]) == {"things": [{"shape": "ball"}, {"shape": "cube"}]}
    numbers = part_of(form, ["colour", "number"])
    assert numbers == {"things": [{"colour": "red", "count": 2}, {"colour": "blue"}], "total": 4}
    assert part_of(form, [*ATTRIBUTES, "number", "relations", "scene"]) == form
