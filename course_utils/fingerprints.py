"""One short key for whatever is computed with: arrays, texts, networks, functions and lists of them."""

import hashlib
from collections.abc import Iterable, Set
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path

import numpy as np


def fingerprint(*things) -> str:
    """Return 24 hex digits that change with any of the things, their kinds, shapes and order.

    Things are arrays, tensors, networks (all weights and buffers), texts, bytes, numbers, None, functions (what they
    compute, with the values that they hold), and lists, sets, dicts and dataclasses of them. The same things have the
    same digits in every process. Raises TypeError for others.
    """
    total = hashlib.sha256()
    for thing in things:
        _update(total, thing)
    return total.hexdigest()[:24]


def _update(total, thing) -> None:
    kind = type(thing).__name__
    if isinstance(thing, str):
        _block(total, "str", thing.encode("utf-8", "surrogatepass"))
    elif isinstance(thing, bytes):
        _block(total, "bytes", thing)
    elif thing is None or thing is Ellipsis or isinstance(thing, bool | int | float | complex | np.generic | Path):
        _block(total, kind, repr(thing).encode())
    elif isinstance(thing, np.ndarray) and thing.dtype.kind != "O":
        _block(total, f"array {thing.dtype} {thing.shape}", np.ascontiguousarray(thing).view(np.uint8).data)
    elif hasattr(thing, "detach"):  # a torch tensor, recognised without importing torch
        _block(total, f"tensor {thing.dtype}", b"")
        tensor = thing.detach().cpu().contiguous()
        _update(total, (tensor.float() if thing.is_floating_point() else tensor).numpy())
    elif hasattr(thing, "state_dict"):  # a network
        _update(total, [kind, thing.state_dict()])
    elif is_dataclass(thing) and not isinstance(thing, type):
        _update(total, [kind, *((f.name, getattr(thing, f.name)) for f in fields(thing))])
    elif isinstance(thing, dict):
        _update(total, [kind, *sorted(thing.items(), key=lambda item: str(item[0]))])
    elif isinstance(thing, Set):  # in which order it is walked changes from process to process
        _update(total, ["set", *sorted(map(fingerprint, thing))])
    elif isinstance(thing, Iterable):
        items = list(thing)
        _block(total, f"{len(items)} things", b"")
        for item in items:
            _update(total, item)
    elif callable(thing):
        _update(total, _function(thing))
    else:
        raise TypeError(f"{kind} has no fingerprint: give its arrays, texts or numbers")


def _block(total, kind: str, content) -> None:
    """Add one value, so that it is clear where it ends and the next begins."""
    total.update(f"{kind} {len(content)}\0".encode())
    total.update(content)


def _function(function) -> list:
    """Return what tells one function from another: two lambdas have one name, but not one code and one closure."""
    settings = []
    while isinstance(function, partial):
        settings.append([list(map(_held, function.args)), {k: _held(v) for k, v in function.keywords.items()}])
        function = function.func
    name = getattr(function, "__qualname__", type(function).__qualname__)
    code = getattr(function, "__code__", None)
    if code is None:  # an object that can be called: by its class and what it holds
        return [name, {k: _held(v) for k, v in getattr(function, "__dict__", {}).items()}, settings]
    cells = [_held(cell.cell_contents) for cell in function.__closure__ or ()]
    defaults = [_held(value) for value in function.__defaults__ or ()]
    return [name, *_code(code), defaults, cells, settings]


def _code(code) -> list:
    """Return instructions, names and constants of a code object, those of functions inside it included."""
    constants = [_code(one) if hasattr(one, "co_code") else one for one in code.co_consts]
    return [code.co_code, code.co_names, constants]


def _held(value):
    """What a function holds counts by its value where it has one; a network, which it may be training, by its shapes.

    Anything else counts by the name of its class.
    """
    if hasattr(value, "state_dict"):
        return [type(value).__name__, {name: tuple(part.shape) for name, part in value.state_dict().items()}]
    try:
        fingerprint(value)
    except TypeError:
        return type(value).__qualname__
    return value
