"""Show and Tell: an LSTM reads the picture as if it were the first word, then the words; its last state is the query.

Vinyals, Toshev, Bengio, Erhan, CVPR 2015, write captions with it: from its state the LSTM guesses the next word. Vo et
al., CVPR 2019, keep the reading and drop the writing, and so do we. A linear layer brings the picture to the length of
a word vector, another one the state to the length of a feature. The word vectors are those of the text encoder, whose
own LSTM is left out here: the words pass through one LSTM, not two.
"""

import torch
from torch import Tensor, nn

from course_utils.composition.method import Method, Words
from course_utils.encoders.lstm import last_state


class ShowAndTell(Method):
    """(B, dim), Words (B, L, text_dim) -> (B, dim)."""

    reads = "words"

    def __init__(self, dim: int, text_dim: int, hidden: int | None = None):
        super().__init__()
        self.as_word = nn.Linear(dim, text_dim)
        self.lstm = nn.LSTM(text_dim, hidden or dim, batch_first=True)
        self.project = nn.Linear(hidden or dim, dim)

    def forward(self, image: Tensor, text: Words) -> Tensor:
        sequence = torch.cat([self.as_word(image)[:, None], text.vectors], dim=1)
        return self.project(last_state(self.lstm, sequence, text.lengths + 1))
