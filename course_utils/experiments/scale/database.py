"""The same question to a database: exact, by a graph, and with conditions that the graph knows nothing of."""

import time
from collections.abc import Callable

import numpy as np

from course_utils.experiments.rows import rows_of
from course_utils.experiments.scale.timing import answers_one_at_a_time
from course_utils.experiments.scale.vectors import DATASET, draw
from course_utils.search import PostgresIndex, recall_against
from course_utils.search.postgres import ITERATIVE

K = 10
LADDER = (20, 40, 100, 200, 400)  # ef_search
M, EF_CONSTRUCTION = 16, 128
SHARES = (1, 10, 50)  # percent of the rows that fit a condition
EF_FILTERED = 100


def make_database(n: int, queries: int = 50) -> list[dict]:
    """Return rows of recall@10 and of exact time / time in the database, without and with conditions.

    The column `draw` holds 0 to 99, by lot: "draw < 10" fits a tenth of the rows, wherever they lie.
    """
    drawn, rows = draw(n, queries), []
    with PostgresIndex(metric="euclidean", columns={"draw": int}) as index:
        index.add(drawn.gallery, columns={"draw": np.random.default_rng(3).integers(0, 100, n)})
        index.connection.execute("analyze items")
        best, exact = _answers(index.search, drawn.test)
        rows += _rows("exact", 1.0, exact, exact)
        fitting = {share: _filtered(index, drawn.test, share) for share in SHARES}
        index.build_graph(M, EF_CONSTRUCTION)
        for width in LADDER:
            index.set(ef_search=width)
            ids, seconds = _answers(index.search, drawn.test)
            rows += _rows(f"hnsw-ef{width}", recall_against(best, ids), exact, seconds)
        index.set(ef_search=EF_FILTERED)
        for share, (expected, exact_filtered) in fitting.items():
            for mode in ITERATIVE:
                index.set(iterative_scan=mode)
                ids, seconds = _filtered(index, drawn.test, share)
                name = f"hnsw-{share}percent-{mode.removesuffix('_order')}"
                rows += _rows(name, recall_against(expected, ids), exact_filtered, seconds)
    return rows


def _filtered(index: PostgresIndex, queries: np.ndarray, share: int) -> tuple[np.ndarray, float]:
    return _answers(lambda query, k: index.search(query, k, "draw < %s", (share,)), queries)


def _answers(search: Callable, queries: np.ndarray) -> tuple[np.ndarray, float]:
    return answers_one_at_a_time(search, queries, K, clock=time.perf_counter)


def _rows(method: str, recall: float, exact: float, seconds: float) -> list[dict]:
    return rows_of(DATASET, method, {"recall_at_10": recall, "speed_up": exact / seconds}, query_ms=seconds * 1000)
