"""What a stored thing depends on, as one key: code, data, settings. The thing is stale when its key is another one.

    key(code=[train_composer, loss], data=[pictures, captions], settings={"lr": 1e-3})       24 hex digits

Executed lessons, rows of long tables, stored embeddings and checkpoints ask here, and nowhere else. `code` follows
imports inside course_utils file by file: a change to one loss makes stale what uses that loss, and nothing else.
"""

import ast
import hashlib
import json
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path

from course_utils import config
from course_utils.fingerprints import fingerprint

MANIFEST = ".drawn.json"  # left by data_scripts in every set that it drew; holds a hash of all its files
PACKAGE = "course_utils"

__all__ = ["MANIFEST", "code_of", "data_set", "data_sets_of", "files_behind", "fingerprint", "imported", "key"]


def key(code: Iterable = (), data: Iterable = (), settings=None) -> str:
    """Return 24 hex digits that change with the code behind `code`, with any item of `data`, with the settings.

    code      functions, classes, modules, or dotted names of modules
    data      what `fingerprint` takes
    settings  dicts, lists, dataclasses of plain values
    """
    return fingerprint(code_of(*code), list(data), settings)


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


def imported(source: str) -> list[str]:
    """Return the package's modules that a source text imports; for a name that a folder only passes on, its origin."""
    found = [_origin(module, name) if name else module for module, name, _ in _imports(source)]
    return [name for name in found if name.partition(".")[0] == PACKAGE]


def _origin(module: str, name: str) -> str:
    """Return the module that `from module import name` comes from in the end."""
    path = _file_of(module)
    if path is not None and path.name == "__init__.py":
        for origin, original, alias in _imports(path.read_text(encoding="utf-8")):
            if original and alias == name:
                return _origin(origin, original)
    return f"{module}.{name}" if _file_of(f"{module}.{name}") else module


@cache  # of the text alone: where a name comes from in the end may change with another file
def _imports(source: str) -> list[tuple[str, str | None, str]]:
    """Return (module, name or None, alias) of each import of a source text."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(alias.name, None, alias.asname or alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [(node.module, alias.name, alias.asname or alias.name) for alias in node.names]
    return found


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
