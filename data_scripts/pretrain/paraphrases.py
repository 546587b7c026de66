"""How well an encoder knows that two sentences mean the same: things whose combination no pretraining has seen."""

import numpy as np

from . import grammar


def paraphrase_pairs(n: int = 400, seed: int = 1) -> list[tuple[str, str]]:
    """Return n pairs of wordings of held-out things; the same seed gives the same pairs."""
    return grammar.same_thing(np.random.default_rng(seed), n, unseen=True)


def paraphrase_recall(embed, n: int = 400, seed: int = 1) -> float:
    """Return the share of first wordings whose own second wording is the nearest of all n, by cosine (recall at 1).

    Short wordings may fit several things, so 1 cannot be reached; 1 / n is chance.
    """
    pairs = paraphrase_pairs(n, seed)
    first, second = (embed([pair[side] for pair in pairs]) for side in (0, 1))
    first, second = (z / np.maximum(np.linalg.norm(z, axis=1, keepdims=True), 1e-12) for z in (first, second))
    return float((np.argmax(first @ second.T, axis=1) == np.arange(n)).mean())
