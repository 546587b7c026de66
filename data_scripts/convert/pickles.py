"""Read a pickle as data: containers, numbers and strings, nothing else. No name that it asks for is ever looked up.

A pickle is a program for a small machine, and GLOBAL ("import this name") with REDUCE ("call it") can run anything.
Files of NumPy's Python 2 days need four names: two that build arrays and two that build their types. Here these names
lead to stand-ins of ours that hold plain lists, so not even NumPy's own code runs. Every other name is refused before
the machine starts, and so are the instructions that no plain data needs.
"""

import codecs
import io
import pickle
import pickletools
import struct
from pathlib import Path

from numpy.lib import format as npy

from ..fetch.errors import Refused

LARGEST = 1 << 30  # bytes of a file
NODES = 100_000_000  # values in the result; shared ones count each time, as JSON will write them each time
DEPTH = 50
# instructions that build instances or look up names in other ways than GLOBAL
UNWANTED = {"INST", "OBJ", "NEWOBJ", "NEWOBJ_EX", "STACK_GLOBAL", "PERSID", "BINPERSID"}
UNWANTED |= {"EXT1", "EXT2", "EXT4", "NEXT_BUFFER", "READONLY_BUFFER"}
# a number's letter in `struct` by its code in NumPy
LETTERS = {"b1": "?", "f2": "e", "f4": "f", "f8": "d"}
LETTERS |= {"i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u2": "H", "u4": "I", "u8": "Q"}


class _Type:
    """Stands for numpy.dtype: remembers its code, e.g. "f8"."""

    def __init__(self, code, *unused):
        self.code = code.decode() if isinstance(code, bytes) else str(code)
        self.order = "<"

    def __setstate__(self, state):
        self.order = state[1] if state[1] in ("<", ">") else "<"

    def values(self, raw) -> list:
        letter = LETTERS.get(self.code.lstrip("<>|="))
        if letter is None:
            raise ValueError(f"numbers of the type {self.code!r}")
        raw = raw.encode("latin1") if isinstance(raw, str) else raw
        return [value for (value,) in struct.iter_unpack(self.order + letter, raw)]


class _Array:
    """Stands for numpy.ndarray: a nested list once its state has arrived."""

    def __init__(self, *unused):
        self.plain = None

    def __setstate__(self, state):
        _, shape, kind, column_major, content = state
        flat = content if isinstance(content, list) else kind.values(content)
        if column_major and len(shape) > 1:
            raise ValueError("an array in column order")
        self.plain = _nested(flat, shape)


def _nested(flat: list, shape: tuple):
    if not shape:
        return flat[0]
    if len(shape) == 1:
        return flat
    step = len(flat) // shape[0] if shape[0] else 0
    return [_nested(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def _scalar(kind: _Type, raw):
    return kind.values(raw)[0]


def _encode(text: str, encoding: str = "latin1"):
    return codecs.encode(text, "latin1") if encoding == "latin1" else text


NAMES = {
    ("numpy", "dtype"): _Type,
    ("numpy", "ndarray"): _Array,
    **{(f"numpy.{core}.multiarray", "_reconstruct"): _Array for core in ("core", "_core")},
    **{(f"numpy.{core}.multiarray", "scalar"): _scalar for core in ("core", "_core")},
    ("_codecs", "encode"): _encode,
}


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in NAMES:
            raise Refused(f"the pickle asks for {module}.{name}")
        return NAMES[module, name]


def read_plain(path: Path):
    """Return the content of a .npy file with one object in it, or of a bare pickle, as dict, list, str, int, float.

    Strings of Python 2 are read as Latin-1, tuples become lists. Raises Refused for anything that is not plain data.
    """
    if path.stat().st_size > LARGEST:
        raise Refused(f"{path.name} is larger than {LARGEST:,} bytes")
    with open(path, "rb") as file:
        try:
            body = _body(file)
            scan(body)
            found = _PlainUnpickler(io.BytesIO(body), encoding="latin1").load()
            return _Plain().convert(found)
        except Refused as error:
            raise Refused(f"{path.name} is not plain data and was not read: {error}") from None
        except Exception as error:  # a crafted pickle can raise anything; none of it is data
            raise Refused(f"{path.name} is not plain data or damaged: {type(error).__name__}: {error}") from None


def _body(file) -> bytes:
    if file.read(6) != npy.MAGIC_PREFIX:
        file.seek(0)
        return file.read()
    version = tuple(file.read(2))
    if version != (1, 0):
        raise Refused(f"a .npy file of version {version}")
    shape, _, kind = npy.read_array_header_1_0(file, max_header_size=10_000)
    if not kind.hasobject or shape not in ((), (1,)):
        raise Refused(f"an array of shape {shape} where one object was expected")
    return file.read()


def scan(body: bytes) -> None:
    """Look at all instructions without carrying them out; raises Refused for a name or instruction not allowed."""
    for instruction, argument, position in pickletools.genops(body):
        if instruction.name in UNWANTED:
            raise Refused(f"instruction {instruction.name} at byte {position}")
        if instruction.name == "GLOBAL" and tuple(argument.split(" ", 1)) not in NAMES:
            raise Refused(f"it asks for {argument.replace(' ', '.')} at byte {position}")


class _Plain:
    """Copies what was read into fresh containers; bounded, because references can unfold to far more than the file."""

    def __init__(self):
        self.nodes = 0

    def convert(self, value, depth: int = 0):
        self.nodes += 1
        if self.nodes > NODES or depth > DEPTH:
            raise Refused("it unfolds to too much, or contains itself")
        if isinstance(value, _Array):
            value = value.plain
        if value is None or type(value) in (bool, int, float, str):
            return value
        if type(value) is bytes:
            return value.decode("latin1")
        if type(value) in (list, tuple):
            return [self.convert(item, depth + 1) for item in value]
        if type(value) is dict:
            return {self._key(key): self.convert(item, depth + 1) for key, item in value.items()}
        raise Refused(f"a value of the type {type(value).__name__}")

    def _key(self, key) -> str:
        if type(key) not in (str, bytes, int):
            raise Refused(f"a key of the type {type(key).__name__}")
        return key.decode("latin1") if type(key) is bytes else str(key)
