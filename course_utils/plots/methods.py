"""One look for each method in the whole course: whoever knows the colour of "boosted" knows it in every figure."""

import re
from collections.abc import Iterable

from course_utils.plots.style import BLACK, BLUE, COLOURS, FAINT, GREEN, MARKERS, ORANGE, PURPLE, SKY, VERMILLION

# Colour and marker of what is done to a vector or how it was learned; the last word of a name that stands here decides:
# resnet18-mini-raw is "raw"
LOOKS = {
    # without learning
    "chance": (FAINT, "."),
    "random": (FAINT, "."),
    "hog": (BLACK, "P"),
    "colour": (ORANGE, "s"),
    "sift": (SKY, "v"),
    "pca": (PURPLE, "*"),
    "tfidf": (ORANGE, "v"),
    "minilm": (BLUE, "o"),
    # a network as it came, and what was made of it
    "untrained": (FAINT, "X"),
    "raw": (BLUE, "o"),
    "scratch": (ORANGE, "^"),
    "tints": (GREEN, "^"),
    "finetuned": (VERMILLION, "D"),
    "boosted": (VERMILLION, "D"),
    # losses
    "siamese": (PURPLE, "s"),
    "triplet": (GREEN, "^"),
    "triplets": (GREEN, "^"),
    "hardest": (VERMILLION, "D"),
    "softmax": (BLUE, "o"),
    # networks that are fine-tuned side by side
    "vgg11": (GREEN, "^"),
    "resnet18": (BLUE, "o"),
    "inception_v3": (VERMILLION, "D"),
    "distilbert": (PURPLE, "s"),
    # composition
    "image-only": (FAINT, "X"),
    "text-only": (SKY, "v"),
    "concatenation": (BLUE, "o"),
    "tirg": (VERMILLION, "D"),
}


def method_looks(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return {name: (colour, marker)} for the methods of one figure.

    A known method looks the same in every figure; a name that the course does not know, or whose look another one of
    this figure has, takes the next that is free, so that no two look alike.
    """
    names, looks = list(dict.fromkeys(names)), {}
    for name in names:
        look = _known(name)
        if look and look not in looks.values():
            looks[name] = look
    used = {colour for colour, _ in looks.values()}
    pairs = [(colour, MARKERS[(i + turn) % 8]) for turn in range(8) for i, colour in enumerate(COLOURS)]
    free = iter(sorted((p for p in pairs if p not in looks.values()), key=lambda pair: pair[0] in used))
    return {name: looks[name] if name in looks else next(free) for name in names}


def _known(name: str) -> tuple[str, str] | None:
    if name in LOOKS:
        return LOOKS[name]
    words = [word for word in re.split(r"[-+, ]", name) if word in LOOKS]
    return LOOKS[words[-1]] if words else None
