"""Classify pictures by the names of their classes alone: the nearest sentence wins (CLIP, Radford and others 2021).

vectors = class_vectors(load_text_encoder("clip-small"), ["coast", "forest"], PROMPTS["photo"])
labels = (load_encoder("clip-small").embed(pictures) @ vectors.T).argmax(axis=1)
"""

from collections.abc import Sequence

import numpy as np

from course_utils.datasets import load_scenes
from course_utils.encoders import load_encoder, load_text_encoder
from course_utils.encoders.text import TextEncoder
from course_utils.experiments.rows import with_interval

# what is said about a class; several prompts are averaged
PROMPTS = {
    "name": ("{}",),
    "photo": ("a photo of a {}",),
    "ensemble": ("a photo of a {}", "a {}", "people in front of a {}", "a {} seen from far away", "a picture of a {}"),
}


def class_vectors(encoder: TextEncoder, names: Sequence[str], prompts: Sequence[str]) -> np.ndarray:
    """Return a vector of length 1 for each name, float32 (C, D): the mean over its prompts, "{}" being the name.

    Raises ValueError where there is no name or no prompt, or a prompt without a place for the name.
    """
    if not len(names) or not len(prompts):
        raise ValueError(f"{len(names)} names and {len(prompts)} prompts: at least one of each is needed")
    for prompt in prompts:
        if "{}" not in prompt:
            raise ValueError(f"the prompt {prompt!r} has no {{}}, where the name of a class would stand")
    vectors = np.mean([encoder.embed([prompt.format(name) for name in names]) for prompt in prompts], axis=0)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def readable(name: str) -> str:
    """Return the name of a class as a word: tall_building -> tall building."""
    return name.replace("_", " ").replace("-", " ").lower()


def zero_shot_rows() -> list[dict]:
    """Return top-1 accuracy on the test part of the scenes, for each kind of prompt, and for guessing."""
    test, rows = load_scenes().test, []
    pictures, sentences = load_encoder("clip-small"), load_text_encoder("clip-small")
    embedded = pictures.embed(test.load(pictures.image_size))
    names = [readable(name) for name in test.classes]
    for kind, prompts in PROMPTS.items():
        found = (embedded @ class_vectors(sentences, names, prompts).T).argmax(axis=1) == test.labels
        rows += with_interval(test.name.split("/")[0], f"clip-small-{kind}", "top_1", found.mean(), found.astype(float))
    return rows
