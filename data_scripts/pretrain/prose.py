"""English prose that is already on the machine: the docstrings of free libraries, cleaned of code.

They are read as text, nothing is imported or run. Which sentences there are depends on the installed versions, so the
card beside the weights records versions and counts.
"""

import ast
import importlib.util
import re
import sysconfig
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

# library -> (distribution, licence); Python's own library stands for itself
LIBRARIES = {
    "numpy": ("numpy", "BSD-3-Clause"),
    "scipy": ("scipy", "BSD-3-Clause"),
    "sklearn": ("scikit-learn", "BSD-3-Clause"),
    "skimage": ("scikit-image", "BSD-3-Clause"),
    "matplotlib": ("matplotlib", "PSF-based"),
    "python": ("python", "PSF-2.0"),
}
CODE = re.compile(r">>>|\.\.\s|::|[{}<>=\\|_@#~^*]|\w\.\w|\w\(|https?:|--")
WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*[.,;:!?)\"']*")
WORDS = range(6, 36)  # shorter ones are headings, longer ones lists


def library_version(name: str) -> str:
    """Return the installed version that the sentences of a library come from."""
    return sysconfig.get_python_version() if name == "python" else version(LIBRARIES[name][0])


def _files(name: str) -> list[Path]:
    """All Python files of a library, in an order that does not depend on the file system; without its tests."""
    if name == "python":
        folder = Path(sysconfig.get_path("stdlib"))
    else:
        folder = Path(importlib.util.find_spec(name).origin).parent
    left_out = {"test", "tests", "site-packages", "_vendor", "externals"}
    left_out |= {"idlelib", "lib2to3", "turtledemo", "encodings"}  # of Python's own library
    files = [path.relative_to(folder) for path in folder.rglob("*.py")]
    return [folder / path for path in sorted(files) if not left_out & set(path.parts)]


def docstrings(source: str) -> Iterator[str]:
    """Yield the docstrings of a file's text; nothing for a file that this Python cannot read."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def clean(docstring: str) -> list[str]:
    """Return the sentences of a docstring that are plain prose: no code, no tables, no parameters, no formulas.

    >>> clean("Sort it.\\n\\nThe small values come first and the large ones come last.\\n\\n>>> sort([2, 1])")
    ['The small values come first and the large ones come last.']
    """
    sentences = []
    for paragraph in re.split(r"\n\s*\n", docstring):
        text = " ".join(paragraph.replace("``", "").replace("`", "").split())
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text):
            words = sentence.split()
            plain = sum(bool(WORD.fullmatch(word)) for word in words)
            if len(words) in WORDS and plain >= 0.9 * len(words) and sentence[-1] == "." and not CODE.search(sentence):
                sentences.append(sentence)
    return sentences


def prose() -> dict[str, list[str]]:
    """Return {library: its sentences}, each sentence once, in the order in which they are found."""
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    for name in LIBRARIES:
        found[name] = []
        for path in _files(name):
            for docstring in docstrings(path.read_text(encoding="utf-8", errors="replace")):
                for sentence in clean(docstring):
                    if sentence not in seen:
                        seen.add(sentence)
                        found[name].append(sentence)
    return found
