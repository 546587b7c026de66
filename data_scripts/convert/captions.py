"""The splits of caption files: Karpathy's json, and the lists of Flickr8k."""

import json
from collections import Counter
from pathlib import Path

PARTS = {"train": "train pictures", "val": "validation pictures", "test": "test pictures"}


def karpathy(file: Path) -> tuple[dict[str, int], list[str]]:
    """Return (pictures of each part, names of all pictures) of a Karpathy json. Raises ValueError, KeyError."""
    images = json.loads(file.read_text(encoding="utf-8"))["images"]
    parts = Counter(PARTS.get(image["split"], image["split"]) for image in images)
    return {part: parts.get(part, 0) for part in PARTS.values()}, [image["filename"] for image in images]


def lines(file: Path) -> list[str]:
    """The lines of a list that are not blank."""
    return [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
