"""styles.csv, row by row. It is no proper CSV: names hold commas without quotes, and "NA" is a value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from course_utils.datasets.problems import SHOWN, LayoutError, read_bytes

ROW = re.compile(r"\d+,")  # how each row of the table begins
ATTRIBUTES = ("gender", "masterCategory", "subCategory", "articleType", "baseColour", "season", "usage")
HEADER = ["id", *ATTRIBUTES[:-1], "year", "usage", "productDisplayName"]


@dataclass
class TableReport:
    """What a table held besides sound rows, and what was done about it; print it to read it.

    malformed  (line number, problem) of rows that were left out; lines count from 1, the header is line 1
    """

    rows: int = 0
    products: int = 0
    malformed: list[tuple[int, str]] = field(default_factory=list)
    duplicates: list[tuple[int, int]] = field(default_factory=list)  # (line number, id), left out
    with_commas: int = 0
    broken_characters: list[int] = field(default_factory=list)  # line numbers, kept
    without_picture: list[int] = field(default_factory=list)  # ids, left out
    stray_pictures: int = 0
    without_name: list[int] = field(default_factory=list)  # ids, kept
    empty_cells: dict[str, int] = field(default_factory=dict)
    empty_attributes: list[str] = field(default_factory=list)
    single_valued: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{self.products} products from {self.rows} rows"]
        for items, what in (
            ([f"line {line}: {problem}" for line, problem in self.malformed], "malformed rows, left out"),
            ([f"line {line}: id {id}" for line, id in self.duplicates], "rows repeat an id, the first one counts"),
            (self.without_picture, "products without a picture, left out"),
            (self.without_name, "products without a name"),
            (self.broken_characters, "lines with broken characters"),
            ([f"{key} ({count})" for key, count in self.empty_cells.items()], "attributes with empty cells: unknown"),
            (self.empty_attributes, "attributes are empty throughout: unknown for all"),
            (self.single_valued, "attributes with a single value: nothing to learn"),
        ):
            if items:
                more = f", ... and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
                lines.append(f"{len(items)} {what}: {', '.join(str(item) for item in items[:SHOWN])}{more}")
        if self.with_commas:
            lines.append(f"{self.with_commas} names hold commas")
        if self.stray_pictures:
            lines.append(f"{self.stray_pictures} files in images/ belong to no product")
        return "\n".join(lines)


def read_table(path: Path) -> tuple[pd.DataFrame, TableReport]:
    """Return the sound rows of a styles.csv in the table's order, as `parse_row` reads them; the report on the others.

    Raises LayoutError if the file is missing, empty, or has another header.
    """
    if not path.is_file():
        raise LayoutError(f"{path} is missing: the layout is styles.csv and images/<id>.jpg")
    text = read_bytes(path).decode("utf-8", "replace")
    lines = [line.rstrip("\r") for line in text.split("\n")]  # not splitlines(): a name may hold exotic separators
    _check_header(path, lines[0])
    rows, report, seen = [], TableReport(), set()
    for number, line in _whole_rows(lines[1:]):
        if not line.strip():
            continue
        report.rows += 1
        if "\ufffd" in line:
            report.broken_characters.append(number)
        try:
            row = parse_row(line)
        except ValueError as error:
            report.malformed.append((number, str(error)))
            continue
        if row["id"] in seen:
            report.duplicates.append((number, row["id"]))
            continue
        seen.add(row["id"])
        report.with_commas += "," in row["productDisplayName"]
        rows.append(row)
    if not rows:
        raise LayoutError(f"{path} holds no product ({report.rows} rows, {len(report.malformed)} of them malformed)")
    return pd.DataFrame(rows), report


def _whole_rows(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield (line number, row): a name in double quotes may go on in the next lines, as a CSV library writes it.

    A quote that is never closed before the next row, as in 7" wide, is a character like any other.
    """
    i = 0
    while i < len(lines):
        row, end = lines[i], i + 1
        if _open(row):
            while end < len(lines) and _open(row) and not ROW.match(lines[end]):
                row, end = f"{row} {lines[end].strip()}", end + 1
            if _open(row):
                row, end = lines[i], i + 1
        yield i + 2, row
        i = end


def _open(row: str) -> bool:
    """Whether the name of a row begins with a quote that is not closed yet."""
    name = row.split(",", len(HEADER) - 1)[-1].strip()
    return name.startswith('"') and name.count('"') % 2 == 1


def _check_header(path: Path, line: str) -> None:
    found = line.split(",")
    if found == HEADER:
        return
    missing = [name for name in HEADER if name not in found]
    unknown = [name for name in found if name not in HEADER]
    problem = f"lacks {', '.join(missing)}" if missing else "has its columns in another order"
    if unknown:
        problem += f", and has {', '.join(repr(name) for name in unknown[:3])} instead"
    raise LayoutError(f"{path}: the header {problem}. Line 1 has to be:  {','.join(HEADER)}")


def parse_row(line: str) -> dict:
    """Return one line of the table, column -> text, "" where it says nothing; id and year (-1: unknown) are numbers.

    The line is split at most nine times, so that all commas from the tenth field on belong to the name. A name in
    double quotes, as a CSV library would write it, loses them. ValueError says what is wrong with the line.

    >>> parse_row("7,Men,Apparel,Topwear,Shirts,Blue,Fall,2011,NA,Plain Shirt, Pack of 2")["productDisplayName"]
    'Plain Shirt, Pack of 2'
    """
    cells = [cell.strip() for cell in line.split(",", len(HEADER) - 1)]
    if len(cells) < len(HEADER):
        raise ValueError(f"{len(cells)} cells instead of {len(HEADER)}")
    values = dict(zip(HEADER, cells, strict=True))
    if not (values["id"].isascii() and values["id"].isdigit()):
        raise ValueError(f"the id {values['id']!r} is no whole number")
    year = values["year"].removesuffix(".0")  # pandas writes 2012.0 when some years are missing
    if year and not (year.isascii() and year.isdigit()):
        raise ValueError(f"the year {values['year']!r} is no whole number")
    name = values["productDisplayName"]
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('""', '"').strip()
    return values | {"id": int(values["id"]), "year": int(year or -1), "productDisplayName": name}
