"""Read one picture of a folder: upright, in RGB, decoded no larger than needed, and refused where it is too large."""

import io
import re
from typing import BinaryIO

from PIL import ExifTags, Image

from course_utils.datasets.images import UNREADABLE, to_rgb, upright

MOST = 64_000_000  # pixels to decode, about 200 MB; a JPEG is decoded at a half, quarter or eighth of its size first
THUMBNAIL = 320  # pixels of the longer side
DAY = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)")
BROKEN = (*UNREADABLE, MemoryError)


class Unreadable(ValueError):
    """A file holds no picture that can be read here; the message says why, and what to do."""


def read_upright(file: BinaryIO, side: int) -> tuple[Image.Image, tuple[int, int], str]:
    """Return (picture in RGB as its camera was held, (width, height) of the file, day when it was taken or "").

    side  a JPEG may be decoded smaller, but neither side below this
    Grey, 16-bit, CMYK and transparent pictures (white behind) become RGB; of an animation the first frame is taken.
    Raises Unreadable. Nothing is ever written to the file.
    """
    try:
        with Image.open(file) as image:
            size = image.size
            image.draft("RGB", (side, side))
            if image.width * image.height > MOST:
                raise Unreadable(
                    f"{size[0]:,} x {size[1]:,} pixels are more than {MOST:,}; put a smaller copy in its place"
                )
            image.load()
            turned = image.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)  # a PNG is decoded for that
            return to_rgb(upright(image)), size[::-1] if turned else size, _day(image)
    except Unreadable:
        raise
    except Image.DecompressionBombError as error:
        raise Unreadable("it has more pixels than are safe to decode; put a smaller copy in its place") from error
    except Image.UnidentifiedImageError as error:
        raise Unreadable("it is no picture of a format that is known; replace or remove it") from error
    except BROKEN as error:
        raise Unreadable(f"it cannot be decoded ({getattr(error, 'strerror', None) or error}); replace it") from error


def _day(image: Image.Image) -> str:
    try:
        exif = image.getexif()
        noted = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
        found = DAY.match(str(noted or ""))
    except BROKEN:
        return ""
    return "-".join(found.groups()) if found and found[1] > "0000" else ""


def as_jpeg(image: Image.Image, side: int = THUMBNAIL) -> bytes:
    """Return a picture as the bytes of a JPEG whose longer side has at most `side` pixels, without any metadata."""
    small, content = image.copy(), io.BytesIO()
    small.thumbnail((side, side))
    small.save(content, "JPEG", quality=85)
    return content.getvalue()
