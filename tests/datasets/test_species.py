"""Birds and flowers: labels, captions, the class-disjoint split, and every trap of the real files."""

import shutil

import numpy as np
import pytest
from scipy.io import savemat
from toy_species import make_birds, make_flowers, picture

from course_utils import config
from course_utils.datasets import LayoutError, SpeciesImages, SplitMismatch, load_birds, load_flowers
from course_utils.datasets.species import read_captions


def test_birds_have_paths_labels_from_zero_names_and_captions():
    root = make_birds((2, 3))
    birds = load_birds()
    assert birds.labels.dtype == np.int64 and birds.labels.tolist() == [0, 0, 1, 1, 1]
    assert birds.classes == ["Grey backed Bird0", "Grey backed Bird1"]
    assert birds.paths[2] == root / "images/002.Grey_backed_Bird1/Bird1_00_7.jpg"
    assert birds.captions[3] == ["bird 1 picture 1 has a blue wing", "a bird 1 1."]
    assert "5 pictures of 2 species, 10 captions" in repr(birds)
    assert birds.load(8).shape == (5, 8, 8, 3)  # the grey ones have three channels, too


def test_flowers_have_numbers_only_and_labels_follow_the_mat_file():
    root = make_flowers((2, 1, 2))
    flowers = load_flowers()
    assert flowers.labels.dtype == np.int64 and flowers.labels.tolist() == [1, 0, 1]
    assert flowers.classes == ["class 1", "class 2"]
    assert flowers.paths[1] == root / "jpg/image_00002.jpg"
    assert flowers.captions[1] == ["flower 2 is pink", "a 2."]
    assert flowers.load(8).shape == (3, 8, 8, 3)


@pytest.mark.parametrize(("make", "load"), [(make_birds, load_birds), (make_flowers, load_flowers)])
def test_a_missing_set_names_the_command(make, load):
    with pytest.raises(config.DatasetMissing, match="python -m data_scripts draw"):
        load()


def test_subsets_and_pairs_keep_captions_with_their_pictures():
    make_birds((2, 3))
    some = load_birds().subset([4, 0], "some")
    chosen = ((1, 2), (0, 0))
    assert some.captions == [[f"bird {b} picture {p} has a blue wing", f"a bird {b} {p}."] for b, p in chosen]
    texts, owners = some.caption_pairs()
    assert texts == [*some.captions[0], *some.captions[1]]
    assert owners.dtype == np.int64 and owners.tolist() == [0, 0, 1, 1]
    assert load_birds().subset(np.array([True, False, False, False, True])).labels.tolist() == [0, 1]
    with pytest.raises(ValueError, match="mask"):
        some.subset(np.ones(3, dtype=bool))
    with pytest.raises(ValueError, match="2 pictures but 1 captions"):
        SpeciesImages(["a", "b"], [0, 0], ["x"], "mine", [["one"]], ["x/a", "x/b"])


@pytest.mark.parametrize("load", [load_birds, load_flowers])
def test_no_species_picture_or_caption_crosses_the_split(load):
    make_birds((6, 5, 7, 5, 6, 5, 8, 5, 6, 7))
    make_flowers(tuple(np.random.default_rng(0).permutation(np.repeat(np.arange(1, 11), 6))))
    whole = load()
    split = whole.class_disjoint_split(seed=0)
    train, validation, test = split
    assert len(set(test.labels.tolist())) == 3, "7:3 over species"
    assert not set(test.labels.tolist()) & set([*train.labels, *validation.labels])
    assert set(validation.labels.tolist()) == set(train.labels.tolist()), "validation has the species of train"
    assert 0.15 < len(validation) / (len(train) + len(validation)) < 0.25
    for one, other in ((train, validation), (train, test), (validation, test)):
        assert not set(one.paths) & set(other.paths)
        assert not set(one.caption_pairs()[0]) & set(other.caption_pairs()[0])
    assert sum(len(part) for part in split) == len(whole)
    assert {part.classes is whole.classes for part in split} == {True}, "a label means the same in all parts"


