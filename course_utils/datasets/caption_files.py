"""Readers of the files that image-caption sets come in; each returns (entries, problems).

An entry is one caption with the name of its picture; a problem is a line that says which file and line is broken and
what became of it. A broken line costs that line only. Files are UTF-8; a line ends with a line feed and nothing else
(captions may hold other characters that some programs take for one).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_utils.datasets.problems import LayoutError, read_bytes

NUMBERED = re.compile(r"(.+)#(\d+)")  # picture#number of its caption
UNSEPARATED = re.compile(r"\s*(\d+)\s+(.*\S.*)")  # the number and the caption without a | between them


@dataclass(frozen=True)
class Entry:
    picture: str
    caption: str  # without spaces around it; "" where the file has none
    where: str  # "file.token:17"
    part: str = ""  # train, val, test where the file says it


def plain_name(name: str, where: str) -> str:
    """Return the picture's name; LayoutError for one that leads out of the folder of pictures."""
    if not name or name in (".", "..") or any(c in name for c in "/\\:\0") or name != name.strip():
        raise LayoutError(f"{where}: {name!r} is not the plain name of a picture file; nothing was loaded from it")
    return name


def read_token(path: Path) -> tuple[list[Entry], list[str]]:
    """results_20130124.token, Flickr8k.token.txt: picture#number<TAB>caption, one a line."""
    entries, problems = [], []
    for where, line in _lines(path, problems):
        head, tab, caption = line.partition("\t")
        match = NUMBERED.fullmatch(head.strip())
        if not tab or not match:
            problems.append(f"{where}: not of the form picture#number<TAB>caption, left out: {_short(line)}")
            continue
        entries.append(Entry(plain_name(match[1], where), caption.strip(), where))
    return _some(path, entries, problems), problems


def read_results_csv(path: Path) -> tuple[list[Entry], list[str]]:
    """results.csv: picture| number| caption, below a header whose names have spaces in front.

    A row that lacks the second separator ("picture| 4   A dog runs") is repaired, which is reported. Further
    separators belong to the caption.
    """
    entries, problems = [], []
    for k, (where, line) in enumerate(_lines(path, problems)):
        fields = [field.strip() for field in line.split("|", 2)]
        if k == 0 and fields[0].lower() in ("image_name", "image"):
            continue
        if len(fields) == 2 and (match := UNSEPARATED.fullmatch(fields[1])):
            fields = [fields[0], match[1], match[2].strip()]
            problems.append(f"{where}: a separator is missing, repaired: {_short(line)}")
        if len(fields) != 3 or not fields[1].isdecimal():
            problems.append(f"{where}: not of the form picture| number| caption, left out: {_short(line)}")
            continue
        entries.append(Entry(plain_name(fields[0], where), fields[2], where))
    return _some(path, entries, problems), problems


def read_names(path: Path) -> tuple[list[Entry], list[str]]:
    """Flickr_8k.trainImages.txt and its sisters: one picture name a line. Entries have no caption."""
    problems: list[str] = []
    return [Entry(plain_name(line.strip(), where), "", where) for where, line in _lines(path, problems)], problems


def read_karpathy(path: Path) -> tuple[list[Entry], list[str]]:
    """dataset_flickr30k.json: {"images": [{"filename", "split", "sentences": [{"raw", "tokens", ...}]}]}.

    A picture without sentences gives one entry without caption. Raises: LayoutError if the file is no such json.
    """
    try:
        images = json.loads(path.read_bytes().decode("utf-8-sig"))["images"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        raise LayoutError(f"{path} cannot be read as a Karpathy json with a list 'images' ({reason})") from None
    if not isinstance(images, list):
        raise LayoutError(f"{path}: 'images' is not a list")
    entries, problems = [], []
    for i, image in enumerate(images):
        where = f"{path.name}: images[{i}]"
        try:
            name, part, sentences = image["filename"], image["split"], image["sentences"]
            texts = [sentence["raw"] for sentence in sentences]
            if not all(isinstance(text, str) for text in (name, part, *texts)):
                raise TypeError
        except (KeyError, TypeError):
            problems.append(f"{where} lacks filename, split or sentences with raw text, left out: {_short(str(image))}")
            continue
        name = plain_name(name, where)
        entries += [Entry(name, text.strip(), f"{where}, sentence {k}", part) for k, text in enumerate(texts)]
        if not texts:
            entries.append(Entry(name, "", where, part))
    return entries, problems


def _some(path: Path, entries: list[Entry], problems: list[str]) -> list[Entry]:
    """Return the entries; LayoutError with the first bad line where not one is sound: it is another kind of file."""
    if problems and not entries:
        raise LayoutError(f"{path}: no line has the form of this file. The first: {problems[0]}")
    return entries


def _lines(path: Path, problems: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (file:line number, text) of the lines that are not blank; what is not UTF-8 becomes a problem."""
    for number, line in enumerate(read_bytes(path).split(b"\n"), start=1):
        where = f"{path.name}:{number}"
        try:
            text = line.decode("utf-8").removesuffix("\r")
        except UnicodeDecodeError as error:
            problems.append(f"{where}: byte {error.start + 1} is not UTF-8, left out: {_short(str(line))}")
            continue
        if text.strip():
            yield where, text


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 60 else text[:57] + "..."
