"""A pickle is read as data or refused; none of its code runs."""

import io
import os
import pickle
import struct

import numpy as np
import pytest

from data_scripts.convert.pickles import read_plain
from data_scripts.fetch.errors import Refused

SCENES = {
    "train": {
        "objects_img": [[{"shape": "circle", "color": "red", "size": "small", "pos": (0.5, 0.25)}], []],
        "mods": [{"from": [0], "to": [1], "to_str": "remove red circle"}],
        "labels": [3, -1, 2**40],
    },
    "empty": None,
    "flags": [True, 1.5],
}


def as_json(value):
    import json

    return json.loads(json.dumps(value))


def save_bytes(value, protocol=2) -> bytes:
    """As NumPy saves an object; protocol 2 is that of Python 2."""
    header = b"{'descr': '|O', 'fortran_order': False, 'shape': (), }"
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    array = np.empty((), dtype=object)
    array[()] = value
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + pickle.dumps(array, protocol=protocol)


def save(path, value, protocol=2):
    path.write_bytes(save_bytes(value, protocol))
    return path


def python2(path):
    """The same instructions that Python 2 wrote: byte strings, and the module names of its NumPy."""
    text = save(path, SCENES).read_bytes().replace(b"numpy._core.multiarray", b"numpy.core.multiarray")
    path.write_bytes(text)
    return path


@pytest.mark.parametrize("protocol", [0, 1, 2])
def test_an_object_saved_by_numpy(protocol, tmp_path):
    assert read_plain(save(tmp_path / "a.npy", SCENES, protocol)) == as_json(SCENES)


def test_an_object_saved_by_python_2(tmp_path):
    assert read_plain(python2(tmp_path / "a.npy")) == as_json(SCENES)


def test_byte_strings_of_python_2(tmp_path):
    # {'shape': 'caf\xe9'} as Python 2 writes it: SHORT_BINSTRING
    (tmp_path / "a.pkl").write_bytes(b"\x80\x02}q\x00U\x05shapeq\x01U\x04caf\xe9q\x02s.")
    assert read_plain(tmp_path / "a.pkl") == {"shape": "café"}


def test_arrays_and_numbers_of_numpy_become_lists_and_numbers(tmp_path):
    value = {
        "pos": np.array([[0.5, 0.25], [1.0, -2.0]]),
        "ids": np.arange(3, dtype=">i4"),
        "n": np.int64(7),
        "f": np.float32(0.5),
        "names": np.array(["a", "b"], dtype=object),
    }
    expected = {"pos": [[0.5, 0.25], [1.0, -2.0]], "ids": [0, 1, 2], "n": 7, "f": 0.5, "names": ["a", "b"]}
    assert read_plain(save(tmp_path / "a.npy", value)) == expected


class Evil:
    def __init__(self, function, *arguments):
        self.what = (function, arguments)

    def __reduce__(self):
        return self.what


@pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("function", [os.system, os.mkdir, eval, getattr, np.fromfile])
def test_a_pickle_that_runs_something(function, protocol, tmp_path, monkeypatch):
    target = tmp_path / "pwned"
    arguments = {os.system: f"touch {target}", eval: f"open({str(target)!r}, 'w')"}.get(function, str(target))
    (tmp_path / "a.npy").write_bytes(pickle.dumps({"train": Evil(function, arguments)}, protocol=protocol))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refused, match=r"a\.npy is not plain data and was not read"):
        read_plain(tmp_path / "a.npy")
    save(tmp_path / "a.npy", Evil(function, arguments), min(protocol, 2))
    with pytest.raises(Refused, match="asks for"):
        read_plain(tmp_path / "a.npy")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "body",
    [
        b"cos\nsystem\n(S'true'\ntR.",  # GLOBAL, REDUCE
        b"(S'true'\nios\nsystem\n.",  # INST
        b"(cos\nsystem\nS'true'\no.",  # OBJ
        b"\x80\x04\x8c\x02os\x8c\x06system\x93.",  # STACK_GLOBAL
        b"\x80\x02\x82\x01.",  # EXT1
        b"Pwhatever\n.",  # PERSID
        b"cnumpy\nndarray\n}S'x'\nK\x01sb.",  # BUILD on a name that is allowed
        b"cnumpy\ndtype\ncos\nsystem\nb.",
        b"cnumpy\ndtype.__init__.__globals__\n.",
        b"cnumpy.core.multiarray\nscalar\n.",  # the stand-in itself as a value
        b"c_codecs\nencode\n(Vabc\nVrot13\ntR.",
        b"\x80\x02]q\x00h\x00a.",  # a list that contains itself
        b"\x80\x02X\xff\xff\xff\x7fabc.",  # a string longer than the file
        b"}cnumpy\ndtype\n(S'f8'\ntRK\x01s.",  # an odd key
        b"",
        b"not a pickle",
    ],
)
def test_crafted_pickles(body, tmp_path):
    (tmp_path / "a.npy").write_bytes(body)
    if body.startswith(b"c_codecs"):
        assert read_plain(tmp_path / "a.npy") == "abc"  # the encoding that it asks for is not looked up
        return
    with pytest.raises(Refused, match=r"a\.npy is not plain data"):
        read_plain(tmp_path / "a.npy")


def test_references_that_unfold_to_billions(tmp_path, monkeypatch):
    value = ["lol"]
    for _ in range(30):
        value = [value, value]
    (tmp_path / "a.pkl").write_bytes(pickle.dumps(value, protocol=2))
    monkeypatch.setattr("data_scripts.convert.pickles.NODES", 10_000)
    with pytest.raises(Refused, match="unfolds to too much"):
        read_plain(tmp_path / "a.pkl")


def test_an_array_that_claims_to_be_huge_takes_no_memory(tmp_path):
    array = pickle.dumps(np.zeros(4), protocol=2).replace(b"K\x04\x85", b"J\xff\xff\xff\x7f\x85")
    (tmp_path / "a.pkl").write_bytes(array)
    assert read_plain(tmp_path / "a.pkl") == [0.0] * 4  # as many as there are bytes for, whatever the shape says


def test_plain_arrays_and_other_versions_are_not_what_is_expected(tmp_path):
    np.save(tmp_path / "a.npy", np.arange(3))
    with pytest.raises(Refused, match="where one object was expected"):
        read_plain(tmp_path / "a.npy")
    out = io.BytesIO()
    np.lib.format.write_array(out, np.arange(3), version=(2, 0))
    (tmp_path / "a.npy").write_bytes(out.getvalue())
    with pytest.raises(Refused, match="version"):
        read_plain(tmp_path / "a.npy")
