"""What a loader reads from a downloaded set is what it reads from the same files put there by hand."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest
from fetch_sets import prepare, write

from course_utils import datasets
from data_scripts.fetch import hub
from data_scripts.fetch.install import install

LOADERS = {
    "flickr30k": lambda: datasets.load_captions("flickr30k"),
    "flickr8k": lambda: datasets.load_captions("flickr8k"),
    "fashion_products": lambda: datasets.load_products(),
    "birds": lambda: datasets.load_birds(),
    "flowers": lambda: datasets.load_flowers(),
    "css": lambda: datasets.load_css(),
    "fashion200k": lambda: datasets.load_fashion200k(),
    "mit_states": lambda: datasets.load_mit_states(test_nouns=("banana",)),
}


def plain(value, root: Path):
    """A loaded set as nested lists, without the root of its paths."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name), root) for field in fields(value)}
    if isinstance(value, Path):
        return value.relative_to(root).as_posix()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, dict):
        return {str(key): plain(item, root) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, root) for item in value]
    return value if isinstance(value, str | int | float | None) else type(value).__name__


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", LOADERS)
def test_a_downloaded_set_loads_as_the_same_items(name, server, tmp_path, patience, monkeypatch):
    monkeypatch.setattr(hub, "ENDPOINT", server.address)
    monkeypatch.setenv("COURSE_PROFILE", "full")
    entry, layout, given = prepare(name, server, tmp_path)
    loaded = []
    for root in (tmp_path / "downloaded", tmp_path / "by hand"):
        if root.name == "downloaded":
            install(entry, root, given, patience=patience)
        else:
            write(layout, root / "full" / name)
        monkeypatch.setenv("COURSE_DATA", str(root))
        loaded.append(plain(LOADERS[name](), root.resolve()))
    assert loaded[0] == loaded[1]
    pictures = [Path(file).name for file in layout if file.endswith((".jpg", ".jpeg", ".png"))]
    assert sum(picture in str(loaded[0]) for picture in pictures) >= 2, "pictures are in it"
