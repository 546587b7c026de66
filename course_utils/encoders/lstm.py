"""An LSTM that reads word vectors one after the other and whose last state stands for the sentence."""

from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence


def last_state(lstm: nn.LSTM, words: Tensor, lengths: Tensor) -> Tensor:
    """Return the state of the last layer after the last word of each text: (N, L, D), (N,) -> (N, hidden).

    Lengths are 1 .. L. Packing stops at each text's own length: padding is never read, so a text means the same next to
    a longer one.
    """
    packed = pack_padded_sequence(words, lengths.cpu(), batch_first=True, enforce_sorted=False)
    _, (state, _) = lstm(packed)  # (layers, N, hidden), already in the order of the batch
    return state[-1]


class LSTMAggregator(nn.Module):
    """Word vectors float32 (N, L, D) with lengths (N,) -> sentence vectors (N, dim).

    Unlike mean and sum it knows the order of the words ("a red ball on a blue cube"), and unlike them it has to be
    trained. Sequences are packed: the LSTM stops at the last word of each text, so padding changes nothing. A text
    without words (length 0) is read as one zero vector.

    word_dim  D, length of a word vector;  dim  length of the state and of the result
    """

    def __init__(self, word_dim: int, dim: int = 256):
        super().__init__()
        self.lstm, self.dim = nn.LSTM(word_dim, dim, batch_first=True), dim

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        if words.ndim != 3 or lengths.shape != words.shape[:1]:
            raise ValueError(
                f"words have shape {tuple(words.shape)} and lengths {tuple(lengths.shape)}; expected (N, L, D) and "
                "(N,), as FastTextEncoder.words returns them"
            )
        return last_state(self.lstm, words, lengths.clamp(min=1))
