"""From the files as published to the layout that the loaders read. One module a data set; `converter_of` finds it."""

from importlib import import_module
from pathlib import Path

from .converter import Converter

__all__ = ["Converter", "converter_of"]


def converter_of(name: str, words: int | None = None) -> Converter:
    """Return the converter of a data set or of published weights: of the module called like it, else of single files.

    words  how many word vectors to take; counts for a module that knows `of_words`
    """
    own = (Path(__file__).parent / f"{name}.py").is_file()
    module = import_module(f".{name if own else 'single_files'}", __name__)
    return module.of_words(words) if words and hasattr(module, "of_words") else module.CONVERTER
