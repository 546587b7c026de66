"""The first N vectors of a zipped fastText file, while it arrives: the words come by frequency, few are enough."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..fetch.errors import Damaged, Mismatch, Refused

WORDS = 200_000
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
SLICE = 1 << 14  # bytes that are decompressed at once: at most a thousand times as many come out
LONGEST = 1 << 16  # bytes of a line


class FirstMember:
    """Decompress the first file of a zip archive whose bytes arrive in pieces; no directory at its end is needed."""

    def __init__(self):
        self._head, self._inflate = b"", None

    @property
    def ended(self) -> bool:
        return self._inflate is not None and self._inflate.eof

    def feed(self, block: bytes) -> Iterator[bytes]:
        """Yield what these bytes decompress to. Raises Damaged, Refused."""
        if self._inflate is None:
            self._head += block
            if len(self._head) < LOCAL_HEADER.size:
                return
            mark, _, flags, method, *_, name, extra = LOCAL_HEADER.unpack_from(self._head)
            if mark != b"PK\3\4":
                raise Damaged("this is no zip archive")
            if flags & 1 or method != 8:
                raise Refused("the archive is encrypted or compressed in an unknown way")
            start = LOCAL_HEADER.size + name + extra
            if len(self._head) < start:
                return
            self._inflate, block, self._head = zlib.decompressobj(-15), self._head[start:], b""
        for i in range(0, len(block), SLICE):
            try:
                yield self._inflate.decompress(block[i : i + SLICE])
            except zlib.error as error:
                raise Damaged(f"the archive is damaged ({error})") from None


class Enough:
    """Called with all bytes of the archive in order; True once they hold the header and `words` lines."""

    def __init__(self, words: int):
        self.member, self.lines_left = FirstMember(), words + 1

    def __call__(self, block: bytes) -> bool:
        if self.lines_left > 0:
            self.lines_left -= sum(text.count(b"\n") for text in self.member.feed(block))
        return self.lines_left <= 0


def _lines(archive: Path) -> Iterator[bytes]:
    member, rest = FirstMember(), b""
    with open(archive, "rb") as file:
        while block := file.read(1 << 18):
            for text in member.feed(block):
                *whole, rest = (rest + text).split(b"\n")
                yield from whole
                if len(rest) > LONGEST:
                    raise Mismatch(f"{archive.name} holds a line of more than {LONGEST:,} bytes: no word vectors")
    if not member.ended:
        raise Damaged(f"{archive.name} ends before the words that were asked for")


def write_first(archive: Path, out: Path, words: int) -> int:
    """Write the first `words` vectors (fewer if there are not as many) in fastText's text format; return how many.

    Raises Damaged for an archive that ends too early, Mismatch for anything but word vectors.
    """
    lines = _lines(archive)
    header = next(lines, b"").split()
    if len(header) != 2 or not all(part.isdigit() for part in header):
        raise Mismatch(f"{archive.name} does not begin with the numbers of words and dimensions")
    count, dimensions = min(words, int(header[0])), int(header[1])
    with open(out, "wb") as file:
        file.write(b"%d %d\n" % (count, dimensions))
        for number in range(count):
            line = next(lines, b"").rstrip()
            if line.count(b" ") != dimensions:
                raise Mismatch(f"{archive.name}: line {number + 2} is no word with {dimensions} numbers")
            file.write(line + b"\n")
    return count
