"""Imports run one way: no file and no folder imports one that imports it, and no private name crosses files."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

from course_utils.config import REPOSITORY

PACKAGES = ("course_utils", "data_scripts")


@cache
def modules() -> dict[str, Path]:
    """Return {dotted name: file} of both packages; a package is called by its folder."""
    found = {}
    for package in PACKAGES:
        for path in sorted((REPOSITORY / package).rglob("*.py")):
            parts = path.relative_to(REPOSITORY).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports_of(name: str) -> list[tuple[str, str]]:
    """Return (module, name taken from it) for every import in a file, also those inside functions."""
    path, known = modules()[name], modules()
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names if alias.name in known]
        if isinstance(node, ast.ImportFrom):
            base = ".".join([*package.split(".")[: len(package.split(".")) - node.level + 1]] if node.level else [])
            base = ".".join(filter(None, [base, node.module]))
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                if inner in known:
                    found.append((inner, ""))
                elif base in known:
                    found.append((base, alias.name))
    return found


def circles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Return the sets of nodes that reach each other, those of more than one node (Tarjan's components, by reach)."""
    reach = {node: set(after) for node, after in graph.items()}
    changed = True
    while changed:
        changed = False
        for after in reach.values():
            more = set().union(*(reach.get(other, set()) for other in after)) - after
            after |= more
            changed |= bool(more)
    found = {frozenset(o for o in reach[n] if n in reach.get(o, set())) for n in reach if n in reach[n]}
    return sorted((set(circle) for circle in found if len(circle) > 1), key=sorted)


@cache
def files() -> dict[str, set[str]]:
    return {name: {module for module, _ in imports_of(name) if module != name} for name in modules()}


def folders() -> dict[str, set[str]]:
    """The same between rooms; what a room takes from itself is its own affair."""
    graph = defaultdict(set)
    for name, after in files().items():
        mine = folder_of(name)
        graph[mine] |= {room for room in map(folder_of, after) if room != mine}
    return graph


def folder_of(name: str) -> str:
    """The room a module is in: its folder below the package, such as course_utils.losses; that of loose files is the
    package itself. A loose file that no other imports is a command, and a room of its own.
    """
    parts = name.split(".")
    loose = len(parts) == 2 and modules()[name].name != "__init__.py"
    return parts[0] if loose and name in set().union(*files().values()) else ".".join(parts[:2])


def test_the_search_finds_a_circle():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]
    assert circles({"a": {"b"}, "b": set()}) == []


def test_no_file_imports_one_that_imports_it():
    assert circles(files()) == []


def test_no_folder_imports_one_that_imports_it():
    assert circles(folders()) == []


def test_the_course_does_not_import_what_fills_the_data_folders():
    wrong = {
        n: sorted(a)
        for n, a in files().items()
        if n.startswith("course_utils") and any(m.startswith("data_") for m in a)
    }
    assert not wrong


def test_what_students_use_does_not_import_what_they_never_open():
    theirs = ("course_utils.teaching", "data_scripts")
    students = {name: after for name, after in files().items() if not name.startswith(theirs)}
    wrong = [name for name, after in students.items() if any(m.startswith("course_utils.teaching") for m in after)]
    assert not wrong


def is_own(node: ast.Attribute) -> bool:
    """Whether this is an attribute of the object itself: a class may use what its parent has in another file."""
    return isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")


def private_of_others(path: Path) -> list[str]:
    """Return what a file uses of others: an imported name, or an attribute that it does not itself define, with a _."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    private = {
        *(a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names),
        *(n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and not is_own(n)),
    }
    own = {
        *(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)),
        *(n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)),
        *(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)),
    }
    return sorted(name for name in private - own if name.startswith("_") and not name.startswith("__"))


def test_no_private_name_is_used_across_files():
    ours = {  # a library's private name is another matter: that one needs its reason beside it
        node.name
        for path in modules().values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    found = {
        name: [private for private in private_of_others(path) if private in ours] for name, path in modules().items()
    }
    assert not {name: private for name, private in found.items() if private}
