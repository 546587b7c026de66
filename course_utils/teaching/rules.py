"""What a stored lesson has to be: executed, complete, clean. `problems` lists what is not; tests and `check` use it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from course_utils import config
from course_utils.teaching import DEEPER
from course_utils.teaching.colab import own_cells, with_colab
from course_utils.teaching.form import IN_FORM, form_problems
from course_utils.teaching.settings import parameters_cell

LARGEST = 1_500_000  # bytes of a notebook with its figures
# nbval heeds its markers only where they are alone on a line; NBVAL_SKIP would leave a cell untested
MARKER = re.compile(r"# NBVAL_(CHECK_OUTPUT|IGNORE_OUTPUT|RAISES_EXCEPTION)")
SPEAKING = ("print", "claim", "show", "display")  # calls that leave an output
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root|tmp|opt|home/\w+|Users/\w+)/[\w.-]+|\b[A-Z]:\\+Users\\+\w+")
ADDRESS = re.compile(r"\b0x[0-9a-f]{8,}\b")
WITHOUT_TABLE = ("00_start_here",)


def problems(path: Path) -> list[str]:
    """Return what is wrong with a stored notebook, one sentence each; empty when nothing is."""
    size = path.stat().st_size
    found = [f"{size / 1e6:.1f} MB, more than {LARGEST / 1e6:.1f} MB: show fewer or smaller pictures"] * (
        size > LARGEST
    )
    notebook = nbformat.read(path, as_version=4)
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        return [*found, f"not a valid notebook: {error.message}"]
    if path.is_relative_to(config.REPOSITORY):
        stored = notebook.cells
        if with_colab(notebook, path).cells != stored:
            found.append("the cell for Colab does not fit the address in pyproject.toml: `teaching colab` writes it")
    notebook.cells = own_cells(notebook)  # what else there is, is not executed
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not code:
        return [*found, "no code cell"]
    found += _frame(path.stem, notebook, code)
    if path.stem[:2] in IN_FORM and path.parent.name != DEEPER:
        found += form_problems(notebook)
    for number, cell in enumerate(code, start=1):
        found += [f"code cell {number}: {what}" for what in (*_outputs(cell), *_markers(cell))]
    for cell in notebook.cells:
        found += [f"a machine's path {text!r}: show a path inside the repository" for text in _machine_paths(cell)]
    return found


def _frame(name: str, notebook: nbformat.NotebookNode, code: list[nbformat.NotebookNode]) -> Iterator[str]:
    """What the notebook as a whole needs."""
    first = notebook.cells[0]
    if first.cell_type != "markdown" or not first.source.startswith("# "):
        yield "the first cell is not a title"
    index = parameters_cell(notebook)
    if index is None or notebook.cells[index] is not code[0]:
        yield "the first code cell is not tagged `parameters`"
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernel is not python3, the one that every Jupyter has"
    unrun = [number for number, cell in enumerate(code, start=1) if cell.execution_count != number]
    if unrun:
        share = f"{len(unrun)} of {len(code)} code cells"
        yield f"{share} were not run in order from a fresh kernel, the first is {unrun[0]}"
    if not any(line.startswith("holds") for cell in code for line in _printed(cell).splitlines()):
        yield "no claim holds: a lesson ends with claims on its own numbers"
    if name not in WITHOUT_TABLE and not any(re.search(r"save_table\(|\.save\(", cell.source) for cell in code):
        yield "no code cell saves the results with save_table"


def _outputs(cell: nbformat.NotebookNode) -> Iterator[str]:
    kinds = [output.output_type for output in cell.outputs]
    if "error" in kinds:
        yield "a stored error"
    if any(output.get("name") == "stderr" for output in cell.outputs):
        yield "stored stderr: a warning or a progress bar that is not tqdm.auto"
    if not kinds and (call := _speaking(cell.source)):
        yield f"calls {call} but no output is stored"


def _speaking(source: str) -> str | None:
    """Name a call at the top level that must have left an output."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # %magic
        return None
    for statement in body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            name = ast.unparse(statement.value.func)
            if name.rpartition(".")[2] in SPEAKING:
                return f"{name}()"
    return None


def _markers(cell: nbformat.NotebookNode) -> Iterator[str]:
    lines = [line for line in cell.source.splitlines() if "nbval" in line.lower()]
    for line in lines:
        if not MARKER.fullmatch(line):
            yield f"{line.strip()!r} is no marker of nbval's that tests something, alone on its line"
    if re.search(r"^claim\(", cell.source, re.MULTILINE) and "# NBVAL_CHECK_OUTPUT" not in lines:
        yield "claims without # NBVAL_CHECK_OUTPUT: nobody would notice that they changed"
    if "# NBVAL_CHECK_OUTPUT" in lines:
        if not cell.outputs:
            yield "# NBVAL_CHECK_OUTPUT, but there is no output to compare"
        if address := ADDRESS.search(_printed(cell)):
            yield f"compares an object's address, {address[0]}, which is another one in every run"
        if cell.source.rstrip().endswith(";"):
            yield "compared and ends in ';': nothing is hidden from nbval by it; give the value a name"


def _printed(cell: nbformat.NotebookNode) -> str:
    """All text of a code cell's outputs, pictures left out."""
    texts = []
    for output in cell.outputs:
        data = output.get("data", {})
        texts += [output.get("text", ""), *(str(data[kind]) for kind in data if not kind.startswith("image/"))]
    return "\n".join(texts)


def _machine_paths(cell: nbformat.NotebookNode) -> list[str]:
    text = cell.source + "\n" + (_printed(cell) if cell.cell_type == "code" else "")
    found = [match[0] for match in MACHINE_PATH.finditer(text)]
    here = str(config.REPOSITORY)
    return sorted({*found, *([here] if here in text else [])})
