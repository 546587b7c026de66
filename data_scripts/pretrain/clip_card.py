"""The part of the card that tells about the small CLIP: data and its terms, recipe, seconds, recall."""

from pathlib import Path

from .runs import read_card

ABOUT = """Two branches of two layers, made by `COURSE_PROFILE=real python -m data_scripts pretrain clip-small`, that
bring the vectors of {network} ({pixels} pixels; the mean of a picture and its mirror image) and of MiniLM into one
space of {size} numbers. Trained with the in-batch softmax in both directions on the 6,000 training pictures of Flickr8k
and their five captions each; settings and epoch were chosen on its 1,000 validation pictures. Stored in half precision.

Data: Hodosh, Young and Hockenmaier, Framing image description as a ranking task, JAIR 2013. Its photographs are those
of Flickr users, its captions were collected for research; the set is for research and teaching, not for commerce, and
so are these weights. They hold no picture and no sentence. The code that made them: MIT."""

RECALL = """On the official 1,000 test pictures with five captions each, which took no part in any choice:

| direction | R@1 | R@5 | R@10 |
|---|---|---|---|
| text to image | {test t2i R@1} | {test t2i R@5} | {test t2i R@10} |
| image to text | {test i2t R@1} | {test i2t R@5} | {test i2t R@10} |"""

RECIPE = ("hidden", "size", "dropout", "text_dropout", "epochs", "batch", "lr", "weight_decay", "temperature", "seed")


def clip_lines(folder: Path) -> list[str]:
    """Return the lines of the card; none where the weights have not been made."""
    path = folder / "clip-small.safetensors"
    if not path.is_file():
        return []
    made = read_card(folder, "clip-small")
    about = ABOUT.format(network=made["image network"], pixels=made["picture size"], size=made["size"])
    recipe = ", ".join(f"{key} {made[key]}" for key in RECIPE)
    table = ["| network | kB | seconds |", "|---|---|---|"]
    table += [f"| clip-small | {path.stat().st_size // 1000:,} | {made['seconds']} ({made['device']}) |"]
    recall = RECALL
    for key, value in made.items():
        recall = recall.replace(f"{{{key}}}", value)
    return ["", "# Weights of the small CLIP", "", about, "", *table, "", f"Recipe: {recipe}.", "", recall]
