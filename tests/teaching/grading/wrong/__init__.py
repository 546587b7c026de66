"""Mistakes that students make, at least twelve an exercise: what they wrote, and words of the message that they read.

One entry: name: (solution cell, [(text of the solution, what this student wrote), ...], words of the message).
"""

from importlib import import_module
from pathlib import Path

WRONG = {
    path.stem.removeprefix("exercise_"): import_module(f"wrong.{path.stem}").WRONG
    for path in sorted(Path(__file__).parent.glob("exercise_*.py"))
}
