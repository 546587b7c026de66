import warnings

import numpy as np
import pytest
from caption_layouts import PARTS, entry, flickr8k, flickr30k

from course_utils import config
from course_utils.datasets import CaptionSet, ImageError, LayoutError, load_captions


def test_parts_pictures_captions_and_which_belongs_to_which():
    flickr30k()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        captions = load_captions()
    assert captions.problems == ()
    assert [len(part) for part in (captions.train, captions.val, captions.test)] == [2, 1, 1]
    train = captions.train
    assert [path.name for path in train.paths] == ["a.jpg", "b.jpg"]
    assert train.captions == ["A a stands.", "We see a.", "A b stands.", "We see b."]
    assert train.caption_image.tolist() == [0, 0, 1, 1]
    assert train.caption_image.dtype == np.int64
    assert train.captions_of(1) == train.captions_of(-1) == ["A b stands.", "We see b."]
    assert train.load(8)[1, 0, 0].tolist() == [40, 40, 40]
    assert repr(captions.test) == "CaptionSet(flickr30k/test: 1 pictures, 2 captions)"


def test_any_number_of_captions_a_picture():
    flickr30k([entry(n, part, [f"{n} {k}" for k in range(1 + ord(n[0]) % 4)]) for n, part in PARTS.items()])
    train = load_captions().train
    assert train.caption_image.tolist() == [0, 0, 1, 1, 1]
    some = train.subset([1, 0])
    assert some.captions == train.captions_of(1) + train.captions_of(0)
    assert some.caption_image.tolist() == [0, 0, 0, 1, 1]
    assert train.subset(np.array([False, True])).paths == [train.paths[1]]
    assert len(train.subset([])) == 0
    with pytest.raises(ValueError, match="mask"):
        train.subset(np.ones(3, dtype=bool))


def test_captions_of_the_token_file_and_of_the_csv_with_the_split_of_the_json():
    root = flickr30k()
    (root / "results_20130124.token").write_text("".join(f"{n}#0\tToken {n} .\n" for n in PARTS))
    rows = "".join(f"{n}| 0| Row {n} .\n" for n in PARTS)
    (root / "results.csv").write_text(f"image_name| comment_number| comment\n{rows}")
    assert load_captions(source="token").train.captions == ["Token a.jpg .", "Token b.jpg ."]
    assert load_captions(source="csv").test.captions == ["Row d.jpg ."]
    (root / "results.csv").unlink()
    with pytest.raises(LayoutError, match=r"results\.csv is missing.*data_scripts verify flickr30k"):
        load_captions(source="csv")
    with pytest.raises(ValueError, match="'xml'"):
        load_captions(source="xml")


def test_a_picture_the_token_file_says_nothing_about_is_left_out_and_named():
    root = flickr30k()
    (root / "results_20130124.token").write_text("".join(f"{n}#0\tToken {n} .\n" for n in PARTS if n != "b.jpg"))
    with pytest.warns(UserWarning, match=r"b\.jpg has no caption at all"):
        assert len(load_captions(source="token").train) == 1


LISTS = {"trainImages": ["a.jpg", "b.jpg"], "devImages": ["c.jpg"], "testImages": ["d.jpg"]}


def test_flickr8k():
    lines = [f"{n}#{k}\tCaption {k} of {n} ." for k in range(5) for n in PARTS]
    flickr8k(lines, LISTS, PARTS)
    captions = load_captions("flickr8k")
    assert captions.problems == ()
    assert captions.train.captions[:2] == ["Caption 0 of a.jpg .", "Caption 1 of a.jpg ."]
    assert captions.train.caption_image.tolist() == [0] * 5 + [1] * 5
    assert captions.test.paths[0].is_file()


def test_flickr8k_entry_without_image_is_one_problem_however_many_captions_it_has():
    lines = [f"{n}#0\tCaption ." for n in PARTS] + [f"2258277193_586949ec62.jpg.1#{k}\tA man ." for k in range(5)]
    flickr8k(lines, LISTS, PARTS)
    with pytest.warns(UserWarning, match=r"2258277193_586949ec62\.jpg\.1 is not there, 5 caption\(s\)"):
        captions = load_captions("flickr8k")
    assert len(captions.problems) == 1


