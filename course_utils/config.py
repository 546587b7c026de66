"""Where data and results live, which profile runs, seeds and device: the only place that reads the environment.

COURSE_PROFILE   drawn (default: pictures that a program draws) or real (photographs and their texts)
COURSE_DATA      root of the data folders, default <repository>/data
COURSE_CACHE     cached embeddings and checkpoints, default <repository>/build/cache
COURSE_RESULTS   where lessons write their tables, default <repository>/build/results
COURSE_SCENES    a folder of your own pictures, one folder a class, that lessons 00 to 03 use instead of the scenes
COURSE_DRAW      never: a drawn set that is missing is an error; default: it is drawn when a lesson asks for it
COURSE_GRADING   what is released, handed in and graded, default <repository>/grading
"""

import os
import random
from contextlib import contextmanager
from pathlib import Path

import numpy as np

PROFILES = ("drawn", "real")
RENAMED = {"mini": "drawn", "full": "real"}  # what the profiles were called in the first edition
REPOSITORY = Path(__file__).resolve().parents[1]


class DatasetMissing(FileNotFoundError):
    """A data set is not where the lessons look for it; the message names the command that provides it."""


def profile() -> str:
    """Return "drawn" or "real"; any other value of COURSE_PROFILE is a ValueError."""
    value = os.environ.get("COURSE_PROFILE", "drawn")
    if value in RENAMED:
        raise ValueError(f"COURSE_PROFILE is {value!r}, which is called {RENAMED[value]!r} now: set it to that")
    if value not in PROFILES:
        raise ValueError(f"COURSE_PROFILE is {value!r}; set it to one of: {', '.join(PROFILES)}")
    return value


def _folder(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or REPOSITORY / default).expanduser().resolve()


def data_root() -> Path:
    return _folder("COURSE_DATA", "data")


def cache_dir() -> Path:
    return _folder("COURSE_CACHE", "build/cache")


def results_dir() -> Path:
    return _folder("COURSE_RESULTS", "build/results")


def grading_dir() -> Path:
    return _folder("COURSE_GRADING", "grading")


def scenes_folder() -> Path | None:
    """Return the folder of COURSE_SCENES, or None where the lessons use their own scenes."""
    return _folder("COURSE_SCENES", "") if os.environ.get("COURSE_SCENES") else None


def may_draw() -> bool:
    """Whether a drawn data set that is not there may be drawn on the spot: not where COURSE_DRAW is "never"."""
    return os.environ.get("COURSE_DRAW", "") != "never"


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy's old global generator and torch (all devices)."""
    import torch

    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002  libraries that still use the global generator
    torch.manual_seed(seed)


def seeded(build, seed: int):
    """Return build(), called with torch's generator at `seed`; afterwards that generator is as it was.

    For networks: config.seeded(lambda: TwoConvNet(24), seed=0) has the same weights whatever was drawn before.
    """
    with seeded_block(seed):
        return build()


@contextmanager
def seeded_block(seed: int):
    """Start torch's generators (of the CPU and of every GPU) at `seed`; afterwards they are as they were before."""
    import torch

    with torch.random.fork_rng(devices=range(torch.cuda.device_count())):
        torch.manual_seed(seed)
        yield


def pick_device():
    """Return the torch device that the course computes on: CUDA, Apple's MPS, else the CPU."""
    import torch

    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")
