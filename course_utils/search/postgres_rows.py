"""Rows in a PostgreSQL table: what comes in, what goes out, and what is undone. `PostgresIndex` searches it."""

from contextlib import contextmanager
from pathlib import Path

import numpy as np

from course_utils.checks import check_embeddings
from course_utils.search import postgres_queries as queries
from course_utils.search import postgres_table as table
from course_utils.search.candidates import storable
from course_utils.search.columns import check_columns, check_values, names_of
from course_utils.search.index import Index
from course_utils.search.server import Server


class PostgresRows(Index):
    """Vectors and columns of metadata in one table, on a server of its own; arguments as in `PostgresIndex`."""

    kind = "postgres"

    def __init__(self, folder: str | Path | None = None, metric: str = "cosine", columns: dict | None = None):
        super().__init__(metric)
        self.columns = check_columns(columns or {})
        self.server = Server(folder)
        try:
            self.connection = self.connect()
            self._look()
        except BaseException:
            self.server.stop()
            raise

    def __len__(self) -> int:
        with self._explained("len"):
            return self._available(None)

    @property
    def dimension(self) -> int | None:
        return self._dimension

    def connect(self):
        """Return a further connection to the same database: another reader, another writer."""
        return table.prepared(self.server.connect())

    def add(self, embeddings, ids=None, columns: dict | None = None) -> None:
        """Store embeddings (N, D) under integer ids (N,), with one value a row for each column; all rows or none.

        Raises ValueError as `Index.add`, and for columns that do not fit; ServerGone where the server ends meanwhile.
        """
        embeddings = check_embeddings("embeddings", embeddings, self.dimension, other="the index")
        with self._explained("add"):
            ids = self._check_ids(ids, len(embeddings))
            values = check_values(columns or {}, self.columns, len(ids))
            with self.connection.transaction():
                if self.dimension is None:
                    table.create(self.connection, embeddings.shape[1], self.metric, self.columns)
                table.copy_in(self.connection, ids, storable(embeddings, self.metric), values)
            self._look()

    def remove(self, ids) -> None:
        """Remove items. ValueError, and nothing is removed, where one of the ids is not there."""
        ids = [int(one) for one in ids]
        with self._explained("remove"), self.connection.transaction():
            table.delete(self.connection, ids)

    def clear(self) -> None:
        """Remove every item, the graph, and the memory of dimension and columns."""
        with self._explained("clear"):
            self.connection.execute("drop table if exists items, about")
            self._look()

    @contextmanager
    def transaction(self):
        """What happens inside is kept together or, where an error leaves the block, not at all."""
        with self._explained("a transaction"):
            try:
                with self.connection.transaction():
                    yield self
            finally:
                if not self.connection.closed:
                    self._look()  # a rolled-back block may have made the table, or the graph

    def close(self) -> None:
        """End the connection and the server; a temporary folder is removed."""
        self.connection.close()
        self.server.stop()

    def _look(self) -> None:
        """Learn what the database holds: it may have been opened, and a transaction may have been rolled back."""
        about = table.about(self.connection)
        self._dimension, self._graph = (about["dimension"], about["graph"]) if about else (None, None)
        if about and (about["metric"] != self.metric or (self.columns and self.columns != about["columns"])):
            raise ValueError(
                f"the database in {self.server.folder} was made with metric={about['metric']!r} and the columns "
                f"{names_of(about['columns'])}; open it with these"
            )
        self.columns = about["columns"] if about else self.columns

    def _explained(self, doing: str):
        return table.explained(self.connection, self.server.folder, doing)

    def _available(self, k: int | None) -> int:
        return queries.count(self.connection, k) if self.dimension is not None else 0

    def _taken(self, ids: np.ndarray) -> np.ndarray:
        return queries.present(self.connection, ids) if self.dimension is not None else ids[:0]
