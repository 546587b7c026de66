"""Texts whose vectors were computed once, by a network that is not trained: `FrozenMapNetwork`'s other half."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.composition.method import Words
from course_utils.composition.text import Tokens


class SentenceText(nn.Module):
    """A table of vectors, looked up by text, and a linear layer.

    vectors  text -> its vector (E,), of every text that will be asked; the table is no weight and does not move
    dim      length of the result
    """

    pretrained = False

    def __init__(self, vectors: Mapping[str, np.ndarray], dim: int = 128):
        super().__init__()
        self._place = {text: i for i, text in enumerate(vectors)}
        self.register_buffer("table", torch.from_numpy(np.stack(list(vectors.values())).astype(np.float32)))
        self.dim, self.word_dim = dim, self.table.shape[1]
        self.project = nn.Linear(self.word_dim, dim)

    @property
    def word_part(self) -> nn.Module:
        return nn.Identity()  # nothing is learned before the words

    def prepare(self, texts: Sequence[str]) -> Tokens:
        """Return the places of the texts, as one word each. ValueError for a text that has no vector."""
        missing = [text for text in texts if text not in self._place]
        if missing:
            raise ValueError(f"there is no vector for {missing[0]!r}, nor for {len(missing) - 1} more; embed it first")
        return Tokens(torch.tensor([[self._place[text]] for text in texts]), torch.ones(len(texts), dtype=torch.int64))

    def words(self, tokens: Tokens) -> Words:
        return Words(self.table[tokens.ids], tokens.lengths)

    def forward(self, tokens: Tokens) -> Tensor:
        return self.project(self.table[tokens.ids[:, 0]])
