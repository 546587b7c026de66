"""Weights that are files to be put into a folder as they are."""

from collections.abc import Iterator
from pathlib import Path

from safetensors import SafetensorError, safe_open

from .converter import Converter


def where(path: str) -> str | None:
    return path.rpartition("/")[2]


def problems(folder: Path) -> Iterator[str]:
    """Safetensors say at their beginning what has to follow; that is compared without reading all of it."""
    for path in sorted(folder.glob("*.safetensors")):
        try:
            with safe_open(path, "np") as file:
                if not list(file.keys()):
                    yield f"{path.name} holds no weights"
        except (SafetensorError, OSError) as error:
            yield f"{path.name} is damaged ({error})"


CONVERTER = Converter(where, problems=problems)
