"""fastText word vectors, and sentences made of them by mean or by sum.

A fastText vector of a word is the mean of the vectors of its pieces (Bojanowski et al., 2017): the word itself where it
was seen, and all runs of a few letters in it. So a word that was never seen has a vector, too, near words spelt alike.
Only a mere list of frequent words (course_utils/encoders/word_list.py) has the vector of zeros for all others.
The file format: course_utils/encoders/fasttext_file.py.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from tqdm.auto import tqdm

from course_utils.checks import check_choice
from course_utils.encoders import fasttext_file
from course_utils.encoders.names import check_name, is_mini
from course_utils.encoders.text import TextEncoder, check_texts
from course_utils.words import split_words

NAMES = ("fasttext-mini", "fasttext")
JOINERS = "'’-"  # isn't, heart-shaped: one word, as in the texts that the vectors were learned from


class WordVectors:
    """The vectors of one fastText file. `vectors["crimson"]` is float32 (D,); each word is computed once.

    random  None, or a seed: vectors of random pieces instead of the file's, an untrained fastText of the same shape
    Raises WeightsMissing for a file that is damaged, RuntimeError for a fasttext library that alters vectors.
    """

    def __init__(self, name: str, path: Path, random: int | None = None):
        self.name, self.path, self.random = name, path, random
        self.digest = fasttext_file.digest(path)
        self._model = fasttext_file.load(path)
        self.dim = self._model.get_dimension()
        self._known: dict[str, np.ndarray] = {}
        _check_library(self._model)

    def __repr__(self) -> str:
        return f"WordVectors({self.path.name}: {len(self.words)} words and the pieces of all others -> {self.dim})"

    def __contains__(self, word: str) -> bool:
        return self._model.get_word_id(word) >= 0

    @property
    def words(self) -> list[str]:
        """The words that were seen in training, frequent ones first."""
        return self._model.get_words()

    def __getitem__(self, word: str) -> np.ndarray:
        if word not in self._known:
            self._known[word] = self._random(word) if self.random is not None else self._model.get_word_vector(word)
        return self._known[word]

    def _random(self, word: str) -> np.ndarray:
        rows = self._model.get_subwords(word)[1]
        pieces = [np.random.default_rng((self.random, int(row))).uniform(-1, 1, self.dim) for row in rows]
        return (np.mean(pieces, axis=0) if pieces else np.zeros(self.dim)).astype(np.float32) / self.dim


def _check_library(model) -> None:
    """There are several builds of the fasttext library; one of them scales word vectors, which changes every sum."""
    word = model.get_words()[0]
    pieces = np.mean([model.get_input_vector(int(row)) for row in model.get_subwords(word)[1]], axis=0)
    if not np.allclose(pieces, model.get_word_vector(word), rtol=1e-3, atol=1e-6):
        raise RuntimeError(
            "the installed fasttext library returns word vectors that are not the mean of their pieces; "
            "install the one this course names: python -m pip install --force-reinstall fasttext-modern"
        )


def load_word_vectors(name: str, weights: str = "pretrained", seed: int = 0) -> WordVectors:
    """Return word vectors from their file: "fasttext-mini", the course's own, or "fasttext", the published ones.

    weights  "pretrained", or "random": pieces drawn from `seed`
    Raises ValueError for another name, WeightsMissing where the file cannot be had: where to get and to put it.
    """
    check_name("set of word vectors", name, NAMES)
    check_choice("weights", weights, ("pretrained", "random"))
    path = fasttext_file.mini_file() if is_mini(name) else fasttext_file.published_file()
    return WordVectors(name, path, seed if weights == "random" else None)


class FastTextEncoder(TextEncoder):
    """Sentences as the mean or the sum of their word vectors, each word counted as often as it occurs.

    pooling  "mean": the length of a text does not matter; "sum": long texts get long vectors
    A text without words has the zero vector. No vector is normalised, neither of words nor of sentences.
    """

    def __init__(self, vectors: WordVectors, pooling: str = "mean"):
        check_choice("pooling", pooling, ("mean", "sum"))
        self.vectors, self.pooling, self.dim = vectors, pooling, vectors.dim
        self.name = f"{vectors.name}-{pooling}" + ("" if vectors.random is None else f"-random{vectors.random}")

    def _state(self) -> Iterable:
        yield self.vectors.digest.encode()

    def _compute(self, texts: list[str], batch_size: int, device) -> np.ndarray:
        embeddings = np.zeros((len(texts), self.dim), np.float32)
        for i, text in enumerate(tqdm(texts, desc=f"embed with {self.name}", delay=2, leave=False)):
            if words := split_words(text, JOINERS):
                total = np.sum([self.vectors[word] for word in words], axis=0)
                embeddings[i] = total / len(words) if self.pooling == "mean" else total
        return embeddings

    def words(self, texts: Sequence[str], max_words: int = 32) -> tuple[np.ndarray, np.ndarray]:
        """Return the word vectors in order, for a network that reads them: float32 (N, L, D), and lengths int64 (N,).

        L is the number of words of the longest text, at most `max_words`; further words are left out. Shorter texts are
        filled up with zeros; a text without words has length 0. Memory: N x L x D x 4 bytes.
        """
        if max_words < 1:
            raise ValueError(f"max_words is {max_words}; it must be at least 1")
        split = [split_words(text, JOINERS)[:max_words] for text in check_texts(texts)]
        lengths = np.array([len(words) for words in split])
        vectors = np.zeros((len(split), max(1, lengths.max()), self.dim), np.float32)
        for i, words in enumerate(split):
            for j, word in enumerate(words):
                vectors[i, j] = self.vectors[word]
        return vectors, lengths
