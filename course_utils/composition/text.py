"""Text encoders: an LSTM learned from nothing, as published, a pretrained transformer, and vectors computed once.

tokens = encoder.prepare(["make it red"])      Tokens, padded to the longest text
encoder(tokens)                                (B, dim), one vector a text
encoder.words(tokens)                          Words (B, L, word_dim), for a method that reads words
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.composition.method import Words
from course_utils.composition.vocabulary import PADDING, Vocabulary
from course_utils.encoders.lstm import last_state


class Tokens(NamedTuple):
    """ids int64 (B, L), PADDING behind each text's end; lengths int64 (B,)."""

    ids: Tensor
    lengths: Tensor

    def to(self, device) -> "Tokens":
        return Tokens(self.ids.to(device), self.lengths.to(device))


class LSTMText(nn.Module):
    """Word vectors, an LSTM, a linear layer on its last state; nothing is pretrained (Vo et al., CVPR 2019).

    dim  length of word vectors, state and result; 512 in the source
    """

    pretrained = False

    def __init__(self, vocabulary: Vocabulary, dim: int = 128):
        super().__init__()
        self.vocabulary, self.dim, self.word_dim = vocabulary, dim, dim
        self.embedding = nn.Embedding(len(vocabulary), dim, padding_idx=PADDING)  # padding is a zero vector, for ever
        self.lstm, self.project = nn.LSTM(dim, dim, batch_first=True), nn.Linear(dim, dim)

    @property
    def word_part(self) -> nn.Module:
        """What `words` needs of the encoder."""
        return self.embedding

    def prepare(self, texts: Sequence[str]) -> Tokens:
        """Return numbers for words. ValueError for a text without a word; unknown words get the unknown word's."""
        encoded = [torch.tensor(self.vocabulary.encode(text)) for text in texts]
        ids = nn.utils.rnn.pad_sequence(encoded, batch_first=True, padding_value=PADDING)
        return Tokens(ids, torch.tensor([len(ids) for ids in encoded]))

    def words(self, tokens: Tokens) -> Words:
        return Words(self.embedding(tokens.ids), tokens.lengths)

    def forward(self, tokens: Tokens) -> Tensor:
        return self.project(last_state(self.lstm, *self.words(tokens)))


class TransformerText(nn.Module):
    """BERT or one of its kin from the transformers library, and a linear layer on the mean of its word vectors.

    model      called with input_ids and attention_mask, returns last_hidden_state (B, L, model.config.hidden_size)
    tokenizer  of the same library; pads at the end, and cuts texts that are longer than the model can read
    """

    pretrained = True

    def __init__(self, model: nn.Module, tokenizer, dim: int = 128):
        super().__init__()
        self.model, self.tokenizer, self.dim, self.word_dim = model, tokenizer, dim, model.config.hidden_size
        self.project = nn.Linear(self.word_dim, dim)

    @property
    def word_part(self) -> nn.Module:
        return self.model

    def prepare(self, texts: Sequence[str]) -> Tokens:
        empty = [i for i, text in enumerate(texts) if not text.strip()]
        if empty:
            raise ValueError(f"text {empty[0]} is empty: say what to change, or search by the picture alone")
        longest = self.model.config.max_position_embeddings
        encoded = self.tokenizer(list(texts), padding=True, truncation=True, max_length=longest, padding_side="right")
        return Tokens(torch.tensor(encoded["input_ids"]), torch.tensor(encoded["attention_mask"]).sum(dim=1))

    def words(self, tokens: Tokens) -> Words:
        output = self.model(input_ids=tokens.ids, attention_mask=_mask(tokens).long())
        return Words(output.last_hidden_state, tokens.lengths)

    def forward(self, tokens: Tokens) -> Tensor:
        vectors, lengths = self.words(tokens)
        return self.project((vectors * _mask(tokens)[:, :, None]).sum(dim=1) / lengths[:, None])


class SentenceText(nn.Module):
    """A table of vectors, looked up by text, and a linear layer: the other half of `FrozenMapNetwork`.

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


def _mask(tokens: Tokens) -> Tensor:
    """True where there is a word, False where there is padding: bool (B, L)."""
    return torch.arange(tokens.ids.shape[1], device=tokens.ids.device) < tokens.lengths[:, None]
