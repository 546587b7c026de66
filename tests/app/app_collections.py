"""Collections for the tests, with encoders that need no network; test files import what they use.

Not a conftest.py: this folder would be read before the tests' own one, and both would be called conftest.
"""

import pytest
from toy_encoders import ToyPictures, ToySentences, paint

from course_utils.app import Collection, collection


@pytest.fixture
def toys(monkeypatch):
    """Collections get encoders without a network; return those that were made, by their names."""
    made = {}

    def encoder(name):
        made[name] = ToyPictures(name)
        return made[name]

    monkeypatch.setattr(collection, "quick_encoder", encoder)
    monkeypatch.setattr(collection, "load_text_encoder", lambda name: ToySentences())
    return made


@pytest.fixture
def folder(tmp_path):
    """A folder of six pictures in two sub-folders and a text."""
    root = tmp_path / "my pictures"
    for i, colour in enumerate(("red", "green", "blue")):
        paint(root / "2019" / f"{colour}.png", colour)
        paint(root / "2020" / "summer" / f"{colour} {i}.jpg", tuple(min(c + 40, 255) for c in _rgb(colour)))
    (root / "notes.txt").write_text("no picture")
    return root


def _rgb(colour):
    from toy_encoders import NAMES

    return NAMES[colour]


@pytest.fixture
def mine(toys, folder):
    made = Collection(folder)
    made.update(workers=1)
    return made
