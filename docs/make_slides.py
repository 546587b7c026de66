"""A deck of slides for each lesson, made of its key sentences and figures, in build/slides; readable without a network.

    python docs/make_slides.py          or: make slides

A slide a section: of each paragraph the sentences that define a term or ask for a guess, or else its first one; then
the section's figures.
"""

import base64
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
SOURCE, SITE = ROOT / "build" / "slides-source", ROOT / "build" / "slides"
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z*])")
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
MOST = 4  # sentences on a slide
NOT_FOR_A_TALK = ("Quiz", "Setup")


def deck(path: Path) -> str:
    """Return the deck of a lesson as Markdown; its figures are written beside it."""
    cells = nbformat.read(path, as_version=4).cells
    title, _, rest = cells[0].source.partition("\n")
    lines = [title, "", *_opening(rest, path)]
    heading, number, said = "", 0, 0
    for cell in cells[1:]:
        if cell.cell_type == "markdown":
            for part in re.split(r"^(?=##+ )", cell.source.replace("\n---\n", "\n"), flags=re.MULTILINE):
                if part.startswith("##"):
                    heading, _, part = part.lstrip("# ").partition("\n")
                    lines += ["", f"## {heading}"] if heading not in NOT_FOR_A_TALK else []
                    said = 0
                if heading and heading not in NOT_FOR_A_TALK:
                    sentences = key_sentences(part)[: MOST - said]
                    lines += [f"- {sentence}" for sentence in sentences]
                    said += len(sentences)
        elif heading not in NOT_FOR_A_TALK:
            for output in cell.outputs:
                for kind, ending in ENDINGS.items():
                    if kind in output.get("data", {}):
                        number += 1
                        name = f"{path.stem}-{number}.{ending}"
                        _write(SOURCE / "pictures" / name, output["data"][kind])
                        lines += ["", f"### {heading}", "", f"![Figure of the section {heading}](pictures/{name})"]
                if "claim" in cell.source and "holds:" in output.get("text", ""):
                    lines += ["", "### What holds", "", *(f"- {line}" for line in output["text"].splitlines())]
    return "\n".join(lines) + "\n"


def key_sentences(text: str) -> list[str]:
    """Return what a section says in short, in its order.

    >>> key_sentences("Pictures come first. A **gallery** is searched. Then more.\\n\\nIt ends. Quietly.")
    ['A **gallery** is searched.', 'It ends.']
    """
    prose = re.sub(r"<details>.*?</details>|^\|.*$|^\$\$.*?\$\$$|```.*?```", "", text, flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", prose)
    found = []
    for paragraph in re.split(r"\n\s*\n", prose):
        sentences = SENTENCE.split(" ".join(paragraph.split()).removeprefix("- "))
        found += [sentence for sentence in sentences if "**" in sentence] or sentences[:1]
    return [sentence for sentence in found if sentence]


def _opening(text: str, path: Path) -> list[str]:
    """Return the diagram and what one will be able to do."""
    lines = []
    if diagram := re.search(r"!\[[^\]]*\]\((\.\./docs/pictures/[^)]+)\)", text):
        source = (path.parent / diagram[1]).resolve()
        (SOURCE / "pictures").mkdir(parents=True, exist_ok=True)
        shutil.copy(source, SOURCE / "pictures" / source.name)
        lines += [diagram[0].replace(diagram[1], f"pictures/{source.name}"), ""]
    if able := re.search(r"\*\*(?:You will be able to|After this lesson you can)\*\*(.*?)(?:\n\n|$)", text, re.DOTALL):
        lines += ["## You will be able to", *(f"- {part.strip()}" for part in able[1].split(" · "))]
    return lines


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if path.suffix == ".svg" else base64.b64decode(content))


def build() -> int:
    """Write all decks; return Sphinx's exit status, 1 if it had anything to complain about."""
    for folder in (SOURCE, SITE):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "book", SOURCE)
    shutil.move(SOURCE / "slides.py", SOURCE / "conf.py")
    lessons = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    for path in lessons:
        (SOURCE / f"{path.stem}.md").write_text(deck(path), encoding="utf-8")
    contents = ["# Image retrieval, hands on", "", "```{toctree}", *(path.stem for path in lessons), "```", ""]
    (SOURCE / "index.md").write_text("\n".join(contents), encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-b", "revealjs", "-q", "-W", "--keep-going", str(SOURCE), str(SITE)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    status = build()
    print(f"one deck a lesson: {SITE}" if status == 0 else "the slides were not built; see above")
    sys.exit(status)
