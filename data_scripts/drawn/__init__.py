"""Generated data sets. `world_of(name)` finds the world that draws a data set.

To add a world: a module with a `World` (see worlds.py), and its line in `_WORLDS`.
"""

from importlib import import_module

from .worlds import Item, World

__all__ = ["Item", "World", "drawable", "world_of"]

_WORLDS = {  # data set -> module here, name of its World
    "mit_split": ("outdoors", "OUTDOORS"),
    "flickr30k": ("blocks", "BLOCKS"),
    "birds": ("birds", "BIRDS"),
    "flowers": ("flora", "FLORA"),
    "fashion_products": ("wardrobe", "WARDROBE"),
    "css": ("css", "CSS"),
    "mit_states": ("states", "STATES"),
    "fashion200k": ("fashion200k", "FASHION"),
}


def drawable() -> list[str]:
    """Names of the data sets that have a world."""
    return sorted(_WORLDS)


def world_of(dataset: str) -> World:
    """Return the world that draws `dataset`; KeyError where there is none."""
    module, name = _WORLDS[dataset]
    return getattr(import_module(f".{module}", __name__), name)
