"""Captions of a picture: text, and the logical form of what it says."""

import numpy as np

from ..brushes.light import chance, pick
from .contents import Contents, draw_contents
from .phrases import Speaker, relations_of
from .sentences import KINDS

PER_PICTURE = 5


def captions(rng: np.random.Generator, picture: Contents, count: int = PER_PICTURE) -> list[tuple[str, dict]]:
    """Return `count` differently worded captions as (text, logical form)."""
    found: list[tuple[str, dict]] = []
    left, relations = dict(KINDS), relations_of(picture)
    while len(found) < count:
        kind = pick(rng, left)
        speaker = Speaker(rng, picture, relations)
        text = kind(speaker)
        if text is not None:
            text = finished(speaker, text)
        if text is None or any(text == other for other, _ in found):
            left[kind] *= 0.3
            continue
        left[kind] *= 0.12  # the next one is worded differently, if possible
        found.append((text, {k: v for k, v in speaker.form.items() if v}))
    return found


def finished(speaker: Speaker, text: str) -> str:
    """A sentence of it: light now and then, one space between words, capital letter, full stop."""
    if speaker.picture.light != "neutral" and chance(speaker.rng, 0.14):
        text = f"{text}, {speaker.light()}" if "," in text else f"{text} {speaker.light()}"
    text = " ".join(text.split())
    return f"{text[0].upper()}{text[1:]}."


def sentences(rng: np.random.Generator, n: int) -> list[str]:
    """Return n fresh captions of fresh random pictures that nobody drew: text of the same language."""
    result: list[str] = []
    while len(result) < n:
        result += [text for text, _ in captions(rng, draw_contents(rng))]
    return result[:n]


def tokens(text: str) -> list[str]:
    """Lower-case words without punctuation, as the Karpathy json has them."""
    return text.lower().replace(",", "").rstrip(".").split()


def spaced(text: str) -> str:
    """The text as results_20130124.token writes it, a space before each mark."""
    return text.replace(",", " ,").removesuffix(".") + " ."
