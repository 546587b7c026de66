"""fastText's binary files: where they lie, and whether they are whole.

The fasttext library reads a file that was cut short without complaint and returns whatever lay in memory, so the
length is checked here first. The layout (version 12, little endian): magic number, version, twelve int32 settings, a
double; the dictionary (five counts, then each word with its count and kind); input matrix; output matrix.
"""

import hashlib
import lzma
import mmap
import struct
from pathlib import Path

from course_utils import config
from course_utils.encoders.weights import MINI_WEIGHTS, WeightsMissing
from course_utils.encoders.word_list import WordList
from course_utils.files import write_whole

MAGIC, VERSION = 793712314, 12
MINI_NAME = "fasttext-mini.bin.xz"
MINI_LARGEST = 64_000_000  # bytes, unpacked: no packed file may fill a disk
AGAIN = f"restore it with `git checkout -- {MINI_NAME}` or make it with `python -m data_scripts pretrain fasttext-mini`"
PUBLISHED_NAMES = ("crawl-300d-2M-subword.bin", "cc.en.300.bin")
WHERE = (
    "https://dl.fbaipublicfiles.com/fasttext/vectors-english/crawl-300d-2M-subword.zip (5.8 GB, holds the .bin) or "
    "https://dl.fbaipublicfiles.com/fasttext/vectors-crawl/cc.en.300.bin.gz (4.5 GB)"
)


def mini_file(folder: Path | None = None) -> Path:
    """Unpack the course's own file into the cache and return where it lies. WeightsMissing if that cannot be done."""
    packed = (folder or MINI_WEIGHTS) / MINI_NAME
    if not packed.is_file():
        raise WeightsMissing(f"{packed}: the word vectors are missing; {AGAIN}")
    content = packed.read_bytes()
    target = config.cache_dir() / "fasttext" / f"{hashlib.sha256(content).hexdigest()[:24]}.bin"
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ)
    try:
        data = unpacker.decompress(content, max_length=MINI_LARGEST)
    except lzma.LZMAError as error:
        raise WeightsMissing(f"{packed}: this is no packed fastText file ({error}); {AGAIN}") from error
    if not unpacker.eof:
        raise WeightsMissing(f"{packed}: this is no packed fastText file (cut short, or far too large); {AGAIN}")
    if not (target.is_file() and target.read_bytes() == data):
        write_whole(target, data)
    return target


def published_file() -> Path:
    """Return the published file in COURSE_DATA/real/weights: the model, else the list of frequent words.

    WeightsMissing says what to fetch.
    """
    folder = config.data_root() / "real" / "weights"
    for path in (*(folder / "fasttext" / name for name in PUBLISHED_NAMES), folder / "fasttext_words" / "words.vec"):
        if path.is_file():
            return path
    raise WeightsMissing(
        "fasttext: the published word vectors are not on this machine. Get them with:  "
        "python -m data_scripts download fasttext_words  (the 200,000 most frequent words) or, for the pieces of all "
        f"others, too:  python -m data_scripts download fasttext  (4.5 GB). By hand: fetch {WHERE}, unpack it, "
        f"and put the .bin here: {folder / 'fasttext' / PUBLISHED_NAMES[0]}"
    )


def load(path: Path):
    """Return the fasttext library's model, for a .vec the WordList. WeightsMissing for a file that is cut short."""
    if path.suffix == ".vec":
        return WordList(path, digest(path))
    try:
        import fasttext
    except ImportError as error:
        raise ImportError(f"fastText is not installed ({error}): python -m pip install fasttext-modern") from error

    check_file(path)
    try:
        return fasttext.load_model(str(path))
    except (ValueError, RuntimeError, MemoryError) as error:
        raise WeightsMissing(f"{path}: fasttext cannot read this file ({error}); get it again") from error


def check_file(path: Path) -> None:
    """Raise WeightsMissing unless the file has exactly the length that its own header and dictionary ask for."""
    if path.stat().st_size == 0:
        raise WeightsMissing(f"{path}: this file is empty; get it again")
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            problem = _problem(data)
        except struct.error:
            problem = "it ends too early"
    if problem:
        raise WeightsMissing(f"{path}: this is no whole file of fastText word vectors: {problem}; get it again")


def _problem(data: mmap.mmap) -> str | None:
    magic, version, dim, *_, bucket, _, _, _ = struct.unpack_from("<14i", data, 0)
    if (magic, version) != (MAGIC, VERSION):
        return "it does not begin as one"
    position = 14 * 4 + 8
    size, n_words, _, _, _ = struct.unpack_from("<3i2q", data, position)
    position += 3 * 4 + 2 * 8
    if dim <= 0 or size <= 0 or bucket < 0 or n_words != size:
        return "its counts make no sense"
    for _ in range(size):
        end = data.find(b"\0", position, position + 10_000)
        if end < 0:
            return "it ends within its words"
        position = end + 1 + 8 + 1  # the word's count and kind
    for rows in (size + bucket, size):  # pieces, then the words that training predicted
        (quantised,) = struct.unpack_from("<?", data, position)
        if quantised:
            return "it is a compressed classifier"
        stored = struct.unpack_from("<2q", data, position + 1)
        if stored != (rows, dim):
            return f"a matrix is {stored[0]} x {stored[1]} instead of {rows} x {dim}"
        position += 1 + 2 * 8 + 4 * rows * dim
    return None if position == len(data) else f"it has {len(data):,} bytes instead of {position:,}"


def digest(path: Path, pieces: int = 64, length: int = 65536) -> str:
    """Return a key of a file that may have gigabytes: its size and 64 pieces of it, evenly spread, hashed."""
    size = path.stat().st_size
    result = hashlib.sha256(str(size).encode())
    with open(path, "rb") as file:
        for i in range(pieces):
            file.seek(max(0, (size - length) * i // (pieces - 1)))
            result.update(file.read(length))
    return result.hexdigest()
