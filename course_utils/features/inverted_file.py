"""The inverted file: for each word the list of pictures that contain it, as the index at the end of a book.

Sivic and Zisserman, "Video Google: a text retrieval approach to object matching in videos", ICCV 2003.
"""

from itertools import pairwise

import numpy as np
from scipy import sparse


class InvertedFile:
    """Postings (picture, weight) of each word, from bags of words whose rows may mostly be zeros.

        index = InvertedFile(bag.transform(gallery_descriptors))
        scores = index.score(bag.transform(query_descriptors)[0])

    postings  list of n_words pairs (pictures int64 ascending, weights float32)
    """

    def __init__(self, vectors: np.ndarray):
        """vectors  float (N, n_words), weighted, and of length 1 if scores are to be cosines."""
        if vectors.ndim != 2:
            raise ValueError(f"vectors have shape {vectors.shape}; they must be (pictures, words)")
        self.n_pictures, self.n_words = vectors.shape
        columns = sparse.csc_matrix(np.asarray(vectors, np.float32))
        ends = columns.indptr
        self.postings = [(columns.indices[i:j].astype(np.int64), columns.data[i:j]) for i, j in pairwise(ends)]

    @property
    def n_postings(self) -> int:
        """All entries, over all words: what the index stores."""
        return sum(len(pictures) for pictures, _ in self.postings)

    def score(self, query: np.ndarray) -> np.ndarray:
        """Dot product of one query, (n_words,), with every picture: float32 (N,). Only the query's words are visited.

        Raises ValueError for a query of another number of words.
        """
        if np.shape(query) != (self.n_words,):
            raise ValueError(f"the query has shape {np.shape(query)}; this index knows {self.n_words} words")
        scores = np.zeros(self.n_pictures, np.float32)
        for word in np.flatnonzero(query):
            pictures, weights = self.postings[word]
            scores[pictures] += np.float32(query[word]) * weights  # a picture stands in a list once
        return scores

    def visited(self, query: np.ndarray) -> int:
        """How many postings `score` looks at for this query: the cost of a search."""
        return sum(len(self.postings[word][0]) for word in np.flatnonzero(query))
