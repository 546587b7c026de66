"""One picture: upright, in RGB, small enough, or a sentence that says what is wrong with it."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageOps

from course_utils.app import pictures
from course_utils.app.pictures import Unreadable, as_jpeg, read_upright


def saved(image, kind="PNG", **options):
    content = io.BytesIO()
    image.save(content, kind, **options)
    return io.BytesIO(content.getvalue())


def header_of(width, height):
    """A PNG that promises this many pixels and holds none."""
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))  # noqa: E731
    about = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", about) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_its_camera_was_held(orientation):
    upright = Image.fromarray(np.random.default_rng(0).integers(0, 255, (6, 9, 3), dtype=np.uint8))
    turns = Image.Transpose
    back = {2: turns.FLIP_LEFT_RIGHT, 3: turns.ROTATE_180, 4: turns.FLIP_TOP_BOTTOM, 5: turns.TRANSPOSE}
    back |= {6: turns.ROTATE_90, 7: turns.TRANSVERSE, 8: turns.ROTATE_270}
    kept = upright.transpose(back[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    found, size, _ = read_upright(saved(kept, exif=exif), 4)
    assert np.array_equal(np.asarray(found), np.asarray(upright)) and size == (9, 6)
    assert ImageOps.exif_transpose(found) == found, "no note is left that would turn it once more"


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (Image.new("L", (5, 5), 90), (90, 90, 90)),
        (Image.new("RGBA", (5, 5), (255, 0, 0, 0)), (255, 255, 255)),
        (Image.new("I;16", (5, 5), 257 * 50), (50, 50, 50)),
        (Image.new("P", (5, 5)), (0, 0, 0)),
        (Image.new("1", (5, 5), 1), (255, 255, 255)),
    ],
    ids=["grey", "transparent", "16 bits", "palette", "1 bit"],
)
def test_every_kind_becomes_rgb(image, colour):
    found, *_ = read_upright(saved(image), 4)
    assert found.mode == "RGB" and found.getpixel((2, 2)) == colour


def test_cmyk_and_animations_are_read():
    assert read_upright(saved(Image.new("CMYK", (8, 8)), "JPEG"), 4)[0].mode == "RGB"
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("blue", "red")]
    found, *_ = read_upright(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), 4)
    assert found.getpixel((3, 3)) == (0, 0, 255), "the first one"


def test_the_day_comes_from_the_camera_and_nonsense_is_no_day():
    for noted, day in (("2021:07:30 10:00:00", "2021-07-30"), ("0000:00:00 00:00:00", ""), ("yesterday", "")):
        exif = Image.Exif()
        exif[0x0132] = "1999:01:01 00:00:00" if day else noted
        exif.get_ifd(0x8769)[0x9003] = noted
        assert read_upright(saved(Image.new("RGB", (8, 8)), "JPEG", exif=exif), 4)[2] == day


def test_a_large_jpeg_is_decoded_small_but_not_too_small():
    found, size, _ = read_upright(saved(Image.new("RGB", (4000, 3000), "red"), "JPEG"), 500)
    assert size == (4000, 3000) and 500 <= min(found.size) < 1000


def test_what_is_too_large_is_refused_before_it_is_decoded(monkeypatch):
    with pytest.raises(Unreadable, match="more pixels than are safe"):
        read_upright(header_of(60_000, 60_000), 100)
    with pytest.raises(Unreadable, match=r"9,000 x 9,000 pixels are more than 64,000,000"):
        read_upright(header_of(9_000, 9_000), 100)
    monkeypatch.setattr(pictures, "MOST", 10_000)
    assert read_upright(saved(Image.new("RGB", (400, 400)), "JPEG"), 60)[0].size == (100, 100)


def test_what_is_no_picture_says_so():
    noise = np.random.default_rng(0).integers(0, 255, (90, 90, 3), np.uint8)
    sound = saved(Image.fromarray(noise), "JPEG").getvalue()
    broken = {b"": "no picture of a format", b"hello": "no picture of a format", header_of(9, 9).getvalue(): "decoded"}
    broken[sound[: len(sound) // 2]] = "cannot be decoded"
    for content, why in broken.items():
        with pytest.raises(Unreadable, match=why):
            read_upright(io.BytesIO(content), 4)
    with pytest.raises(Unreadable, match="no fixed range"):
        read_upright(saved(Image.new("F", (5, 5)), "TIFF"), 4)


def test_a_thumbnail_keeps_proportions_and_no_metadata():
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    found, *_ = read_upright(saved(Image.new("RGB", (640, 320), "red"), "JPEG", exif=exif), 640)
    small = as_jpeg(found, 100)
    with Image.open(io.BytesIO(small)) as image:
        assert image.size == (100, 50) and not image.getexif()
    assert b"where I live" not in small and found.size == (640, 320)
