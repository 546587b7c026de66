"""Where one word ends and the next begins: the one splitter for dictionaries, word vectors, vocabularies and names."""

import unicodedata
from functools import cache

import regex


def split_words(text: str, joiners: str = "") -> list[str]:
    """Return the lower-case words of a text in any script: letters with their accents and vowel signs, and digits.

    joiners  characters that hold a word together between two letters, such as "'’-"; all others end it

    >>> split_words("Replace the T-shirt's 2 straps!")
    ['replace', 'the', 't', 'shirt', 's', '2', 'straps']
    >>> split_words("A heart-shaped leaf, isn't it? 😀", joiners="'’-")
    ['a', 'heart-shaped', 'leaf', "isn't", 'it']
    """
    text = unicodedata.normalize("NFKC", text).lower()  # one spelling of what looks alike
    return _word(joiners).findall(text.encode("utf-8", "replace").decode())


@cache
def _word(joiners: str) -> regex.Pattern:
    # a zero-width joiner belongs to the word that it shapes, in Hindi as in Persian
    letters = r"[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}]|[\u200c\u200d](?=[\p{L}\p{M}]))*"
    return regex.compile(rf"{letters}(?:[{regex.escape(joiners)}]{letters})*" if joiners else letters)
