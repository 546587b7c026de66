"""The description of CSS's scenes: what may stand in it, and which scenes a text is true of."""

from pathlib import Path

import numpy as np

from course_utils.datasets.problems import LayoutError

PICKLE = "css_toy_dataset_novel2_small.dup.npy"
SHAPES = ("circle", "rectangle", "triangle")
SIZES = ("small", "large")
COLOURS = {  # as the public code draws them, 0..255
    "gray": (87, 87, 87),
    "red": (244, 35, 35),
    "blue": (42, 75, 215),
    "green": (29, 205, 20),
    "brown": (129, 74, 25),
    "purple": (129, 38, 192),
    "cyan": (41, 208, 208),
    "yellow": (255, 238, 51),
}
VALUES = {"shape": SHAPES, "color": tuple(COLOURS), "size": SIZES}
ROWS, COLUMNS = ("top", "middle", "bottom"), ("left", "center", "right")


def read_part(path: Path, described, part: str, problems: list[str]):
    """Return (scenes, labels, changes int64 (M, 2), texts) of "train" or "test"; odd changes go into `problems`.

    Raises LayoutError, naming the file and the place in it, for scenes that are not described as they should be.
    """
    inside = described.get(part) if isinstance(described, dict) else None
    if not isinstance(inside, dict) or not {"objects_img", "mods"} <= set(inside):
        raise LayoutError(f'{path}: "{part}" has to hold "objects_img" and "mods"')
    scenes = inside["objects_img"]
    for i, scene in enumerate(scenes):
        for k, thing in enumerate(scene):
            if problem := _wrong(thing):
                raise LayoutError(f"{path}: {part}, objects_img[{i}][{k}] {problem}")
    labels = [str(label) for label in inside.get("labels", range(len(scenes)))]
    if len(labels) != len(scenes):
        raise LayoutError(f"{path}: {part} has {len(scenes)} scenes but {len(labels)} labels")
    changes, texts, seen = [], [], set()
    for m, mod in enumerate(inside["mods"]):
        place = f"{path.name}: {part}, mods[{m}]"
        if not isinstance(mod, dict) or not {"from", "to", "to_str"} <= set(mod):
            problems.append(f'{place} lacks "from", "to" or "to_str", left out')
            continue
        if len(mod["from"]) != len(mod["to"]):
            problems.append(f"{place} leads from {len(mod['from'])} scenes to {len(mod['to'])}, left out")
            continue
        text = str(mod["to_str"]).strip()
        for source, target in zip(mod["from"], mod["to"], strict=True):
            if problem := _astray(source, target, text, labels, seen):
                problems.append(f"{place}, from {source} to {target} {problem}, left out")
                continue
            seen.add((source, target, text))
            changes.append((source, target))
            texts.append(text)
    if not texts:
        raise LayoutError(f"{path}: {part} has no change that leads from one scene to another")
    return scenes, labels, np.array(changes, dtype=np.int64), texts


def _wrong(thing) -> str | None:
    """What is wrong with the description of one thing."""
    if not isinstance(thing, dict):
        return "is no object with a shape, color, size and pos"
    for key, allowed in VALUES.items():
        if thing.get(key) not in allowed:
            return f"has the {key} {thing.get(key)!r}; there are: {', '.join(allowed)}"
    pos = thing.get("pos")
    numbers = isinstance(pos, list) and len(pos) == 2 and all(isinstance(c, int | float) for c in pos)
    if not numbers or not all(0 <= c <= 1 for c in pos):
        return f"has the pos {pos!r}; it is [down, across], each 0..1"
    return None


def _astray(source, target, text: str, labels: list[str], seen: set) -> str | None:
    """What is wrong with a change."""
    for index in (source, target):
        if not isinstance(index, int) or not 0 <= index < len(labels):
            return f"names no scene: there are {len(labels)}"
    if not text:
        return "has no text"
    if labels[source] == labels[target]:
        return "changes nothing: both are the same scene"
    if (source, target, text) in seen:
        return "was told before"
    return None


def place_of(thing: dict) -> str:
    """The name of its place on the grid.

    >>> place_of({"pos": [0.21, 0.5]})
    'top-center'
    """
    row, column = (min(int(c * 3), 2) for c in thing["pos"])
    return f"{ROWS[row]}-{COLUMNS[column]}"


def looks(scene: list[dict]) -> frozenset[tuple[str, str, str, str]]:
    """Return what of a scene counts: place, size, colour and shape of each thing."""
    return frozenset((place_of(thing), thing["size"], thing["color"], thing["shape"]) for thing in scene)


def fits(text: str, before: frozenset, scenes: list[frozenset]) -> np.ndarray:
    """Return bool (N,): which scenes come from `before` by the change that `text` asks for, however it is meant.

    All scenes are `looks`.

    The text is one of "add ...", "remove ..." and "make ... <value>", where the dots are words for place, size,
    colour and shape, or "object"; "to" is skipped. ValueError for another text.
    """
    verb, *words = text.split()
    known = {value for values in VALUES.values() for value in values} | {f"{r}-{c}" for r in ROWS for c in COLUMNS}
    unknown = [word for word in words if word not in known | {"object", "to"}]
    if verb not in ("add", "remove", "make") or unknown:
        raise ValueError(f"the text {text!r} is not understood, because of: {', '.join(unknown) or verb}")
    value = words.pop() if verb == "make" else None
    said = {word for word in words if word in known}
    return np.array([_follows(verb, said, value, before, after) for after in scenes], dtype=bool)


def _follows(verb: str, said: set[str], value: str | None, before: frozenset, after: frozenset) -> bool:
    gone, come = before - after, after - before
    if verb == "add":
        return not gone and len(come) == 1 and said <= set(*come)
    if verb == "remove":
        return not come and len(gone) == 1 and said <= set(*gone)
    if len(gone) != 1 or len(come) != 1:
        return False
    (old,), (new,) = gone, come
    return said <= set(old) and {b for a, b in zip(old, new, strict=True) if a != b} == {value}
