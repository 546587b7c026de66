"""Search your own pictures: `python -m course_utils.app FOLDER`, or from a notebook in a few lines.

    mine = Collection("~/Pictures")
    print(mine.update())
    search(mine, text="two dogs in the snow")

folder.py lists and opens, pictures.py decodes, catalogue.py remembers, indexing.py brings up to date, engine.py holds
the index, collection.py puts them together, searching.py asks, why.py gives words, duplicates.py finds copies;
server.py and page/ are the page in the browser.
"""

from importlib import import_module

HOME = {
    "Collection": "collection",
    "Words": "why",
    "near_duplicates": "duplicates",
    "quick_encoder": "encoders",
    "search": "searching",
}
__all__ = list(HOME)


def __getattr__(name: str):
    """Import what is asked for only then: it loads PyTorch, and the command speaks before that."""
    if name in HOME:
        return getattr(import_module(f"{__name__}.{HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
