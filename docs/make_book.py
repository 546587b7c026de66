"""The book: every lesson, deeper notebook, exercise and page as a web site in build/book, readable without a network.

    python docs/make_book.py          or: make book

Pages keep their places relative to one another, so the links of notebooks and documents lead where they led before.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE, SITE = ROOT / "build" / "book-source", ROOT / "build" / "book"
_PAGES = "your_pictures real_data results glossary troubleshooting instructors capstone contributing architecture"
PAGES = [f"docs/{name}.md" for name in _PAGES.split()]
LINK = re.compile(r"\[([^\]]+)\]\((?![a-z]+:)([^)#]+)(#[^)]*)?\)")


def gather() -> None:
    """Copy what the book is made of into a folder of its own, with a table of contents."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "book", SOURCE)
    shutil.copytree(ROOT / "docs" / "pictures", SOURCE / "docs" / "pictures")
    notebooks = sorted(path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
    for path in notebooks:
        target = SOURCE / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for name in PAGES:
        text = inside((ROOT / name).read_text(encoding="utf-8"), Path(name).parent)
        (SOURCE / name).write_text(text, encoding="utf-8")
    (SOURCE / "index.md").write_text(inside(front(notebooks), Path()), encoding="utf-8")


def inside(text: str, folder: Path) -> str:
    """Return a page without its links to what is not in the book: code, results, licences."""
    pages = {(SOURCE / name).resolve() for name in PAGES}  # some are not written yet

    def kept(match: re.Match) -> str:
        place = (SOURCE / folder / match[2]).resolve()
        return match[0] if place.exists() or place in pages else match[1]

    return LINK.sub(kept, text)


def front(notebooks: list[Path]) -> str:
    """Return the first page: README up to its section on where to go on, and the contents."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Where to go on")[0]
    readme = re.sub(r'<img src="([^"]+)" alt="([^"]+)"[^>]*>', r"![\2](\1)", readme)
    names = [path.relative_to(ROOT).with_suffix("").as_posix() for path in notebooks]
    parts = {
        "Lessons": [name for name in names if name.count("/") == 1],
        "Deeper": [name for name in names if "/deeper/" in name],
        "Exercises": [name for name in names if "/exercises/" in name],
        "More": [name.removesuffix(".md") for name in PAGES],
    }
    trees = [["```{toctree}", f":caption: {title}", ":hidden:", "", *part, "```", ""] for title, part in parts.items()]
    return "\n".join([readme, *(line for tree in trees for line in tree)])


def build() -> int:
    """Build the site; return Sphinx's exit status, 1 if it had anything to complain about."""
    gather()
    shutil.rmtree(SITE, ignore_errors=True)
    strict = ["-q", "-W", "--keep-going"]
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-j", "2", *strict, str(SOURCE), str(SITE)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    status = build()
    print(f"the book: {SITE / 'index.html'}" if status == 0 else "the book was not built; see above")
    sys.exit(status)
