"""The card beside the small weights: pictures and licences, recipe, seconds, measured transfer; the other networks."""

from pathlib import Path

from safetensors import safe_open

from course_utils.datasets.photographs import PHOTOGRAPHS
from course_utils.encoders import load_encoder
from course_utils.encoders.architectures import MINI
from course_utils.encoders.weights import MINI_WEIGHTS
from course_utils.results import read_table, table_path, to_markdown, wide

from .clip_card import clip_lines
from .detector_card import detector_lines
from .text_card import text_lines

OTHER = ("network", "seconds", "device", "threads")  # of a file's metadata, besides the recipe

ABOUT = """Three networks of torchvision's architectures, cut small (`course_utils/encoders/architectures.py`), so
called -mini; pretrained without labels by `python -m data_scripts pretrain`. Two crops of one place have to find each
other in a batch (in-batch softmax), and the cosines of a batch have to follow what is where: edge directions, colours
and light in 4 x 4 cells. Stored in half precision, without classifier. Licence: MIT, as the code."""

MEASURED = """Retrieval on real photographs that no weight has seen: raw embeddings, cosine. `mit_split`: 807 queries
against 1,881 pictures of eight scene classes. `fashion_products`: mean AP at 10 among 1,000 product pictures of 100
attribute groups. Settings were chosen on validation parts of both sets. Repeat it with
`python -m data_scripts pretrain --measure`."""


def write_card(folder: Path = MINI_WEIGHTS) -> Path:
    """Write CARD.md into `folder` and return its path. Raises FileNotFoundError if a network's file is missing."""
    files = []
    for name in MINI:
        path = folder / f"{name}.safetensors"
        with safe_open(path, "pt") as file:
            made = file.metadata()
        parameters, size = load_encoder(name).n_parameters, path.stat().st_size // 1000
        files.append(f"| {name} | {parameters:,} | {size:,} | {made['seconds']} ({made['device']}) |")
    recipe = ", ".join(f"{key} {value}" for key, value in sorted(made.items()) if key not in OTHER)
    lines = ["# Weights of the image networks", "", ABOUT, ""]
    lines += ["| network | parameters | kB | seconds |", "|---|---|---|---|", *files, "", f"Recipe: {recipe}.", ""]
    lines += ["## Pictures", "", "| photograph | from | licence |", "|---|---|---|"]
    lines += [f"| {p.name} | {p.library} | {p.licence} |" for p in PHOTOGRAPHS]
    if table_path("02_pretrained", "transfer", "real").is_file():
        transfer = wide(read_table("02_pretrained", "transfer", "real"))
        lines += ["", "## Measured transfer", "", MEASURED, "", to_markdown(transfer)]
    lines += detector_lines(folder) + text_lines(folder) + clip_lines(folder)
    path = folder / "CARD.md"
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    return path