def test_the_split_follows_from_the_seed_and_is_stored(monkeypatch, tmp_path):
    root = make_birds((4,) * 10)
    birds = load_birds()
    first = birds.class_disjoint_split(seed=1)
    # recorded: no random stream and no order of a folder has a say in it
    assert sorted(set(first.test.class_names())) == ["Grey backed Bird1", "Grey backed Bird5", "Grey backed Bird9"]
    assert any(birds.class_disjoint_split(seed=s).test.paths != first.test.paths for s in (2, 3))
    backwards = birds.subset(np.arange(len(birds))[::-1])
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "another machine"))
    assert set(backwards.class_disjoint_split(seed=1).validation.paths) == set(first.validation.paths)
    assert len(list((tmp_path / "another machine").rglob("*.json"))) == 2
    (root / "images.txt").write_text("\n".join((root / "images.txt").read_text().splitlines()[:-4]))
    with pytest.raises(SplitMismatch, match="delete that file"):
        load_birds().class_disjoint_split(seed=1)


def test_a_species_with_one_picture_stays_whole():
    make_birds((1, 1, 4, 1, 4, 1))
    train, validation, test = load_birds().class_disjoint_split(seed=0)
    assert len(train) + len(validation) + len(test) == 12
    single = [0, 1, 3, 5]
    assert not set(validation.labels.tolist()) & set(single)
    make_birds((3,), name="only")
    with pytest.raises(ValueError, match="needs at least two"):
        load_birds("only").class_disjoint_split()


def test_ids_may_start_anywhere_and_have_gaps():
    make_birds((2, 2), first_picture=10, step=7, first_class=40)
    birds = load_birds()
    assert birds.labels.tolist() == [0, 0, 1, 1] and birds.captions[3][1] == "a bird 1 1."
    make_flowers((5, 77, 5))
    flowers = load_flowers()
    assert flowers.labels.tolist() == [0, 1, 0] and flowers.classes == ["class 5", "class 77"]


def test_pictures_come_in_the_order_of_their_ids_not_of_the_lines():
    root = make_birds((3, 12))
    whole = load_birds()
    for file in ("images.txt", "image_class_labels.txt", "classes.txt"):
        lines = (root / file).read_text().splitlines()
        (root / file).write_bytes("\r\n".join(lines[::-1]).encode() + b"\r\n\r\n")  # and Windows line ends
    again = load_birds()
    assert again.paths == whole.paths and again.labels.tolist() == whole.labels.tolist()
    assert again.classes == whole.classes


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a bird\nit\xef\xbf\xbds red\n", ["a bird", "its red"]),
        (b"cut \xef\xbf\nlatin \x92 one\n", ["cut", "latin one"]),
        (b"\n  \none \r\n\r\ntwo\r\n", ["one", "two"]),
        (b"\xef\xbb\xbfwith a mark", ["with a mark"]),
        ("höher\n".encode(), ["höher"]),
    ],
)
def test_broken_characters_blank_lines_and_line_ends(raw, expected, tmp_path):
    path = tmp_path / "birds/text_c10/a/b.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(raw)
    assert read_captions(path) == expected


def test_a_file_without_captions_and_missing_files_are_named():
    root = make_birds((3, 3))
    first = root / "text_c10/001.Grey_backed_Bird0/Bird0_00_7.txt"
    first.write_bytes(b"\n \n\xff\n")
    with pytest.raises(LayoutError, match=r"Bird0_00_7\.txt holds no caption.*data_scripts verify birds"):
        load_birds()
    first.unlink()
    with pytest.raises(LayoutError, match=r"1 of 6 caption files are missing: text_c10/.*Bird0_00_7\.txt"):
        load_birds()
    for path in (root / "text_c10").rglob("*.txt"):
        path.unlink()
    with pytest.raises(LayoutError, match=r"6 of 6 caption files are missing.* and 3 more"):
        load_birds()
    (root / "text_c10").rename(root / "captions")
    with pytest.raises(LayoutError, match=r"text_c10 is missing: the captions come in an archive of their own"):
        load_birds()


def test_a_label_file_shorter_than_the_list_of_pictures():
    root = make_birds((3, 3))
    lines = (root / "image_class_labels.txt").read_text().splitlines()
    (root / "image_class_labels.txt").write_text("\n".join(lines[:4]))
    with pytest.raises(
        LayoutError, match=r"no label for 2 of 6 pictures, the first is 5 \(002\..*was the file cut off"
    ):
        load_birds()
    root = make_flowers((1, 2, 1))
    picture(root / "jpg/image_00004.jpg")
    with pytest.raises(LayoutError, match=r"has 3 labels, but there is a picture image_00004\.jpg"):
        load_flowers()


def test_missing_pictures_are_named():
    root = make_birds((3, 3))
    (root / "images/001.Grey_backed_Bird0/Bird0_02_7.jpg").unlink()
    with pytest.raises(LayoutError, match=r"1 of 6 pictures are missing: images/.*Bird0_02_7\.jpg"):
        load_birds()
    root = make_flowers((1, 2, 1))
    (root / "jpg/image_00002.jpg").unlink()
    with pytest.raises(LayoutError, match=r"1 of 3 labelled pictures are missing, the first is image_00002\.jpg"):
        load_flowers()


