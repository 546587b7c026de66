"""The questions that `PostgresIndex` asks its table. Values are parameters and never become part of the SQL text."""

from collections.abc import Iterator

import numpy as np

from course_utils.search.candidates import Candidates
from course_utils.search.errors import package

OPERATORS = {"cosine": "<=>", "euclidean": "<->"}
BLOCK = 10_000  # rows that are read at a time


def count(connection, most: int | None) -> int:
    """Return the number of items, counted no further than `most`."""
    return connection.execute("select count(*) from (select from items limit %s) as counted", (most,)).fetchone()[0]


def present(connection, ids: np.ndarray) -> np.ndarray:
    """Return which of some ids are in the table, ascending."""
    found = connection.execute("select id from items where id = any(%s) order by id", (ids.tolist(),)).fetchall()
    return np.array([row[0] for row in found], dtype=np.int64)


def nearest(
    connection, query: np.ndarray, k: int, metric: str, where: str = "", values: tuple = (), **options: str
) -> Candidates:
    """Return the k nearest items of one query (D,) that fit; `options` of the server hold for this search alone."""
    statement = f"select id, place, embedding, embedding {OPERATORS[metric]} %s as distance from items"
    statement += f" {_condition(where)} order by distance limit %s"
    with connection.transaction():
        calls = ", ".join(["set_config(%s, %s, true)"] * len(options))
        connection.execute(f"select {calls}", [text for option in options.items() for text in option])
        found = connection.execute(statement, (query, *values, k), binary=True).fetchall()
    ids, places, rows, distances = zip(*found, strict=True) if found else ((), (), (), ())
    rows = _matrix(rows) if found else np.empty((0, len(query)), np.float32)
    return Candidates(np.array(ids, np.int64), np.array(places, np.int64), rows, np.array(distances))


def blocks(connection, where: str = "", values: tuple = ()) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield (ids, places, rows) of what fits, some thousand at a time; inside a transaction."""
    with connection.cursor(name="all_items", binary=True) as cursor:
        cursor.execute(f"select id, place, embedding from items {_condition(where)}", values)
        while found := cursor.fetchmany(BLOCK):
            ids, places, rows = zip(*found, strict=True)
            yield np.array(ids, np.int64), np.array(places, np.int64), _matrix(rows)


def read_all(connection, columns: dict[str, type]) -> dict[str, np.ndarray]:
    """Return ids, rows and column_<name> arrays in the order of adding."""
    sql = package("psycopg.sql", "psycopg")
    more = [sql.SQL(", {}").format(sql.Identifier(name)) for name in columns]
    statement = sql.SQL("select id, embedding{} from items order by place").format(sql.Composed(more))
    found = connection.execute(statement, binary=True).fetchall()
    if not found:
        return {}
    ids, rows, *values = zip(*found, strict=True)
    named = {
        f"column_{name}": np.array(list_, kind) for (name, kind), list_ in zip(columns.items(), values, strict=True)
    }
    return {"ids": np.array(ids, np.int64), "rows": _matrix(rows), **named}


def _condition(where: str) -> str:
    return f"where ({where})" if where else ""


def _matrix(vectors) -> np.ndarray:
    return np.array([vector.to_numpy() for vector in vectors], np.float32)
