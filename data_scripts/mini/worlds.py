"""What a mini world is: a list of files to make and a function that makes the bytes of one."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

PICTURES = (".jpg", ".png")


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

    def counts(self) -> dict[str, int]:
        """Pictures in each folder, e.g. {"train/coast": 118, ...}; lists and captions beside them do not count."""
        return dict(Counter(i.path.rpartition("/")[0] for i in self.items() if i.path.endswith(PICTURES)))