@pytest.mark.parametrize("path", ["../secret/a.jpg", "/etc/a.jpg", "a.jpg", "x/../../a.jpg", "..\\x\\a.jpg"])
def test_a_path_that_leaves_the_folder_is_refused(path):
    root = make_birds((2, 2))
    (root / "images.txt").write_text(f"1 {path}\n")
    with pytest.raises(LayoutError, match=r'picture 1: .* is not of the form "<class folder>/<picture>"'):
        load_birds()


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("images.txt", "1 a/b.jpg\n1 a/c.jpg\n", "line 2: number 1 appears twice"),
        ("images.txt", "1 a/b.jpg\n2 a/b.jpg\n", "lists a picture twice"),
        ("images.txt", "one a/b.jpg\n", "line 1: expected"),
        ("images.txt", "\n", "is empty"),
        ("image_class_labels.txt", "1 9\n2 1\n3 2\n4 2\n", "does not name class 9"),
        ("image_class_labels.txt", "1 x\n2 1\n3 2\n4 2\n", "'x' is no class number"),
        ("classes.txt", "1 001.Same\n2 002.Same\n", "gives one name to two classes"),
    ],
)
def test_index_files_that_make_no_sense(file, text, words):
    root = make_birds((2, 2))
    (root / file).write_text(text)
    with pytest.raises(LayoutError, match=words):
        load_birds()


def test_the_archive_s_own_folder_is_noticed_and_what_lies_outside_does_not_matter():
    root = make_birds((2, 2))
    (root.parent / "attributes.txt").write_text("1 has_bill_shape::curved\n")
    (root / "images" / "Thumbs.db").write_text("not a picture")
    assert len(load_birds()) == 4
    (root / "CUB_200_2011").mkdir()
    (root / "images.txt").rename(root / "CUB_200_2011/images.txt")
    with pytest.raises(LayoutError, match=r"images\.txt is missing\. Move the contents of .*CUB_200_2011 to"):
        load_birds()


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda path: path.unlink(), r"imagelabels\.mat is missing"),
        (lambda path: path.write_bytes(b"not a mat file"), "cannot be read as a MATLAB file"),
        (lambda path: path.write_bytes(path.read_bytes()[:150]), "cannot be read as a MATLAB file"),
        (lambda path: savemat(path, {"other": [1]}), 'no entry "labels"'),
        (lambda path: savemat(path, {"labels": [0, 1, 2]}), "whole numbers from 1"),
        (lambda path: savemat(path, {"labels": [1.5, 1, 2]}), "whole numbers from 1"),
    ],
)
def test_label_files_that_are_none(write, words):
    write(make_flowers((1, 2, 1)) / "imagelabels.mat")
    with pytest.raises(LayoutError, match=words):
        load_flowers()


def test_folders_without_pictures():
    root = make_flowers((1, 2))
    for path in (root / "jpg").iterdir():
        path.rename(path.with_suffix(".txt"))
    with pytest.raises(LayoutError, match=r"holds no image_<number>\.jpg"):
        load_flowers()
    (root / "jpg").rename(root / "pictures")
    with pytest.raises(LayoutError, match="jpg is missing"):
        load_flowers()


@pytest.mark.parametrize(("make", "load"), [(make_birds, load_birds), (make_flowers, load_flowers)])
def test_a_set_without_captions_or_with_some_takes_what_is_there_if_asked(make, load):
    root = make()
    shutil.rmtree(sorted((root / "text_c10").iterdir())[0])
    with pytest.raises(LayoutError, match="caption files are missing"):
        load()
    some = load(captions="any")
    silent = [not lines for lines in some.captions]
    assert 0 < sum(silent) < len(some) and f"{sum(silent)} pictures without" in repr(some)
    assert len(some.described()) == len(some) - sum(silent) and all(some.described().captions)
    assert len(some.caption_pairs()[0]) == 2 * (len(some) - sum(silent))
    shutil.rmtree(root / "text_c10")
    with pytest.raises(LayoutError, match='captions="any"'):
        load()
    none = load(captions="any")
    assert len(none) == len(some) and none.class_disjoint_split().test.captions
    with pytest.raises(ValueError, match="has no captions"):
        none.described()
    with pytest.raises(ValueError, match="captions is 'some'"):
        load(captions="some")
