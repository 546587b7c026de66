"""Every test runs on its own empty folders: none sees or changes the data, cache and results of whoever runs it."""

import os
import sys
from contextlib import contextmanager

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch and OpenBLAS start: small tests are faster on one thread
os.environ["MPLBACKEND"] = "agg"
os.environ["COURSE_DRAW"] = "never"  # tests bring their own pictures

import numpy as np
import pytest
from PIL import Image


@pytest.fixture(autouse=True)
def own_folders(monkeypatch, tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    for variable in ("COURSE_DATA", "COURSE_CACHE", "COURSE_RESULTS"):
        monkeypatch.setenv(variable, str(root / variable.removeprefix("COURSE_").lower()))
    monkeypatch.delenv("COURSE_PROFILE", raising=False)
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture
def make_scenes():
    """Return a function that writes a small data set in the MIT split layout and returns its folder.

    counts: {"train": {"coast": 4, ...}, "test": {...}}; pictures are noise around one grey level a class.
    """
    from course_utils import config

    def make(counts, name="mit_split"):
        rng = np.random.default_rng(0)
        root = config.data_root() / config.profile() / name
        for part, classes in counts.items():
            for level, (label, count) in enumerate(classes.items()):
                folder = root / part / label
                folder.mkdir(parents=True)
                for i in range(count):
                    pixels = rng.integers(20 * level, 20 * level + 60, (12, 16, 3), dtype=np.uint8)
                    Image.fromarray(pixels).save(folder / f"{label}_{i}.png")
        return root

    return make


@pytest.fixture
def interrupted_after(monkeypatch):
    """Return a context manager: a training inside it is interrupted when it has stored that many epochs."""
    from course_utils.training import run

    @contextmanager
    def interrupted_after(epochs):
        save = run.save_checkpoint

        def save_and_stop(path, settings, parts, history, best):
            save(path, settings, parts, history, best)
            if history.epochs == epochs:
                raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(run, "save_checkpoint", save_and_stop)
            yield

    return interrupted_after
