"""The files beside the pictures: Karpathy's json, the token file, and blocks.json with all that is known.

The seed of a picture's contents is (seed, 100, number), that of its captions (seed, 200, number).
"""

import json
from functools import cache

import numpy as np

from ..brushes.studio import visible
from .captions import captions, spaced, tokens
from .contents import SIZE, Contents, draw_contents

COUNTS = {"train": 1600, "val": 200, "test": 400}
TOTAL = sum(COUNTS.values())


@cache
def names(seed: int) -> list[str]:
    """File names in the manner of Flickr: sorted numbers of ten digits."""
    rng, found = np.random.default_rng([seed, 1]), set()
    while len(found) < TOTAL:
        found.add(1_000_000_000 + int(rng.random() * 7_200_000_000))
    return [f"{number}.jpg" for number in sorted(found)]


@cache
def splits(seed: int) -> list[str]:
    """The part of each picture; parts are spread over the whole set."""
    order = np.argsort(np.random.default_rng([seed, 2]).random(TOTAL), kind="stable")
    parts = [part for part, count in COUNTS.items() for _ in range(count)]
    return [parts[rank] for rank in np.argsort(order, kind="stable")]


@cache
def spoken(seed: int, number: int) -> tuple[Contents, list[tuple[str, dict]]]:
    """What is in a picture, and its captions with their logical forms."""
    picture = draw_contents(np.random.default_rng([seed, 100, number]))
    return picture, captions(np.random.default_rng([seed, 200, number]), picture)


def karpathy(seed: int) -> bytes:
    """dataset_flickr30k.json."""
    images, sentid = [], 0
    for number, (name, part) in enumerate(zip(names(seed), splits(seed), strict=True)):
        said = spoken(seed, number)[1]
        ids = list(range(sentid, sentid + len(said)))
        sentid += len(said)
        sentences = [
            {"tokens": tokens(text), "raw": text, "imgid": number, "sentid": i}
            for i, (text, _) in zip(ids, said, strict=True)
        ]
        images.append({"sentids": ids, "imgid": number, "sentences": sentences, "split": part, "filename": name})
    return _lines("images", images, {"dataset": "flickr30k"})


def token_file(seed: int) -> bytes:
    """results_20130124.token: picture#number, tab, caption."""
    lines = [
        f"{name}#{k}\t{spaced(text)}\n"
        for number, name in enumerate(names(seed))
        for k, (text, _) in enumerate(spoken(seed, number)[1])
    ]
    return "".join(lines).encode("utf-8")


def blocks(seed: int) -> bytes:
    """blocks.json: objects with boxes, and what each caption says."""
    images = []
    for number, (name, part) in enumerate(zip(names(seed), splits(seed), strict=True)):
        picture, said = spoken(seed, number)
        sentences = [{"raw": text, "form": form} for text, form in said]
        images.append({"filename": name, "imgid": number, "split": part} | record(picture) | {"sentences": sentences})
    return _lines("images", images, {"world": "blocks"})


def record(picture: Contents) -> dict:
    """Everything known about a picture; boxes (x, y, w, h) hold the visible pixels of each object."""
    shown, alone = visible(picture.scene, SIZE)
    objects = []
    for index, item in enumerate(picture.objects):
        rows, columns = np.nonzero(shown == index)
        x, y = int(columns.min(initial=SIZE)), int(rows.min(initial=SIZE))
        box = [x, y, int(columns.max(initial=x - 1)) + 1 - x, int(rows.max(initial=y - 1)) + 1 - y]
        objects.append(item | {"box": box, "visible": round(len(rows) / max(int(alone[index]), 1), 3)})
    return {"ground": picture.ground, "light": picture.light, "objects": objects}


def _lines(key: str, entries: list[dict], rest: dict) -> bytes:
    """One entry a line: a reader can open it, and a comparison shows which entry changed."""
    body = ",\n".join(json.dumps(entry) for entry in entries)
    tail = ", ".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in rest.items())
    return f'{{"{key}": [\n{body}\n], {tail}}}\n'.encode()


FILES = {"dataset_flickr30k.json": karpathy, "results_20130124.token": token_file, "blocks.json": blocks}
