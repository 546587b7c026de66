"""A toy world, so that the machinery is tested apart from the pictures, and a small part of a real one."""

import pytest
from toy_world import toy_items, toy_paint

from course_utils import config
from data_scripts.drawn import World, blocks
from data_scripts.drawn.blocks import records


@pytest.fixture
def toy() -> World:
    return World("toy", "mit_split", 1, 1, toy_items, toy_paint)


@pytest.fixture
def toy_set(toy, tmp_path, monkeypatch):
    """A complete toy set in tmp_path/drawn/mit_split; the command line and verify see the toy world."""
    from data_scripts import __main__, listing
    from data_scripts.install import generate, verify

    for module in (generate, listing, verify):
        monkeypatch.setattr(module, "world_of", lambda name: toy)
    monkeypatch.delenv("COURSE_PROFILE", raising=False)
    assert __main__.main(["draw", "mit_split", "--root", str(tmp_path), "--workers", "1"]) == 0
    return tmp_path / "drawn" / "mit_split"


@pytest.fixture
def small_blocks(monkeypatch):
    """A complete blocks world of twelve pictures of another seed, on disk; six are there to learn from."""
    small = {"train": 6, "val": 3, "test": 3}
    monkeypatch.setattr(records, "COUNTS", small)
    monkeypatch.setattr(records, "TOTAL", sum(small.values()))
    monkeypatch.setattr(blocks, "SEED", 31)
    root = config.data_root() / "drawn" / "flickr30k"
    (root / "flickr30k-images").mkdir(parents=True)
    for item in blocks.items():
        (root / item.path).write_bytes(blocks.paint(item))
    return root
