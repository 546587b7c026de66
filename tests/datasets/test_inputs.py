"""Files as people have them: odd metadata, suffixes, encodings, dialects. Sound pixels and whole names get through."""

import io
import struct
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image

from course_utils import config
from course_utils.composition import Vocabulary
from course_utils.datasets import load_scenes, read_image
from course_utils.datasets.birds import _read_index
from course_utils.datasets.caption_files import read_names, read_results_csv, read_token
from course_utils.datasets.problems import LayoutError, read_text
from course_utils.datasets.product_table import HEADER, read_table
from data_scripts.install.verify import _decode

PIXELS = np.random.default_rng(0).integers(0, 255, (9, 7, 3), dtype=np.uint8)


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A sound PNG of PIXELS with further chunks behind its header."""
    file = io.BytesIO()
    Image.fromarray(PIXELS).save(file, "png")
    plain = file.getvalue()
    extra = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return plain[:33] + extra + plain[33:]


NOISE = np.random.default_rng(1).bytes(1_200_000)
METADATA = {
    "junk EXIF": (b"eXIf", b"\x00junk\xff\x01\x02"),
    "EXIF that leads nowhere": (b"eXIf", b"II*\0\xff\xff\xff\x7f"),
    "a colour profile of 1.2 MB": (b"iCCP", b"big\0\0" + zlib.compress(NOISE)),
    "a compressed text of 1.2 MB": (b"zTXt", b"Comment\0\0" + zlib.compress(NOISE)),
}


@pytest.mark.parametrize("chunk", METADATA.values(), ids=METADATA)
def test_metadata_never_costs_sound_pixels(chunk, tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(png(chunk))
    assert np.array_equal(read_image(path), PIXELS)
    assert _decode(path) == "", "verify agrees with the loader"


def scenes(folder, names):
    for part in ("train", "test"):
        for kind in ("coast", "forest"):
            (folder / part / kind).mkdir(parents=True)
            Image.fromarray(PIXELS).save(folder / part / kind / "a.jpg")
    for name in names:
        suffix = name.rpartition(".")[2] if "." in name else ""
        kind = {"jp2": "jpeg2000", "pgm": "ppm", "jfif": "jpeg", "jpe": "jpeg"}.get(suffix, "jpeg")
        Image.fromarray(PIXELS).convert("L" if suffix == "pgm" else "RGB").save(folder / "train" / "coast" / name, kind)


def test_every_suffix_that_pillow_opens_counts_and_the_rest_is_named():
    scenes(
        config.data_root() / "drawn" / "mit_split",
        ["b.jfif", "c.jp2", "d.pgm", "e.JPE", "without", ".hidden", "Thumbs.db"],
    )
    with pytest.warns(
        UserWarning, match=r"1 file\(s\) left out, their names do not end as a picture's do: coast/without"
    ):
        train = load_scenes().train
    assert [path.name for path in train.paths[:5]] == ["a.jpg", "b.jfif", "c.jp2", "d.pgm", "e.JPE"]
    assert train.load(8).shape == (6, 8, 8, 3)


def test_a_clean_folder_says_nothing():
    scenes(config.data_root() / "drawn" / "mit_split", [])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load_scenes()


@pytest.mark.parametrize(
    ("read", "content"),
    [
        (read_results_csv, b"image_name,comment_number,comment\n1.jpg,0,A dog runs\n1.jpg,1,A dog\n"),
        (read_token, b"1.jpg,A dog runs\n2.jpg,A cat\n"),
    ],
)
def test_another_dialect_is_named_with_its_first_line(read, content, tmp_path):
    path = tmp_path / "results.csv"
    path.write_bytes(content)
    with pytest.raises(LayoutError, match=r"results\.csv: no line has the form .* The first: results\.csv:1"):
        read(path)


@pytest.mark.parametrize("read", [read_results_csv, read_token, read_names, read_text, read_table])
def test_utf_16_is_named(read, tmp_path):
    path = tmp_path / "list.txt"
    path.write_bytes("1.jpg|0|A dog".encode("utf-16"))
    with pytest.raises(LayoutError, match=r"list\.txt is in UTF-16; save it as UTF-8"):
        read(path)


def test_lists_may_begin_with_a_mark_and_other_encodings_are_named(tmp_path):
    (tmp_path / "images.txt").write_bytes(b"\xef\xbb\xbf1 a/b.jpg\n2 a/c.jpg\n")
    assert _read_index(tmp_path, "images.txt") == {1: "a/b.jpg", 2: "a/c.jpg"}
    (tmp_path / "images.txt").write_bytes("1 a/b.jpg\n2 möwe/c.jpg\n".encode("latin-1"))
    with pytest.raises(LayoutError, match=r"images\.txt, line 2: the byte 0xf6 is not UTF-8"):
        _read_index(tmp_path, "images.txt")


def test_a_quoted_name_may_go_on_in_the_next_line_and_an_inch_is_no_quote(tmp_path):
    row = "{},Men,Apparel,Topwear,Shirts,Blue,Fall,2011,Casual,{}"
    names = ['"Striped', "Plain, Pack of 2", '"7 wide tie', '"An ""odd"" one"']
    lines = [
        ",".join(HEADER),
        row.format(1, names[0]),
        'Shirt"',
        *(row.format(i, n) for i, n in enumerate(names[1:], 2)),
    ]
    path = tmp_path / "styles.csv"
    path.write_text("\n".join(lines) + "\n")
    table, report = read_table(path)
    assert table["productDisplayName"].tolist() == ["Striped Shirt", "Plain, Pack of 2", '"7 wide tie', 'An "odd" one']
    assert report.rows == 4 and not report.malformed


def test_a_mark_that_is_a_word_stays_one():
    words = Vocabulary(["replace & with *", "navy & white dress", "t-shirt"])
    assert words.words[2:] == ["&", "*", "dress", "navy", "replace", "shirt", "t", "white", "with"]
    assert words.encode("replace & with *") == [words.words.index(w) for w in ("replace", "&", "with", "*")]
    with pytest.raises(ValueError, match="holds no word"):
        words.encode("... !")
