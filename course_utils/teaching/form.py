"""The form of a core lesson: short enough for a class. What does not fit goes into notebooks/deeper."""

from collections.abc import Iterator

import nbformat

WORDS, CODE_CELLS, LINES, FIGURES = 2000, 35, 15, 8
IN_FORM = ("00", "01", "02", "03", "04", "05", "06", "07", "08", "09")  # the numbers of the lessons that keep to it


def form_problems(notebook: nbformat.NotebookNode) -> Iterator[str]:
    """Yield what is too long in a lesson: words of prose, code cells, lines of a cell, charts and picture grids."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    prose = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown").split()
    words = sum(any(map(str.isalnum, one)) for one in prose)  # a table's bars and a lone dash are none
    figures = sum(
        "image/png" in o.get("data", {}) or "image/jpeg" in o.get("data", {}) for c in code for o in c.outputs
    )
    for found, most, what in (
        (words, WORDS, "words"),
        (len(code), CODE_CELLS, "code cells"),
        (figures, FIGURES, "figures"),
    ):
        if found > most:
            yield f"{found} {what}, a core lesson has at most {most}: move something to notebooks/deeper"
    for number, cell in enumerate(code, start=1):
        if (lines := len(cell.source.splitlines())) > LINES:
            yield f"code cell {number} has {lines} lines, more than {LINES}: move its plumbing into the package"
