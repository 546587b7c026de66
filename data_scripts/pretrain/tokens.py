"""The small networks' tokens: WordPiece (Schuster and Nakajima, 2012), lower case, as published BERTs have it.

Which tokens there are is decided here and not by the library's trainer, which breaks ties differently in every run.
"""

from collections import Counter

import torch
from torch import Tensor

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]  # tokens 0 to 4
PAD = 0
BEGINNINGS, ENDINGS = 250, 600  # tokens for parts of rare words


def choose_tokens(counts: Counter, size: int) -> list[str]:
    """Return `size` tokens for words that occur `counts` times: all letters, parts of words, frequent words whole.

    Parts of 2 to 5 letters are ranked by how many different words begin with them, or go on with them (written
    ##part); words by how often they occur. Ties are broken by the alphabet.

    >>> tokens = choose_tokens(Counter({"red": 5, "reddish": 2, "fish": 1}), 40)
    >>> "red" in tokens, "##ish" in tokens, "##r" in tokens
    (True, True, True)
    """
    letters = sorted({letter for word in counts for letter in word})
    begins, ends = Counter(), Counter()
    for word in sorted(counts):
        begins.update(word[:n] for n in range(2, min(6, len(word))))
        ends.update({word[i : i + n] for n in range(2, 6) for i in range(1, len(word) - n + 1)})
    tokens = [*SPECIAL, *letters, *(f"##{letter}" for letter in letters)]
    room = max(0, size - len(tokens))
    tokens += _first(begins, min(BEGINNINGS, room // 10))
    tokens += [f"##{part}" for part in _first(ends, min(ENDINGS, room // 4))]
    taken = set(tokens)
    return tokens + [word for word in _first(counts, len(counts)) if word not in taken][: size - len(tokens)]


def _first(counts: Counter, n: int) -> list[str]:
    return sorted(counts, key=lambda key: (-counts[key], key))[:n]


def train_tokenizer(sentences: list[str], size: int):
    """Return a tokenizer of `size` tokens. Every text becomes [CLS] tokens [SEP]."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    normalizer = normalizers.BertNormalizer(lowercase=True)
    splitter = pre_tokenizers.BertPreTokenizer()
    counts = Counter()
    for sentence in sentences:
        counts.update(word for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(sentence)))
    counts = Counter({word: n for word, n in counts.items() if n > 1 and word.isascii()})
    vocabulary = {token: number for number, token in enumerate(choose_tokens(counts, size))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer, tokenizer.pre_tokenizer, tokenizer.decoder = normalizer, splitter, decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", SPECIAL.index("[CLS]")), ("[SEP]", SPECIAL.index("[SEP]"))]
    )
    return tokenizer


def pad(rows: list[list[int]]) -> Tensor:
    """Return the token lists as one tensor (N, longest), filled up with [PAD]."""
    longest = max(len(row) for row in rows)
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])
