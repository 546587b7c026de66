"""Search in a real database: PostgreSQL with pgvector, in a folder of its own.

    with PostgresIndex(folder, columns={"label": str, "year": int}) as index:
        index.add(embeddings, ids, columns={"label": labels, "year": years})
        index.search(query, 10, where="label = %s and year > %s", values=("coast", 2010))     exact
        index.build_graph()
        index.search(query, 10)                                                               approximate (HNSW)

pgvector: https://github.com/pgvector/pgvector. Values go to the database beside the SQL text, never inside it.
"""

from pathlib import Path

import numpy as np

from course_utils.checks import check_choice
from course_utils.search import postgres_queries as queries
from course_utils.search import postgres_table as table
from course_utils.search.candidates import SPARE, answers, best_of, scan, settled, storable
from course_utils.search.columns import names_of, types_of
from course_utils.search.index_file import read_index, write_index
from course_utils.search.postgres_rows import PostgresRows

ITERATIVE = ("off", "relaxed_order", "strict_order")


class PostgresIndex(PostgresRows):
    """Vectors and columns of metadata in one table. Exact until `build_graph`; then approximate, unless told otherwise.

    folder   where the database lives; opened where there is one, None: a temporary one, removed by `close`
    columns  {name: str, int, float or bool}, names in lower case; of a database that is opened they are known
    ef_search, iterative_scan   how a graph is searched; change them with `set`
    connection                  psycopg's, for SQL of your own
    """

    ef_search, iterative_scan = 40, "off"

    @property
    def has_graph(self) -> bool:
        return self._graph is not None

    def set(self, ef_search: int | None = None, iterative_scan: str | None = None) -> None:
        """Change how a graph is searched.

        ef_search       1 to 1000: how many of the nearest found so far are kept; no search returns more
        iterative_scan  "off": one pass, after which `where` throws away what does not fit; "relaxed_order" or
                        "strict_order": the graph is searched on until k items fit
        """
        if ef_search is not None:
            check_choice("ef_search", ef_search, range(1, 1001))
            self.ef_search = ef_search
        if iterative_scan is not None:
            check_choice("iterative_scan", iterative_scan, ITERATIVE)
            self.iterative_scan = iterative_scan

    def search(
        self, query, k: int, where: str = "", values: tuple = (), exact: bool = False
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return scores float32 (Q, k), best first, and ids int64 (Q, k); -inf and -1 where fewer fit or were found.

        where, values  a condition on columns, such as "label = %s", and what stands for each %s. `where` is SQL that
                       you write, a percent sign twice; what comes from elsewhere belongs into `values`
        exact          look at every row even if there is a graph
        """
        with self._explained("search"):
            query, k = self._check_search(query, k)
            find = self._exact if exact or not self.has_graph else self._approximate
            found = [find(row, k, where, tuple(values)) for row in storable(query, self.metric)]
        return answers(found, self.metric)

    def build_graph(self, m: int = 16, ef_construction: int = 64) -> None:
        """Build an HNSW graph; later rows are added to it. m: links a vertex has; ValueError beyond 2,000 dimensions.

        ef_construction  how many of the nearest found so far are kept while a vertex is linked, at least 2 m
        """
        with self._explained("build_graph"), self.connection.transaction():
            table.create_graph(self.connection, self.dimension, self.metric, m, ef_construction)
            self._look()

    def drop_graph(self) -> None:
        """Remove the graph: searches are exact again."""
        with self._explained("drop_graph"):
            self.connection.execute("drop index if exists items_graph")
            self._look()

    def save(self, path: str | Path) -> None:
        """Write rows, columns and how the graph was built to one file: what one moment of the database holds."""
        with self._explained("save"):
            arrays = queries.read_all(self.connection, self.columns) if self.dimension else {}
        about = {"metric": self.metric, "columns": names_of(self.columns), "graph": self._graph}
        write_index(path, self.kind, about, arrays)

    @classmethod
    def load(cls, path: str | Path, folder: str | Path | None = None):
        """Return a new database in `folder` with what `save` wrote; ValueError where that folder holds one already."""
        about, arrays = read_index(path, cls.kind)
        index = cls(folder, about["metric"], types_of(about["columns"]))
        try:
            if index.dimension is not None:
                raise ValueError(f"{index.server.folder} holds an index already; load the file into another folder")
            if arrays:
                columns = {name: arrays[f"column_{name}"] for name in index.columns}
                index.add(arrays["rows"], arrays["ids"], columns)
            if about["graph"]:
                index.build_graph(**about["graph"])
        except BaseException:
            index.close()
            raise
        return index

    def _exact(self, query: np.ndarray, k: int, where: str, values: tuple) -> tuple[np.ndarray, np.ndarray]:
        found = queries.nearest(self.connection, query, k + SPARE, self.metric, where, values, enable_indexscan="off")
        scores, ids = best_of(query, found, k, self.metric)
        if len(found.ids) < k + SPARE or settled(scores[-1], found, self.metric):
            return scores, ids
        with self.connection.transaction():
            return scan(query, queries.blocks(self.connection, where, values), k, self.metric)

    def _approximate(self, query: np.ndarray, k: int, where: str, values: tuple) -> tuple[np.ndarray, np.ndarray]:
        options = {"hnsw.ef_search": str(self.ef_search), "hnsw.iterative_scan": self.iterative_scan}
        # the planner reads a small table as a whole, rightly: here the graph is what is asked for
        found = queries.nearest(self.connection, query, k, self.metric, where, values, enable_seqscan="off", **options)
        return best_of(query, found, k, self.metric)
