"""Longer settings for `make results`: values that replace those of a lesson's cell tagged `parameters`.

results/settings.toml holds one section a lesson, and where needed one a profile, which then wins:

    [02_pretrained]
    seeds = [0, 1, 2]
    [02_pretrained.real]
    epochs = 20
"""

import ast
import copy
import tomllib
from pathlib import Path

import nbformat

PROFILES = ("drawn", "real")


class SettingsError(ValueError):
    """The settings do not fit the lesson; the message names the lesson and the parameter."""


def read_settings(path: Path, lesson: str, profile: str) -> dict:
    """Return {parameter: value} of one lesson for one profile; empty where the file says nothing of it."""
    try:
        with open(path, "rb") as file:
            section = tomllib.load(file).get(lesson, {})
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    own = {name: value for name, value in section.items() if name not in PROFILES}
    return own | section.get(profile, {})


def parameters_cell(notebook: nbformat.NotebookNode) -> int | None:
    """Return the index of the cell tagged `parameters`, None without one."""
    tagged = [i for i, c in enumerate(notebook.cells) if "parameters" in c.metadata.get("tags", [])]
    return tagged[0] if tagged else None


def with_settings(notebook: nbformat.NotebookNode, settings: dict, lesson: str) -> nbformat.NotebookNode:
    """Return a copy of the notebook with a cell after its parameters that gives them other values.

    Raises: SettingsError if there is no such cell, or if it does not assign a name that is to be set.
    """
    notebook = copy.deepcopy(notebook)
    if not settings:
        return notebook
    index = parameters_cell(notebook)
    if index is None:
        raise SettingsError(f"{lesson} has no cell tagged `parameters`, but settings: {', '.join(settings)}")
    tree = ast.parse(notebook.cells[index].source)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    unknown = sorted(set(settings) - names)
    if unknown:
        raise SettingsError(f"{lesson} has no parameter {', '.join(unknown)}; it has: {', '.join(sorted(names))}")
    source = "\n".join(f"{name} = {value!r}" for name, value in settings.items())
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["injected-parameters"]})
    notebook.cells.insert(index + 1, cell)
    return notebook
