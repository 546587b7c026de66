"""One look for each method in the whole course."""

from course_utils.plots import method_looks, sweep
from course_utils.plots.methods import LOOKS


def test_a_method_looks_the_same_in_whatever_company():
    assert method_looks(["resnet18-mini-raw", "resnet18-mini-boosted"]) == {
        "resnet18-mini-raw": LOOKS["raw"],
        "resnet18-mini-boosted": LOOKS["boosted"],
    }
    assert method_looks(["pca-raw"])["pca-raw"] == method_looks(["hog", "pca-raw"])["pca-raw"] == LOOKS["raw"]
    assert method_looks(["image-only"])["image-only"] == LOOKS["image-only"]


def test_no_two_methods_of_a_figure_look_alike():
    many = [*LOOKS, *(f"unknown {i}" for i in range(20)), "a-raw", "b-raw"]
    looks = method_looks(many)
    assert list(looks) == many
    assert len(set(looks.values())) == len(many)


def test_unknown_names_take_colours_that_are_free():
    looks = method_looks(["tirg", "one", "two", "three"])
    assert len({colour for colour, _ in looks.values()}) == 4


def test_figures_ask_there():
    axes = sweep([1, 2], {"triplet": [0.1, 0.2], "siamese": [0.2, 0.1]}, "x", "y").axes[0]
    assert [line.get_color() for line in axes.lines[:2]] == [LOOKS["triplet"][0], LOOKS["siamese"][0]]
