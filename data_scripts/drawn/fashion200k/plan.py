"""Which products and pictures there are, the label files and the test queries."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from ..brushes.light import between, pick
from .words import GROUPS, Wanted, draw_wanted

# families of captions that are one word apart: how many of each group, and captions of each
FAMILIES = {
    "train": {"dress": 17, "jacket": 9, "pants": 12, "skirt": 15, "top": 15},
    "test": {"dress": 9, "jacket": 5, "pants": 7, "skirt": 8, "top": 8},
}
SIBLINGS = {"train": 10, "test": 11}
PRODUCTS = {"train": {2: 2, 3: 2, 4: 1}, "test": {1: 2, 2: 2}}  # of one caption, with weights
VIEWS = {1: 6, 2: 3, 3: 1}  # pictures of one product
_PART = {"train": 1, "test": 2}


@dataclass(frozen=True)
class Picture:
    path: str
    score: float  # how sure a detector was, as the real files have it; nothing here uses it
    wanted: Wanted
    product: int  # seed of the garment
    view: int
    family: int


@cache
def plan(part: str, seed: int) -> tuple[Picture, ...]:
    """All pictures of "train" or "test", family by family."""
    found: list[Picture] = []
    number, known = 0, set()
    for group, count in FAMILIES[part].items():
        for k in range(count):
            rng = np.random.default_rng([seed, _PART[part], sorted(GROUPS).index(group), k])
            for wanted in _captions(rng, group, SIBLINGS[part]):
                if wanted in known:  # another family has it already
                    continue
                known.add(wanted)
                for _ in range(pick(rng, PRODUCTS[part])):
                    number += 1
                    product = 50_000_000 + 10_000_000 * _PART[part] + 1117 * number + int(rng.integers(1000))
                    below = GROUPS[group].below[rng.integers(len(GROUPS[group].below))]
                    for view in range(pick(rng, VIEWS)):
                        path = f"women/{GROUPS[group].folder}/{below}/{product}/{product}_{view}.jpeg"
                        found.append(Picture(path, round(between(rng, 0.6, 1.0), 6), wanted, product, view, k))
    return tuple(found)


def _captions(rng: np.random.Generator, group: str, count: int) -> list[Wanted]:
    """A caption and `count` of its siblings, of each part about equally many."""
    first = draw_wanted(rng, group)
    by_part: dict[str, list[Wanted]] = {}
    for sibling in first.siblings():
        part = next(a[0] for a, b in zip(sibling.chosen, first.chosen, strict=True) if a != b)
        by_part.setdefault(part, []).append(sibling)
    queues = [[queue[int(i)] for i in rng.permutation(len(queue))] for queue in by_part.values()]
    taken = []
    while len(taken) < count and any(queues):
        for queue in queues:
            if queue and len(taken) < count:
                taken.append(queue.pop())
    return [first, *taken]


def label_file(group: str, part: str, seed: int) -> str:
    """Return labels/<group>_<part>_detect_all.txt."""
    lines = [f"{p.path}\t{p.score}\t{p.wanted.caption}\n" for p in plan(part, seed) if p.wanted.group == group]
    return "".join(lines)


def test_queries(seed: int) -> str:
    """Return test_queries.txt: every picture of the test part, and one of each caption that is one word away."""
    pictures = plan("test", seed)
    by_caption: dict[Wanted, list[Picture]] = {}
    for picture in pictures:
        by_caption.setdefault(picture.wanted, []).append(picture)
    rng = np.random.default_rng([seed, 3])
    lines = []
    for source in pictures:
        for sibling in source.wanted.siblings():
            if targets := by_caption.get(sibling):
                lines.append(f"{source.path} {targets[rng.integers(len(targets))].path}\n")
    return "".join(lines[int(i)] for i in rng.permutation(len(lines)))
