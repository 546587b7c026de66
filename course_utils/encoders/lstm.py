"""An LSTM that reads word vectors one after the other and whose last state stands for the sentence."""

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence


class LSTMAggregator(nn.Module):
    """Word vectors float32 (N, L, D) with lengths (N,) -> sentence vectors (N, dim).

    Unlike mean and sum it knows the order of the words ("a red ball on a blue cube"), and unlike them it has to be
    trained. Sequences are packed: the LSTM stops at the last word of each text, so padding changes nothing. A text
    without words (length 0) is read as one zero vector.

    word_dim       D, length of a word vector        dim      length of the state and of the result
    bidirectional  also read from the end; the result is then twice as long
    """

    def __init__(self, word_dim: int, dim: int = 256, *, layers: int = 1, bidirectional: bool = False):
        super().__init__()
        self.lstm = nn.LSTM(word_dim, dim, num_layers=layers, bidirectional=bidirectional, batch_first=True)
        self.bidirectional, self.dim = bidirectional, dim * (2 if bidirectional else 1)

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        if words.ndim != 3 or lengths.shape != words.shape[:1]:
            raise ValueError(
                f"words have shape {tuple(words.shape)} and lengths {tuple(lengths.shape)}; expected (N, L, D) and "
                "(N,), as FastTextEncoder.words returns them"
            )
        packed = pack_padded_sequence(words, lengths.cpu().clamp(min=1), batch_first=True, enforce_sorted=False)
        _, (state, _) = self.lstm(packed)  # (layers * directions, N, dim), already in the order of the batch
        return torch.cat([state[-2], state[-1]], dim=1) if self.bidirectional else state[-1]