@pytest.mark.parametrize("missing", ["Flickr8k.token.txt", "Flickr_8k.devImages.txt"])
def test_flickr8k_without_one_of_its_files(missing):
    root = flickr8k([f"{n}#0\tCaption ." for n in PARTS], LISTS, PARTS)
    (root / missing).unlink()
    with pytest.raises(LayoutError, match=f"{missing} is missing"):
        load_captions("flickr8k")


def whole():
    return [entry(n, part, [f"A {n[0]}."]) for n, part in PARTS.items()]


FAULTS = {
    "empty caption": (entry("a.jpg", "train", ["A thing.", "  "]), r"images\[4\], sentence 1: a.jpg has an empty"),
    "no picture": (entry("gone.jpg", "train", ["A.", "B."]), r"images\[4\].*gone.jpg is not there, 2 caption"),
    "no caption": (entry("e.jpg", "train", []), "e.jpg has no caption at all"),
    "only empty captions": (entry("e.jpg", "train", ["", " "]), "e.jpg has no caption at all"),
    "listed again": (entry("a.jpg", "train", ["Other."]), r"images\[4\]: a.jpg is listed again \(first at .*\[0\]"),
    "unknown part": (entry("e.jpg", "restval", ["A."]), "e.jpg is in the unknown part 'restval'"),
    "broken entry": ({"filename": "e.jpg"}, r"images\[4\] lacks"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_cost_only_themselves_and_are_reported_in_one_warning_or_raised(fault):
    broken, message = FAULTS[fault]
    flickr30k([*whole(), broken], [*PARTS, "e.jpg"])
    with pytest.warns(UserWarning, match=message) as caught:
        captions = load_captions()
    assert len(caught) == 1 and caught[0].filename == __file__
    assert captions.problems
    assert [path.name for path in captions.train.paths] == ["a.jpg", "b.jpg"]
    assert all(text.strip() for text in captions.train.captions)
    with pytest.raises(LayoutError, match=message):
        load_captions(on_problem="raise")


def test_captions_of_a_picture_that_is_listed_twice_are_joined():
    flickr30k([*whole(), entry("a.jpg", "train", ["Once more."])])
    with pytest.warns(UserWarning, match="listed again"):
        train = load_captions().train
    assert train.captions == ["A a.", "Once more.", "A b."]


def test_a_picture_in_two_parts_is_an_error():
    flickr30k([*whole(), entry("a.jpg", "test", ["Leak."])])
    with pytest.raises(LayoutError, match=r"a\.jpg is in the part test, but in train at .*one part only"):
        load_captions()


def test_a_hostile_name_is_an_error():
    flickr30k([*whole(), entry("../../a.jpg", "train", ["Out."])])
    with pytest.raises(LayoutError, match="not the plain name"):
        load_captions()


def test_many_problems_are_summed_up():
    flickr30k([*whole(), *(entry(f"gone{k}.jpg", "train", ["A."]) for k in range(9))])
    with pytest.warns(UserWarning, match=r"9 problem\(s\)(.|\n)*and 4 more, see \.problems"):
        assert len(load_captions().problems) == 9


def test_pictures_that_no_list_mentions_are_fine():
    flickr30k(pictures=[*PARTS, "unlisted.jpg"])
    assert load_captions().problems == ()


def test_missing_set_file_folder_and_part_are_named():
    with pytest.raises(config.DatasetMissing, match="python -m data_scripts draw flickr30k"):
        load_captions()
    root = flickr30k([e for e in whole() if e["split"] != "val"])
    with pytest.raises(LayoutError, match="part 'val'"):
        load_captions()
    (root / "flickr30k-images").rename(root / "elsewhere")
    with pytest.raises(LayoutError, match="flickr30k-images is missing"):
        load_captions()
    (root / "dataset_flickr30k.json").unlink()
    with pytest.raises(LayoutError, match=r"dataset_flickr30k\.json is missing"):
        load_captions()


def test_a_damaged_picture_is_named_when_it_is_loaded():
    root = flickr30k()
    (root / "flickr30k-images" / "d.jpg").write_bytes(b"")
    with pytest.raises(ImageError, match=r"d\.jpg"):
        load_captions().test.load(8)


@pytest.mark.parametrize("index", [[0, 0], [1, 0, 0], [0, 0, 0], [0, 1, 5]])
def test_a_caption_set_that_does_not_fit_together_is_refused(index):
    with pytest.raises(ValueError, match="mine"):
        CaptionSet(["a.jpg", "b.jpg"], ["x", "y", "z"], index, "mine")
