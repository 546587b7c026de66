"""From the files as published to the layout that the loaders read. One module a data set; `converter_of` finds it."""

from importlib import import_module

from ..catalog import weights
from . import fasttext
from .converter import Converter
from .first_words import WORDS

__all__ = ["Converter", "converter_of"]


def converter_of(name: str, words: int | None = None) -> Converter:
    """Return the converter of a data set or of published weights; `words` counts for the fastText vectors only."""
    if name == "fasttext_words":
        return fasttext.first_words(words or WORDS)
    module = "single_files" if name in weights() and name != "fasttext" else name
    return import_module(f".{module}", __name__).CONVERTER
