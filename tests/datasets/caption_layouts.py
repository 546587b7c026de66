"""Writers of tiny image-caption sets in the layouts of Flickr30k and Flickr8k."""

import json

import numpy as np
from PIL import Image

from course_utils import config

PARTS = {"a.jpg": "train", "b.jpg": "train", "c.jpg": "val", "d.jpg": "test"}


def picture(path, level=100):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((9, 12, 3), level, dtype=np.uint8)).save(path)


def entry(name, part, texts):
    sentences = [{"raw": text, "tokens": text.lower().split(), "imgid": 0, "sentid": k} for k, text in enumerate(texts)]
    return {"filename": name, "split": part, "imgid": 0, "sentids": list(range(len(texts))), "sentences": sentences}


def flickr30k(entries=None, pictures=tuple(PARTS), name="flickr30k"):
    """Write a Karpathy json and pictures; return the folder."""
    root = config.data_root() / config.profile() / name
    if entries is None:
        entries = [entry(n, part, [f"A {n[0]} stands.", f"We see {n[0]}."]) for n, part in PARTS.items()]
    for k, file in enumerate(pictures):
        picture(root / "flickr30k-images" / file, 40 * k)
    (root / "dataset_flickr30k.json").write_text(json.dumps({"images": entries, "dataset": "flickr30k"}))
    return root


def flickr8k(lines, lists, pictures):
    root = config.data_root() / config.profile() / "flickr8k"
    for file in pictures:
        picture(root / "Flicker8k_Dataset" / file)
    (root / "Flickr8k.token.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for stem, names in lists.items():
        (root / f"Flickr_8k.{stem}.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    return root
