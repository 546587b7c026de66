"""What a world is: a list of files to make and a function that makes the bytes of one."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

PICTURES = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Item:
    """One file of a generated set: its path below the data set's folder, and the seed of everything in it."""

    path: str
    seed: tuple[int, ...]


@dataclass(frozen=True)
class World:
    """A generator of one data set. `paint(item)` returns the file's bytes and may depend on nothing but the item."""

    name: str
    dataset: str
    seed: int
    version: int
    items: Callable[[], list[Item]]
    paint: Callable[[Item], bytes]
    pace: float = 100.0  # files a second that two ordinary cores paint, to say beforehand how long it takes

    def counts(self) -> dict[str, int]:
        """Pictures in each folder, e.g. {"train/coast": 118, ...}; other files are not counted."""
        paths = [item.path for item in self.items() if item.path.endswith(PICTURES)]
        return dict(Counter(path.rpartition("/")[0] for path in paths))
