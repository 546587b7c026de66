"""The vectors of the most frequent words from a text file: what `data_scripts download fasttext_words` makes.

A line "<words> <dimensions>", then a line a word: the word, a space, its numbers with a space between.
"""

from pathlib import Path

import numpy as np

from course_utils.encoders.weights import WeightsMissing
from course_utils.stored import stored

AGAIN = "get it again with:  python -m data_scripts download fasttext_words"


class WordList:
    """Answers what the fasttext library's model answers, but knows whole words only: any other word has no vector.

    The table of vectors, float32 (words, D), is made once and then lies in the cache under `key`.
    Raises WeightsMissing for a file that is cut short or no such list.
    """

    def __init__(self, path: Path, key: str):
        self.path, self._words, starts = path, [], []
        with open(path, "rb") as file:
            header = file.readline().split()
            if len(header) != 2 or not all(part.isdigit() for part in header):
                raise WeightsMissing(
                    f"{path}: this file does not begin with its numbers of words and dimensions; {AGAIN}"
                )
            count, self._dim = map(int, header)
            position = file.tell()
            for line in file:
                starts.append(position)
                self._words.append(line.partition(b" ")[0].decode("utf-8", "replace"))
                position += len(line)
        if len(starts) != count or count == 0:
            raise WeightsMissing(f"{path}: there are {len(starts):,} words instead of {count:,}; {AGAIN}")
        starts.append(position)
        self._vectors = stored(f"words-{key[:24]}", count, lambda i, j: self._numbers(starts[i], starts[j], j - i))
        self._ids = {word: i for i, word in reversed(list(enumerate(self._words)))}

    def _numbers(self, start: int, stop: int, rows: int) -> np.ndarray:
        with open(self.path, "rb") as file:
            file.seek(start)
            lines = file.read(stop - start).splitlines()
        try:
            numbers = [line.rstrip().split(b" ")[1:] for line in lines]  # some files end their lines with a space
            return np.array(numbers, "S").astype(np.float32).reshape(rows, self._dim)
        except ValueError as error:
            raise WeightsMissing(
                f"{self.path}: a line is no word with {self._dim} numbers ({error}); {AGAIN}"
            ) from error

    def get_dimension(self) -> int:
        return self._dim

    def get_words(self) -> list[str]:
        return self._words

    def get_word_id(self, word: str) -> int:
        return self._ids.get(word, -1)

    def get_word_vector(self, word: str) -> np.ndarray:
        return np.array(self._vectors[self._ids[word]]) if word in self._ids else np.zeros(self._dim, np.float32)

    def get_subwords(self, word: str) -> tuple[list[str], list[int]]:
        return ([word], [self._ids[word]]) if word in self._ids else ([], [])

    def get_input_vector(self, row: int) -> np.ndarray:
        return self._vectors[row]
