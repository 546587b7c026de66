"""fastText's published vectors of the most frequent words, as text; archives may be whole or only begun."""

from pathlib import Path

from .converter import Converter, named
from .first_words import WORDS, Enough, write_first

TEXT = "words.vec"


def of_words(words: int) -> Converter:
    """Return the converter for so many words."""

    def first(file: Path, folder: Path) -> None:
        write_first(file, folder / TEXT, words)

    readers = {"*.zip": first, "*.zip.first-*": first}
    return Converter(lambda path: named(path, TEXT), readers, growth=2.0, words=words, looking=lambda: Enough(words))


CONVERTER = of_words(WORDS)
