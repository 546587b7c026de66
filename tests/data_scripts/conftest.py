"""A toy world, so that the machinery is tested apart from the pictures."""

import pytest
from toy_world import toy_items, toy_paint

from data_scripts.mini import World


@pytest.fixture
def toy() -> World:
    return World("toy", "mit_split", 1, 1, toy_items, toy_paint)


@pytest.fixture
def toy_set(toy, tmp_path, monkeypatch):
    """A complete toy set in tmp_path/mini/mit_split; the command line and verify see the toy world."""
    from data_scripts import __main__, generate, listing, verify

    for module in (generate, listing, verify):
        monkeypatch.setattr(module, "world_of", lambda name: toy)
    monkeypatch.delenv("COURSE_PROFILE", raising=False)
    assert __main__.main(["mini", "mit_split", "--root", str(tmp_path), "--workers", "1"]) == 0
    return tmp_path / "mini" / "mit_split"
