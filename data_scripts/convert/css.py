"""CSS: pictures as they are; the description of the scenes becomes JSON beside the published pickle.

The pickle is read once, here, as plain data (data_scripts/fetch/pickles.py). It stays in the folder because it belongs
to the layout; nothing in the course opens it again.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from ..catalog import DataSet
from ..fetch.errors import Mismatch
from .converter import Converter, absent, below, named
from .pickles import read_plain

PICKLE = "css_toy_dataset_novel2_small.dup.npy"
JSON = "css_toy_dataset_novel2_small.dup.json"
PARTS = ("train", "test")


def where(path: str) -> str | None:
    if (picture := below(path, "images")) and picture.endswith(".png"):
        return picture
    return named(path, PICKLE)


def finish(folder: Path, entry: DataSet) -> None:
    """Write the JSON. Raises Refused for a pickle that is more than data, Mismatch for one of another structure."""
    if not (folder / PICKLE).is_file():
        raise Mismatch(f"the archive does not hold {PICKLE}")
    scenes = read_plain(folder / PICKLE)
    for part in PARTS:
        inside = scenes.get(part) if isinstance(scenes, dict) else None
        if not isinstance(inside, dict) or not {"objects_img", "mods"} <= set(inside):
            raise Mismatch(f"{PICKLE} describes no {part} scenes")
    (folder / JSON).write_text(json.dumps(scenes, separators=(",", ":")), encoding="utf-8")


def _scenes(folder: Path) -> dict:
    return json.loads((folder / JSON).read_text(encoding="utf-8"))


def numbers(folder: Path) -> dict[str, int]:
    scenes = _scenes(folder)
    counted = {}
    for part in PARTS:
        counted[f"{part} pictures"] = len(scenes[part]["objects_img"])
        counted[f"{part} queries"] = sum(len(mod["from"]) for mod in scenes[part]["mods"])
    return counted


def problems(folder: Path) -> Iterator[str]:
    for part, scenes in _scenes(folder).items():
        if part in PARTS:
            names = [f"css_{part}_{i:06d}.png" for i in range(len(scenes["objects_img"]))]
            yield from absent(f"{part} pictures", names, folder / "images")


CONVERTER = Converter(where, finish=finish, numbers=numbers, problems=problems)
