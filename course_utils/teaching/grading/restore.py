"""Before a submission is graded, the instructor's cells are put back as they were released.

nbgrader overwrites the text of a changed test. It gives up, though, where a cell's metadata were damaged or where two
neighbouring cells are missing, and it does not miss a locked cell that grades nothing (the setup, without which every
task fails). This step runs first, brings all of that in order, and logs one line for each thing that it found.
"""

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, NbGraderPreprocessor

from course_utils.teaching.grading.outcome import NOTE


class RestoreCells(NbGraderPreprocessor):
    """Put back deleted cells, edited tests and damaged metadata; leave everything that the student may write."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            released = _released(gradebook.find_notebook(names["notebook"], names["assignment"]))
        nb.cells = self._known_cells(nb.cells, released)
        if any("nbgrader" in cell.metadata for cell in nb.cells):
            self._put_back_missing(nb.cells, released)
        else:
            self._note(
                "no cell says to which task it belongs, as in a copied or converted notebook; all cells of the "
                "assignment were put back, and what was handed in stands below them, to be marked by hand"
            )
            nb.cells = [*map(_copy, released.values()), *nb.cells]
        return nb, resources

    def _note(self, text: str) -> None:
        self.log.warning("%s %s", NOTE, text)

    def _known_cells(self, cells: list, released: dict) -> list:
        """Return the cells, those of the instructor as released, every other one without grading metadata."""
        kept, seen = [], set()
        for cell in reversed(cells):  # of two copies the later one counts: it is the one that runs last
            meta = cell.metadata.pop("nbgrader", None)
            name = meta.get("grade_id") if isinstance(meta, dict) else None
            if name not in released or name in seen:
                if name in seen:
                    self._note(f"cell {name} exists more than once; the last copy counts")
                elif name is not None:
                    self._note(f"a cell named {name!r} is none of this assignment; it counts as an ordinary cell")
                kept.append(cell)
                continue
            seen.add(name)
            ours, answer = self._as_released(cell, released[name])
            kept += [answer, ours] if answer else [ours]
        return kept[::-1]

    def _as_released(self, cell: NotebookNode, source: NotebookNode) -> tuple[NotebookNode, NotebookNode | None]:
        """Return the cell as graded and, where a question was written over, a new cell with what was written."""
        meta, answer = source.metadata.nbgrader, None
        ours = _copy(source)
        if meta.solution and cell.cell_type == source.cell_type:
            ours.source = cell.source
        elif meta.solution:
            self._note(f"cell {meta.grade_id} was turned into a {cell.cell_type} cell; turned back")
            ours.source = cell.source
        elif cell.source.strip() != _visible(source).strip():
            if meta.task:
                self._note(f"question {meta.grade_id} was written over; restored, the text stands below it")
                answer = new_markdown_cell(cell.source)
            else:
                self._note(f"cell {meta.grade_id} was edited; restored")
        return ours, answer

    def _put_back_missing(self, cells: list, released: dict) -> None:
        present = {cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata}
        # a first cell goes in front of the next one that is there, so below the student's id, which it reads
        after = next(i for i, cell in enumerate(cells) if "nbgrader" in cell.metadata) - 1
        for name, source in released.items():
            if name not in present:
                self._note(f"cell {name} was deleted; put back")
                cells.insert(after + 1, _copy(source))
            after = next(i for i, cell in enumerate(cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def _released(notebook) -> dict[str, NotebookNode]:
    """Return the instructor's cells by name, in order, as the gradebook has them: hidden tests included."""
    points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    released = {}
    for source in notebook.source_cells:
        meta = {
            "grade": source.name in points and source.name not in tasks,
            "grade_id": source.name,
            "locked": source.locked,
            "schema_version": 3,
            "solution": source.name in solutions,
            "task": source.name in tasks,
            "checksum": source.checksum,
            "cell_type": source.cell_type,
        }
        if source.name in points:
            meta["points"] = points[source.name]
        new = new_code_cell if source.cell_type == "code" else new_markdown_cell
        released[source.name] = new(source.source, metadata={"nbgrader": meta})
    return released


def _copy(cell: NotebookNode) -> NotebookNode:
    new = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    return new(cell.source, metadata={"nbgrader": dict(cell.metadata.nbgrader)})


def _visible(cell: NotebookNode) -> str:
    """Return the text of a cell as students got it: without hidden tests and mark scheme."""
    shown = _copy(cell)
    step = ClearMarkScheme() if cell.metadata.nbgrader.task else ClearHiddenTests()
    return step.preprocess_cell(shown, {}, 0)[0].source
