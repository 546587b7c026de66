"""Text encoders: sentences become embeddings, with the same call as pictures.

    encoder = load_text_encoder("minilm")                  # or "distilbert-mini", "fasttext-mini", "distilbert", ...
    embeddings = encoder.embed(captions)                   # list of N strings -> float32 (N, D)
    encoder = TfidfEncoder(train_captions)                 # counts of words, learned from the train texts alone

What all of them do with unusual texts: an empty one, or one without any word that the encoder knows, gets a vector as
every other: zeros from word counts and word vectors, that of its special tokens from a BERT. The same text always
gets the same vector and is computed once, however often it occurs. Anything but a string is an error.
"""

import hashlib
import warnings
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from tqdm.auto import tqdm

from course_utils import config
from course_utils.checks import check_choice
from course_utils.provenance import fingerprint
from course_utils.stored import is_large, stored

SHOWN = 40  # characters of a text in a message


def check_texts(texts: Sequence[str]) -> list[str]:
    """Return the texts as a list; ValueError for no text, for a single string, for an item that is no string."""
    if isinstance(texts, str):
        raise ValueError(f"texts is one string, {texts[:SHOWN]!r}; pass a list of texts, for one: [text]")
    texts = list(texts)
    if not texts:
        raise ValueError("there are no texts to embed")
    for i, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(
                f"texts[{i}] is {text!r} ({type(text).__name__}), not a string; an absent caption is the empty one, ''"
            )
    return [str(text) for text in texts]  # NumPy's strings become Python's


def mean_pool(states: Tensor, mask: Tensor) -> Tensor:
    """(N, L, D) vectors of tokens and (N, L) 1 for tokens, 0 for padding -> (N, D) mean over the tokens alone."""
    mask = mask.to(states.dtype)[..., None]
    return (states * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1)


class TextEncoder:
    """What the text encoders share: checks, one computation for each distinct text, the cache.

    A kind of encoder provides `_compute(texts, batch_size, device)` and `_state()`, the bytes that its results
    depend on.

    name  "distilbert-mini-first", ... dim  D, length of an embedding
    """

    name: str
    dim: int

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name}: {self.dim})"

    def embed(self, texts: Sequence[str], batch_size: int = 64, device=None, cache: bool = True) -> np.ndarray:
        """Embed N texts: list of str -> float32 (N, D), not normalised, in the order given.

        Results are kept on disk under a key made of the weights and the texts, large ones come back memory-mapped;
        `cache=False` computes always.
        Raises ValueError for no texts or an item that is no string.
        """
        texts = check_texts(texts)
        place = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        distinct = list(place)
        rows = np.array([place[text] for text in texts])
        if not cache:
            return self._compute(distinct, batch_size, device)[rows]
        key = fingerprint(self._state(), distinct, self.name)
        table = stored(
            f"{self.name}-{key}", len(distinct), lambda i, j: self._compute(distinct[i:j], batch_size, device)
        )
        if len(distinct) == len(texts):
            return table
        if not is_large(len(texts) * table[0].nbytes):
            return table[rows]
        again = hashlib.sha256(rows.tobytes()).hexdigest()[:8]  # which text stands where
        return stored(f"{self.name}-{key}-{again}", len(texts), lambda i, j: table[rows[i:j]])

    def _compute(self, texts: list[str], batch_size: int, device) -> np.ndarray:
        raise NotImplementedError

    def _state(self) -> Iterable:
        raise NotImplementedError


class BertEncoder(TextEncoder):
    """A BERT or DistilBERT whose token vectors become one vector.

    pooling    "first": the vector of the first token, [CLS], which attention fills from all others;
               "mean": the mean over all tokens but the padding, special tokens included
    network    transformers' module, also for fine-tuning       tokenizer  texts -> token numbers
    Texts longer than the network can read are cut at the end; the first time that happens, a warning says how many.
    """

    def __init__(self, name: str, network: nn.Module, tokenizer, pooling: str = "first"):
        check_choice("pooling", pooling, ("first", "mean"))
        self.name, self.network, self.tokenizer, self.pooling = f"{name}-{pooling}", network, tokenizer, pooling
        self.dim = network.config.hidden_size
        self.n_parameters = sum(p.numel() for p in network.parameters())
        self._reported = False

    def __repr__(self) -> str:
        return f"BertEncoder({self.name}: {self.dim}, {self.n_parameters:,} parameters)"

    def _state(self) -> Iterable:
        # not the tokenizer as a whole: it also remembers how the last texts were padded
        yield repr((sorted(self.tokenizer.get_vocab().items()), self.tokenizer.model_max_length)).encode()
        for name, tensor in self.network.state_dict().items():
            yield name.encode()
            yield tensor.detach().cpu().contiguous().numpy()

    @torch.no_grad()
    def _compute(self, texts: list[str], batch_size: int, device) -> np.ndarray:
        device = device or config.pick_device()
        network = self.network.to(device).eval()  # in training mode, dropout would make every call different
        # texts of about one length meet in a batch, so that little of it is padding
        order = np.argsort(self._lengths(texts), kind="stable")
        embeddings = np.empty((len(texts), self.dim), np.float32)
        starts = tqdm(range(0, len(texts), batch_size), desc=f"embed with {self.name}", delay=2, leave=False)
        for start in starts:
            rows = order[start : start + batch_size]
            tokens = self.tokenizer([texts[i] for i in rows], padding=True, truncation=True, return_tensors="pt")
            ids, mask = tokens["input_ids"].to(device), tokens["attention_mask"].to(device)
            states = network(input_ids=ids, attention_mask=mask).last_hidden_state
            embeddings[rows] = (states[:, 0] if self.pooling == "first" else mean_pool(states, mask)).float().cpu()
        return embeddings

    def _lengths(self, texts: list[str]) -> list[int]:
        """Return the number of tokens of each text, before truncation; report texts that are too long."""
        lengths = [len(ids) for ids in self.tokenizer(texts, verbose=False)["input_ids"]]
        longest = self.tokenizer.model_max_length
        if not self._reported and max(lengths) > longest:
            self._reported = True
            too_long = sum(length > longest for length in lengths)
            warnings.warn(
                f"{self.name} reads {longest} tokens; {too_long} of {len(texts)} texts are longer and lose their end "
                f"(the longest has {max(lengths)})",
                stacklevel=4,
            )
        return lengths
