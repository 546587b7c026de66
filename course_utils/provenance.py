"""What a stored thing depends on, as one key: code, data, settings. The thing is stale when its key is another one.

    key(code=[train_composer, loss], data=[pictures, captions], settings={"lr": 1e-3})       24 hex digits

Executed lessons, rows of long tables, stored embeddings and checkpoints ask here, and nowhere else. `code` follows
imports inside course_utils file by file: a change to one loss makes stale what uses that loss, and nothing else.
"""

import ast
import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np

from course_utils import config

MANIFEST = ".drawn.json"  # left by data_scripts in every set that it drew; holds a hash of all its files
PACKAGE = "course_utils"


def key(code: Iterable = (), data: Iterable = (), settings=None) -> str:
    """Return 24 hex digits that change with the code behind `code`, with any item of `data`, with the settings.

    code      functions, classes, modules, or dotted names of modules
    data      what `fingerprint` takes
    settings  dicts, lists, dataclasses of plain values
    """
    return fingerprint(code_of(*code), list(data), settings)


def fingerprint(*things) -> str:
    """Return 24 hex digits that change with any of the things, their kinds, shapes and order.

    Things are arrays, tensors, networks (all weights and buffers), texts, bytes, numbers, None, functions (what they
    compute, with the values that they hold), and lists, dicts and dataclasses of them. Raises TypeError for others.
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
    elif thing is None or isinstance(thing, bool | int | float | np.generic | Path):
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
        settings.append((repr(function.args), repr(sorted(function.keywords.items()))))
        function = function.func
    code = getattr(function, "__code__", None)
    if code is None:  # an object that can be called: by its class and what it holds
        return [name_of(function), repr(sorted(getattr(function, "__dict__", {}).items())), settings]
    cells = [repr(cell.cell_contents) for cell in function.__closure__ or ()]
    return [function.__qualname__, *_code(code), repr(function.__defaults__), cells, settings]


def _code(code) -> list:
    """Return the instructions and constants of a code object, those of functions inside it included."""
    constants = [_code(one) if hasattr(one, "co_code") else repr(one) for one in code.co_consts]
    return [code.co_code, constants]


def name_of(function) -> str:
    """Return what a function of a recipe is called, with the settings of a `partial`: it tells two runs apart."""
    if isinstance(function, partial):
        settings = [*map(repr, function.args), *(f"{k}={v!r}" for k, v in sorted(function.keywords.items()))]
        return f"{name_of(function.func)}({', '.join(settings)})"
    return getattr(function, "__qualname__", type(function).__qualname__)


def code_of(*things) -> str:
    """Return a hash of every file of the package that the things need, found by following its imports."""
    names = {thing if isinstance(thing, str) else _module_of(thing) for thing in things}
    total = hashlib.sha256()
    for path in sorted(files_behind(names)):
        total.update(path.relative_to(config.REPOSITORY).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:24]


def _module_of(thing) -> str:
    while isinstance(thing, partial):
        thing = thing.func
    return thing.__name__ if type(thing).__name__ == "module" else getattr(thing, "__module__", type(thing).__module__)


def files_behind(names: Iterable[str]) -> set[Path]:
    """Return the package's files that some modules need: their own, and those of all that they import."""
    found, waiting = set(), [name for name in names if name.partition(".")[0] == PACKAGE]
    while waiting:
        name = waiting.pop()
        path = _file_of(name)
        if path is None or path in found:
            continue
        found.add(path)
        waiting += imported(path.read_text(encoding="utf-8"))
    return found


def _file_of(name: str) -> Path | None:
    place = config.REPOSITORY.joinpath(*name.split("."))
    files = (place.with_suffix(".py"), place / "__init__.py")
    return next((file for file in files if file.is_file()), None)


@cache
def imported(source: str) -> list[str]:
    """Return the package's modules that a source text imports; for a name that a folder only passes on, its origin."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [_origin(node.module, alias.name) for alias in node.names]
    return [name for name in found if name.partition(".")[0] == PACKAGE]


def _origin(module: str, name: str) -> str:
    """Return the module that `from module import name` comes from in the end."""
    path = _file_of(module)
    if _file_of(f"{module}.{name}"):
        return f"{module}.{name}"
    if path is not None and path.name == "__init__.py":
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and any((a.asname or a.name) == name for a in node.names):
                return _origin(node.module, name)
    return module


def data_set(name: str) -> str:
    """Describe a data set as it lies on disk: by the note of its drawing, a real one by the files' names and sizes."""
    folder = config.data_root() / config.profile() / name
    manifest = folder / MANIFEST
    if manifest.is_file():
        return f"{name} {json.loads(manifest.read_text(encoding='utf-8'))['sha256']}"
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return "\n".join([name, *(f"{file.relative_to(folder).as_posix()} {file.stat().st_size}" for file in files)])


def data_sets_of(source: str, files: Iterable[Path]) -> set[str]:
    """Return the names of the data sets that a lesson reads: its loaders' own, and those that its cells name."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files if file.parent.name == "datasets"]
    found = set()
    for function in (node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)):
        defaults = zip(reversed(function.args.args), reversed(function.args.defaults), strict=False)
        found |= {d.value for a, d in defaults if a.arg == "name" and isinstance(d, ast.Constant)}
    here = {folder.name for folder in (config.data_root() / config.profile()).glob("*") if folder.is_dir()}
    texts = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    return found | {text for text in texts if isinstance(text, str) and text in here}
