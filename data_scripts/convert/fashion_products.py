"""Fashion Product Images: the hub's parquet files become images/<id>.jpg and styles.csv; Kaggle's archive has both.

The hub's tables were written by a program that reads "NA" as nothing. In `usage` it is a value, so it is written again;
everywhere else nothing stays nothing. Years are whole numbers again.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from ..fetch.errors import Damaged, Mismatch
from .converter import Converter, is_rubbish
from .names import writable

_HEADER = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"
COLUMNS = _HEADER.split(",")
TABLE = "styles.csv"
NO_PICTURE = ("39425", "39401", "12347", "39403", "39410")
LARGEST = 20 << 20  # bytes of one picture
BATCH = 256  # rows in memory


def where(path: str) -> str | None:
    """Kaggle's archive holds everything twice, the second time in myntradataset/.

    >>> where("images/1163.jpg"), where("myntradataset/images/1163.jpg"), where("fashion_products/styles.csv")
    ('images/1163.jpg', None, 'styles.csv')
    """
    parts = path.split("/")
    if is_rubbish(path) or len(parts) > 3 or parts[0] == "myntradataset":
        return None
    if len(parts) >= 2 and parts[-2] == "images" and path.endswith(".jpg"):
        return "/".join(parts[-2:])
    return TABLE if parts[-1] == TABLE else None


def read_parquet(file: Path, folder: Path) -> None:
    """Append the rows of one parquet file to styles.csv and store their pictures."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    (folder / "images").mkdir(exist_ok=True)
    fresh = not (folder / TABLE).exists()
    try:
        table = ParquetFile(file)
        lacking = [name for name in (*COLUMNS, "image") if name not in table.schema_arrow.names]
        if lacking:
            raise Mismatch(f"{file.name} lacks the columns {', '.join(lacking)}")
        with open(folder / TABLE, "a", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            if fresh:
                writer.writerow(COLUMNS)
            for batch in table.iter_batches(BATCH, columns=[*COLUMNS, "image"]):
                for row in batch.to_pylist():
                    writer.writerow([_text(name, row[name]) for name in COLUMNS])
                    _store(row, folder, file.name)
    except ArrowException as error:
        raise Damaged(f"{file.name} is damaged or no parquet file ({str(error).splitlines()[0]})") from None


def _text(column: str, value) -> str:
    if value is None or value != value:  # NaN
        return "NA" if column == "usage" else ""
    return str(int(value)) if column in ("id", "year") else str(value)


def _store(row: dict, folder: Path, file: str) -> None:
    picture = (row["image"] or {}).get("bytes")
    if not picture or len(picture) > LARGEST:
        raise Mismatch(f"{file}: product {row['id']} has no picture, or one beyond {LARGEST:,} bytes")
    with open(folder / "images" / writable(f"{int(row['id'])}.jpg"), "xb") as out:
        out.write(picture)


def problems(folder: Path) -> Iterator[str]:
    """Names hold unquoted commas, so only the number before the first comma is read here."""
    with open(folder / TABLE, encoding="utf-8") as file:
        header = file.readline().strip()
        ids = {line.split(",", 1)[0] for line in file if line.strip()}
    if header != _HEADER:
        yield f"{TABLE} begins with {header!r}"
    pictures = {path.stem for path in (folder / "images").glob("*.jpg")}
    if without := sorted(pictures - ids):
        yield f"{len(without)} pictures have no row in {TABLE}, the first is {without[0]}.jpg"
    if len(lacking := ids - pictures - set(NO_PICTURE)) > len(ids) // 50:
        yield f"{len(lacking)} of {len(ids)} products have no picture"


CONVERTER = Converter(where, readers={"*.parquet": read_parquet}, problems=problems)
