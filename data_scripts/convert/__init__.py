"""From the files as published to the layout that the loaders read. One module a data set; `converter_of` finds it."""

from importlib import import_module

from .converter import Converter

__all__ = ["Converter", "converter_of"]


def converter_of(name: str) -> Converter:
    """Return the converter of a data set or of published weights."""
    from ..catalog import weights

    module = {"fasttext": "fasttext", "fasttext_subword": "fasttext"}.get(name, "single_files" if name in weights() else name)
    return import_module(f".{module}", __name__).CONVERTER
