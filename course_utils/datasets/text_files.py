"""Text files of data sets: UTF-8, with or without a byte order mark; anything else is named, with its line."""

from pathlib import Path

from course_utils.datasets.problems import LayoutError

MARK = b"\xef\xbb\xbf"  # what some editors put before UTF-8
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a text file without a byte order mark. LayoutError if it cannot be read or is UTF-16."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LayoutError(f"{path} cannot be read ({error.strerror})") from None
    if data.startswith(UTF_16):
        raise LayoutError(f"{path} is in UTF-16; save it as UTF-8 and try again")
    return data.removeprefix(MARK)


def read_text(path: Path) -> str:
    """Return the text of a file. LayoutError names file, line and byte of what is not UTF-8."""
    data = read_bytes(path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LayoutError(
            f"{path}, line {line}: the byte {data[error.start]:#04x} is not UTF-8; save the file as UTF-8 and try again"
        ) from None
