"""The label files and the test queries of Fashion200k, line by line, and what is said when a word is replaced."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import numpy as np

from course_utils.datasets.problems import LayoutError, needed

GROUPS = ("dress", "jacket", "pants", "skirt", "top")
QUERIES = "test_queries.txt"


def rests(caption: str) -> Iterator[tuple]:
    """The caption without one of its words, for each: what captions share that differ in that word alone."""
    words = caption.split()
    for i in range(len(words)):
        yield (*words[:i], None, *words[i + 1 :])


def replacement(source: str, target: str) -> str | None:
    """Say which word becomes which, as published: the first word that the other caption lacks; None if there is none.

    >>> replacement("red floral dress", "blue floral dress")
    'replace red with blue'
    """
    old = [word for word in source.split() if word not in target.split()]
    new = [word for word in target.split() if word not in source.split()]
    return f"replace {old[0]} with {new[0]}" if old and new else None


def _numbered(path: Path, name: str) -> Iterator[tuple[str, str]]:
    """(place, line) of each line that is not blank."""
    text = needed(path, name).read_bytes().decode("utf-8-sig", "replace")  # -sig drops a byte order mark
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{path.name} line {number}", line.rstrip("\r")


def read_labels(root: Path, part: str, problems: list[str]) -> dict[str, tuple[str, str, str]]:
    """Picture -> (caption, group, place of its line)."""
    found: dict[str, tuple[str, str, str]] = {}
    for group in GROUPS:  # exactly these names: stray copies of the files exist
        for place, line in _numbered(root / "labels" / f"{group}_{part}_detect_all.txt", root.name):
            fields = [field.strip() for field in line.split("\t")]
            if len(fields) < 3 or not all(fields[:3]):
                problems.append(f"{place} has not the fields picture, score and description, left out")
                continue
            key, _, caption = fields[:3]
            if PurePosixPath(key).is_absolute() or ".." in PurePosixPath(key).parts:
                raise LayoutError(f"{root / 'labels'}, {place}: {key} leads out of the data set")
            if key in found:
                problems.append(f"{place}: {key} is listed before, in {found[key][2]}, left out")
            elif not (root / key).is_file():
                problems.append(f"{place}: the picture {key} is not there, left out")
            else:
                found[key] = " ".join(caption.split()), group, place
    return found


def read_queries(root: Path, found: dict[str, tuple[str, str, str]], problems: list[str]) -> np.ndarray:
    """int64 (Q, 2), source and target; a target may be asked for again from another source."""
    index = {key: i for i, key in enumerate(found)}
    given = []
    for place, line in _numbered(root / QUERIES, root.name):
        fields = line.split()
        if len(fields) != 2:
            problems.append(f"{place} has not the two fields source and target, left out")
            continue
        absent = [f"{what} {key}" for what, key in zip(("source", "target"), fields, strict=True) if key not in index]
        if absent:
            problems.append(f"{place}: the {' and the '.join(absent)} is no picture of the test part, left out")
        elif replacement(*(found[key][0] for key in fields)) is None:
            problems.append(f"{place} replaces no word of {found[fields[0]][0]!r}, left out")
        else:
            given.append([index[key] for key in fields])
    if not given:
        raise LayoutError(f"{root / QUERIES} holds no query over pictures of the test part.", root.name)
    return np.array(given, dtype=np.int64)
