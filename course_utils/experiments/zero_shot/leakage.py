"""Species of the test that the picture network has met: a network pretrained on named photographs knows their names.

ImageNet's thousand classes hold birds, flowers and many products. A class is taken as met if one of ImageNet's names
for a class is its own, in singular or plural; relatives under another name are not counted, so this is the least.
"""

import re

import numpy as np
from timm.data import ImageNetInfo

from course_utils.experiments.zero_shot.answers import first_answers, fit, top_1
from course_utils.projection import Pairs


def imagenet_names() -> set[str]:
    """Return all names of ImageNet's thousand classes, as `plain` writes them."""
    info = ImageNetInfo()
    return {plain(name) for i in range(info.num_classes()) for name in info.index_to_description(i).split(",")}


def plain(name: str) -> str:
    """Return small letters and single spaces, each word in the singular: "Cowboy-Boots" -> "cowboy boot".

    >>> plain("European  Goldfinch"), plain("Flip Flops"), plain("Dresses"), plain("dress")
    ('european goldfinch', 'flip flop', 'dress', 'dress')
    """
    words = re.findall(r"[a-z']+", name.lower())
    return " ".join(_singular(word) for word in words)


def _singular(word: str) -> str:
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "'s")) else word


def met(classes: list[str]) -> list[str]:
    """Return the classes that ImageNet has, in their order."""
    known = imagenet_names()
    return [one for one in classes if plain(one) in known]


def by_acquaintance(vectors: dict[str, Pairs], labels: np.ndarray, was_met: np.ndarray, ridge: float) -> dict:
    """Return top-1 of the test with all species, and after those that were met are left out of questions and gallery.

    labels (N,), was_met (N,) of the test pictures. Also the share of species that were met, and top-1 of their
    sentences and of the others' in the full gallery. A measure is absent where there is nobody to ask.
    """
    linear, test = fit(vectors["train"], ridge), vectors["test"]
    asked, asked_met = labels[test.caption_image], was_met[test.caption_image]
    right = labels[first_answers(linear, test.texts, test.images)] == asked
    species = np.unique(labels)
    found = {"species": len(species), "species_met": len(np.unique(labels[was_met])), "top_1": right.mean()}
    for name, mask in (("top_1_met", asked_met), ("top_1_not_met", ~asked_met)):
        if mask.any():
            found[name] = right[mask].mean()
    if not was_met.all():
        found["top_1_left_out"] = top_1(linear, test.subset(np.flatnonzero(~was_met)), labels[~was_met])
    return {name: float(value) for name, value in found.items()}
