"""From the files as published to the layout that the loaders read. One module a data set; `converter_of` finds it."""

from importlib import import_module

from .converter import Converter

__all__ = ["Converter", "converter_of"]


def converter_of(name: str, words: int | None = None) -> Converter:
    """Return the converter of a data set or of published weights; `words` counts for the fastText vectors only."""
    from ..catalog import weights

    if name.startswith("fasttext"):
        from . import fasttext

        return fasttext.converter(words) if words else fasttext.CONVERTER
    module = "single_files" if name in weights() else name
    return import_module(f".{module}", __name__).CONVERTER
