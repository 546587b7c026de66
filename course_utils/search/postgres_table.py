"""The table behind `PostgresIndex`: `items`, and one row `about` that says how it was made.

Values are parameters; the few names that SQL allows no parameter for are quoted by psycopg.
"""

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from course_utils.search.columns import TYPES, names_of, types_of
from course_utils.search.errors import NO_SPACE, ServerGone, package

CLASSES = {"cosine": "vector_cosine_ops", "euclidean": "vector_l2_ops"}
MOST_DIMENSIONS, MOST_IN_GRAPH = 16_000, 2_000  # of pgvector


def prepared(connection):
    """Return the connection, with pgvector in the database and known to psycopg."""
    connection.execute("create extension if not exists vector")
    package("pgvector.psycopg", "pgvector").register_vector(connection)
    return connection


def create(connection, dimension: int, metric: str, columns: dict[str, type]) -> None:
    if dimension > MOST_DIMENSIONS:
        raise ValueError(f"vectors have {dimension} dimensions; pgvector keeps up to {MOST_DIMENSIONS:,}")
    sql = package("psycopg.sql", "psycopg")
    column = sql.SQL(", {} {} not null")
    more = [column.format(sql.Identifier(name), sql.SQL(TYPES[kind])) for name, kind in columns.items()]
    statement = (
        "create table items "
        "(place int8 generated always as identity, id int8 primary key, embedding vector({}) not null{})"
    )
    connection.execute(sql.SQL(statement).format(sql.Literal(dimension), sql.Composed(more)))
    connection.execute("create table about (content text not null)")
    content = {"dimension": dimension, "metric": metric, "columns": names_of(columns)}
    connection.execute("insert into about values (%s)", (json.dumps(content),))


def about(connection) -> dict | None:
    """Return dimension, metric, columns and graph (None, or how it was built); None before the first add."""
    if connection.execute("select to_regclass('about')").fetchone()[0] is None:
        return None
    content = json.loads(connection.execute("select content from about").fetchone()[0])
    options = connection.execute("select reloptions from pg_class where oid = to_regclass('items_graph')").fetchone()
    graph = options and {name: int(value) for name, value in (option.split("=") for option in options[0])}
    return content | {"columns": types_of(content["columns"]), "graph": graph}


def copy_in(connection, ids: np.ndarray, rows: np.ndarray, values: list[list]) -> None:
    """Add rows by COPY, the fast way into a table; the columns in the order in which they were made."""
    names = connection.execute("select * from items limit 0").description
    wanted = [column for column in names if column.name != "place"]
    sql = package("psycopg.sql", "psycopg")
    listed = sql.SQL(", ").join(sql.Identifier(column.name) for column in wanted)
    statement = sql.SQL("copy items ({}) from stdin (format binary)").format(listed)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types([column.type_code for column in wanted])
        for row in zip(ids.tolist(), rows, *values, strict=True):
            copy.write_row(row)


def create_graph(connection, dimension: int | None, metric: str, m: int, ef_construction: int) -> None:
    if dimension is None:
        raise ValueError("the index is empty: add gallery embeddings before building a graph of them")
    if dimension > MOST_IN_GRAPH:
        raise ValueError(f"vectors have {dimension} dimensions; a graph of pgvector takes up to {MOST_IN_GRAPH:,}")
    sql = package("psycopg.sql", "psycopg")
    statement = "create index items_graph on items using hnsw (embedding {}) with (m = {}, ef_construction = {})"
    values = sql.SQL(CLASSES[metric]), sql.Literal(int(m)), sql.Literal(int(ef_construction))
    connection.execute(sql.SQL(statement).format(*values))


def delete(connection, ids: list[int]) -> None:
    removed = connection.execute("delete from items where id = any(%s) returning id", (ids,)).fetchall()
    if absent := sorted(set(ids) - {row[0] for row in removed}):
        raise ValueError(f"{len(absent)} ids are not in the index, the first is {absent[0]}")


@contextmanager
def explained(connection, folder: Path, doing: str) -> Iterator[None]:
    """Say in the course's words what a database error means; the transaction is undone by then."""
    errors = package("psycopg.errors", "psycopg")
    try:
        yield
    except errors.DiskFull as error:
        text = f"{doing}: the disk of the database is full, nothing was stored; free some room there"
        raise OSError(errno.ENOSPC, text, str(folder)) from error
    except errors.UniqueViolation as error:
        taken = error.diag.message_detail
        raise ValueError(f"{doing}: another connection added one of these ids meanwhile ({taken})") from error
    except (errors.OperationalError, errors.InterfaceError) as error:
        if not connection.closed:
            raise
        reason = str(error).strip().splitlines()[0]
        if NO_SPACE in _last_words(folder):  # without room for its log of changes the server ends itself
            text = f"{doing}: the disk of the database is full, its server has ended, what was committed is safe; "
            text += "free some room there, then open the index again"
            raise OSError(errno.ENOSPC, text, str(folder)) from error
        raise ServerGone(
            f"{doing}: the PostgreSQL server in {folder} is gone ({reason}). What was committed is safe, what was "
            "not is undone; close this index and open it again with PostgresIndex(folder)"
        ) from error


def _last_words(folder: Path) -> str:
    """Return the end of the server's log; nothing where the folder was temporary and is gone."""
    log = folder / "log"
    return log.read_text(errors="replace")[-1000:] if log.is_file() else ""
