"""The first cell of a notebook on Colab: it gets the course and installs it; elsewhere it does nothing.

Only a public copy can be got, so a notebook has this cell where `address` knows one, and none elsewhere:

    python -m course_utils.teaching colab    once the address stands in pyproject.toml (exercises: make exercises)
"""

import os
import tomllib
from pathlib import Path

import nbformat

from course_utils import config

TAG = "colab"
SOURCE = """\
# on Colab: get the course and what it needs, which takes some minutes; elsewhere nothing happens
import importlib.util
import os
import sys

if "google.colab" in sys.modules and importlib.util.find_spec("course_utils") is None:
    !git clone --quiet --depth 1 {address} image-retrieval-course
    %cd -q image-retrieval-course/{folder}
    %pip install --quiet --editable "{root}[scale]"
    sys.path.insert(0, os.path.abspath("{root}"))"""


def address() -> str:
    """Return where a public copy of this repository is, "" without one: what the book's buttons lead to as well.

    It stands in pyproject.toml, [project.urls] repository; the environment variable COURSE_REPOSITORY goes before it.
    Raises ValueError for anything but an address that begins with https://.
    """
    path = config.REPOSITORY / "pyproject.toml"
    project = tomllib.loads(path.read_text(encoding="utf-8"))["project"] if path.is_file() else {}
    found = os.environ.get("COURSE_REPOSITORY") or project.get("urls", {}).get("repository", "")
    if found and (not found.startswith("https://") or set(found) & set(" \"'\n;&|`$")):
        raise ValueError(f"the repository's address is {found!r}; it has to be like https://example.org/you/course")
    return found.rstrip("/")


def own_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the cells without the one that installs the course: what is executed, checked and fingerprinted."""
    return [cell for cell in notebook.cells if TAG not in cell.metadata.get("tags", [])]


def with_colab(notebook: nbformat.NotebookNode, path: Path) -> nbformat.NotebookNode:
    """Return the notebook, changed in place, with the cell after its title, or without it where no address is known.

    path  of the notebook, inside the repository
    """
    notebook.cells = own_cells(notebook)
    if found := address():
        folder = path.parent.relative_to(config.REPOSITORY)
        root = "/".join([".."] * len(folder.parts))
        source = SOURCE.format(address=found, folder=folder.as_posix(), root=root)
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": [TAG, "hide-input"]}, id="on-colab")
        notebook.cells.insert(1, cell)
    return notebook
