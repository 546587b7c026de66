"""Is a lesson up to date? It is when nothing it depends on changed since its last successful run."""

import json
import platform
import sysconfig
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import nbformat

from course_utils import config, provenance
from course_utils.files import write_whole
from course_utils.teaching.colab import own_cells


def fingerprint(notebook: nbformat.NotebookNode, libraries: bool = True) -> str:
    """Return the key of all that a lesson's result depends on: its cells, the code and data behind them, libraries.

    libraries  False leaves those out: then the key is the same on every machine
    """
    cells = own_cells(notebook)
    source = "\n".join(
        line if not line.lstrip().startswith(("%", "!")) else ""
        for cell in cells
        if cell.cell_type == "code"
        for line in cell.source.splitlines()
    )
    try:
        modules = provenance.imported(source)
    except SyntaxError:  # the run will say so
        source, modules = "", []
    files = provenance.files_behind(modules)
    sets = sorted(provenance.data_sets_of(source, files))
    weights = sorted((config.REPOSITORY / "course_utils" / "weights").glob("*"))
    reads_weights = any(file.parent.name == "encoders" for file in files)
    return provenance.key(
        code=modules,
        data=[*(provenance.data_set(name) for name in sets), *(f.read_bytes() for f in weights if reads_weights)],
        settings=[_libraries() if libraries else "", *((cell.cell_type, cell.source) for cell in cells)],
    )


def made_from(notebook: nbformat.NotebookNode) -> str | None:
    """Return the key that was noted in a notebook when its outputs were stored, None without one."""
    return notebook.metadata.get("made_from")


def note_made_from(notebook: nbformat.NotebookNode) -> None:
    """Note in a notebook what its outputs are made from: when that changes, they have to be made again."""
    notebook.metadata["made_from"] = fingerprint(notebook, libraries=False)


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
    write_whole(path, (json.dumps(stamp, indent=1) + "\n").encode())


@cache
def _libraries() -> str:
    # of the environment alone: what lies on the path besides depends on the folder and on what was imported before
    folders = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    found = sorted({f"{package.name} {package.version}" for package in distributions(path=folders) if package.name})
    return "\n".join([platform.python_version(), *found])
