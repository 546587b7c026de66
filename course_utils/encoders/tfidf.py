"""TF-IDF: a text as the weighted counts of its words. No training but counting, and no idea what a word means."""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from course_utils.encoders.text import TextEncoder, check_texts
from course_utils.encoders.words import JOINERS
from course_utils.words import split_words


class TfidfEncoder(TextEncoder):
    """Weighted word counts; dictionary and weights come from the train texts alone. Rows have length 1, or are zero.

    A word that occurs n times in a text and in d of the N train texts counts (1 + ln n) (1 + ln((1 + N) / (1 + d))).
    The logarithm of the count is what Schmelczer's text describes (the code behind it used the plain count, and no
    document frequencies): the fifth "red" in a caption says less than the first.

    train      texts that the dictionary is read from; words of other texts that are not in it count for nothing
    min_texts  a word has to occur in so many train texts
    max_words  keep only so many words, the most frequent ones; None keeps all
    words      the dictionary in alphabetical order; number i of an embedding belongs to words[i]
    """

    def __init__(self, train: Sequence[str], min_texts: int = 1, max_words: int | None = None):
        train = check_texts(train)
        if min_texts < 1 or (max_words is not None and max_words < 1):
            raise ValueError(f"min_texts is {min_texts} and max_words is {max_words}; both must be at least 1")
        self._vectorizer = TfidfVectorizer(
            analyzer=partial(split_words, joiners=JOINERS),
            sublinear_tf=True,
            min_df=min_texts,
            max_features=max_words,
            dtype=np.float32,
        )
        try:
            self._vectorizer.fit(train)
        except ValueError as error:
            raise ValueError(f"no word occurs in {min_texts} of the {len(train)} train texts: no dictionary") from error
        self.words = self._vectorizer.get_feature_names_out().tolist()
        self.name, self.dim = "tfidf", len(self.words)

    def __repr__(self) -> str:
        return f"TfidfEncoder({self.dim} words)"

    def _state(self) -> Iterable:
        yield "\n".join(self.words).encode()
        yield self._vectorizer.idf_

    def sparse(self, texts: Sequence[str]):
        """Return the embeddings as a SciPy sparse matrix (N, D): nearly all numbers of a TF-IDF vector are zero."""
        return self._vectorizer.transform(check_texts(texts))

    def _compute(self, texts: list[str], batch_size: int, device) -> np.ndarray:
        return self.sparse(texts).toarray()
