"""Which pictures meet in a batch: pairs, triplets, or P classes with K pictures each.

Each function yields the batches of one epoch as index arrays into `labels`, int64. The order is that of the loss:

    pair_batches       (2B,)   B first pictures, then their B partners; half of the pairs share the label
    triplet_batches    (3B,)   B anchors, B positives, B negatives
    balanced_batches   (P*K,)  K pictures of one class, then K of the next, ...
    shuffled_batches   (B,)    any pictures: for losses that compare with proxies, not with one another

All draw from the `numpy.random.Generator` they are given: the same seed gives the same batches.
"""

from collections.abc import Iterator

import numpy as np

Batches = Iterator[np.ndarray]


def pair_batches(labels: np.ndarray, rng: np.random.Generator, pairs: int = 32) -> Batches:
    """Each picture once as the first of a pair; the second shares its label in every other pair of a batch.

    pairs  B, pairs in a batch; the last batch of an epoch may be smaller, and is left out if it held one pair
    """
    members = _members(labels)
    for first in _dealt(len(labels), pairs, rng):
        second = [
            _other(members, labels, i, rng) if k % 2 == 0 else _foreign(labels, i, rng) for k, i in enumerate(first)
        ]
        yield np.concatenate([first, second])


def triplet_batches(labels: np.ndarray, rng: np.random.Generator, triplets: int = 32) -> Batches:
    """Each picture once as the anchor, with a random positive and a random negative.

    triplets  B, triplets in a batch; the last batch of an epoch may be smaller, and is left out if it held one triplet
    """
    members = _members(labels)
    for anchor in _dealt(len(labels), triplets, rng):
        positive = [_other(members, labels, i, rng) for i in anchor]
        negative = [_foreign(labels, i, rng) for i in anchor]
        yield np.concatenate([anchor, positive, negative])


def balanced_batches(
    labels: np.ndarray, rng: np.random.Generator, classes: int | None = None, per_class: int = 8
) -> Batches:
    """P x K batches: `classes` classes, `per_class` pictures of each, so that every anchor has K - 1 positives.

    classes  None: 8, or all of them where there are fewer

    As many batches as the pictures fill. Classes come in turn, and so do the pictures of each class: a class smaller
    than its share is gone through again, and none is drawn twice in a batch unless it has fewer than K pictures.
    Source: Hermans, Beyer, Leibe 2017.
    """
    members = _members(labels)
    names = list(members)
    if per_class < 2:
        raise ValueError(f"per_class is {per_class}; with fewer than two pictures of a class there is no positive pair")
    classes = min(8, len(names)) if classes is None else classes
    if not 2 <= classes <= len(names):
        raise ValueError(f"classes is {classes}; it must lie between 2 and the {len(names)} classes of the labels")
    pictures = {name: _rounds(members[name], per_class, rng) for name in names}
    turn = _rounds(np.array(names), classes, rng)
    for _ in range(max(1, len(labels) // (classes * per_class))):
        yield np.concatenate([next(pictures[name]) for name in next(turn)])


def shuffled_batches(labels: np.ndarray, rng: np.random.Generator, size: int = 32) -> Batches:
    """Each picture once, in random order; the last batch of an epoch may be smaller, and is left out if it held one."""
    yield from _dealt(len(labels), size, rng)


def _members(labels: np.ndarray) -> dict[int, np.ndarray]:
    """Return the indices of each class; ValueError for labels that no pair or triplet can be drawn from."""
    labels = np.asarray(labels)
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ValueError(f"labels have shape {labels.shape} and type {labels.dtype}; they are whole numbers (N,)")
    names, counts = np.unique(labels, return_counts=True)
    if len(names) < 2:
        raise ValueError(f"there is only the class {names.tolist()}: without a second one there is no negative")
    if names[0] < 0:
        raise ValueError(f"label {names[0]} is out of range: classes are numbered from 0")
    if (counts < 2).any():
        raise ValueError(
            f"class {names[counts < 2][0]} has only one picture, so it has no positive: add pictures or leave it out"
        )
    return {int(name): np.flatnonzero(labels == name) for name in names}


def _dealt(n: int, size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    if size < 2:
        raise ValueError(f"a batch of {size} is too small: it needs a positive and a negative pair")
    order = rng.permutation(n)
    for start in range(0, n - (n % size == 1), size):  # a batch of one would not do
        yield order[start : start + size]


def _other(members: dict[int, np.ndarray], labels: np.ndarray, i: int, rng: np.random.Generator) -> int:
    """Another picture of the class of picture i."""
    own = members[int(labels[i])]
    place = rng.integers(len(own) - 1)
    return own[place] if own[place] < i else own[place + 1]  # step over i itself


def _foreign(labels: np.ndarray, i: int, rng: np.random.Generator) -> int:
    """A picture of any other class."""
    for _ in range(100):  # quick where other classes are common
        if labels[j := rng.integers(len(labels))] != labels[i]:
            return j
    return rng.choice(np.flatnonzero(labels != labels[i]))


def _rounds(items: np.ndarray, size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """All items in random order, again and again, `size` at a time; none twice at a time if there are enough."""
    waiting: list = []
    while True:
        while len(waiting) < size:
            fresh = rng.permutation(items).tolist()
            # those still waiting from the last round come last in the new one: a group across both would repeat them
            waiting += [i for i in fresh if i not in waiting] + [i for i in fresh if i in waiting]
        yield np.array(waiting[:size])
        waiting = waiting[size:]
