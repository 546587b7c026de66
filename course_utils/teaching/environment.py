"""Is this machine ready for the lessons? One OK or FAIL line a question; what fails says what to do.

    python -m course_utils.teaching.environment        the same on the command line, with all versions for a bug report

The lines of a machine that is ready are the same everywhere: they hold no version, path or measured number.
"""

import importlib
import platform
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

import psutil
from packaging.requirements import Requirement

from course_utils import config

PYTHON = (3, 11)
FREE_MEMORY, FREE_DISK = 1.5e9, 1.0e9  # bytes; the largest lesson and its caches fit
INSTALL = "make run, or:  python -m pip install -e . -c constraints.txt"
# packages whose import has another name
IMPORTS = {
    "pillow": "PIL",
    "scikit-learn": "sklearn",
    "scikit-image": "skimage",
    "opencv-python-headless": "cv2",
    "faiss-cpu": "faiss",
    "fasttext-modern": "fasttext",
    "jupyter-client": "jupyter_client",
    "huggingface-hub": "huggingface_hub",
    "sentence-transformers": "sentence_transformers",
}
DATA_ONLY = ("-pytorch-model", "-l6-v2-model")  # packages that hold weights: they are read and never imported


class NotReady(RuntimeError):
    """A check failed; the message says what to do."""


def requirements() -> list[Requirement]:
    """Return what the lessons need, as pyproject.toml says it."""
    with open(config.REPOSITORY / "pyproject.toml", "rb") as file:
        return [Requirement(line) for line in tomllib.load(file)["project"]["dependencies"]]


def check_python() -> str:
    if sys.version_info < PYTHON:
        raise NotReady(f"this is {platform.python_version()}; install Python 3.11 or newer, then: make run PYTHON=...")
    return "3.11 or newer"


def check_packages() -> str:
    needed = requirements()
    for requirement in needed:
        try:
            found = version(requirement.name)
            if not requirement.name.endswith(DATA_ONLY):
                importlib.import_module(IMPORTS.get(requirement.name, requirement.name))
        except PackageNotFoundError as error:
            raise NotReady(f"{requirement.name} is not installed; {INSTALL}") from error
        except ImportError as error:
            raise NotReady(f"{requirement.name} cannot be imported ({error}); delete .venv, then {INSTALL}") from error
        if not requirement.specifier.contains(found, prereleases=True):
            raise NotReady(f"{requirement.name} is {found}, needed is {requirement.specifier}; {INSTALL}")
    return f"all {len(needed)} are there, in versions that fit"


def check_torch() -> str:
    """A torch that does not belong to its torchvision imports well and fails later, at the first compiled operator."""
    try:
        import torch
        import torchvision

        torchvision.ops.nms(torch.zeros(1, 4), torch.zeros(1), 0.5)
    except (ImportError, RuntimeError, AttributeError) as error:
        raise NotReady(
            f"torch and torchvision do not belong together ({error}); delete .venv, then make run"
        ) from error
    return "works with its torchvision"


def check_data() -> str:
    from course_utils.datasets import load_scenes

    try:
        load_scenes("mit_split")
    except (FileNotFoundError, ValueError) as error:
        raise NotReady(str(error)) from error
    return f"mit_split is there ({config.profile()})"


def check_memory() -> str:
    if psutil.virtual_memory().available < FREE_MEMORY:
        free = psutil.virtual_memory().available / 1e9
        raise NotReady(
            f"{free:.1f} GB are free; close other programs and notebooks until there are {FREE_MEMORY / 1e9}"
        )
    return "enough is free"


def check_disk() -> str:
    if shutil.disk_usage(config.REPOSITORY).free < FREE_DISK:
        raise NotReady(f"less than {FREE_DISK / 1e9:.0f} GB is free; make some room")
    return "enough is free"


CHECKS: dict[str, Callable[[], str]] = {
    "Python": check_python,
    "packages": check_packages,
    "torch": check_torch,
    "data": check_data,
    "memory": check_memory,
    "disk": check_disk,
}


def answers() -> Iterator[tuple[str, bool, str]]:
    """Yield (question, fine, what was found or what to do) of every check."""
    for name, check in CHECKS.items():
        try:
            yield name, True, check()
        except NotReady as problem:
            yield name, False, str(problem)


def report() -> bool:
    """Print one line a check; return whether all of them are fine."""
    ready = True
    for name, fine, text in answers():
        ready &= fine
        print(f"{'OK' if fine else 'FAIL':<6}{name:<10}{text}", flush=True)
    print("Everything is ready." if ready else "Mend what FAILs from the top, then restart the kernel and run again.")
    return ready


if __name__ == "__main__":
    fine = report()
    print(f"\nPython {platform.python_version()}, {platform.platform()}")
    for requirement in requirements():
        try:
            print(requirement.name, version(requirement.name))
        except PackageNotFoundError:
            print(requirement.name, "missing")
    sys.exit(0 if fine else 1)
