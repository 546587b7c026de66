"""What the loaders say about files that are not as they should be."""

import warnings
from pathlib import Path

SHOWN = 5  # problems that a warning prints


class LayoutError(ValueError):
    """A data set is there but its folders are not as they should be; the message names the folder."""


def report(root: Path, problems: list[str], on_problem: str) -> None:
    """Say what a loader left out: in one warning, or as a LayoutError with on_problem="raise"."""
    if not problems:
        return
    more = f"\n  ... and {len(problems) - SHOWN} more, see .problems" if len(problems) > SHOWN else ""
    text = f"{root}: {len(problems)} problem(s)\n  " + "\n  ".join(problems[:SHOWN]) + more
    if on_problem == "raise":
        raise LayoutError(text)
    warnings.warn(text, stacklevel=3)  # names the line that called the loader


def advice(name: str) -> str:
    """What to do about the data set of this name."""
    return f"Check the data set with:  python -m data_scripts verify {name}"
