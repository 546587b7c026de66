"""Is a lesson up to date? It is when nothing it depends on changed since its last successful run."""

import hashlib
import json
import platform
import sysconfig
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import nbformat

from course_utils import config

MANIFEST = ".drawn.json"  # left by data_scripts in every set that it drew; holds a hash of all its files


def fingerprint(notebook: nbformat.NotebookNode) -> str:
    """Return a hash of all that a lesson's result depends on: its cells, the package, the data, the libraries."""
    total = hashlib.sha256()
    for cell in notebook.cells:
        total.update(f"{cell.cell_type}\0{cell.source}\0".encode())
    for part in (_package(config.REPOSITORY), _libraries(), _data(config.data_root() / config.profile())):
        total.update(part.encode() + b"\0")
    return total.hexdigest()


def read_stamp(path: Path, key: str) -> dict | None:
    """Return what was noted at the last successful run, or None if it does not count any more.

    It counts when its fingerprint is `key` and the executed copy and all tables that it wrote are still there.
    """
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
        complete = stamp["key"] == key and path.with_suffix(".ipynb").is_file()
        tables = [config.results_dir() / table for table in stamp["tables"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return stamp if complete and all(table.is_file() for table in tables) else None


def write_stamp(path: Path, key: str, seconds: float, peak_mb: float) -> None:
    """Note a successful run beside its executed copy; `path` ends in <lesson>.json."""
    # the folder of a lesson's tables begins with its number
    written = sorted((config.results_dir() / config.profile()).glob(f"{path.stem[:2]}_*/*.csv"))
    tables = [table.relative_to(config.results_dir()).as_posix() for table in written]
    stamp = {"key": key, "seconds": round(seconds, 1), "peak_mb": round(peak_mb), "tables": tables}
    path.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")


def _package(repository: Path) -> str:
    package = repository / "course_utils"
    files = [*package.rglob("*.py"), *(f for f in (package / "weights").glob("*") if f.is_file())]
    # the runner itself changes no result
    files = [f for f in files if package / "lessons" not in f.parents]
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(package)).encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


@cache
def _libraries() -> str:
    # of the environment alone: what lies on the path besides depends on the folder and on what was imported before
    folders = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    found = sorted({f"{package.name} {package.version}" for package in distributions(path=folders) if package.name})
    return "\n".join([platform.python_version(), *found])


def _data(folder: Path) -> str:
    """Describe the data sets by their manifests; real ones, which have none, by the names and sizes of their files."""
    lines = [str(folder)]
    for data_set in sorted(path for path in folder.glob("*") if path.is_dir() and not path.name.startswith(".")):
        manifest = data_set / MANIFEST
        if manifest.is_file():
            lines.append(f"{data_set.name} {manifest.read_text(encoding='utf-8')}")
        else:
            files = sorted(file for file in data_set.rglob("*") if file.is_file())
            lines += [f"{file.relative_to(folder)} {file.stat().st_size}" for file in files]
    return "\n".join(lines)
