"""The card beside the small weights: pictures and licences, recipe, seconds, measured transfer; the other networks."""

from course_utils.datasets.photographs import PHOTOGRAPHS
from course_utils.encoders import load_encoder
from course_utils.encoders.architectures import MINI
from course_utils.encoders.weights import MINI_WEIGHTS
from course_utils.results import read_table, table_path, to_markdown, wide

from .clip_card import clip_lines
from .detector_card import detector_lines
from .runs import read_card, recipe_in_words
from .text_card import text_lines

ABOUT = """Three networks of torchvision's architectures, cut small (`course_utils/encoders/architectures.py`), so
called -mini; pretrained without labels by `python -m data_scripts pretrain`. Two crops of one place have to find each
other in a batch (in-batch softmax), and the cosines of a batch have to follow what is where: edge directions, colours
and light in 4 x 4 cells. Stored in half precision, without classifier. Licence: MIT, as the code."""

MEASURED = """Retrieval on real photographs that no weight has seen: raw embeddings, cosine. `mit_split`: 807 queries
against 1,881 pictures of eight scene classes. `fashion_products`: mean AP at 10 among 1,000 product pictures of 100
attribute groups. Settings were chosen on validation parts of both sets. Repeat it with
`python -m data_scripts pretrain --measure`."""


def write_card() -> None:
    """Write CARD.md beside the small weights. Raises FileNotFoundError if a network's file is missing."""
    folder, files = MINI_WEIGHTS, []
    for name in MINI:
        made, size = read_card(folder, name), (folder / f"{name}.safetensors").stat().st_size // 1000
        parameters = load_encoder(name).n_parameters
        files.append(f"| {name} | {parameters:,} | {size:,} | {made['seconds']} ({made['device']}) |")
    lines = ["# Weights of the image networks", "", ABOUT, ""]
    lines += [
        "| network | parameters | kB | seconds |",
        "|---|---|---|---|",
        *files,
        "",
        f"Recipe: {recipe_in_words(made)}.",
        "",
    ]
    lines += ["## Pictures", "", "| photograph | from | licence |", "|---|---|---|"]
    lines += [f"| {p.name} | {p.library} | {p.licence} |" for p in PHOTOGRAPHS]
    if table_path("02_pretrained", "transfer", "real").is_file():
        transfer = wide(read_table("02_pretrained", "transfer", "real"))
        lines += ["", "## Measured transfer", "", MEASURED, "", to_markdown(transfer)]
    lines += detector_lines(folder) + text_lines(folder) + clip_lines(folder)
    (folder / "CARD.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
