"""Words become numbers: a vocabulary with one number for padding and another one for words it has never seen."""

from collections import Counter
from collections.abc import Sequence

from course_utils.words import split_words

MARKS = "&+*/%#@"  # between two spaces such a mark is a word: "replace & with *"

PADDING, UNKNOWN = 0, 1


def query_words(text: str) -> list[str]:
    """Return the words of a text, marks that stand for a word among them.

    >>> query_words("Replace & with the T-shirt")
    ['replace', '&', 'with', 'the', 't', 'shirt']
    """
    parts = (split_words(part) or ([part] if part and not part.strip(MARKS) else []) for part in text.split())
    return [word for words in parts for word in words]


class Vocabulary:
    """The words of the training texts, numbered from 2 in alphabetical order.

    min_count  a word that occurs less often counts as unknown. Above 1 the unknown word takes part in training; with
               1 its vector stays what it was at random, since no training text holds an unknown word

    Built on training texts only: a vocabulary that has seen the test texts hides how a system meets new words. But on
    all of them: the public code of TIRG takes the words of the captions, where "replace" does not occur, so it becomes
    the unknown word, is trained as such, and every word that nobody knows is read as "replace".
    Raises ValueError if the texts hold no word at all.
    """

    def __init__(self, train_texts: Sequence[str], min_count: int = 1):
        counts = Counter(word for text in train_texts for word in query_words(text))
        words = sorted(word for word, count in counts.items() if count >= min_count)
        if not words:
            raise ValueError(f"the {len(train_texts)} training texts hold no word that occurs {min_count} time(s)")
        self.words = ["<padding>", "<unknown>", *words]
        self._ids = {word: i for i, word in enumerate(words, start=2)}

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: str) -> bool:
        return word in self._ids

    def encode(self, text: str) -> list[int]:
        """Return the numbers of a text's words, at least one. ValueError for a text that holds no word."""
        ids = [self._ids.get(word, UNKNOWN) for word in query_words(text)]
        if not ids:
            raise ValueError(f"the text {text!r} holds no word: say what to change, or search by the picture alone")
        return ids

    def unknown_words(self, text: str) -> list[str]:
        """Return the words of a text that the vocabulary lacks, in their order."""
        return [word for word in query_words(text) if word not in self._ids]
