"""Stored outputs that change only when a result changes: no times, no versions, no progress bars, stable cell ids."""

import hashlib

import nbformat

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def tidy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return the notebook, changed in place, without what differs from run to run or from machine to machine.

    Progress bars go (a stored bar shows nothing but how fast one machine was); other widgets keep their state.
    """
    state = notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    shown, seen = set(), set()
    for cell in notebook.cells:
        cell["id"] = _stable_id(cell, seen)
        if cell.cell_type != "code":
            continue
        for timing in ("execution", "ExecuteTime", "papermill"):
            cell.metadata.pop(timing, None)
        kept = []
        for output in cell.outputs:
            model = output.get("data", {}).get(WIDGET_VIEW, {}).get("model_id")
            if model and _is_progress_bar(model, state):
                continue
            if model:
                shown.add(model)
            kept.append(output)
        cell.outputs = kept
    language = {k: v for k, v in notebook.metadata.get("language_info", {}).items() if k != "version"}
    metadata = {"kernelspec": KERNEL} | ({"language_info": language} if language else {})
    notebook.metadata = nbformat.from_dict(metadata)
    needed = _reachable(shown, state)
    if needed:
        kept_state = {model: state[model] for model in sorted(needed)}
        widgets = {WIDGET_STATE: {"state": kept_state, "version_major": 2, "version_minor": 0}}
        notebook.metadata["widgets"] = nbformat.from_dict(widgets)
    return notebook


def _stable_id(cell: nbformat.NotebookNode, seen: set[str]) -> str:
    """Name a cell after its contents, so that an edit elsewhere does not rename it."""
    name = hashlib.sha256(f"{cell.cell_type}\0{cell.source}".encode()).hexdigest()[:8]
    unique, copies = name, 1
    while unique in seen:
        copies += 1
        unique = f"{name}-{copies}"
    seen.add(unique)
    return unique


def _is_progress_bar(model: str, state: dict) -> bool:
    """Is it what tqdm draws: a box around a progress widget? A bar that has left, and so has no state, is one too."""
    if model not in state:
        return True
    return any("FloatProgress" in state[child].get("model_name", "") for child in _reachable({model}, state))


def _reachable(models: set[str], state: dict) -> set[str]:
    """Follow the references "IPY_MODEL_<id>" inside the widgets' states."""
    found, todo = set(), [model for model in models if model in state]
    while todo:
        model = todo.pop()
        if model in found:
            continue
        found.add(model)
        text = str(state[model])
        todo += [other for other in state if other not in found and f"IPY_MODEL_{other}" in text]
    return found
