"""What the loaders say about files that are not as they should be, and text files read with such care."""

import warnings
from collections.abc import Sequence
from pathlib import Path

SHOWN = 5  # problems that a warning prints
MARK = b"\xef\xbb\xbf"  # what some editors put before UTF-8
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class LayoutError(ValueError):
    """A data set is there but its folders are not as they should be; the message names the folder.

    With the name of the data set the message ends by saying how to check it.
    """

    def __init__(self, problem: str, data_set: str | None = None):
        advice = f" Check the data set with:  python -m data_scripts verify {data_set}" if data_set else ""
        super().__init__(f"{problem}{advice}")


def report(root: Path, problems: list[str], on_problem: str) -> None:
    """Say what a loader left out: in one warning, as a LayoutError with on_problem="raise", or not with "ignore"."""
    if not problems or on_problem == "ignore":
        return
    more = f"\n  ... and {len(problems) - SHOWN} more, see .problems" if len(problems) > SHOWN else ""
    text = f"{root}: {len(problems)} problem(s)\n  " + "\n  ".join(problems[:SHOWN]) + more
    if on_problem == "raise":
        raise LayoutError(text)
    warnings.warn(text, stacklevel=3)  # names the line that called the loader


def first_few(names: Sequence[str], shown: int) -> str:
    """Return "a, b, c and 7 more"."""
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more


def needed(path: Path, data_set: str, why: str = "") -> Path:
    """Return a file or folder (whose name has no dot) of a data set; LayoutError, with the reason, if it is missing."""
    if not (path.is_file() if path.suffix else path.is_dir()):
        raise LayoutError(f"{path} is missing{why}.", data_set)
    return path


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
