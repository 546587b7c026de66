"""How well an encoder knows that two sentences, or two words, mean the same.

Sentences are about things whose combination no pretraining has seen; words are those of the vocabulary.
"""

import numpy as np

from . import grammar


def synonym_recall(vector) -> float:
    """Return the share of words whose nearest other word, by cosine, has a meaning in common with them.

    vector  word -> array (D,). Words that are spelt alike are near each other even untrained: compare with that.
    """
    meanings: dict[str, set[str]] = {}
    for domain in grammar.DOMAINS.values():
        for table in domain.slots.values():
            for meaning, words in table.items():
                for word in words:
                    if word.isalpha():
                        meanings.setdefault(word, set()).add(meaning)
    words = sorted(word for word in meanings if any(meanings[word] & meanings[w] for w in meanings if w != word))
    unit = np.stack([vector(word) for word in words])
    unit = unit / np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-12)
    cosine = unit @ unit.T
    np.fill_diagonal(cosine, -np.inf)
    nearest = cosine.argmax(axis=1)
    return float(np.mean([bool(meanings[word] & meanings[words[j]]) for word, j in zip(words, nearest, strict=True)]))


def paraphrase_pairs(n: int = 400, seed: int = 1) -> list[tuple[str, str]]:
    """Return n pairs of wordings of held-out things; the same seed gives the same pairs."""
    return grammar.same_thing(np.random.default_rng(seed), n, unseen=True)


def paraphrase_recall(embed) -> float:
    """Return the share of first wordings whose own second wording is the nearest of all 400, by cosine (recall at 1).

    Short wordings may fit several things, so 1 cannot be reached; 1 / 400 is chance.
    """
    pairs = paraphrase_pairs()
    first, second = (embed([pair[side] for pair in pairs]) for side in (0, 1))
    first, second = (z / np.maximum(np.linalg.norm(z, axis=1, keepdims=True), 1e-12) for z in (first, second))
    return float((np.argmax(first @ second.T, axis=1) == np.arange(len(pairs))).mean())
