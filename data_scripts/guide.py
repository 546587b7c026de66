"""The tables of docs/real_data.md: printed from the catalog, the lessons and results/settings.toml, never typed.

python -m data_scripts.guide     print them anew between the markers of the page:

    <!-- data sets -->   <!-- weights -->   <!-- settings: 02_pretrained_embeddings -->   ... each up to   <!-- end -->
"""

import ast
import inspect
import io
import re
import tokenize
from pathlib import Path

import nbformat

from course_utils.config import REPOSITORY
from course_utils.encoders import ImageEncoder
from course_utils.encoders.architectures import MINI_PIXELS, PUBLISHED_PIXELS
from course_utils.files import write_whole
from course_utils.teaching.settings import parameters_cell, read_settings
from course_utils.training import fine_tune_attributes, train_classifier, train_text_classifier

from .catalog import DataSet, catalog, weights
from .convert import converter_of
from .fetch.space import in_bytes, total

PAGE = REPOSITORY / "docs" / "real_data.md"
BLOCK = re.compile(r"<!-- (?P<what>data sets|weights|settings: (?P<lesson>\w+)) -->\n.*?<!-- end -->", re.DOTALL)
SPEED = 50e6 / 8  # bytes a second of a home connection


def _batch(function) -> int:
    return inspect.signature(function).parameters["batch_size"].default


def _code(lesson: str) -> list[tuple[str, str, object, object]]:
    """Return (setting, meaning, drawn, real) of what stands in the code and not among a lesson's parameters."""
    pixels = ", ".join(
        f"{size} ({', '.join(n for n in PUBLISHED_PIXELS if PUBLISHED_PIXELS[n] == size)})"
        for size in sorted(set(PUBLISHED_PIXELS.values()))
    )
    image = ("picture size", "pixels a side that a pretrained network sees", MINI_PIXELS, pixels)
    embed = ("batch, embedding", "pictures at once", *2 * [_batch(ImageEncoder.embed)])
    tune = ("batch, fine-tuning", "pictures at once", *2 * [_batch(train_classifier)])
    texts = ("batch, texts", "sentences at once in fine-tuning", *2 * [_batch(train_text_classifier)])
    labels = ("batch, attributes", "pictures at once in fine-tuning", *2 * [_batch(fine_tune_attributes)])
    rows = {
        "02": [image, embed, tune],
        "04": [image, embed],
        "05": [image, embed, tune, texts],
        "06": [image, embed, labels],
    }.get(lesson[:2], [])
    workers = ("workers", "processes that read pictures: none, they are read once and then kept", 0, 0)
    return [*rows, workers, ("precision", "of all computations, mixed precision is not used", "float32", "float32")]


def parameters(notebook: Path) -> dict[str, tuple[object, str]]:
    """Return {name: (value, its comment)} of a lesson's cell tagged `parameters`."""
    cells = nbformat.read(notebook, as_version=4)
    source = cells.cells[parameters_cell(cells)].source
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            several = isinstance(node.targets[0], ast.Tuple)
            names = node.targets[0].elts if several else node.targets
            values = ast.literal_eval(node.value)
            comment = " ".join(comments[n] for n in range(node.lineno, node.end_lineno + 1) if n in comments)
            found |= {n.id: (v, comment) for n, v in zip(names, values if several else [values], strict=True)}
    return found


def _settings(lesson: str) -> list[list]:
    stored = {p: read_settings(REPOSITORY / "results" / "settings.toml", lesson, p) for p in ("drawn", "real")}
    rows = [["setting", "meaning", "`make run`", "`make results`, generated", "`make results`, real"]]
    for name, (value, comment) in parameters(REPOSITORY / "notebooks" / f"{lesson}.ipynb").items():
        rows.append([f"`{name}`", comment, value, *(stored[p].get(name, value) for p in ("drawn", "real"))])
    return rows + [[name, meaning, drawn, drawn, real] for name, meaning, drawn, real in _code(lesson)]


def _sizes(entry: DataSet) -> list[str]:
    """Return (to fetch, disk while it is made, minutes), as far as publishers state sizes."""
    fetched = [in_bytes(source.size)[0] for source in entry.sources if not source.by_hand]
    all_of_it = [in_bytes(source.size)[0] for source in entry.sources]
    minutes = str(max(1, round(sum(fetched) / SPEED / 60))) if any(fetched) else ""
    return [total(fetched), total(all_of_it, 1 + converter_of(entry.name).growth), minutes]


def _data_sets() -> list[list]:
    rows = [["name", "lessons", "contents", "fetch", "disk", "minutes", "by hand", "terms"]]
    for entry in catalog().values():
        hand = ", ".join(source.file for source in entry.sources if source.by_hand) or "–"
        rows.append([f"`{entry.name}`", " ".join(entry.lessons), entry.counts, *_sizes(entry), hand, entry.terms])
    return rows


def _weights() -> list[list]:
    rows = [["name", "lessons", "what", "fetch", "terms"]]
    for entry in weights().values():
        size = total(in_bytes(source.size)[0] for source in entry.sources)
        rows.append([f"`{entry.name}`", " ".join(entry.lessons), entry.title, size, entry.terms])
    return rows


def refresh(text: str) -> str:
    """Return the page with every marked table printed anew; ValueError for a marker that is not closed."""
    if len(BLOCK.findall(text)) != len(re.findall(r"<!-- (?:data sets|weights|settings: )", text)):
        raise ValueError("a table marker is not closed: every one needs its <!-- end -->")
    return BLOCK.sub(_table, text)


def _cell(value) -> str:
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value).replace("|", "/")


def _table(match: re.Match) -> str:
    rows = {"data sets": _data_sets, "weights": _weights}.get(match["what"], lambda: _settings(match["lesson"]))()
    lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join([f"<!-- {match['what']} -->", *lines, "<!-- end -->"])


if __name__ == "__main__":
    write_whole(PAGE, refresh(PAGE.read_text(encoding="utf-8")).encode())
