"""The words of a product's name as labels: a recurrent network writes them from the boosted vector.

vocabulary = TagVocabulary(train_names)
tagger = Tagger(dim=1280, words=len(vocabulary.words))
loss = tag_loss(tagger(hidden, tokens), tokens)            tokens = vocabulary.encode(names)

Source: Mersha, Boosting image retrieval with accurately labelled small data: task 2, a GRU of 512 hidden units.
"""

from collections import Counter
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from course_utils.words import split_words

PADDING, MORE_THAN = -1, 5  # a word has to occur in more names than this


class TagVocabulary:
    """Numbers the words that occur in more than five of the train names; others are left out of a name.

    words  in alphabetical order; number i is words[i], and len(words) is the end of a name
    """

    def __init__(self, names: Sequence[str], more_than: int = MORE_THAN):
        counts = Counter(word for name in names for word in set(split_words(name)))
        self.words = sorted(word for word, count in counts.items() if count > more_than)
        if not self.words:
            raise ValueError(f"no word occurs in more than {more_than} of the {len(names)} names: nothing to learn")
        self._index = {word: i for i, word in enumerate(self.words)}

    def encode(self, names: Sequence[str]) -> Tensor:
        """Return int64 (N, L): the words in their order, the end, then PADDING; L is the longest name's length."""
        numbers = [[self._index[w] for w in split_words(n) if w in self._index] + [len(self.words)] for n in names]
        tokens = torch.full((len(names), max(map(len, numbers), default=1)), PADDING)
        for row, found in zip(tokens, numbers, strict=True):
            row[: len(found)] = torch.tensor(found)
        return tokens


class Tagger(nn.Module):
    """A GRU that starts from a vector (N, dim) and predicts a name's words one after the other.

    In training it reads the true word before each (teacher forcing), so all positions are scored at once.
    """

    def __init__(self, dim: int, words: int, hidden: int = 512):
        super().__init__()
        self.start, self.words = nn.Linear(dim, hidden), words
        self.read = nn.Embedding(words + 1, hidden)  # the last one opens a name
        self.recurrent = nn.GRU(hidden, hidden, batch_first=True)
        self.write = nn.Linear(hidden, words + 1)  # the last one ends it

    def forward(self, vectors: Tensor, tokens: Tensor) -> Tensor:
        """vectors (N, dim), tokens (N, L) as `TagVocabulary.encode` -> scores of the next word (N, L, words + 1).

        What it says behind the end of a name means nothing.
        """
        before = torch.cat([torch.full_like(tokens[:, :1], self.words), tokens[:, :-1]], dim=1)
        lengths = (tokens != PADDING).sum(dim=1).cpu()
        packed = pack_padded_sequence(self.read(before.clamp(min=0)), lengths, batch_first=True, enforce_sorted=False)
        states, _ = self.recurrent(packed, torch.tanh(self.start(vectors))[None])
        return self.write(pad_packed_sequence(states, batch_first=True, total_length=tokens.shape[1])[0])

    @torch.no_grad()
    def name(self, vector: Tensor, longest: int = 12) -> list[int]:
        """Return the numbers of the words that it writes for one vector (dim,), the likeliest one each time."""
        state, word, written = torch.tanh(self.start(vector))[None, None], torch.tensor([[self.words]]), []
        while len(written) < longest:
            states, state = self.recurrent(self.read(word), state)
            word = self.write(states).argmax(dim=2)
            if word.item() == self.words:
                break
            written.append(word.item())
        return written


def tag_loss(scores: Tensor, tokens: Tensor) -> Tensor:
    """Return the mean cross-entropy of a word, over all words of all names: (N, L, W), (N, L) -> scalar."""
    return F.cross_entropy(scores.flatten(0, 1), tokens.flatten(), ignore_index=PADDING)


def initialise_as_published(module: nn.Module, seed: int) -> None:
    """Draw all linear layers anew, by He and others (ICCV 2015) for ReLU, with a bias of 0.01, as the source does."""
    generator = torch.Generator().manual_seed(seed)
    for part in module.modules():
        if isinstance(part, nn.Linear):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu", generator=generator)
            nn.init.constant_(part.bias, 0.01)
