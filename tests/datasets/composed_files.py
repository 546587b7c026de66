"""Tiny sets of composed queries on disk, for the tests of their loaders."""

import json
from pathlib import Path

from PIL import Image

from course_utils import config


def folder_of(name: str) -> Path:
    root = config.data_root() / config.profile() / name
    root.mkdir(parents=True, exist_ok=True)
    return root


def picture(path: Path, tone: int = 90) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), (tone % 256, 90, 200)).save(path)


def thing(place: int, color: str = "red", shape: str = "circle", size: str = "small") -> dict:
    row, column = divmod(place, 3)
    return {"shape": shape, "color": color, "size": size, "pos": [(row + 0.5) / 3, (column + 0.5) / 3]}


def scenes() -> dict:
    """One part: two families of three scenes, and one scene drawn twice."""
    first, second = thing(0), thing(4, "blue", "rectangle")
    other = thing(8, "green", "triangle", "large")
    objects = [[first], [first, second], [], [first, second]]  # 3 is 1 again
    objects += [[other], [other, thing(2)], [thing(8, "cyan", "triangle", "large")]]
    mods = [
        {"from": [0], "to": [1], "to_str": "add small blue rectangle to middle-center"},
        {"from": [0], "to": [2], "to_str": "remove red circle"},
        {"from": [1, 3], "to": [0, 0], "to_str": "remove middle-center object"},
        {"from": [4], "to": [5], "to_str": "add small red circle"},
        {"from": [4], "to": [6], "to_str": "make green triangle cyan"},
    ]
    return {"objects_img": objects, "mods": mods, "labels": [0, 1, 2, 1, 4, 5, 6]}


def make_css(train=None, test=None, pictures=None) -> Path:
    root = folder_of("css")
    parts = {"train": train or scenes(), "test": test or scenes()}
    (root / "css_toy_dataset_novel2_small.dup.json").write_text(json.dumps(parts))
    for part, inside in parts.items():
        for i in range(len(inside["objects_img"]) if pictures is None else pictures):
            picture(root / "images" / f"css_{part}_{i:06d}.png", 20 * i)
    return root


CAPTIONS = {
    "dress": ("red mini dress", "blue mini dress", "red maxi dress", "red mini dress"),
    "jacket": ("black hooded jacket", "white hooded jacket"),
    "pants": ("blue slim jeans", "blue slim trousers"),
    "skirt": ("pink pleated skirt", "pink pencil skirt"),
    "top": ("grey striped top", "navy striped top"),
}


def key_of(group: str, part: str, i: int) -> str:
    number = {"train": 1000, "test": 2000}[part] + 100 * list(CAPTIONS).index(group) + i
    return f"women/{group}/casual/{number}/{number}_0.jpeg"


def make_fashion(more: dict[str, list[str]] | None = None, queries: list[str] | None = None) -> Path:
    """`more`: label file -> lines to add."""
    root = folder_of("fashion200k")
    (root / "labels").mkdir(exist_ok=True)
    for group, captions in CAPTIONS.items():
        for part in ("train", "test"):
            name, lines = f"{group}_{part}_detect_all.txt", []
            for i, caption in enumerate(captions):
                picture(root / key_of(group, part, i), 30 * i)
                lines.append(f"{key_of(group, part, i)}\t0.9{i}\t{caption}")
            (root / "labels" / name).write_text("\n".join([*lines, *(more or {}).get(name, [])]) + "\n")
    usual = [f"{key_of(group, 'test', 0)} {key_of(group, 'test', 1)}" for group in ("dress", "top")]
    (root / "test_queries.txt").write_text("\n".join([*usual, *(queries or [])]) + "\n")
    return root


TRAINED = ("ripe apple", "burnt apple", "wet apple", "ripe pear", "wet pear", "wet box", "adj apple")
FOLDERS = (*TRAINED, "ripe fig", "burnt fig", "wet tomato", "burnt tomato")


def make_states(more=(), empty=()) -> Path:
    root = folder_of("mit_states")
    for k, folder in enumerate((*FOLDERS, *more)):
        for i in range(2):
            picture(root / "images" / folder / f"{i}.jpg", 10 * k + i)
    for folder in empty:
        (root / "images" / folder).mkdir(parents=True)
    return root
