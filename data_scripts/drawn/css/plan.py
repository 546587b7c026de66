"""Which scenes and queries there are, and css_toy_dataset_novel2_small.dup.json, which describes them."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from .scenes import Scene, family, key, single_change
from .wording import wording

FAMILIES = {"train": (124, 18), "test": (56, 16)}  # how many, and changes of each
AGAIN = 2  # scenes of a test family that are drawn twice
_PART = {"train": 1, "test": 2}


@dataclass(frozen=True)
class Plan:
    """scenes     one a picture, in the order of the files
    labels     equal where the scenes are
    texts      text -> [(source, target), ...]
    """

    scenes: tuple[Scene, ...]
    labels: tuple[int, ...]
    texts: dict[str, list[tuple[int, int]]]


@cache
def plan(part: str, seed: int) -> Plan:
    """All scenes of "train" or "test", and the changes between them that are put into words.

    In training these are all single changes within a family. In the test part they start from its first scene alone,
    as in the published data: each query then has as many near misses as the family has members.
    """
    families, changes = FAMILIES[part]
    scenes: list[Scene] = []
    numbers: dict[tuple, int] = {}
    texts: dict[str, list[tuple[int, int]]] = {}
    for k in range(families):
        rng = np.random.default_rng([seed, _PART[part], k])
        members = family(rng, changes, seen_only=part == "train")
        first = len(scenes)
        sources = range(len(members)) if part == "train" else range(1)
        for i in sources:
            for j, target in enumerate(members):
                change = single_change(members[i], target)
                if change:
                    said = wording(rng, members[i], change)
                    texts.setdefault(said, []).append((first + i, first + j))
        scenes += members
        if part == "test":
            scenes += [members[1 + int(i)] for i in rng.permutation(changes)[:AGAIN]]
    labels = tuple(numbers.setdefault(key(scene), len(numbers)) for scene in scenes)
    return Plan(tuple(scenes), labels, texts)


def description(seed: int) -> bytes:
    """Return the JSON that downloading makes of the published pickle: the same keys and values."""
    parts = {}
    for part in FAMILIES:
        p = plan(part, seed)
        parts[part] = {
            "objects_img": [
                [{"shape": t.shape, "color": t.color, "size": t.size, "pos": list(t.pos)} for t in scene]
                for scene in p.scenes
            ],
            "mods": [
                {"from": [i for i, _ in pairs], "to": [j for _, j in pairs], "to_str": text}
                for text, pairs in sorted(p.texts.items())
            ],
            "labels": list(p.labels),
        }
    return json.dumps(parts, separators=(",", ":")).encode()
